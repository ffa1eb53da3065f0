"""Decides which figures contradict each other: the one rule for lists, pages and commands.

Two figures contradict each other if they give the same measure in the same unit for the same
subject, their dates overlap, and no number satisfies both of their qualifiers (*over*, *about*,
*nearly*, ...). A figure whose date is unknown or has unspecified digits contradicts nothing, unless
its value is itself a date: what happens once does not depend on when it is reported.
"""

from __future__ import annotations

from collections import defaultdict
from math import inf, isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.edtf import DateError, parse_edtf

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from milatui.archive.records import Figure

DATE_UNITS: Final = ("year", "date")
"""Units of values that are dates."""
TOLERANCE: Final = 0.15
"""How far, as a share of it, a value may be from one that is given as *about* or *nearly* it."""
_NEVER: Final = (inf, -inf)
"""An empty range, which overlaps no other."""
_ALWAYS: Final = (-inf, inf)


class Claim(NamedTuple):
    """What a figure says, as far as another can contradict it.

    Attributes:
        measure: What is counted.
        unit: In which unit.
        partners: Ids of the partners that it is about: its own, else all that take part; none
            stands for the home organisation.
        event: Id of the event that it was given at, or empty.
        inside: Whether only the event says what it is about.
        first: First day that it is given for, ``inf`` if unknown.
        last: Last day that it is given for, ``-inf`` if unknown.
        low: Smallest number (or first day, of a date) that value and qualifier allow.
        high: Largest number (or last day) that they allow.
    """

    measure: str
    unit: str
    partners: tuple[str, ...]
    event: str
    inside: bool
    first: float
    last: float
    low: float
    high: float


def claim_of(figure: Figure, home: str = "") -> Claim:
    """Returns what a figure says.

    Args:
        figure: The figure.
        home: Id of the organisation that figures without a partner are about.
    """
    partners = [figure.partner] if figure.partner else dict.fromkeys(filter(None, figure.partners))
    timeless = figure.unit in DATE_UNITS
    first, last = _ALWAYS if timeless else _period(figure.as_of)
    low, high = _days(figure.value) if timeless else _bounds(figure)
    return Claim(
        measure=figure.measure,
        unit=figure.unit,
        partners=tuple(partners) or ((home,) if home else ()),
        event=figure.event,
        inside=bool(figure.event) and not figure.partner,
        first=first,
        last=last,
        low=low,
        high=high,
    )


def numeric_value(figure: Figure) -> float | None:
    """Returns the value as a number; None for words, years and dates."""
    if figure.unit in DATE_UNITS:
        return None
    try:
        number = float(figure.value)
    except ValueError:
        return None
    return number if isfinite(number) else None


def same_subject(one: Claim, other: Claim) -> bool:
    """Returns whether two claims give the same measure of the same subject.

    Figures inside events share their subject if they stand in one event, or in events of the same
    partners. (Most events name the home organisation, and ``term`` of one says nothing about
    another.) A figure with a partner of its own is about this partner: it shares its subject with
    all that are about it, and not with the others of its event.
    """
    if one.measure != other.measure:
        return False
    if one.inside and other.inside:
        return one.event == other.event or set(one.partners) == set(other.partners)
    return not set(one.partners).isdisjoint(other.partners) or not (one.partners or other.partners)


def contradicts(one: Claim, other: Claim) -> bool:
    """Returns whether two claims cannot both be true."""
    return (
        one.unit == other.unit
        and max(one.first, other.first) <= min(one.last, other.last)
        and max(one.low, other.low) > min(one.high, other.high)
        and same_subject(one, other)
    )


def contradicted(claims: Sequence[Claim]) -> list[bool]:
    """Returns for each claim whether another of them contradicts it."""
    groups: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, claim in enumerate(claims):
        if claim.first <= claim.last:
            for key in _subject_keys(claim):
                groups[claim.unit, key].append(at)
    found = [False] * len(claims)
    for group in groups.values():
        _compare(claims, group, found)
    return found


def contradicting(claims: Sequence[Claim], group: Sequence[int]) -> dict[int, list[int]]:
    """Returns for each claim of a group those that contradict it, as positions in group order.

    Claims that nothing contradicts are left out.
    """
    by_unit: defaultdict[str, list[int]] = defaultdict(list)
    for at in group:
        if claims[at].first <= claims[at].last:
            by_unit[claims[at].unit].append(at)
    order = {at: number for number, at in enumerate(group)}
    found: defaultdict[int, list[int]] = defaultdict(list)
    for same in by_unit.values():
        for one, other in _overlapping(claims, same):
            if contradicts(claims[one], claims[other]):
                found[one].append(other)
                found[other].append(one)
    return {at: sorted(others, key=order.__getitem__) for at, others in found.items()}


def series(claims: Sequence[Claim]) -> list[list[int]]:
    """Groups claims by measure and subject; returns the positions of each group.

    Figures inside events join those with a partner of their own.
    """
    found: list[list[int]] = []
    known: dict[Hashable, list[int]] = {}
    for at in sorted(range(len(claims)), key=lambda at: claims[at].inside):
        keys = list(_subject_keys(claims[at]))
        mine = next((known[key] for key in keys if key in known), None)
        if mine is None:
            mine = []
            found.append(mine)
        mine.append(at)
        for key in keys if not claims[at].inside else keys[-2:]:
            known.setdefault(key, mine)
    return found


def _compare(claims: Sequence[Claim], group: Sequence[int], found: list[bool]) -> None:
    """Marks the claims of a group that contradict each other."""
    for one, other in _overlapping(claims, group):
        if not (found[one] and found[other]) and contradicts(claims[one], claims[other]):
            found[one] = found[other] = True


def _overlapping(claims: Sequence[Claim], group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yields pairs of claims of one unit that overlap in time and may contradict each other."""
    highest = max(claims[at].low for at in group)
    lowest = min(claims[at].high for at in group)
    # Only these can contradict any other.
    doubtful = [at for at in group if claims[at].low > lowest or claims[at].high < highest]
    current: list[int] = []
    for at in sorted(doubtful, key=lambda at: claims[at].first):
        current = [other for other in current if claims[other].last >= claims[at].first]
        for other in current:
            yield at, other
        current.append(at)


def _subject_keys(claim: Claim) -> Iterable[Hashable]:
    """Yields keys: claims of the same measure and subject have at least one in common.

    The last two of a claim inside an event are those that it shares with others inside events.
    """
    for partner in claim.partners or ("",):
        yield claim.measure, "partner", partner
    if claim.inside:
        yield claim.measure, "partners", frozenset(claim.partners)
        yield claim.measure, "event", claim.event


def _period(date: str) -> tuple[float, float]:
    """Returns the days of a date; an empty range if it is unknown or has unspecified digits."""
    return _days(date, unknown=_NEVER) if date and "X" not in date else _NEVER


def _days(date: str, unknown: tuple[float, float] = _ALWAYS) -> tuple[float, float]:
    try:
        edtf = parse_edtf(date)
    except DateError:
        return unknown
    return (
        -inf if edtf.first is None else edtf.first,
        inf if edtf.last is None else edtf.last,
    )


def _bounds(figure: Figure) -> tuple[float, float]:
    """Returns the smallest and the largest number that value and qualifier allow."""
    number = numeric_value(figure)
    if number is None:
        return _ALWAYS
    near = abs(number) * TOLERANCE
    return {
        "over": (number, inf),
        "at-least": (number, inf),
        "at-most": (-inf, number),
        "nearly": (number - near, number),
        "about": (number - near, number + near),
    }.get(figure.qualifier, (number, number))
