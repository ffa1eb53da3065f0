"""The rows of views that stand in the place of the search results: figures, people, comparison.

Imported when the first of them is opened.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import isfinite
from typing import TYPE_CHECKING, Final

from milatui.archive.records import Figure, Partner
from milatui.catalogue.labels.dates import date_width, end_year, format_date
from milatui.catalogue.labels.labels import format_count, kind_label, kind_symbol, short_value
from milatui.catalogue.labels.vocabulary import subject_label
from milatui.catalogue.lists.comparison import in_common, money_sums
from milatui.catalogue.location import Location
from milatui.catalogue.pages.common import rows_by_kind, state_label
from milatui.catalogue.pages.figures import value_cells
from milatui.catalogue.scope import Scope
from milatui.i18n import _, ngettext, pgettext
from milatui.index.analysis.folding import fold
from milatui.tui.text.cells import width
from milatui.tui.theme.hues import kind_role
from milatui.tui.widgets.list_columns import Cell, PaneColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lists.comparison import Rows
    from milatui.catalogue.lists.figures import FigureList, FigureRow, FigureSeries
    from milatui.catalogue.lists.people import PersonRow
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.store import RecordStore

_VALUE: Final = 24
"""Widest column of values; a longer value stands in the place of its source."""
_SHORT: Final = 13
"""Widest column of values where there is little room."""
_SHORT_ROOMY: Final = 18
"""Widest column of short values beside titles that name their measure."""
_ROOMY: Final = 56
"""Cells from which dates have room for their day."""


@dataclass(frozen=True, slots=True)
class ViewRow:
    """A row of a view.

    Attributes:
        location: What it previews.
        title: The text that is shown whole.
        cells: What its other columns say.
        role: Role of the style of its title.
    """

    location: Location
    title: str
    cells: Mapping[str, Cell]
    role: str = "text"


@dataclass(frozen=True, slots=True)
class ViewList:
    """A view as rows under headings.

    Attributes:
        location: The location of the view.
        heading: Its name.
        info: How much it holds, and its order.
        items: Rows, and the headings between them.
        columns: Makes the columns for a width; the first without cells has the titles.
        empty: What is said if there are no rows.
        orders: Orders that the rows can have, the first of them the usual one.
        order: The order that they have.
        sorted_by: Name of the column that shows the order, and whether it ascends.
        long_titles: Whether titles need several lines where their column is narrow.
    """

    location: Location
    heading: str
    info: str
    items: Sequence[ViewRow | str]
    columns: Callable[[int], list[PaneColumn]]
    empty: Sequence[str]
    orders: Sequence[str] = ()
    order: str = ""
    sorted_by: tuple[str, bool] = ("", True)
    long_titles: bool = False


def filter_view(view: ViewList, words: str) -> ViewList:
    """Returns a view with the rows that have all words, in themselves or in their heading."""
    wanted = fold(words).split()
    if not wanted:
        return view
    items: list[ViewRow | str] = []
    kept = total = 0
    for heading, rows in _sections(view.items):
        total += len(rows)
        found = [row for row in rows if _has_words(heading, row, wanted)]
        kept += len(found)
        if found and heading:
            items.append(_heading_of_part(heading, len(found), len(rows)))
        items += found
    count = _("{count} of {all}").format(count=format_count(kept), all=format_count(total))
    _count, dot, order = view.info.partition(" · ")
    return replace(
        view,
        items=items,
        info=f"{count}{dot}{order}" if dot else count,
        empty=[_("Nothing in this list has “{words}”.").format(words=words)],
    )


def _sections(items: Sequence[ViewRow | str]) -> list[tuple[str, list[ViewRow]]]:
    """Returns the rows under each heading; "" stands for none."""
    sections: list[tuple[str, list[ViewRow]]] = [("", [])]
    for item in items:
        if isinstance(item, str):
            sections.append((item, []))
        else:
            sections[-1][1].append(item)
    return sections


def _has_words(heading: str, row: ViewRow, wanted: Sequence[str]) -> bool:
    text = fold(" ".join((heading, row.title, *(cell.text for cell in row.cells.values()))))
    return all(word in text for word in wanted)


def _heading_of_part(heading: str, kept: int, total: int) -> str:
    """Returns the heading of rows that a filter has left: how many of how many they are."""
    label, dot, _count = heading.rpartition(" · ")
    if kept == total or not dot:
        return heading
    count = _("{count} of {all}").format(count=format_count(kept), all=format_count(total))
    return f"{label}{dot}{count}"


_BY_MEASURE: Final = ("measure", "doubt")
_FIGURE_ORDERS: Final = (*_BY_MEASURE, "newest", "oldest")
_PEOPLE_ORDERS: Final = ("statements", "name", "newest")
_COMPARISON_ORDERS: Final = ("newest", "oldest")


def _order_of(location: Location, orders: Sequence[str]) -> str:
    """Returns the order that a location names; the first one if it names none."""
    given = location.get("sort")
    return given if given in orders else orders[0]


def make_view(catalogue: Catalogue, location: Location) -> ViewList:
    """Makes the rows of a view in the scope of its location.

    Raises:
        NotFound: a partner to compare does not exist.
    """
    if location.view == "figures":
        return _figures(catalogue, location)
    if location.view == "people":
        return _people(catalogue, location)
    return _comparison(catalogue.store(), location)


# Figures -----------------------------------------------------------------------------------


def _figures(catalogue: Catalogue, location: Location) -> ViewList:
    found = catalogue.figures(location.scope)
    order = _order_of(location, _FIGURE_ORDERS)
    count, order_words = format_count(found.total), _("by measure")
    items: list[ViewRow | str] = []
    if order in ("newest", "oldest"):
        items, widest = _figures_in_time(found, newest=order == "newest")
        order_words = _("newest first") if order == "newest" else _("oldest first")
    else:
        shown = list(found.series)
        if order == "doubt":
            order_words = _("contradicted first")
            shown.sort(key=lambda series: not series.is_contradicted)
        items, widest = _figures_by_measure(shown)
    return ViewList(
        location=location,
        heading=_("Figures"),
        info=f"{count} · {order_words}",
        items=items,
        columns=lambda cells: _figure_columns(cells, widest, measures=order in _BY_MEASURE),
        empty=[_("No figure has been recorded in this scope.")],
        orders=_FIGURE_ORDERS,
        order=order,
        sorted_by=("date", order == "oldest") if order in ("newest", "oldest") else ("", True),
        long_titles=order in ("newest", "oldest"),
    )


def _figures_in_time(found: FigureList, *, newest: bool) -> tuple[list[ViewRow | str], int]:
    """Makes one row for each figure in the order of time, and the width of the values."""
    pairs = [(series, row) for series in found.series for row in series.rows]
    dated = [pair for pair in pairs if isfinite(pair[1].claim.last)]
    undated = [pair for pair in pairs if not isfinite(pair[1].claim.last)]
    dated.sort(key=lambda pair: pair[1].claim.last, reverse=newest)
    items: list[ViewRow | str] = []
    widest = 0
    for series, row in [*dated, *undated]:
        value = row.row.detail if width(row.row.detail) <= _VALUE else ""
        widest = max(widest, width(value))
        made = _figure_row(series, row, value)
        title = " · ".join(part for part in (series.title, row.source) if part)
        items.append(replace(made, title=title if value else f"{row.row.detail} · {title}"))
    return items, widest


def _figures_by_measure(shown: Sequence[FigureSeries]) -> tuple[list[ViewRow | str], int]:
    """Makes the rows of figures under their measures, and the width of the values."""
    items: list[ViewRow | str] = []
    widest = 0
    single = False
    for series in shown:
        if len(series.rows) > 1:
            items.append(_series_heading(series))
        elif not single:
            single = True
            items.append(_("Given once"))
        for row, value in zip(series.rows, value_cells(series.rows), strict=True):
            short = width(value) <= _VALUE
            widest = max(widest, width(value) if short else 0)
            items.append(_figure_row(series, row, value if short else ""))
    return items, widest


def _series_heading(series: FigureSeries) -> str:
    count = format_count(len(series.rows))
    doubtful = sum(bool(row.against) for row in series.rows)
    if not doubtful:
        return f"{series.title} · {count}"
    difference = ngettext("{n} differs", "{n} differ", doubtful).format(n=format_count(doubtful))
    return f"{series.title} · {count}, {difference}"


def _figure_row(series: FigureSeries, row: FigureRow, value: str) -> ViewRow:
    title = row.source if len(series.rows) > 1 else series.title
    if not value:
        title = f"{row.row.detail} · {title}" if title else row.row.detail
    f = row.figure
    date = f.as_of
    return ViewRow(
        location=Location("figure", row.row.id),
        title=title,
        cells={
            "date": Cell(format_date(date)),
            "year": Cell(end_year(date)),
            "value": Cell(value, "text"),
            "short": Cell(short_figure_value(f, series.title) if value else "", "text"),
            "mark": Cell("≠" if row.against else "", "flag"),
        },
        role="text" if len(series.rows) == 1 else "dim",
    )


def short_figure_value(figure: Figure, measure: str) -> str:
    """Returns a value without a unit that the measure names, or that there is no room for."""
    bare = short_value(figure.value, figure.qualifier, "")
    whole = short_value(figure.value, figure.qualifier, figure.unit)
    named = bool(figure.unit) and fold(figure.unit) in fold(measure)
    return bare if named or width(bare) <= _SHORT < width(whole) else whole


def _figure_columns(cells: int, widest: int, *, measures: bool) -> list[PaneColumn]:
    """Makes the columns of figures; rows that name their measure themselves have short values."""
    value, date = pgettext("column", "value"), pgettext("column", "date")
    columns = [
        PaneColumn("year", date, 5, 3),
        PaneColumn("short", value, min(_SHORT, max(widest, len(value))), 1, right=True),
    ]
    if cells >= _ROOMY and not measures:
        columns = [
            PaneColumn("date", date, date_width(), 3),
            PaneColumn("short", value, min(_SHORT_ROOMY, widest), 1, right=True),
        ]
    elif cells >= _ROOMY:
        columns = [
            PaneColumn("date", date, date_width(), 3),
            PaneColumn("value", value, max(widest, len(value)), 1, right=True),
        ]
    return [
        *columns,
        PaneColumn("mark", "", 1, 2),
        PaneColumn("title", pgettext("column", "source or measure")),
    ]


# Saved searches ----------------------------------------------------------------------------

SAVED: Final = Location("saved")
"""The location of the saved searches, which has no written form: they are the user's own."""


def saved_view(
    searches: Mapping[str, Location], words_of: Callable[[Location], str], unsaved: Location | None
) -> ViewList:
    """Makes the rows of saved searches.

    Args:
        searches: Their locations by name.
        words_of: Returns the restrictions of a search in words.
        unsaved: The current search if it can be saved, else None.
    """
    items: list[ViewRow | str] = []
    if unsaved is not None:
        items += [_("Not saved yet"), ViewRow(unsaved, words_of(unsaved), {}, "dim")]
    if searches:
        title = _("Saved")
        items.append(f"{title} · {format_count(len(searches))}")
    for name, location in searches.items():
        words = words_of(location)
        cells = {"words": Cell("" if words == name else words)}
        items.append(ViewRow(location, name, cells))
    return ViewList(
        location=SAVED,
        heading=_("Saved searches"),
        info=_("Enter runs it, x deletes it") if unsaved is None else _("Enter saves or runs it"),
        items=items,
        columns=lambda cells: [
            PaneColumn("title", pgettext("column", "name")),
            PaneColumn("words", pgettext("column", "search"), max(12, cells // 2), 1),
            PaneColumn("count", pgettext("column", "found"), 6, 2, right=True),
        ],
        empty=[_("No search is saved; search for something and save it here.")],
    )


# People ------------------------------------------------------------------------------------


def _people(catalogue: Catalogue, location: Location) -> ViewList:
    found = catalogue.people(location.scope)
    order = _order_of(location, _PEOPLE_ORDERS)
    said = {
        "statements": _("by statements"),
        "name": _("by name"),
        "newest": _("newest first"),
    }[order]
    items: list[ViewRow | str] = []
    if order == "statements":
        sections = ((_("Who said what"), found.speakers), (_("Others named"), found.others))
        for title, people in sections:
            if people:
                items += [f"{title} · {format_count(len(people))}", *map(_person_row, people)]
    else:
        everyone = sorted((*found.speakers, *found.others), key=lambda each: fold(each.row.title))
        if order == "newest":
            everyone.sort(key=lambda each: each.years[-1:], reverse=True)
        items += map(_person_row, everyone)
    return ViewList(
        location=location,
        heading=_("People"),
        info=f"{format_count(found.total)} · {said}",
        items=items,
        columns=_person_columns,
        empty=[_("Nobody is named in this scope.")],
        orders=_PEOPLE_ORDERS,
        order=order,
        sorted_by={"statements": ("said", False), "name": ("title", True)}.get(
            order, ("years", False)
        ),
    )


def _person_row(person: PersonRow) -> ViewRow:
    count = len(person.statements)
    return ViewRow(
        location=Location("person", person.row.id),
        title=person.row.title,
        cells={
            "role": Cell(person.row.detail),
            "years": Cell(person.period),
            "said": Cell(format_count(count) if count else "", "text"),
        },
    )


def _person_columns(cells: int) -> list[PaneColumn]:
    role = PaneColumn("role", pgettext("column", "role"), max(14, min(60, cells - 40)), 3)
    columns = [
        PaneColumn("title", pgettext("column", "name")),
        role,
        PaneColumn("years", pgettext("column", "years"), 9, 2),
        PaneColumn("said", pgettext("column", "said"), 4, 1, right=True),
    ]
    # Beside a role of which little can be seen names would need two lines.
    return columns if cells >= _ROOMY else [column for column in columns if column is not role]


# Comparison --------------------------------------------------------------------------------


def _comparison(store: RecordStore, location: Location) -> ViewList:
    """Makes the rows of a comparison: all at once, what both have, what each has.

    Raises:
        NotFound: a partner does not exist.
    """
    ids = (location.get("a"), location.get("b"))
    partners = [store.record("partner", identifier) for identifier in ids]
    names = [store.title("partner", identifier) for identifier in ids]
    title = _("{one} and {other}").format(one=names[0], other=names[1])
    numbers = [store.find("partner", identifier) for identifier in ids]
    known = [number for number in numbers if number is not None]
    statuses = store.statuses(known)
    rows = [rows_by_kind(store, store.records_naming(number)) for number in known]
    items: list[ViewRow | str] = [
        ViewRow(location, _("Side by side: time axis, status, money, people"), {}, "strong")
    ]
    for name, partner, status in zip(names, partners, statuses, strict=True):
        date = status.last.date if status.last else ""
        if isinstance(partner, Partner):
            cells = {
                "date": Cell(format_date(date)),
                "year": Cell(end_year(date)),
                "kind": Cell(state_label(status.state), "text"),
            }
            items.append(ViewRow(Location("partner", partner.id), name, cells))
    shared = in_common(rows[0], rows[1])
    order = _order_of(location, _COMPARISON_ORDERS)
    if order == "oldest":
        for listed in (shared, *rows):
            for found in listed.values():
                found.reverse()
    items += _section(_("Events of both"), shared["event"])
    for name, mine in zip(names, rows, strict=True):
        here = {row.number for row in shared["event"]}
        alone = [row for row in mine["event"] if row.number not in here]
        items += _section(_("Events of {name} only").format(name=name), alone)
    for name, identifier in zip(names, ids, strict=True):
        items += _money(store, name, identifier)
    items += _section(_("Documents of both"), shared["document"])
    items += _people_section(names, rows, shared)
    return ViewList(
        location=location,
        heading=_("Compared"),
        info=" · ".join((title, _("newest first") if order == "newest" else _("oldest first"))),
        items=items,
        columns=_comparison_columns,
        empty=[_("No record names both.")],
        orders=_COMPARISON_ORDERS,
        order=order,
        sorted_by=("date", order == "oldest"),
        long_titles=True,
    )


def _section(title: str, rows: Sequence[RecordRow]) -> list[ViewRow | str]:
    if not rows:
        return []
    found: list[ViewRow | str] = [f"{title} · {format_count(len(rows))}"]
    for row in rows:
        cells = {
            "date": Cell(format_date(row.date)),
            "year": Cell(end_year(row.date)),
            "kind": Cell(
                f"{kind_symbol(row.detail)} {kind_label(row.detail)}", kind_role(row.detail)
            ),
        }
        found.append(ViewRow(Location(row.kind, row.id), row.label, cells))
    return found


def _money(store: RecordStore, name: str, identifier: str) -> list[ViewRow | str]:
    """Makes the rows of the sums of money that are recorded of a partner."""
    found: list[ViewRow | str] = []
    for money in money_sums(
        store.figures(Scope(partners=frozenset({identifier}))).rows, identifier
    ):
        subject = money.subject if money.subject != identifier else ""
        label = subject_label(money.measure, store.title("partner", subject) if subject else "")
        for row in money.figures:
            f = row.figure
            cells = {
                "date": Cell(format_date(f.as_of)),
                "year": Cell(end_year(f.as_of)),
                "kind": Cell(short_value(f.value, f.qualifier, f.unit), "money"),
            }
            found.append(ViewRow(Location("figure", row.row.id), label, cells))
    title = _("Money of {name}").format(name=name)
    return [f"{title} · {format_count(len(found))}", *found] if found else []


def _people_section(
    names: Sequence[str], rows: Sequence[Rows], shared: Rows
) -> list[ViewRow | str]:
    found: list[ViewRow | str] = []
    for name, mine in zip(names, rows, strict=True):
        people = mine["person"]
        if people:
            title = _("People of {name}").format(name=name)
            found.append(f"{title} · {format_count(len(people))}")
        both = {row.number for row in shared["person"]}
        for row in people:
            role = "strong" if row.number in both else "text"
            detail = " · ".join(part for part in (row.title, row.detail) if part)
            found.append(ViewRow(Location("person", row.id), detail, {}, role))
    return found


def _comparison_columns(cells: int) -> list[PaneColumn]:
    roomy = cells >= _ROOMY
    date = pgettext("column", "date")
    return [
        PaneColumn("date", date, date_width(), 1) if roomy else PaneColumn("year", date, 5, 1),
        PaneColumn("kind", pgettext("column", "kind or amount"), 20 if roomy else 14, 2),
        PaneColumn("title", pgettext("column", "what")),
    ]
