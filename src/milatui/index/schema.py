"""The Whoosh schema: one document per record, its words prepared by our own analysis.

Changing anything here, or the module path of these classes (Whoosh pickles them), needs a
new ``SCHEMA_VERSION``: older indexes are then built anew.
"""

from __future__ import annotations

from array import array
from importlib import metadata
from typing import TYPE_CHECKING, Any, Final

from whoosh import columns, fields, formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SCHEMA_VERSION: Final = 1

Positions = dict[str, list[int]]


class PlaceFormat(formats.Format):  # type: ignore[misc]
    """Postings with the word's positions in the text, 32 bits each."""

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions a posting holds."""
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // 4


class PreparedTerms(fields.FieldType):  # type: ignore[misc]
    """A field whose value is a mapping of terms to their positions, from our own analysis."""

    analyzer = None
    indexed = True
    stored = False
    scorable = True
    vector = None
    spelling = False
    column_type = None

    def __init__(self) -> None:
        self.format = PlaceFormat()

    def index(
        self, value: Mapping[str, list[int]], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Term, frequency, weight and coded positions of every term of a document."""
        for term, places in value.items():
            count = len(places)
            yield term.encode(), count, float(count), array("I", places).tobytes()


class PreparedCounts(PreparedTerms):
    """A field whose value is a mapping of terms to how often they stand in it."""

    def __init__(self) -> None:
        self.format = formats.Frequency()

    def index(
        self, value: Mapping[str, Any], **_options: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Term, frequency, weight and coded frequency of every term of a document."""
        for term, count in value.items():
            yield term.encode(), count, float(count), count.to_bytes(4, "big")


class PreparedWords(PreparedTerms):
    """A field whose value is a set of words: only whether a document has them.

    It keeps lengths although nothing is scored by them: without, Whoosh looks for the missing
    file at every posting, a third of a build's time.
    """

    def __init__(self) -> None:
        self.format = formats.Existence()

    def index(self, value: Any, **_options: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Every word of a document once."""
        for word in value:
            yield word.encode(), 1, 1.0, b""


def schema() -> fields.Schema:
    """The fields of the index.

    ``text`` is the title twice, then the body, as stems with positions; ``title`` the title
    alone; ``words`` the folded words as written, for prefixes and spelling; ``record`` the
    record as JSON; ``uid`` a number that stays with the record through merges.
    """
    return fields.Schema(
        record=fields.STORED(),
        text=PreparedTerms(),
        title=PreparedCounts(),
        uid=fields.COLUMN(columns.NumericColumn("I")),
        words=PreparedWords(),
    )


def engine() -> str:
    """Which Whoosh this is, and our schema's version: an index of another is built anew."""
    found = [
        f"{name} {metadata.version(name)}"
        for name in ("whoosh-reloaded", "whoosh3", "whoosh")
        if _is_installed(name)
    ]
    return f"{' '.join(found) or 'whoosh'}; schema {SCHEMA_VERSION}"


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
