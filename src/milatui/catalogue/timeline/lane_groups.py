"""Groups events into lanes by partner, sector or kind, and finds the cells of a lane.

Everything comes from the columns of the index: no row and no record is read. What a lane holds is
sorted when the lane comes into view.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import compress
from operator import eq
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.catalogue.filters import mask_and
from milatui.index.sort_order import OPEN_END, OPEN_START, UNDATED
from milatui.index.store.record_columns import SPAN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.timeline.groupings import Grouping, LaneSort
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.store.record_columns import RecordColumns

_NUMBER_BITS: Final = 32
_NUMBERS: Final = (1 << _NUMBER_BITS) - 1


@dataclass(frozen=True, slots=True)
class Lane:
    """One line of the drawn timeline.

    Attributes:
        key: Partner id, sector or kind; "" for the events without one.
        items: Record numbers of its dated events, newest first.
    """

    key: str
    items: Sequence[int]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The lanes of a scope.

    Attributes:
        grouping: What a lane stands for.
        lanes: In their order; an event of several partners is in several of them.
        undated: Record numbers of the events in no lane, as they have no date.
    """

    grouping: Grouping
    lanes: Sequence[Lane]
    undated: Sequence[int]


class LaneSpan(NamedTuple):
    """Days that an event takes, or may have been on.

    Attributes:
        first: First day; ``OPEN_START`` if it is open.
        last: Last day; ``OPEN_END`` if it is open.
        known: Whether both ends are known: it took so long; otherwise it was some time in between.
    """

    first: int
    last: int
    known: bool


@dataclass(frozen=True, slots=True)
class LaneEvents:
    """The events of a lane by day.

    Attributes:
        keys: Days and record numbers, ``day << 32 | number``, ascending. The day of an event that
            took longer is its first one, that of a vague date the middle of its days.
        spans: The days of those that take, or may be on, more than one.
    """

    keys: Sequence[int]
    spans: Sequence[LaneSpan]

    def number(self, index: int) -> int:
        """Returns the record number of an event."""
        return self.keys[index] & _NUMBERS

    def index_of(self, number: int) -> int:
        """Returns the index of a record, 0 if it is not in the lane."""
        return next((n for n, key in enumerate(self.keys) if key & _NUMBERS == number), 0)

    def day(self, index: int) -> int:
        """Returns the day of an event."""
        return self.keys[index] >> _NUMBER_BITS

    def within(self, first_day: int, last_day: int) -> range:
        """Returns the indexes of the events of some days."""
        return range(
            bisect_left(self.keys, first_day << _NUMBER_BITS),
            bisect_left(self.keys, (last_day + 1) << _NUMBER_BITS),
        )


@dataclass(frozen=True, slots=True)
class LaneCells:
    """What is drawn in the cells of a lane.

    Attributes:
        vague: Cells in which an event of a vague date may lie.
        lasting: Cells of events that took longer.
        open_start: Whether one of them began before what is in view, nobody says when.
        open_end: Whether one of them has no end.
        events: By cell, the indexes of the events in ``LaneEvents``.
        between: Cells from the first event of the lane to its last one.
        earlier: Whether an event lies before what is in view.
        later: Whether one lies after it.
    """

    vague: frozenset[int] = frozenset()
    lasting: frozenset[int] = frozenset()
    open_start: bool = False
    open_end: bool = False
    events: dict[int, range] = field(default_factory=dict)
    between: range = range(0)
    earlier: bool = False
    later: bool = False


def build_lanes(
    reader: CatalogueIndex,
    filters: FilterMasks,
    scope: Scope,
    kinds: Sequence[str],
    grouping: Grouping,
    sort: LaneSort,
    folded_label: Callable[[str], str],
) -> Lanes:
    """Groups the events of a scope.

    Args:
        reader: The index.
        filters: The masks of its scopes.
        scope: The scope; its period restricts the lanes as well.
        kinds: Kinds of records: events, or events and documents.
        grouping: What a lane stands for.
        sort: The order of the lanes. The archive's own organisation, and what belongs to no
            lane, come last in any order.
        folded_label: Returns the label of a lane's key as it sorts.
    """
    mask = filters.of_kinds(*kinds)
    if not scope.is_empty:
        mask = mask_and(filters.mask(scope), mask)
    undated: Sequence[int] = ()
    for group in reader.manifest.groups:
        if group.heading == UNDATED:
            undated = _numbers(mask, group.start, group.stop)
            mask = mask[: group.start] + bytes(len(mask) - group.start)
    grouped = {
        "partner": _by_partner,
        "sector": _by_sector,
        "kind": _by_kind,
    }[grouping]
    lanes = [lane for lane in grouped(reader, mask) if len(lane.items)]
    orders: dict[LaneSort, Callable[[Lane], tuple[int | str, ...]]] = {
        "newest": lambda lane: (lane.items[0], len(lane.items)),
        "oldest": lambda lane: (-lane.items[-1], -len(lane.items)),
        "count": lambda lane: (-len(lane.items), lane.items[0]),
        "name": lambda lane: (folded_label(lane.key),),
    }
    last = ("", reader.manifest.home if grouping == "partner" else "")
    order = orders[sort]
    lanes.sort(key=lambda lane: (lane.key in last, not lane.key, *order(lane)))
    return Lanes(grouping, lanes, undated)


def _numbers(mask: bytes, start: int = 0, stop: int | None = None) -> array[int]:
    """Returns the record numbers that a mask has in a range."""
    stop = len(mask) if stop is None else stop
    return array("I", compress(range(start, stop), mask[start:stop]))


def _by_partner(reader: CatalogueIndex, mask: bytes) -> Iterator[Lane]:
    columns = reader.columns
    for ordinal, number in enumerate(columns.partner_number):
        records = columns.partner_records[ordinal].tolist()
        items = array("I", [record for record in records if mask[record]])
        if items:
            yield Lane(reader.list_row(number).id, items)
    yield Lane("", _without_partner(columns, mask))


def _without_partner(columns: RecordColumns, mask: bytes) -> array[int]:
    """Returns the records of a mask that count for no partner."""
    offsets = columns.partners.offsets.tolist()
    none = bytes(map(eq, offsets, offsets[1:]))
    return _numbers(mask_and(mask, none))


def _by_sector(reader: CatalogueIndex, mask: bytes) -> Iterator[Lane]:
    columns, names = reader.columns, reader.manifest.sectors
    sectors = [names[code] if code < len(names) else "" for code in columns.sector]
    found: dict[str, bytearray] = {}
    rest = bytearray(mask)
    for ordinal, number in enumerate(columns.partner_number):
        sector = sectors[number]
        if not sector:
            continue
        of_sector = found.get(sector)
        if of_sector is None:
            of_sector = found[sector] = bytearray(len(mask))
        for record in columns.partner_records[ordinal].tolist():
            of_sector[record] = 1
            rest[record] = 0
    for sector, members in found.items():
        yield Lane(sector, _numbers(mask_and(mask, bytes(members))))
    yield Lane("", _numbers(bytes(rest)))


def _by_kind(reader: CatalogueIndex, mask: bytes) -> Iterator[Lane]:
    numbers = _numbers(mask)
    codes = bytes(compress(reader.columns.detail.tobytes(), mask))
    found: dict[int, array[int]] = {code: array("I") for code in set(codes)}
    for number, code in zip(numbers, codes, strict=True):
        found[code].append(number)
    for code, items in found.items():
        yield Lane(reader.manifest.details[code], items)


def lane_events(columns: RecordColumns, items: Sequence[int]) -> LaneEvents:
    """Sorts the events of a lane by day.

    Args:
        columns: The columns of the index.
        items: Record numbers of dated records.
    """
    first_day, last_day, dating = columns.first_day, columns.last_day, columns.dating
    keys: list[int] = []
    spans: list[LaneSpan] = []
    for number in items:
        first, last = first_day[number], last_day[number]
        day = first
        if first != last:
            known = bool(dating[number] & SPAN)
            spans.append(LaneSpan(first, last, known))
            if not known:
                day = (first + last) // 2
            elif first == OPEN_START:
                day = last
        keys.append(day << _NUMBER_BITS | number)
    keys.sort()
    return LaneEvents(keys, spans)


def lane_cells(events: LaneEvents, bounds: Sequence[int]) -> LaneCells:
    """Finds the cells of a lane.

    Args:
        events: The events of the lane.
        bounds: ``TimeAxis.bounds``: the first day of each cell, and the day after the last.
    """
    begin, end = bounds[0], bounds[-1]
    cells = len(bounds) - 1

    def cell_of(day: int) -> int:
        return bisect_right(bounds, day) - 1

    vague: set[int] = set()
    lasting: set[int] = set()
    open_start = open_end = False
    for first, last, known in events.spans:
        if last < begin or first >= end:
            continue
        covered = range(cell_of(max(first, begin)), cell_of(min(last, end - 1)) + 1)
        if known:
            lasting.update(covered)
            open_start |= first == OPEN_START
            open_end |= last == OPEN_END
        elif len(covered) > 1:
            vague.update(covered)
    found: dict[int, range] = {}
    at = bisect_left(events.keys, begin << _NUMBER_BITS)
    stop = bisect_left(events.keys, end << _NUMBER_BITS)
    while at < stop:
        cell = cell_of(events.day(at))
        after = bisect_left(events.keys, bounds[cell + 1] << _NUMBER_BITS)
        found[cell] = range(at, after)
        at = after
    between = range(0)
    earlier = bool(events.keys) and events.day(0) < begin
    later = bool(events.keys) and events.day(-1) >= end
    if events.keys and events.day(0) < end and events.day(-1) >= begin:
        low, high = max(events.day(0), begin), min(events.day(-1), end - 1)
        between = range(cell_of(low), min(cell_of(high), cells - 1) + 1)
    return LaneCells(
        vague=frozenset(vague),
        lasting=frozenset(lasting),
        open_start=open_start,
        open_end=open_end,
        events=found,
        between=between,
        earlier=earlier,
        later=later,
    )
