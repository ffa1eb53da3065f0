"""The timeline: events under their years, newest first, with a histogram in the frame."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from rich.segment import Segment

from milatui.catalogue.labels.dates import day_width, format_day
from milatui.catalogue.labels.labels import format_count, kind_symbol
from milatui.i18n import _
from milatui.tui.listing import ListPane
from milatui.tui.partners import bar, merge_counts
from milatui.tui.text.cells import cut, fit, fit_right, width
from milatui.tui.theme.glyphs import ASCII

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.lists.timeline import Histogram, Timeline, YearGroup

_DATE, _ROOMY = 9, 86


class TimelinePane(ListPane):
    """Shows a ``Timeline``; headings of years stand between the items."""

    pane_name = "timeline"
    number = 2

    timeline: Timeline | None = None
    row_of: Callable[[int], RecordRow]
    name_of: Callable[[str], str]

    def show_timeline(self, timeline: Timeline, keep: int | None = None) -> None:
        """Show ``timeline``, standing on record number ``keep`` if it is there."""
        self.timeline = timeline
        self._heads = [group.first + n for n, group in enumerate(timeline.years)]
        place = self.item_of(keep) if keep is not None else 0
        self.show_items(place)

    _heads: list[int] = []  # noqa: RUF012 - replaced, never changed

    def item_of(self, number: int) -> int:
        """The item that shows record ``number``, 0 if none does."""
        found = (n for n, item in enumerate(self._items) if item == number)
        index = next(found, None)
        return 0 if index is None else self._item_at(index)

    def _item_at(self, index: int) -> int:
        """The list's item for index ``index`` of the timeline: headings come between."""
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
        """The number of the record under the cursor."""
        if not self._items:
            return None
        return self._items[self.cursor - bisect_right(self._heads, self.cursor)]

    @property
    def current_group(self) -> YearGroup | None:
        """The year the cursor stands in."""
        at = bisect_right(self._heads, self.cursor) - 1
        return self._years[at] if 0 <= at < len(self._years) else None

    def item_count(self) -> int:
        return len(self._items) + len(self._years)

    def is_heading(self, item: int) -> bool:
        at = bisect_right(self._heads, item) - 1
        return at >= 0 and self._heads[at] == item

    def move_heading(self, forward: bool) -> None:
        """To the first item of the next (older) or the previous year."""
        at = bisect_right(self._heads, self.cursor) - 1 + (1 if forward else -1)
        if 0 <= at < len(self._heads):
            self.move_to(self._heads[at] + 1)

    def go_to_group(self, group: int) -> None:
        """To the first item of the year with this number in the list of years."""
        self.move_to(self._heads[group] + 1)
        self.top = self.clamp_top(self._heads[group])
        self.refresh()

    # Frame -------------------------------------------------------------------------------

    def heading(self) -> str:
        return _("Timeline")

    def info(self) -> str:
        count = format_count(len(self._items))
        if len(self.tabs) > 1 or self.content_width > 70:
            return f"{count} {self.theme.glyphs.dot} " + _("newest first")
        return count

    def ornament(self, cells: int) -> list[Segment]:
        if self.timeline is None or cells < 16:
            return []
        return histogram(self.timeline.histogram, cells, self)

    def empty_lines(self) -> list[str]:
        if not self.restricted:
            return [_("This archive tells of no event and has no document.")]
        return [_("No event in this scope."), _("x removes a restriction, d adds documents.")]

    # Lines -------------------------------------------------------------------------------

    def draw(self, line: int, cells: int) -> list[Segment]:
        if line < self.item_count() and self.is_heading(line):
            return self._draw_year(line, cells)
        return super().draw(line, cells)

    def _draw_year(self, line: int, cells: int) -> list[Segment]:
        group = self._years[bisect_right(self._heads, line) - 1]
        count = format_count(group.count)
        label = cut(group.label, cells - 8)
        rule = self.theme.glyphs.across * max(0, cells - width(label) - len(count) - 5)
        return [
            Segment(f" {label} ", self.theme["strong"]),
            Segment(f"{rule} ", self.theme["frame"]),
            Segment(count + "  ", self.theme["dim"]),
        ]

    def draw_item(self, item: int, part: int, cells: int, line: str) -> list[Segment]:
        theme = self.theme
        row = self.row_of(self._items[item - bisect_right(self._heads, item)])
        ellipsis = theme.glyphs.ellipsis
        kind = row.detail if row.kind == "event" else row.kind
        sign = kind_symbol(kind, ascii_only=theme.glyphs is ASCII)
        day = max(_DATE, day_width() + 1) + (3 if cells >= _ROOMY else 0)
        date = format_day(row.date)
        flag = "?" if "low-confidence" in row.flags else ""
        names = self._partner_names(row) if cells >= _ROOMY else ""
        side = cells // 4 if cells >= _ROOMY else 0
        title = cells - day - 2 - side - 1 - 2 * bool(flag)
        style = theme.on("strong" if line == "cursor" else "text", line)
        parts = [
            Segment(fit(date, day, ellipsis), theme.on("dim", line)),
            Segment(sign + " ", theme.on("dim", line)),
            Segment(fit(row.title, title, ellipsis), style),
        ]
        if flag:
            parts.append(Segment(" " + flag, theme.on("flag", line)))
        if side:
            parts.append(Segment("  " + fit(names, side - 2, ellipsis), theme.on("dim", line)))
        parts.append(Segment(" ", theme.on("text", line)))
        return parts

    def _partner_names(self, row: RecordRow) -> str:
        return ", ".join(map(self.name_of, row.partners))


def histogram(data: Histogram, cells: int, pane: TimelinePane) -> list[Segment]:
    """``first ▁▂▅▇ last``: bars of the scope over those of the whole archive."""
    theme = pane.theme
    if not data.counts_all:
        return []
    first, last = str(data.first_year), str(data.last_year)
    room = cells - len(first) - len(last) - 2
    if room < 5:
        return []
    every, scoped = merge_counts(data.counts_all, room), merge_counts(data.counts_in_scope, room)
    most = max(max(every), 1)
    partial = sum(scoped) < sum(every)
    parts = [Segment(first + " ", theme["dim"])]
    for count, inside in zip(every, scoped, strict=True):
        lit = inside > 0 or not partial
        sign = bar(inside if lit else count, most, theme.glyphs)
        parts.append(Segment(sign, theme["accent" if lit and partial else "dim"]))
    parts.append(Segment(" " + fit_right(last, len(last)), theme["dim"]))
    return parts
