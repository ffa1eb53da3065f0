"""Renders figures: each measure with its values in time, as a small chart."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.figures.contradictions import claim_of, contradicts, numeric_value, series
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

    from milatui.archive.figures.contradictions import Claim
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
    """A figure, what it says, and its row."""

    figure: Figure
    claim: Claim
    row: RecordRow


class _Series(NamedTuple):
    """The values of a measure for one subject.

    Attributes:
        title: The measure, and the subject if the measure has others.
        values: The figures, in the order of time.
    """

    title: str
    values: list[FigureRow]


def write_figures(store: RecordStore, page: PageBuilder, scope: Scope) -> None:
    """Writes all measures of a scope: those with most values first, then those given once."""
    numbers = store.list_records("figure", scope)
    newest = numbers[:MAX_FIGURES]
    home = store.info.home
    figures = [
        FigureRow(figure, claim_of(figure, home), row)
        for figure, row in zip(store.records(newest), store.rows(newest), strict=True)
        if isinstance(figure, Figure)
    ]
    measures = len({each.figure.measure for each in figures})
    counted = ngettext("{n} measure", "{n} measures", measures)
    facts = [
        count_label("figure", len(numbers)),
        counted.format(n=format_count(measures)),
    ]
    doubtful = sum("contradicted" in each.row.flags for each in figures)
    if doubtful:
        said = ngettext("{n} contradicted figure", "{n} contradicted figures", doubtful)
        facts.append(said.format(n=format_count(doubtful)))
    write_view_header(store, page, _("Figures"), facts, scope)
    if not measures:
        page.blank()
        page.line(_("No figure has been recorded in this scope."))
    found = _by_subject(store, figures)
    for given in sorted(found, key=lambda given: (-len(given.values), given.title)):
        if len(given.values) > 1:
            _write_series(page, given)
    once = [given for given in found if len(given.values) == 1]
    if once:
        page.heading(_("Given once"))
        for given in sorted(once, key=lambda given: given.title):
            _write_single(page, given)
    if len(numbers) > MAX_FIGURES:
        more = format_count(len(numbers) - MAX_FIGURES)
        page.blank()
        page.line(_("{n} more figures: narrow the scope to see them.").format(n=more), "dim")


def _by_subject(store: RecordStore, figures: Sequence[FigureRow]) -> list[_Series]:
    """Groups figures by measure and subject."""
    groups = series([each.claim for each in figures])
    count = Counter(figures[group[0]].figure.measure for group in groups)
    home = store.info.home
    subjects = [_subject(figures[group[0]].claim, home) for group in groups]
    store.prefetch([("partner", subject) for subject in subjects if subject])
    found: list[_Series] = []
    for group, subject in zip(groups, subjects, strict=True):
        measure = figures[group[0]].figure.measure
        title = measure_label(measure)
        if subject and count[measure] > 1:
            title = f"{title} · {store.title('partner', subject)}"
        found.append(_Series(title, sorted((figures[at] for at in group), key=_in_time)))
    return found


def _subject(claim: Claim, home: str) -> str:
    """Returns the partner that names the subject: the first one that is not the home."""
    others = [partner for partner in claim.partners if partner != home]
    return next(iter((*others, *claim.partners)), "")


def _write_series(page: PageBuilder, given: _Series) -> None:
    values = given.values
    page.heading(f"{given.title} ({format_count(len(values))})")
    against = [
        next((other for other in values if contradicts(each.claim, other.claim)), None)
        for each in values
    ]
    differing = [each.row.detail for each in values if "contradicted" in each.row.flags]
    if differing:
        text = _("The sources do not agree for the same time: {values}.")
        page.line(text.format(values="; ".join(dict.fromkeys(differing))), "flag")
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


def _write_single(page: PageBuilder, given: _Series) -> None:
    start, each = page.at, given.values[0]
    page.add(given.title, "label")
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
