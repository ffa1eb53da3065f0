"""Clauses of a query as they were written, to speak of them and to leave them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from milatui.index.query.syntax import extent, is_exclusion

if TYPE_CHECKING:
    from milatui.index.query.syntax import Query

_OPENING: Final = re.compile(r"""(?:(?:[-+−]|NOT\s+)?["“”„«»‹›「『(]?\s*)$""")
_CLOSING: Final = re.compile(r"""\s*["“”»«›‹」』)]?""")


def written(text: str, clause: Query) -> str:
    """The part of a query text that a clause was parsed from, without quotation marks around it."""
    start, end = extent((clause,))
    return "-" * is_exclusion(clause) + text[start:end]


def without(text: str, clause: Query) -> str:
    """A query text without one of its clauses, its sign and quotation marks.

    Empty if nothing is left, or if the part cannot be cut out without leaving half a bracket.
    """
    start, end = extent((clause,))
    opening = _OPENING.search(text, 0, start)
    closing = _CLOSING.match(text, end)
    before = text[: opening.start()] if opening else text[:start]
    rest = " ".join((before + " " + text[closing.end() if closing else end :]).split())
    return rest if rest.count("(") == rest.count(")") and rest.count('"') % 2 == 0 else ""
