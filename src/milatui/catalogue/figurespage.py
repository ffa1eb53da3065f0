"""The view of figures: every measure with its values in the order of time, as a small chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.records import Figure
from milatui.catalogue import wording
from milatui.catalogue.location import Location
from milatui.catalogue.related import flag_words, write_view_head
from milatui.catalogue.values import disagree, number_of
from milatui.i18n import _, ngettext
from milatui.index.sort_order import date_sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lines import Row
    from milatui.catalogue.pagewriter import PageWriter
    from milatui.catalogue.scope import Scope

MOST: Final = 2000
"""Figures the view shows; the rest is counted."""
_BAR: Final = 10
_LINE, _HALF = "━", "╸"
_VALUE: Final = 34
"""Columns for a value at most; longer ones (claims, say) are wrapped."""


class Given(NamedTuple):
    """A figure and its row."""

    figure: Figure
    row: Row


def write_figures(catalogue: Catalogue, writer: PageWriter, scope: Scope) -> None:
    """Write all measures of a scope: those with most values first, then those given once."""
    numbers = catalogue.listing("figure", scope)
    measures: dict[str, list[Given]] = {}
    for number in numbers[:MOST]:
        row = catalogue.row(number)
        figure = catalogue.record("figure", row.id)
        if isinstance(figure, Figure):
            measures.setdefault(figure.measure, []).append(Given(figure, row))
    counted = ngettext("{n} measure", "{n} measures", len(measures))
    facts = (
        wording.count_of("figure", len(numbers)),
        counted.format(n=wording.count_words(len(measures))),
    )
    write_view_head(catalogue, writer, _("Figures"), facts, scope)
    if not measures:
        writer.blank()
        writer.line(_("No figure has been recorded in this scope."))
    once = [given[0] for given in measures.values() if len(given) == 1]
    several = [given for given in measures.values() if len(given) > 1]
    for given in sorted(several, key=lambda given: (-len(given), given[0].figure.measure)):
        _write_measure(writer, given)
    if once:
        writer.heading(_("Given once"))
        for each in sorted(once, key=lambda each: each.figure.measure):
            _write_single(writer, each)
    if len(numbers) > MOST:
        more = wording.count_words(len(numbers) - MOST)
        writer.blank()
        writer.line(_("{n} more figures: narrow the scope to see them.").format(n=more), "dim")


def _write_measure(writer: PageWriter, given: Sequence[Given]) -> None:
    measure = wording.measure_words(given[0].figure.measure)
    values = sorted(given, key=_in_time)
    writer.heading(f"{measure} ({wording.count_words(len(values))})")
    against = [
        next((other for other in values if disagree(each.figure, other.figure)), None)
        for each in values
    ]
    doubtful = sum(other is not None for other in against)
    if doubtful:
        text = ngettext(
            "{n} value does not agree with another for the same time.",
            "{n} values do not agree with others for the same time.",
            doubtful,
        )
        writer.line(text.format(n=wording.count_words(doubtful)), "flag")
    width = min(_VALUE, max(len(each.row.detail) for each in values)) + 2
    most = _most(values)
    for each, other in zip(values, against, strict=True):
        _write_value(writer, each, other, width, most)


def _in_time(given: Given) -> tuple[bool, int, int]:
    """The order of a series: by date, what is hardly dated at the end."""
    date = given.figure.as_of
    return "X" in date or not date, date_sort(date).first, -given.row.number


def _most(values: Sequence[Given]) -> float:
    """The greatest number of a series that can be drawn, 0 if it cannot."""
    numbers = [number_of(each.figure) for each in values]
    if len({each.figure.unit for each in values}) > 1 or None in numbers:
        return 0.0
    return max((number for number in numbers if number is not None), default=0.0)


def _write_value(
    writer: PageWriter, each: Given, other: Given | None, width: int, most: float
) -> None:
    start, cells = writer.at, wording.date_cells() + 2
    date = wording.date_words(each.figure.as_of)
    writer.add(date, "dim")
    writer.raw(" " * max(1, cells - len(date)))
    writer.add(each.row.detail, None, Location("figure", each.row.id))
    number = number_of(each.figure)
    if most > 0 and number is not None:
        writer.raw(" " * max(1, width - len(each.row.detail)))
        writer.add(bar(number / most), "bar")
    if other is not None:
        writer.add(
            f"  ≠\u00a0{wording.qualified(other.figure.value, '', other.figure.unit)}", "flag"
        )
    _write_doubts(writer, each.row)
    writer.end_line()
    writer.hang(start, writer.at, cells)


def bar(share: float) -> str:
    """A bar for a share of 1, to half a column; anything above 0 shows."""
    halves = max(0 if share <= 0 else 1, round(min(share, 1.0) * _BAR * 2))
    return _LINE * (halves // 2) + _HALF * (halves % 2)


def _write_single(writer: PageWriter, each: Given) -> None:
    start = writer.at
    measure = wording.measure_words(each.figure.measure)
    writer.add(measure, "label")
    writer.add("  ")
    writer.add(each.row.detail, None, Location("figure", each.row.id))
    date = wording.date_words(each.figure.as_of)
    writer.add(f"  {date}" if date else "", "dim")
    _write_doubts(writer, each.row)
    writer.end_line()
    writer.hang(start, writer.at, 2)


def _write_doubts(writer: PageWriter, row: Row) -> None:
    for flag in row.flags:
        if flag != "contradicted" and flag_words(flag):
            writer.add(f"  {flag_words(flag)}", "flag")
