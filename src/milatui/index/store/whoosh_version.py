"""Identifies what makes an index: the version of Whoosh and of our schema."""

from __future__ import annotations

from typing import Final

from milatui.i18n import _
from milatui.index.errors import IndexUnusable

SCHEMA_VERSION: Final = 9
"""Version of ``schema``, of the analysis behind it, and of what is kept of records."""


_SCHEMA: Final = f"; schema {SCHEMA_VERSION}"


def index_engine_id() -> str:
    """Returns which Whoosh and which schema this is: an index of another is built anew."""
    # Deferred: opening an index needs no Whoosh.
    import whoosh

    return f"whoosh {whoosh.versionstring()}{_SCHEMA}"


def has_our_schema(engine: str) -> bool:
    """Returns whether an index is of our schema, whichever Whoosh made it."""
    return engine.endswith(_SCHEMA)


def check_engine(engine: str) -> None:
    """Refuses an index of another Whoosh.

    Raises:
        IndexUnusable: ``foreign version``.
    """
    if engine != index_engine_id():
        message = _("the index was built by another version of Whoosh")
        raise IndexUnusable("foreign version", message)
