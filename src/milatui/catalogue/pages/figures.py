"""Renders figures: each measure with its values in time, as a small chart."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.records import Figure
from milatui.catalogue.labels.dates import date_width, format_date
from milatui.catalogue.labels.labels import count_label, format_count, format_value
from milatui.catalogue.labels.vocabulary import measure_label
from milatui.catalogue.location import Location
from milatui.catalogue.pages.common import flag_words, write_view_header
from milatui.i18n import _, ngettext
from milatui.index.sort_order import date_sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.store import RecordStore

MAX_FIGURES: Final = 2000
"""Figures the view shows; the rest is counted."""
_BAR: Final = 10
_LINE, _HALF = "━", "╸"
_VALUE: Final = 34
"""Maximum width of a value; longer ones are wrapped."""


class FigureRow(NamedTuple):
    """A figure and its row."""

    figure: Figure
    row: RecordRow


def write_figures(store: RecordStore, page: PageBuilder, scope: Scope) -> None:
    """Writes all measures of a scope: those with most values first, then those given once."""
    numbers = store.list_records("figure", scope)
    measures: dict[str, list[FigureRow]] = {}
    newest = numbers[:MAX_FIGURES]
    for figure, row in zip(store.records(newest), store.rows(newest), strict=True):
        if isinstance(figure, Figure):
            measures.setdefault(figure.measure, []).append(FigureRow(figure, row))
    counted = ngettext("{n} measure", "{n} measures", len(measures))
    facts = (
        count_label("figure", len(numbers)),
        counted.format(n=format_count(len(measures))),
    )
    write_view_header(store, page, _("Figures"), facts, scope)
    if not measures:
        page.blank()
        page.line(_("No figure has been recorded in this scope."))
    once = [given[0] for given in measures.values() if len(given) == 1]
    several = [given for given in measures.values() if len(given) > 1]
    for given in sorted(several, key=lambda given: (-len(given), given[0].figure.measure)):
        _write_measure(page, given)
    if once:
        page.heading(_("Given once"))
        for each in sorted(once, key=lambda each: each.figure.measure):
            _write_single(page, each)
    if len(numbers) > MAX_FIGURES:
        more = format_count(len(numbers) - MAX_FIGURES)
        page.blank()
        page.line(_("{n} more figures: narrow the scope to see them.").format(n=more), "dim")


def _write_measure(page: PageBuilder, given: Sequence[FigureRow]) -> None:
    measure = measure_label(given[0].figure.measure)
    values = sorted(given, key=_in_time)
    page.heading(f"{measure} ({format_count(len(values))})")
    against = [
        next((other for other in values if contradicts(each.figure, other.figure)), None)
        for each in values
    ]
    doubtful = sum(other is not None for other in against)
    if doubtful:
        text = ngettext(
            "{n} value does not agree with another for the same time.",
            "{n} values do not agree with others for the same time.",
            doubtful,
        )
        page.line(text.format(n=format_count(doubtful)), "flag")
    width = min(_VALUE, max(len(each.row.detail) for each in values)) + 2
    most = _most(values)
    for each, other in zip(values, against, strict=True):
        _write_value(page, each, other, width, most)


def _in_time(given: FigureRow) -> tuple[bool, int, int]:
    """Returns the sort key of a series: by date, vague dates at the end."""
    date = given.figure.as_of
    return "X" in date or not date, date_sort(date).first, -given.row.number


def _most(values: Sequence[FigureRow]) -> float:
    """Returns the largest number of a series; 0 if the series cannot be drawn."""
    numbers = [numeric_value(each.figure) for each in values]
    if len({each.figure.unit for each in values}) > 1 or None in numbers:
        return 0.0
    return max((number for number in numbers if number is not None), default=0.0)


def _write_value(
    page: PageBuilder, each: FigureRow, other: FigureRow | None, width: int, most: float
) -> None:
    start, cells = page.at, date_width() + 2
    date = format_date(each.figure.as_of)
    page.add(date, "dim")
    page.write_clean(" " * max(1, cells - len(date)))
    page.add(each.row.detail, None, Location("figure", each.row.id))
    number = numeric_value(each.figure)
    if most > 0 and number is not None:
        page.write_clean(" " * max(1, width - len(each.row.detail)))
        page.add(bar(number / most), "bar")
    if other is not None:
        page.add(f"  ≠\u00a0{format_value(other.figure.value, '', other.figure.unit)}", "flag")
    _write_flags(page, each.row)
    page.end_line()
    page.hanging_indent(start, page.at, cells)


def bar(share: float) -> str:
    """Returns a bar for a share of 1, to half a column; any share above 0 is visible."""
    halves = max(0 if share <= 0 else 1, round(min(share, 1.0) * _BAR * 2))
    return _LINE * (halves // 2) + _HALF * (halves % 2)


def _write_single(page: PageBuilder, each: FigureRow) -> None:
    start = page.at
    measure = measure_label(each.figure.measure)
    page.add(measure, "label")
    page.add("  ")
    page.add(each.row.detail, None, Location("figure", each.row.id))
    date = format_date(each.figure.as_of)
    page.add(f"  {date}" if date else "", "dim")
    _write_flags(page, each.row)
    page.end_line()
    page.hanging_indent(start, page.at, 2)


def _write_flags(page: PageBuilder, row: RecordRow) -> None:
    for flag in row.flags:
        if flag != "contradicted" and flag_words(flag):
            page.add(f"  {flag_words(flag)}", "flag")


_TIMELESS: Final = ("year", "date")
"""Units of what happens once: the value does not depend on when it is given."""
_ABOUT: Final = 0.15
"""How far, as a share of it, a value may be from one that is given as *about* it."""


def numeric_value(figure: Figure) -> float | None:
    """Returns the value as a number to draw; None for words, years and dates."""
    if figure.unit in _TIMELESS:
        return None
    try:
        number = float(figure.value)
    except ValueError:
        return None
    return number if isfinite(number) else None


def contradicts(one: Figure, other: Figure) -> bool:
    """Returns whether two figures of a measure are of the same time and exclude each other."""
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
    """Returns whether two dates share a day; text that is not a date only equals itself."""
    try:
        first, second = parse_edtf(one), parse_edtf(other)
    except DateError:
        return one == other
    starts = [edtf.first or 0 for edtf in (first, second)]
    ends = [edtf.last or 1 << 30 for edtf in (first, second)]
    return max(starts) <= min(ends)


def _between(figure: Figure) -> tuple[float, float] | None:
    """Returns the smallest and the largest number that value and qualifier allow."""
    number, far = numeric_value(figure), float("inf")
    if number is None:
        return None
    return {
        "over": (number, far),
        "at-least": (number, far),
        "at-most": (-far, number),
        "nearly": (number * (1 - _ABOUT), number),
        "about": (number * (1 - _ABOUT), number * (1 + _ABOUT)),
    }.get(figure.qualifier, (number, number))
