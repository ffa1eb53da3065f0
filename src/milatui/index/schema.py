"""The Whoosh schema: one document per record, its words prepared by our own analysis.

Changing anything here, or the module path of these classes (Whoosh pickles them), needs a
new ``maker.SCHEMA_VERSION``: older indexes are then built anew.
"""

from __future__ import annotations

from whoosh import fields, formats


class StemCounts(fields.FieldType):  # type: ignore[misc]
    """A field of stems and how often they stand in a text; ``segments`` writes it."""

    analyzer = None
    indexed = True
    stored = False
    scorable = True
    vector = None
    spelling = False
    column_type = None

    def __init__(self) -> None:
        # How often is the weight of a posting: it needs no value besides.
        self.format = formats.Existence()


def schema() -> fields.Schema:
    """The fields of the index.

    ``text`` holds the stems of the title, twice, and of the body; ``title`` those of the title;
    ``record`` is the record as JSON.
    """
    return fields.Schema(record=fields.STORED(), text=StemCounts(), title=StemCounts())
