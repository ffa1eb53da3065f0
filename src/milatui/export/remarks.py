"""Counts what a format cannot hold and what is not certain in it, and says so."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS
from milatui.archive.sanitize import excerpt
from milatui.catalogue.labels.labels import count_label
from milatui.export.date_parts import date_parts
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from milatui.archive.kinds import Kind

_NAMED: Final = 5
"""Maximum number of ids that a message names."""


class Remark(Enum):
    """What happened to a record."""

    NO_DAY = auto()
    """Not in a calendar: no exact day is known."""
    NO_DATE = auto()
    """Not in a timeline: no date is known."""
    UNDATED = auto()
    """Written without a date."""
    WIDENED = auto()
    """Written with the days, months or years that its date may mean."""
    UNMARKED = auto()
    """Written with its date, but without the mark that it is uncertain or approximate."""
    UNCERTAIN = auto()
    """Written with its date and the mark that it is uncertain or approximate."""
    NO_SOURCE = auto()
    """Written with a value that has no source."""
    NO_DOCUMENT = auto()
    """Not in a bibliography: no document of the archive proves it."""
    NOTED = auto()
    """Has a note of the user, which is written where the record is."""


class Remarks:
    """Collects the ids of the records that there is something to say about."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Remark, Kind], int] = {}
        self._named: dict[tuple[Remark, Kind], list[str]] = {}

    def add(self, remark: Remark, kind: Kind, identifier: str) -> None:
        """Counts one record; several times for one record in a row count once."""
        key = remark, kind
        named = self._named.setdefault(key, [])
        if named and named[-1] == identifier:
            return
        self._counts[key] = self._counts.get(key, 0) + 1
        if len(named) <= _NAMED:
            named.append(identifier)
        else:
            named[-1] = identifier

    def add_date(self, kind: Kind, identifier: str, date: str) -> None:
        """Counts a record that is written as it is if it is undated, or uncertain.

        Args:
            kind: Kind of the record; partners and people need no date.
            identifier: Its id.
            date: Its EDTF date, or "".
        """
        if kind in ("partner", "person"):
            return
        parts = date_parts(date)
        if parts is None:
            self.add(Remark.UNDATED, kind, identifier)
        elif parts.is_qualified:
            self.add(Remark.UNCERTAIN, kind, identifier)

    def count(self, remark: Remark, kind: Kind) -> int:
        """Returns the number of records of a kind with a remark."""
        return self._counts.get((remark, kind), 0)

    def left_out(self, kind: Kind) -> int:
        """Returns the number of records of a kind that are not in the export."""
        return self.count(Remark.NO_DAY, kind) + self.count(Remark.NO_DATE, kind)

    def messages(self) -> list[str]:
        """Returns a sentence for each remark and kind, with the first ids."""
        return [
            self._message(remark, kind)
            for remark in Remark
            for kind in KINDS
            if (remark, kind) in self._counts
        ]

    def _message(self, remark: Remark, kind: Kind) -> str:
        number, named = self._counts[remark, kind], self._named[remark, kind]
        ids = ", ".join(excerpt(identifier) for identifier in named[:_NAMED])
        if number > _NAMED:
            ids = _("{ids}, …").format(ids=ids)
        sentence = _sentence(remark, number).format(records=count_label(kind, number))
        return _("{sentence}: {ids}").format(sentence=sentence, ids=ids)


def _sentence(remark: Remark, number: int) -> str:
    """Returns the sentence of a remark, with ``{records}`` for how many records."""
    return {
        Remark.NO_DAY: ngettext(
            "{records} has no exact day and is not in the calendar",
            "{records} have no exact day and are not in the calendar",
            number,
        ),
        Remark.NO_DATE: ngettext(
            "{records} has no date and is not in the timeline",
            "{records} have no date and are not in the timeline",
            number,
        ),
        Remark.UNDATED: ngettext(
            "{records} has no date and is written without one",
            "{records} have no date and are written without one",
            number,
        ),
        Remark.WIDENED: ngettext(
            "{records} is dated by the whole span that its date may mean",
            "{records} are dated by the whole span that their dates may mean",
            number,
        ),
        Remark.UNMARKED: ngettext(
            "{records} has an uncertain or approximate date, which the format cannot mark",
            "{records} have an uncertain or approximate date, which the format cannot mark",
            number,
        ),
        Remark.UNCERTAIN: ngettext(
            "{records} has an uncertain or approximate date, marked as such",
            "{records} have an uncertain or approximate date, marked as such",
            number,
        ),
        Remark.NO_SOURCE: ngettext(
            "{records} has a value without a source",
            "{records} have values without a source",
            number,
        ),
        Remark.NOTED: ngettext(
            "{records} has your own note, which goes out, too (--no-notes: without)",
            "{records} have your own notes, which go out, too (--no-notes: without)",
            number,
        ),
        Remark.NO_DOCUMENT: ngettext(
            "{records} has no document that proves it and is not in the list",
            "{records} have no document that proves them and are not in the list",
            number,
        ),
    }[remark]
