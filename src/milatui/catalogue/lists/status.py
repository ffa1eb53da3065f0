"""Tells how a partnership stands from its evidence, and who appears together with whom.

Nothing here looks at a clock: an archive is compared with its own newest date, so that the same
archive says the same on every day.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from milatui.archive.edtf import DateError, parse_edtf
from milatui.catalogue.filters import DATED, mask_and
from milatui.catalogue.scope import Scope
from milatui.index.sort_order import OPEN_END, UNDATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milatui.archive.kinds import Data, Kind
    from milatui.catalogue.filters import FilterMasks
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.store.list_row import ListRow

State = Literal["current", "ended", "past-end", "silent", "unknown"]
"""``current``: confirmed within ``SILENT_AFTER`` days of the archive's newest date, or its
announced end is later; ``ended``: the announced end has passed and nothing is dated after it;
``past-end``: it has passed, but something is dated after it; ``silent``: nothing for longer than
``SILENT_AFTER`` days; ``unknown``: no record of it has a date."""
STATES: Final[tuple[State, ...]] = get_args(State)
SILENT_AFTER: Final = 730
"""Days after which a partnership that nothing confirms counts as silent."""
_DAYS_OF_A_YEAR: Final = 366
"""Dates that may mean more days than this confirm nothing."""
_TERM: Final = "term"
"""The measure of figures that say how long an agreement lasts."""
_AGREEMENTS: Final = frozenset(("partnership", "renewal", "funding", "grant"))
"""Kinds of events that start a time of their own: an earlier term no longer says the end."""
_MONTHS: Final = {"years": 12, "months": 1}


@dataclass(frozen=True, slots=True)
class Evidence:
    """A date and the record that it is from: ``kind/id``."""

    date: str
    record: str


@dataclass(frozen=True, slots=True)
class PartnerStatus:
    """How a partnership with the archive's own organisation stands.

    Attributes:
        state: See ``State``.
        first: The oldest event or document that names both; None if none is dated.
        last: The newest of them.
        end: The last announced end: of a recorded relation, or by the term of an agreement that no
            later one has replaced.
        newest: EDTF text of the newest date of the archive.
    """

    state: State
    first: Evidence | None
    last: Evidence | None
    end: Evidence | None
    newest: str


class StatusReader:
    """Reads the status of partners from an index, with a few questions for however many.

    Args:
        reader: The index.
        filters: Filter masks of the catalogue.
    """

    def __init__(self, reader: CatalogueIndex, filters: FilterMasks) -> None:
        self._reader = reader
        self._filters = filters

    def statuses(self, numbers: Sequence[int]) -> list[PartnerStatus]:
        """Returns the status of partners, in the order of their record numbers."""
        if not numbers:
            return []
        reader, home_id = self._reader, self._reader.manifest.home
        terms = self._terms(home_id, numbers)
        events = sorted({term.id.rpartition(":")[0] for term in terms})
        partners = sorted({home_id, *(partner for term in terms for partner in term.partners)})
        keys: list[tuple[Kind, str]] = [("event", event) for event in events]
        keys += [("partner", partner) for partner in partners]
        known = dict(zip(keys, reader.find_all(keys), strict=True))
        home = known["partner", home_id]
        mask = self._filters.of_kinds(*DATED)
        newest = self._newest_of(mask)
        if home is not None:
            mask = mask_and(mask, self._about(home))
        spans = [self._span(number, mask) for number in numbers]
        wanted = [number for span in spans for number in span or ()]
        wanted += [
            number for key, number in known.items() if key[0] == "event" and number is not None
        ]
        wanted += [] if newest is None else [newest]
        lines = dict(zip(wanted, reader.list_rows(wanted), strict=True))
        ends = self._relation_ends(numbers, home)
        agreements = mask_and(mask, self._filters.mask(Scope(kinds=_AGREEMENTS)))
        for term in terms:
            event = known["event", term.id.rpartition(":")[0]]
            if event is None:
                continue
            end = _end_of_term(lines[event].date, term)
            for partner in term.partners if end else ():
                number = known["partner", partner]
                if number is not None and not self._is_replaced(number, event, agreements):
                    ends.append((number, Evidence(end, f"event/{lines[event].id}")))
        return [
            self._status(number, span, lines, newest, ends)
            for number, span in zip(numbers, spans, strict=True)
        ]

    def _status(
        self,
        number: int,
        span: tuple[int, int] | None,
        lines: Mapping[int, ListRow],
        newest: int | None,
        ends: Sequence[tuple[int, Evidence]],
    ) -> PartnerStatus:
        first, last = [_evidence(lines[n]) for n in span] if span else (None, None)
        mine = [end for partner, end in ends if partner == number]
        end = max(mine, key=lambda each: _last_day(each.date) or 0, default=None)
        now = self._reader.columns.last_day[newest] if newest is not None else 0
        date = lines[newest].date if newest is not None else ""
        return PartnerStatus(_state(last, end, now), first, last, end, date)

    def _about(self, partner: int) -> bytes:
        columns = self._reader.columns
        mask = bytearray(self._reader.size)
        for record in columns.partner_records[partner - columns.partner_number[0]]:
            mask[record] = 1
        return bytes(mask)

    def _newest_of(self, mask: bytes) -> int | None:
        """Returns the number of the event or document that is dated last."""
        dated = self._filters.numbers(mask, *DATED)
        return next((number for number in dated if self._is_precise(number)), None)

    def _is_precise(self, number: int) -> bool:
        columns = self._reader.columns
        return 0 <= columns.last_day[number] - columns.first_day[number] <= _DAYS_OF_A_YEAR

    def _span(self, partner: int, mask: bytes) -> tuple[int, int] | None:
        """Returns the oldest and the newest record of a partner; None if none is dated.

        Dates that confirm nothing count only if there are no others.
        """
        columns = self._reader.columns
        records = columns.partner_records[partner - columns.partner_number[0]]
        dated = [n for n in records if mask[n] and columns.heading[n] != UNDATED]
        dated = [n for n in dated if self._is_precise(n)] or dated
        # Record numbers ascend from the newest; the order is that of the timeline.
        return (dated[-1], dated[0]) if dated else None

    def _is_replaced(self, partner: int, event: int, agreements: bytes) -> bool:
        """Returns whether a partner has an agreement that is later than an event."""
        columns = self._reader.columns
        records = columns.partner_records[partner - columns.partner_number[0]]
        last = columns.last_day[event]
        return any(agreements[n] and last < columns.first_day[n] < OPEN_END for n in records)

    def _relation_ends(
        self, numbers: Sequence[int], home: int | None
    ) -> list[tuple[int, Evidence]]:
        """Returns the ends of relations between the partners and the archive's own organisation."""
        wanted = list(dict.fromkeys((*numbers, *(() if home is None else (home,)))))
        records = dict(zip(wanted, self._reader.records(wanted), strict=True))
        ids = {str(record["id"]): number for number, record in records.items()}
        found: list[tuple[int, Evidence]] = []
        for number, record in records.items():
            for to, end in _ends(record):
                if number == home and to in ids:
                    found.append((ids[to], Evidence(end, f"partner/{record['id']}")))
                elif number != home and to == self._reader.manifest.home:
                    found.append((number, Evidence(end, f"partner/{record['id']}")))
        return found

    def _terms(self, home: str, partners: Sequence[int]) -> list[ListRow]:
        """Returns the list rows of figures of partners that say how long an agreement lasts."""
        columns, figures = self._reader.columns, self._filters.of_kinds("figure")
        own = (columns.partner_records[n - columns.partner_number[0]] for n in partners)
        numbers = sorted({number for records in own for number in records if figures[number]})
        lines = self._reader.list_rows(numbers)
        terms = [line for line in lines if line.title == _TERM and ":" in line.id]
        return [term for term in terms if not home or home in term.partners]


def _state(last: Evidence | None, end: Evidence | None, now: int) -> State:
    """Decides on the state; ``now`` is the last day of the archive."""
    confirmed = _last_day(last.date) if last and "X" not in last.date else None
    ends = _last_day(end.date) if end else None
    if ends is not None and ends < now:
        return "past-end" if confirmed is not None and confirmed > ends else "ended"
    if ends is not None:
        return "current"
    if confirmed is None:
        return "unknown"
    return "current" if now - confirmed <= SILENT_AFTER else "silent"


def companions(
    reader: CatalogueIndex, filters: FilterMasks, partner: int, home: int | None
) -> list[tuple[int, int]]:
    """Counts the events and documents that name other partners, too.

    Args:
        reader: The index.
        filters: Filter masks of the catalogue.
        partner: Record number of the partner.
        home: Record number of the archive's own organisation, which is left out.

    Returns:
        Pairs of the record number of another partner and how many records name
        both, most first.
    """
    columns = reader.columns
    own = partner - columns.partner_number[0]
    dated = filters.of_kinds(*DATED)
    counts: Counter[int] = Counter()
    for record in columns.partner_records[own]:
        if dated[record]:
            counts.update(columns.partners[record])
    numbered = ((columns.partner_number[other], count) for other, count in counts.items())
    found = [(other, count) for other, count in numbered if other not in (partner, home)]
    return sorted(found, key=lambda each: (-each[1], each[0]))


def _evidence(line: ListRow) -> Evidence:
    return Evidence(line.date, f"{line.kind}/{line.id}")


def _ends(record: dict[str, Data]) -> Iterator[tuple[str, str]]:
    """Yields partner and end of the relations of a record that have one."""
    relations = record.get("relations")
    for relation in relations if isinstance(relations, list) else ():
        if isinstance(relation, dict) and relation.get("end"):
            yield str(relation["to"]), str(relation["end"])


def _last_day(date: str) -> int | None:
    try:
        return parse_edtf(date).last
    except DateError:
        return None


def _end_of_term(date: str, term: ListRow) -> str:
    """Returns the month or year in which a term ends that begins at a date; empty if unknown."""
    match = re.match(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?", date)
    _qualifier, value, unit = term.shown if isinstance(term.shown, list) else ("", "", "")
    if match is None or not value.isascii() or not value.isdigit() or unit not in _MONTHS:
        return ""
    months = int(match[2] or 1) - 1 + int(value) * _MONTHS[unit]
    year = int(match[1]) + months // 12
    if year > 9999:
        return ""
    return f"{year:04}-{months % 12 + 1:02}" if match[2] else f"{year:04}"
