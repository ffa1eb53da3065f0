"""Defines the list lines of records and the names of partners and people, as they are stored."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from milatui.archive.kinds import Kind


class ListRow(NamedTuple):
    """What a line of a list shows of a record.

    Attributes:
        kind: Kind of record.
        id: Its id.
        title: Title, name, measure or statement; a long one is cut.
        date: EDTF date or empty.
        shown: What stands beside it: the kind within the kind; of a partner its kind, then pairs of
            a language and its name there; of a person the latest role (title, organisation); of a
            figure qualifier, value and unit; of a statement the speaker's id.
        language: BCP 47 tag of a document, or empty.
        partners: Ids of the partners that it counts for.
        flags: ``low-confidence``, ``deprecated``.
    """

    kind: Kind
    id: str
    title: str
    date: str
    shown: str | list[str]
    language: str
    partners: list[str]
    flags: list[str]


class IndexedName(NamedTuple):
    """A name of a partner or a person.

    Attributes:
        number: Record number.
        folded: The folded words of the name.
        name: The name as it is written.
    """

    number: int
    folded: str
    name: str
