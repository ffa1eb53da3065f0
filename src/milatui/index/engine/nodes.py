"""What a query says, taken apart: words, phrases, fields, and how they are combined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word; ``begun``: it stands for all that begin so.  Offsets are the query's."""

    text: str
    start: int
    end: int
    begun: bool = False
    capitals: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that must stand one after the other."""

    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Two things that must stand at most ``distance`` words apart, in either order."""

    left: Word | Phrase
    right: Word | Phrase
    distance: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that a whole word must match."""

    source: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """A restriction such as ``partner:amgen``.

    ``start`` and ``end`` are offsets of name and value together, ``at`` is that of the value.
    """

    name: str
    value: str
    start: int
    end: int
    at: int


@dataclass(frozen=True, slots=True)
class Not:
    """What a record must not have."""

    node: Node


@dataclass(frozen=True, slots=True)
class Must:
    """What a record must have, though it is a word."""

    node: Node


@dataclass(frozen=True, slots=True)
class Either:
    """Alternatives, of which one is enough."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Things side by side: restrictions and phrases must hold, of plain words one must."""

    nodes: tuple[Node, ...]


Node: TypeAlias = Word | Phrase | Near | Pattern | Field | Not | Must | Either | All


@dataclass(frozen=True, slots=True)
class Misread:
    """A part of a query that was not understood and was searched as words.

    ``start`` and ``end`` are offsets in the query; ``message`` says what is wrong.
    """

    start: int
    end: int
    message: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A query as understood: the whole as a node, and what was not understood."""

    root: All
    misread: tuple[Misread, ...] = ()
