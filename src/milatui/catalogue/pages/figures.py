"""Renders figures: the card of one with its series as a chart, and all measures of a scope."""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import TYPE_CHECKING, Final

from milatui.archive.figures.contradictions import contradicts, numeric_value
from milatui.catalogue.labels.dates import date_width, format_date
from milatui.catalogue.labels.labels import (
    align_decimals,
    count_label,
    format_count,
    format_value,
    value_parts,
)
from milatui.catalogue.labels.vocabulary import measure_label
from milatui.catalogue.lists.figures import MAX_FIGURES
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import FieldTable, TextRun
from milatui.catalogue.pages.chart import ChartPoint, can_draw, write_chart
from milatui.catalogue.pages.common import (
    flag_words,
    record_link,
    record_links,
    write_view_header,
)
from milatui.catalogue.pages.quotes import source_link, write_quotes
from milatui.i18n import _, ngettext
from milatui.index.record_relations import partners_of, sources_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.records import Figure
    from milatui.catalogue.lists.figures import FigureRow, FigureSeries
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.store import RecordStore

_WIDEST_VALUE: Final = 34
"""Maximum width of a column of values; longer ones are not lined up."""


def write_figure(store: RecordStore, page: PageBuilder, figure: Figure) -> None:
    """Writes a figure: what, how much, when and from where; the quote; its series as a chart."""
    here = Location("figure", figure.id)
    series = store.figure_series(figure)
    own = next((row for row in series.rows if row.figure.id == figure.id), None) if series else None
    value = format_value(figure.value, figure.qualifier, figure.unit)
    measure = series.title if series else measure_label(figure.measure)
    page.head(
        _("{label}: {value}").format(label=measure, value=value),
        [TextRun(format_date(figure.as_of))],
        *([TextRun(flag_words(flag), "flag")] for flag in (own.row.flags if own else ())),
        source_link(store, here, sources_of(figure)),
    )
    beside = write_quotes(store, page, here, sources_of(figure))
    if series and own and len(series.rows) > 1:
        _write_chart(page, series, own)
        _write_other_values(page, series, own)
    card = FieldTable(page)
    partners = partners_of(figure)
    label = ngettext("Partner", "Partners", len(partners))
    card.add_list(label, record_links(store, "partner", partners))
    if figure.event:
        card.add(_("Event"), record_link(store, "event", figure.event))
    card.add_text(_("Note"), figure.note)
    card.write(beside)


def chart_points(
    series: FigureSeries, unit: str, current: FigureRow | None = None
) -> list[ChartPoint]:
    """Returns the dated numbers of a series in one unit, as a chart draws them.

    Args:
        series: The series.
        unit: The unit; values in others are left out.
        current: The row that the chart is shown for.
    """
    points: list[ChartPoint] = []
    for row in series.rows:
        number, claim = numeric_value(row.figure), row.claim
        dated = -inf < claim.first <= claim.last < inf
        if number is not None and number >= 0 and dated and row.figure.unit == unit:
            points.append(
                ChartPoint(
                    first_day=int(claim.first),
                    last_day=int(claim.last),
                    value=number,
                    qualifier=row.figure.qualifier,
                    third_party=row.third_party,
                    conflict=bool(row.against),
                    current=row is current,
                )
            )
    return points


def _write_chart(page: PageBuilder, series: FigureSeries, own: FigureRow) -> None:
    """Writes the chart of a series, if it has enough dated numbers of the unit of the figure."""
    points = chart_points(series, own.figure.unit, own)
    if can_draw(points):
        write_chart(page, points)


def _write_other_values(page: PageBuilder, series: FigureSeries, own: FigureRow) -> None:
    """Writes all values of the series; says which ones contradict the figure."""
    others = [row for row in series.rows if row is not own]
    differing = [row for row in others if contradicts(own.claim, row.claim)]
    page.heading(_("All values for “{measure}”").format(measure=series.title))
    if differing:
        values = len({row.row.detail for row in differing})
        text = ngettext(
            "The sources do not agree: {n} other value is given for the same time.",
            "The sources do not agree: {n} other values are given for the same time.",
            values,
        )
        page.line(text.format(n=values), "flag")
        _write_difference(page, own, differing)
    elif all(row.row.detail == own.row.detail for row in others):
        page.line(_("All sources give the same value."))
    else:
        page.line(_("None contradicts it: they are of other times, or allow for it."))
    _write_rows(page, series.rows, own)


def _write_difference(page: PageBuilder, own: FigureRow, differing: Sequence[FigureRow]) -> None:
    """Writes who says what: ``nearly 900 (BetaKit) ≠ over 1,000 (University of Aberdeen)``."""
    given: dict[str, list[str]] = {}
    for row in differing:
        given.setdefault(row.row.detail, []).append(row.source)
    lines = [_with_sources(own.row.detail, [own.source])]
    lines += [_with_sources(value, sources) for value, sources in given.items()]
    page.line(" ≠\u00a0".join(lines))


def _with_sources(value: str, sources: Sequence[str]) -> str:
    counted = Counter(source for source in sources if source)
    names = [f"{name}\u00a0{n}" if n > 1 else name for name, n in counted.items()]
    return f"{value} ({', '.join(names)})" if names else value


def write_figures(store: RecordStore, page: PageBuilder, scope: Scope) -> None:
    """Writes all measures of a scope: those with most values first, then those given once."""
    found = store.figures(scope)
    rows = found.rows
    measures = len({row.figure.measure for row in rows})
    counted = ngettext("{n} measure", "{n} measures", measures)
    facts = [
        count_label("figure", found.total),
        counted.format(n=format_count(measures)),
    ]
    doubtful = sum("contradicted" in row.row.flags for row in rows)
    if doubtful:
        heading = ngettext("{n} contradicted figure", "{n} contradicted figures", doubtful)
        facts.append(heading.format(n=format_count(doubtful)))
    write_view_header(store, page, _("Figures"), facts, scope)
    if not measures:
        page.blank()
        page.line(_("No figure has been recorded in this scope."))
    for series in found.series:
        if len(series.rows) > 1:
            page.heading(f"{series.title} ({format_count(len(series.rows))})")
            if series.is_contradicted:
                page.line(_("The sources do not agree for the same time."), "flag")
            _write_rows(page, series.rows)
    once = [series for series in found.series if len(series.rows) == 1]
    if once:
        page.heading(_("Given once"))
        for series in once:
            _write_single(page, series)
    if found.total > MAX_FIGURES:
        more = format_count(found.total - MAX_FIGURES)
        page.blank()
        page.line(_("{n} more figures: narrow the scope to see them.").format(n=more), "dim")


def _write_rows(page: PageBuilder, rows: Sequence[FigureRow], own: FigureRow | None = None) -> None:
    """Writes a line for each figure: date, value, source; ``own`` without a link."""
    cells = value_cells(rows)
    width = max((len(cell) for cell in cells if len(cell) <= _WIDEST_VALUE), default=0)
    days = date_width() + 2
    for row, cell in zip(rows, cells, strict=True):
        start = page.at
        date = format_date(row.figure.as_of) or _("undated")
        page.add(date, "dim")
        page.write_clean(" " * max(1, days - len(date)))
        # The link is the value alone, without the spaces that line it up.
        value = cell.strip()
        page.write_clean(" " * (len(cell) - len(cell.lstrip())))
        target = None if row is own else Location("figure", row.row.id)
        page.add(value, "strong" if row is own else None, target)
        page.write_clean(" " * max(0, width - len(cell.rstrip())))
        page.add(f"  {row.source}" if row.source else "", "dim")
        if row.against:
            page.add(f"  ≠\u00a0{', '.join(row.against)}", "flag")
        _write_flags(page, row)
        page.end_line()
        page.hanging_indent(start, page.at, days)


def value_cells(rows: Sequence[FigureRow]) -> list[str]:
    """Returns the values of rows for a column: decimal marks stand under one another."""
    if any(len(row.row.detail) > _WIDEST_VALUE for row in rows):
        return [row.row.detail for row in rows]
    parts = [value_parts(f.value, f.qualifier, f.unit) for f in (row.figure for row in rows)]
    numbers = align_decimals([part.number for part in parts])
    qualifier_width = max((len(part.qualifier) for part in parts), default=0)
    unit = max((len(part.unit) for part in parts), default=0)
    found = []
    for part, number in zip(parts, numbers, strict=True):
        before = f"{part.qualifier:>{qualifier_width}} " if qualifier_width else ""
        after = f" {part.unit:<{unit}}" if unit else ""
        found.append(f"{before}{number}{after}")
    return found


def _write_single(page: PageBuilder, series: FigureSeries) -> None:
    start, row = page.at, series.rows[0]
    page.add(series.title, "label")
    page.add("  ")
    page.add(row.row.detail, None, Location("figure", row.row.id))
    date = format_date(row.figure.as_of)
    page.add(f"  {date}" if date else "", "dim")
    _write_flags(page, row)
    page.end_line()
    page.hanging_indent(start, page.at, 2)


def _write_flags(page: PageBuilder, row: FigureRow) -> None:
    for flag in row.row.flags:
        if flag != "contradicted" and flag_words(flag):
            page.add(f"  {flag_words(flag)}", "flag")
