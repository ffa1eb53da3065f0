"""The timeline: events under their years, newest first; undated ones are folded at the end."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment

from milatui.catalogue.labels.dates import day_width, format_day
from milatui.catalogue.labels.labels import format_count, kind_label, kind_symbol
from milatui.i18n import _, ngettext, pgettext
from milatui.tui.text.cells import cut, width
from milatui.tui.theme.glyphs import ASCII
from milatui.tui.theme.hues import kind_role
from milatui.tui.widgets.list_columns import GAP, Cell, PaneColumn, cell_line, fit_columns
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.lists.timeline import Timeline, YearGroup

_DATE, _KIND, _SOURCES, _PARTNERS, _WHAT = 7, 13, 4, 24, 22
"""Least width of dates, widths of the other columns; the title has at least ``_WHAT``."""
_WHAT_ALONE = 26
"""Least width of the title where kinds are only signs."""
_ROOMY = 96
"""Cells from which the names of the partners have a column."""
_MOST_ENTRIES = 2000
"""Most records that are remembered."""


class _Entry(NamedTuple):
    """A record of the timeline, and what else its line shows.

    Attributes:
        row: Its row.
        sources: Number of its sources.
        partners: Names of its partners, the archive's own organisation aside; None before they
            have had a column.
    """

    row: RecordRow
    sources: int
    partners: str | None


class TimelinePane(ListPane):
    """Shows a ``Timeline``; its years are headings between the records."""

    pane_name = "timeline"
    number = 2

    timeline: Timeline | None = None
    folded = True
    """Whether the undated records are hidden under their heading."""
    has_sources = True
    """Whether records have sources: documents, of which an archive may have only, have none."""
    fold_key = ""
    """The key that shows them."""
    _year_items: Sequence[int] = ()
    row_of: Callable[[int], RecordRow]
    sources_of: Callable[[Sequence[int]], Sequence[int]]
    name_of: Callable[[str], str]
    home = ""
    """Id of the archive's own organisation, which nearly every event names."""
    _entries: dict[int, _Entry] | None = None

    def show_timeline(self, timeline: Timeline, keep: int | None = None) -> None:
        """Shows ``timeline``, with the cursor on record number ``keep`` if it is in it."""
        self.timeline, self._entries = timeline, None
        self._year_items = [group.first + n for n, group in enumerate(timeline.years)]
        index = self.item_of(keep) if keep is not None else 0
        self.show_items(index)

    def item_of(self, number: int) -> int:
        """Returns the item that shows record number ``number``, 0 if there is none."""
        found = (n for n, item in enumerate(self._items) if item == number)
        index = next(found, None)
        if index is None:
            return 0
        item = self._item_at(index)
        self.folded = self.folded and item < self.item_count()
        return item

    def _item_at(self, index: int) -> int:
        """Returns the item of the timeline's record at ``index``; the headings are items, too."""
        firsts = [group.first for group in self._years]
        return index + bisect_right(firsts, index)

    @property
    def _items(self) -> Sequence[int]:
        return self.timeline.items if self.timeline else ()

    @property
    def _years(self) -> Sequence[YearGroup]:
        return self.timeline.years if self.timeline else ()

    @property
    def _oldest_first(self) -> bool:
        return self.timeline is not None and self.timeline.oldest_first

    @property
    def current(self) -> int | None:
        """The number of the record under the cursor, None if the timeline is empty."""
        if not self._items:
            return None
        return self._items[self.cursor - bisect_right(self._year_items, self.cursor)]

    @property
    def current_year(self) -> int | None:
        """The year, or first year, of the heading above the cursor; None if it is not one."""
        group = self.current_group
        return group.year if group else None

    @property
    def current_group(self) -> YearGroup | None:
        """The year of the item under the cursor."""
        at = bisect_right(self._year_items, self.cursor) - 1
        return self._years[at] if 0 <= at < len(self._years) else None

    @property
    def _undated(self) -> YearGroup | None:
        """The group of undated records, if there are others as well."""
        last = self._years[-1] if len(self._years) > 1 else None
        return last if last is not None and last.year is None else None

    def toggle_undated(self) -> bool:
        """Shows or hides the undated records; returns whether there are any."""
        undated = self._undated
        if undated is None:
            return False
        self.folded = not self.folded
        self.measure_again()
        last = self._year_items[-1]
        self.show_items(last - 1 if self.folded else last + 1)
        return True

    def item_count(self) -> int:
        count = len(self._items) + len(self._years)
        undated = self._undated if self.folded else None
        return count - undated.count if undated else count

    def is_heading(self, item: int) -> bool:
        at = bisect_right(self._year_items, item) - 1
        return at >= 0 and self._year_items[at] == item

    def move_heading(self, forward: bool) -> None:
        """Moves to the first item of the next (older) or the previous (newer) year."""
        at = bisect_right(self._year_items, self.cursor) - 1 + (1 if forward else -1)
        if 0 <= at < len(self._year_items):
            self.move_to(self._year_items[at] + 1)

    def go_to(self, number: int) -> None:
        """Moves to a record; the heading above the first one of a year comes into view as well."""
        undated = self._undated
        if undated and self.folded and number in self._items[undated.first :]:
            self.toggle_undated()
        item = self.item_of(number)
        self.move_to(item)
        self.show_on_top(item - 1 if item and self.is_heading(item - 1) else item)

    # Frame -------------------------------------------------------------------------------

    def heading(self) -> str:
        return _("Timeline")

    def info(self) -> str:
        count = format_count(len(self._items))
        order = _("oldest first") if self._oldest_first else _("newest first")
        return f"{count} {self.theme.glyphs.dot} {order}"

    def empty_lines(self) -> list[str]:
        if not self.restricted:
            return [_("This archive has neither events nor documents.")]
        return [_("No event in this scope."), _("x removes a restriction, d adds documents.")]

    # Lines -------------------------------------------------------------------------------

    def choose_columns(self, cells: int) -> list[PaneColumn]:
        day = max(_DATE, day_width())
        columns = [
            PaneColumn("date", pgettext("column", "date"), day, 1),
            PaneColumn("kind", pgettext("column", "kind"), _KIND, 3),
            PaneColumn("sign", "", 1, 1),
            PaneColumn("what", pgettext("column", "what")),
            PaneColumn("partners", pgettext("column", "partners"), _PARTNERS, 4),
            PaneColumn("sources", pgettext("column", "sources"), _SOURCES, 2, right=True),
        ]
        hidden = {"partners"} if cells < _ROOMY else set[str]()
        hidden |= set() if self.has_sources else {"sources"}
        columns = [column for column in columns if column.name not in hidden]
        fitted = fit_columns([c for c in columns if c.name != "sign"], cells, _WHAT)
        if any(column.name == "kind" for column in fitted):
            return fitted
        return fit_columns([c for c in columns if c.name != "kind"], cells, _WHAT_ALONE)

    @property
    def long_title_start(self) -> int:
        """Under the word of the kind."""
        return next((c.cells + GAP + 2 for c in self.columns if c.name == "date"), 0)

    def sorted_column(self) -> tuple[str, bool]:
        return "date", self._oldest_first

    def _entry(self, item: int) -> _Entry:
        """Returns the record of an item; read once."""
        number = self._items[item - bisect_right(self._year_items, item)]
        if self._entries is None or len(self._entries) > _MOST_ENTRIES:
            self._entries = {}
        entry = self._entries.get(number)
        if entry is None:
            row = self.row_of(number)
            sources = self.sources_of((number,))[0] if row.kind == "event" else 0
            entry = self._entries[number] = _Entry(row, sources, None)
        if entry.partners is None and any(column.name == "partners" for column in self.columns):
            others = [partner for partner in entry.row.partners if partner != self.home]
            names = ", ".join(map(self.name_of, others))
            entry = self._entries[number] = _Entry(entry.row, entry.sources, names)
        return entry

    def measure_again(self) -> None:
        super().measure_again()
        self._entries = None

    def title_of(self, item: int) -> str:
        return self._entry(item).row.label

    def draw_heading(self, item: int, part: int, cells: int) -> list[Segment]:
        group = self._years[bisect_right(self._year_items, item) - 1]
        if self._undated is group:
            return self._draw_undated(group, cells)
        theme, count = self.theme, format_count(group.count)
        label = cut(group.label, cells - 8)
        rule = theme.glyphs.across * max(0, cells - width(label) - len(count) - 4)
        return [
            Segment(f" {label} ", theme["strong"]),
            Segment(f"{rule} ", theme["frame"]),
            Segment(count + " ", theme["dim"]),
        ]

    def _draw_undated(self, group: YearGroup, cells: int) -> list[Segment]:
        """Draws the heading of the undated records: how many, and which key shows them."""
        theme, n = self.theme, group.count
        label = ngettext("{n} undated", "{n} undated", n).format(n=format_count(n))
        words = _("{key} shows them") if self.folded else _("{key} hides them")
        more = words.format(key=self.fold_key) if self.fold_key else ""
        more = more if width(label) + width(more) + 6 <= cells else ""
        rest = cells - width(label) - width(more) - 5
        return [
            Segment(" ? ", theme["flag"]),
            Segment(cut(label, cells - 5) + " ", theme["strong"]),
            Segment(" " * max(0, rest) + more + " ", theme["dim"]),
        ]

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        theme, title = self.theme, self.title_lines(item)[part]
        role = "strong" if row_role == "cursor" else "text"
        if part:
            return self.draw_continuation(item, part, cells, row_role, role)
        row, sources, partners = self._entry(item)
        kind = row.detail if row.kind == "event" else row.kind
        sign = kind_symbol(kind, ascii_only=theme.glyphs is ASCII)
        doubt = "?" if "low-confidence" in row.flags else " "
        hue = kind_role(kind)
        return cell_line(
            self.columns,
            {
                "date": Cell(format_day(row.date)),
                "kind": Cell(f"{sign} {kind_label(kind)}", hue),
                "sign": Cell(sign, hue),
                "what": Cell(title, role),
                "partners": Cell(partners or ""),
                "sources": Cell((format_count(sources) if sources else "") + doubt),
            },
            theme,
            row_role,
        )
