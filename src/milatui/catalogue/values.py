"""What the values of figures mean as numbers, and whether two of them can both be true."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final

from milatui.archive.edtf import DateError, parse_edtf

if TYPE_CHECKING:
    from milatui.archive.records import Figure

_TIMELESS: Final = ("year", "date")
"""Units of what happens once: whenever it is told, the value is the same."""
_ABOUT: Final = 0.15
"""How far, as a share of it, a value may be from one that is given as *about* it."""


def number_of(figure: Figure) -> float | None:
    """The value as a number that can be drawn, None for words, years and dates."""
    if figure.unit in _TIMELESS:
        return None
    try:
        number = float(figure.value)
    except ValueError:
        return None
    return number if isfinite(number) else None


def disagree(one: Figure, other: Figure) -> bool:
    """Whether two figures of one measure speak of the same time and cannot both be true."""
    if one.unit != other.unit or not _same_time(one, other):
        return False
    if one.unit in _TIMELESS:
        return not _overlap(one.value, other.value)
    first, second = _between(one), _between(other)
    if first is None or second is None:
        return False
    return first[0] > second[1] or second[0] > first[1]


def _same_time(one: Figure, other: Figure) -> bool:
    if one.unit in _TIMELESS:
        return True
    vague = any("X" in figure.as_of or not figure.as_of for figure in (one, other))
    return not vague and _overlap(one.as_of, other.as_of)


def _overlap(one: str, other: str) -> bool:
    """Whether two dates share a day; what is no date is only like itself."""
    try:
        first, second = parse_edtf(one), parse_edtf(other)
    except DateError:
        return one == other
    starts = [edtf.first or 0 for edtf in (first, second)]
    ends = [edtf.last or 1 << 30 for edtf in (first, second)]
    return max(starts) <= min(ends)


def _between(figure: Figure) -> tuple[float, float] | None:
    """The least and the greatest number that the words allow."""
    number, far = number_of(figure), float("inf")
    if number is None:
        return None
    return {
        "over": (number, far),
        "at-least": (number, far),
        "at-most": (-far, number),
        "nearly": (number * (1 - _ABOUT), number),
        "about": (number * (1 - _ABOUT), number * (1 + _ABOUT)),
    }.get(figure.qualifier, (number, number))
