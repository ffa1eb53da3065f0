"""The timeline: events under their years, newest first, with a histogram in the border."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from rich.segment import Segment

from milatui.catalogue.labels.dates import day_width, format_day
from milatui.catalogue.labels.labels import format_count, kind_symbol
from milatui.i18n import _
from milatui.tui.text.cells import cut, fit, fit_right, width
from milatui.tui.theme.glyphs import ASCII, bar, group_counts
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.lists.timeline import Histogram, Timeline, YearGroup
    from milatui.tui.theme.theme import Theme

_DATE, _ROOMY = 9, 86


class TimelinePane(ListPane):
    """Shows a ``Timeline``; its years are headings between the records."""

    pane_name = "timeline"
    number = 2

    timeline: Timeline | None = None
    _year_items: Sequence[int] = ()
    row_of: Callable[[int], RecordRow]
    name_of: Callable[[str], str]

    def show_timeline(self, timeline: Timeline, keep: int | None = None) -> None:
        """Shows ``timeline``, with the cursor on record number ``keep`` if it is in it."""
        self.timeline = timeline
        self._year_items = [group.first + n for n, group in enumerate(timeline.years)]
        place = self.item_of(keep) if keep is not None else 0
        self.show_items(place)

    def item_of(self, number: int) -> int:
        """Returns the item that shows record number ``number``, 0 if there is none."""
        found = (n for n, item in enumerate(self._items) if item == number)
        index = next(found, None)
        return 0 if index is None else self._item_at(index)

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
    def current(self) -> int | None:
        """The number of the record under the cursor, None if the timeline is empty."""
        if not self._items:
            return None
        return self._items[self.cursor - bisect_right(self._year_items, self.cursor)]

    @property
    def current_group(self) -> YearGroup | None:
        """The year of the item under the cursor."""
        at = bisect_right(self._year_items, self.cursor) - 1
        return self._years[at] if 0 <= at < len(self._years) else None

    def item_count(self) -> int:
        return len(self._items) + len(self._years)

    def is_heading(self, item: int) -> bool:
        at = bisect_right(self._year_items, item) - 1
        return at >= 0 and self._year_items[at] == item

    def move_heading(self, forward: bool) -> None:
        """Moves to the first item of the next (older) or the previous (newer) year."""
        at = bisect_right(self._year_items, self.cursor) - 1 + (1 if forward else -1)
        if 0 <= at < len(self._year_items):
            self.move_to(self._year_items[at] + 1)

    def go_to_group(self, group: int) -> None:
        """Moves to the first item of a year, given by its index in the timeline's years."""
        self.move_to(self._year_items[group] + 1)
        self.top = self.clamp_top(self._year_items[group])
        self.refresh()

    # Frame -------------------------------------------------------------------------------

    def heading(self) -> str:
        return _("Timeline")

    def info(self) -> str:
        count = format_count(len(self._items))
        if len(self.tabs) > 1 or self.content_width > 70:
            return f"{count} {self.theme.glyphs.dot} " + _("newest first")
        return count

    def title_right(self, cells: int) -> list[Segment]:
        if self.timeline is None or cells < 16:
            return []
        return _draw_histogram(self.timeline.histogram, cells, self.theme)

    def empty_lines(self) -> list[str]:
        if not self.restricted:
            return [_("This archive has neither events nor documents.")]
        return [_("No event in this scope."), _("x removes a restriction, d adds documents.")]

    # Lines -------------------------------------------------------------------------------

    def draw(self, line: int, cells: int) -> list[Segment]:
        if line < self.item_count() and self.is_heading(line):
            return self._draw_year(line, cells)
        return super().draw(line, cells)

    def _draw_year(self, line: int, cells: int) -> list[Segment]:
        group = self._years[bisect_right(self._year_items, line) - 1]
        count = format_count(group.count)
        label = cut(group.label, cells - 8)
        rule = self.theme.glyphs.across * max(0, cells - width(label) - len(count) - 5)
        return [
            Segment(f" {label} ", self.theme["strong"]),
            Segment(f"{rule} ", self.theme["frame"]),
            Segment(count + "  ", self.theme["dim"]),
        ]

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        theme = self.theme
        row = self.row_of(self._items[item - bisect_right(self._year_items, item)])
        ellipsis = theme.glyphs.ellipsis
        kind = row.detail if row.kind == "event" else row.kind
        sign = kind_symbol(kind, ascii_only=theme.glyphs is ASCII)
        day = max(_DATE, day_width() + 1) + (3 if cells >= _ROOMY else 0)
        date = format_day(row.date)
        flag = "?" if "low-confidence" in row.flags else ""
        names = self._partner_names(row) if cells >= _ROOMY else ""
        side = cells // 4 if cells >= _ROOMY else 0
        title = cells - day - 2 - side - 1 - 2 * bool(flag)
        style = theme.on("strong" if row_role == "cursor" else "text", row_role)
        parts = [
            Segment(fit(date, day, ellipsis), theme.on("dim", row_role)),
            Segment(sign + " ", theme.on("dim", row_role)),
            Segment(fit(row.label, title, ellipsis), style),
        ]
        if flag:
            parts.append(Segment(" " + flag, theme.on("flag", row_role)))
        if side:
            parts.append(Segment("  " + fit(names, side - 2, ellipsis), theme.on("dim", row_role)))
        parts.append(Segment(" ", theme.on("text", row_role)))
        return parts

    def _partner_names(self, row: RecordRow) -> str:
        return ", ".join(map(self.name_of, row.partners))


def _draw_histogram(data: Histogram, cells: int, theme: Theme) -> list[Segment]:
    """Draws ``first ▁▂▅▇ last``: bars of the records per year, those of the scope accented."""
    if not data.counts_all:
        return []
    first, last = str(data.first_year), str(data.last_year)
    room = cells - len(first) - len(last) - 2
    if room < 5:
        return []
    every, scoped = group_counts(data.counts_all, room), group_counts(data.counts_in_scope, room)
    highest = max(max(every), 1)
    partial = sum(scoped) < sum(every)
    parts = [Segment(first + " ", theme["dim"])]
    for count, inside in zip(every, scoped, strict=True):
        counted = inside > 0 or not partial
        sign = bar(inside if counted else count, highest, theme.glyphs)
        parts.append(Segment(sign, theme["accent" if counted and partial else "dim"]))
    parts.append(Segment(" " + fit_right(last, len(last)), theme["dim"]))
    return parts
