"""Parts of a query as they were written, to speak of them and to leave them out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from milatui.index.engine.nodes import All, Either, Field, Must, Near, Not, Pattern, Phrase, Word

if TYPE_CHECKING:
    from milatui.index.engine.nodes import Node

_OPENING: Final = re.compile(r"""(?:(?:[-+−]|NOT\s+)?["“«(]?\s*)$""")
_CLOSING: Final = re.compile(r"""\s*["”»)]?""")


def written(query: str, node: Node) -> str:
    """A part of a query as it stands there, without the quotation marks around it."""
    start, end = _extent(node)
    return ("-" if isinstance(node, Not) else "") + query[start:end]


def without(query: str, node: Node) -> str:
    """A query without one of its parts, its sign and quotation marks.

    Empty if nothing is left, or if the part cannot be cut out without leaving half a bracket.
    """
    start, end = _extent(node)
    opening = _OPENING.search(query, 0, start)
    closing = _CLOSING.match(query, end)
    before = query[: opening.start()] if opening else query[:start]
    rest = " ".join((before + " " + query[closing.end() if closing else end :]).split())
    return rest if rest.count("(") == rest.count(")") and rest.count('"') % 2 == 0 else ""


def _extent(node: Node) -> tuple[int, int]:
    """Where a part of a query begins and ends, without signs and quotation marks around it."""
    parts: tuple[Node, ...]
    match node:
        case Word() | Field() | Pattern():
            return node.start, node.end
        case Phrase():
            parts = node.words
        case Near():
            parts = (node.left, node.right)
        case Not() | Must():
            parts = (node.node,)
        case Either() | All():
            parts = node.nodes
    extents = [_extent(part) for part in parts]
    return min((s for s, _e in extents), default=0), max((e for _s, e in extents), default=0)
