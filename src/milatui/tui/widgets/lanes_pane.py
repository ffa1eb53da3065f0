"""The drawn timeline: a lane for each partner, sector or kind over one time axis.

An event is a sign in the cell of its day; several in one cell are a count. A vague date is as wide
as what is not known of it, an event that lasts is a bar, and an open end stays open.  In the lane
of a partner its relation is a bar: from when to when it is known to hold, and thin after that.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from rich.segment import Segment

from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import format_count, kind_label, kind_symbol
from milatui.catalogue.timeline.axis import TimeUnit, bin_of, fit_axis, ticks
from milatui.i18n import _, ngettext, pgettext
from milatui.tui.text.cells import fit, fit_right, width
from milatui.tui.theme.glyphs import ASCII
from milatui.tui.theme.hues import kind_role
from milatui.tui.widgets.cell_canvas import CellCanvas
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.timeline.axis import TimeAxis
    from milatui.catalogue.timeline.eras import EraSpan
    from milatui.catalogue.timeline.groupings import LaneSort
    from milatui.catalogue.timeline.lane_groups import Lane, LaneCells, LaneEvents, Lanes
    from milatui.catalogue.timeline.relation_spans import RelationSpan
    from milatui.tui.theme.theme import Theme

_LEAST_LABEL, _MOST_LABEL = 10, 26
_COUNT: Final = 5
_MARGIN: Final = 1
"""Cells at both ends of a lane, for the signs of what goes on beyond the axis."""
_YEAR_CELLS: Final = 4
"""Least cells of a year, so that its quarters can be distinguished."""
_MOST_DIGIT: Final = 9
"""Most events of a cell that a digit can show."""
_MOST_REMEMBERED: Final = 500
"""Most lanes whose events and cells are remembered."""


def lane_sort_label(sort: LaneSort) -> str:
    """Returns the order of lanes in words."""
    return {
        "newest": _("newest first"),
        "oldest": _("oldest first"),
        "count": _("most events first"),
        "name": _("by name"),
    }[sort]


class LanesPane(ListPane):
    """Shows ``Lanes``; the cursor is on an event of one of them."""

    pane_name = "timeline"
    widget_id = "lanes"
    number = 2

    _catalogue: Catalogue

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lanes: Lanes | None = None
        self.sort_label = ""
        self._days: tuple[int, int] | None = None
        self._eras: Sequence[EraSpan] = ()
        self._unit = TimeUnit.YEAR
        self._axis: TimeAxis | None = None
        self._bounds: Sequence[int] = ()
        self._events: dict[int, LaneEvents] = {}
        self._cells: dict[int, LaneCells] = {}
        self._relations: dict[int, Sequence[RelationSpan]] = {}
        self._canvases: dict[int, CellCanvas] = {}
        self._canvases_for: tuple[Theme, int] | None = None
        self._labels: dict[str, str] = {}
        self._index = 0
        """The event under the cursor: its index in the lane, or among the undated ones."""
        self._day: int | None = None
        """The day that the cursor keeps to from lane to lane."""

    def show_lanes(
        self,
        lanes: Lanes,
        catalogue: Catalogue,
        days: tuple[int, int] | None,
        keep: int | None = None,
    ) -> None:
        """Shows lanes over the axis of ``days``, with the cursor on record ``keep`` if it is there.

        Args:
            lanes: The lanes.
            catalogue: Where they are from.
            days: First and last day of the axis; None if nothing is dated.
            keep: A record number.
        """
        if days != self._days:
            self._unit = TimeUnit.YEAR
        self.lanes, self._catalogue, self._days = lanes, catalogue, days
        self._eras = catalogue.eras()
        self._events, self._labels, self._relations = {}, {}, {}
        self._axis = None
        self.cursor = self._index = 0
        item = self.item_of(keep) if keep is not None else 0
        self.show_items(item)

    # Lanes and events --------------------------------------------------------------------

    @property
    def _lanes(self) -> Sequence[Lane]:
        return self.lanes.lanes if self.lanes else ()

    @property
    def _undated(self) -> Sequence[int]:
        return self.lanes.undated if self.lanes else ()

    def item_count(self) -> int:
        return len(self._lanes) + bool(self._undated)

    def item_of(self, number: int) -> int:
        """Returns the lane that shows a record, that under the cursor if it does, 0 if none does.

        The cursor will be on that record in the lane.
        """
        lanes = self._lanes
        order: list[int] = [self.cursor] if self.cursor < len(lanes) else []
        order += range(len(lanes))
        for item in order:
            if number in lanes[item].items:
                events = self._lane_events(item)
                self._day = events.day(events.index_of(number))
                if item == self.cursor:
                    self._index = events.index_of(number)
                return item
        if number in self._undated:
            self._index = self._undated.index(number)
            return len(lanes)
        return 0

    def _is_undated(self, item: int) -> bool:
        return item == len(self._lanes)

    def _lane_events(self, item: int) -> LaneEvents:
        """Returns the events of a lane, which are sorted once."""
        found = self._events.get(item)
        if found is None:
            if len(self._events) > _MOST_REMEMBERED:
                self._events.clear()
            found = self._catalogue.lane_events(self._lanes[item].items)
            self._events[item] = found
        return found

    @property
    def current(self) -> int | None:
        """The number of the record under the cursor, None if there is none."""
        if not 0 <= self.cursor < self.item_count():
            return None
        if self._is_undated(self.cursor):
            return self._undated[min(self._index, len(self._undated) - 1)]
        events = self._lane_events(self.cursor)
        return events.number(min(self._index, len(events.keys) - 1))

    @property
    def current_year(self) -> int | None:
        """The year of the event under the cursor, None if it has none."""
        if self._is_undated(self.cursor) or not 0 <= self.cursor < self.item_count():
            return None
        return bin_of(self._lane_events(self.cursor).day(self._index), TimeUnit.YEAR)

    def _row(self) -> RecordRow | None:
        number = self.current
        return None if number is None else self._catalogue.row(number)

    def show_items(self, cursor: int = 0) -> None:
        super().show_items(cursor)
        self._choose_event()

    def _choose_event(self) -> None:
        """Puts the cursor on the event of its lane that is nearest to where it was."""
        if self._is_undated(self.cursor) or self.cursor >= self.item_count():
            return
        events = self._lane_events(self.cursor)
        if self._day is None:
            self._index = len(events.keys) - 1
        elif not (self._index < len(events.keys) and events.day(self._index) == self._day):
            days = self._day
            self._index = min(
                range(len(events.keys)), key=lambda index: abs(events.day(index) - days)
            )
        self._show_event()

    def _show_event(self) -> None:
        """Brings the event under the cursor into view."""
        axis = self._fit()
        if axis is None or self._is_undated(self.cursor):
            return
        day = self._lane_events(self.cursor).day(self._index)
        if not self._bounds[0] <= day < self._bounds[-1]:
            self._axis = self._fit_around(bin_of(day, self._unit))
            self.refresh()

    def move_to(self, item: int, direction: int = 1) -> None:
        before = self.cursor
        super().move_to(item, direction)
        if self.cursor != before:
            self._refresh_event()

    def cursor_moved(self) -> None:
        if self._is_undated(self.cursor):
            self._index = 0
        else:
            self._choose_event()

    def move_event(self, by: int) -> bool:
        """Moves to an earlier or later event of the lane; returns whether there is one."""
        undated = self._is_undated(self.cursor)
        if not 0 <= self.cursor < self.item_count():
            return False
        events = None if undated else self._lane_events(self.cursor)
        count = len(events.keys) if events else len(self._undated)
        index = self._index + by
        if not 0 <= index < count:
            return False
        self._index = index
        if events is not None:
            self._day = events.day(index)
            self._show_event()
        self.refresh_item(self.cursor)
        self._refresh_event()
        self.preview_due = True
        self.post_message(self.Moved(self))
        return True

    def move_heading(self, forward: bool) -> None:
        """Moves to the nearest event of the lane in another year, ``forward`` the earlier ones."""
        if self._is_undated(self.cursor) or self.cursor >= self.item_count():
            return
        events = self._lane_events(self.cursor)
        year = bin_of(events.day(self._index), TimeUnit.YEAR)
        step = -1 if forward else 1
        index = self._index
        while 0 <= index + step < len(events.keys):
            index += step
            if bin_of(events.day(index), TimeUnit.YEAR) != year:
                self.move_event(index - self._index)
                return

    def go_to(self, number: int) -> None:
        """Moves to a record."""
        item = self.item_of(number)
        self.cursor = -1
        self.move_to(item)

    def _refresh_event(self) -> None:
        """Repaints the line about the event under the cursor."""
        self.refresh_title()
        self.refresh_pinned(0)

    # The axis ----------------------------------------------------------------------------

    @property
    def unit(self) -> TimeUnit:
        """The unit of the axis."""
        return self._unit

    def zoom(self, *, finer: bool) -> bool:
        """Shows finer or coarser units around the cursor; returns whether there are any."""
        unit = self._unit.finer if finer else self._unit.coarser
        if unit is self._unit or self._days is None:
            return False
        self._unit, self._axis = unit, None
        self.refresh()
        return True

    @property
    def _label_width(self) -> int:
        return max(_LEAST_LABEL, min(_MOST_LABEL, self.content_width // 4))

    def _fit(self) -> TimeAxis | None:
        """Returns the axis for the size of the pane."""
        if self._axis is None and self._days is not None:
            around = None
            if not self._is_undated(self.cursor) and self.cursor < self.item_count():
                around = bin_of(self._lane_events(self.cursor).day(self._index), self._unit)
            self._axis = self._fit_around(around)
        return self._axis

    def _fit_around(self, number: int | None) -> TimeAxis | None:
        if self._days is None:
            return None
        cells = max(1, self.content_width - 1 - self._label_width - 1 - 2 * _MARGIN - _COUNT)
        least = _YEAR_CELLS if self._unit is TimeUnit.YEAR else 0
        axis = fit_axis(
            self._unit, self._days, cells, number, self._axis, least=least, stretch=True
        )
        self._bounds = axis.bounds()
        self._cells, self._canvases = {}, {}
        return axis

    def resized(self) -> None:
        super().resized()
        self._axis = None

    def _lane_cells(self, item: int) -> LaneCells:
        found = self._cells.get(item)
        if found is None:
            from milatui.catalogue.timeline.lane_groups import lane_cells

            if len(self._cells) > _MOST_REMEMBERED:
                self._cells.clear()
            found = self._cells[item] = lane_cells(self._lane_events(item), self._bounds)
        return found

    # Frame -------------------------------------------------------------------------------

    def heading(self) -> str:
        return _("Timeline")

    def info(self) -> str:
        if self.lanes is None:
            return ""
        grouping = {
            "partner": _("by partner"),
            "sector": _("by sector"),
            "kind": _("by kind"),
        }[self.lanes.grouping]
        unit = {
            TimeUnit.DECADE: _("decades"),
            TimeUnit.YEAR: _("years"),
            TimeUnit.QUARTER: _("quarters"),
            TimeUnit.MONTH: _("months"),
        }[self._unit]
        dot = f" {self.theme.glyphs.dot} "
        return dot.join((grouping, self.sort_label, unit))

    def position(self) -> str:
        if not 0 <= self.cursor < self.item_count():
            return ""
        undated = self._is_undated(self.cursor)
        count = len(self._undated if undated else self._lanes[self.cursor].items)
        return _("{n} of {count}").format(
            n=format_count(self._index + 1), count=format_count(count)
        )

    def empty_lines(self) -> list[str]:
        if not self.restricted:
            return [_("This archive has neither events nor documents.")]
        return [_("No event in this scope."), _("x removes a restriction, d adds documents.")]

    @property
    def pinned_height(self) -> int:
        room = self.size.height - 3
        return max(0, min(2 + bool(self._eras), room))

    def draw_pinned(self, row: int, cells: int) -> list[Segment]:
        if row == 0:
            return self._draw_event(cells)
        canvas = CellCanvas(self.theme, cells)
        axis = self._fit()
        if axis is not None and row == 1 and self._eras and self.pinned_height > 2:
            self._draw_era_names(canvas, axis)
        elif axis is not None:
            start = self._axis_start
            for tick in ticks(axis, cells - start):
                canvas.write(start + tick.cell, tick.label, "dim")
        return canvas.segments()

    @property
    def _axis_start(self) -> int:
        """The cell of the content in which the axis begins."""
        return 1 + self._label_width + 1 + _MARGIN

    def _draw_event(self, cells: int) -> list[Segment]:
        """Draws what the event under the cursor is."""
        row, theme = self._row(), self.theme
        if row is None:
            return [Segment(" " * cells, theme["text"])]
        kind = row.detail if row.kind == "event" else row.kind
        sign = kind_symbol(kind, ascii_only=theme.glyphs is ASCII)
        date = format_date(row.date) if row.date else pgettext("date", "undated")
        head = f" {sign} "
        label = f"{date}  {kind_label(kind)}  "
        rest = cells - width(head) - width(label)
        title = fit(row.label, rest, theme.glyphs.ellipsis)
        if rest < 8:
            return [Segment(fit(head + label, cells, theme.glyphs.ellipsis), theme["dim"])]
        return [
            Segment(head, theme[kind_role(kind)]),
            Segment(label, theme["dim"]),
            Segment(title, theme["strong"]),
        ]

    def _draw_era_names(self, canvas: CellCanvas, axis: TimeAxis) -> None:
        """Writes the names of the eras at their beginnings, cut where the next one begins."""
        start = self._axis_start
        ends = [self._era_cells(axis, era) for era in self._eras]
        for number, era in enumerate(self._eras):
            covered = ends[number]
            if not covered:
                continue
            following = [cells.start for cells in ends[number + 1 :] if cells]
            stop = min([covered.stop, *following])
            canvas.write(start + covered.start, self.theme.glyphs.era, "frame")
            room = stop - covered.start - 1
            if room >= 3:
                name = fit(era.label, room, self.theme.glyphs.ellipsis).rstrip()
                canvas.write(start + covered.start + 1, name, "dim")

    def _era_cells(self, axis: TimeAxis, era: EraSpan) -> range:
        return axis.cells_of(era.first, era.last)

    # Lanes, drawn --------------------------------------------------------------------------

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        if self._is_undated(item):
            return self._draw_undated(cells, row_role)
        theme, lane = self.theme, self._lanes[item]
        name = fit(self._label(lane.key), self._label_width, theme.glyphs.ellipsis) + " "
        canvas = self._canvas(item, max(0, cells - width(name) - _COUNT))
        if item == self.cursor:
            canvas = self._with_cursor(canvas)
        # Only the name is drawn as the cursor's: the cells of a lane have many styles, and sending
        # all of them again for another background costs more than a key may.
        return [
            Segment(name, theme.on("strong" if row_role else "text", row_role)),
            *canvas.segments(),
            Segment(fit_right(format_count(len(lane.items)), _COUNT), theme["dim"]),
        ]

    def _label(self, key: str) -> str:
        """Returns the label of a lane."""
        label = self._labels.get(key)
        if label is None:
            grouping = self.lanes.grouping if self.lanes else "partner"
            label = self._labels[key] = self._catalogue.lane_label(grouping, key)
        return label

    def _canvas(self, item: int, cells: int) -> CellCanvas:
        """Returns the cells of a lane without the cursor; drawn once."""
        axis = self._fit()
        if self._canvases_for != (self.theme, cells) or len(self._canvases) > _MOST_REMEMBERED:
            self._canvases, self._canvases_for = {}, (self.theme, cells)
        canvas = self._canvases.get(item)
        if canvas is None:
            canvas = self._canvases[item] = CellCanvas(self.theme, cells)
            if axis is not None:
                self._draw_lane(canvas, axis, item)
        return canvas

    def _with_cursor(self, canvas: CellCanvas) -> CellCanvas:
        """Returns the cells of the lane under the cursor with the cursor."""
        day = self._lane_events(self.cursor).day(self._index)
        if not self._bounds or not self._bounds[0] <= day < self._bounds[-1]:
            return canvas
        marked = canvas.copy()
        marked.restyle(_MARGIN + bisect_right(self._bounds, day) - 1, "highlight-current")
        return marked

    def _draw_lane(self, canvas: CellCanvas, axis: TimeAxis, item: int) -> None:
        glyphs, drawn = self.theme.glyphs, self._lane_cells(item)
        for era in self._eras:
            covered = self._era_cells(axis, era)
            if covered:
                canvas.write(_MARGIN + covered.start, glyphs.era, "frame")
        canvas.write(_MARGIN + drawn.between.start, glyphs.across * len(drawn.between), "frame")
        for span in self._lane_relations(item):
            self._draw_relation(canvas, axis, span)
        for cell in drawn.vague:
            canvas.write(_MARGIN + cell, glyphs.vague, "dim")
        for cell in drawn.lasting:
            canvas.write(_MARGIN + cell, glyphs.lasting, "text")
        for beyond, is_open, n in (
            (drawn.earlier, drawn.open_start, 0),
            (drawn.later, drawn.open_end, 1),
        ):
            at = n * (axis.cells + _MARGIN)
            if is_open:
                canvas.write(at, glyphs.open_ends[n], "text")
            elif beyond:
                canvas.write(at, glyphs.beyond[n], "dim")
        for cell, indexes in drawn.events.items():
            self._draw_events(canvas, item, cell, indexes)

    def _lane_relations(self, item: int) -> Sequence[RelationSpan]:
        """Returns the relations of the partner of a lane, which are read once."""
        if self.lanes is None or self.lanes.grouping != "partner":
            return ()
        found = self._relations.get(item)
        if found is None:
            if len(self._relations) > _MOST_REMEMBERED:
                self._relations.clear()
            last_seen = self._lane_events(item).day(-1)
            found = self._catalogue.relation_spans(self._lanes[item].key, last_seen)
            self._relations[item] = found
        return found

    def _draw_relation(self, canvas: CellCanvas, axis: TimeAxis, span: RelationSpan) -> None:
        """Draws a relation: as a bar while it is known to hold, ends as vague as they are."""
        glyphs = self.theme.glyphs

        def draw(days: tuple[int, int], sign: str, role: str) -> None:
            covered = axis.cells_of(*days)
            canvas.write(_MARGIN + covered.start, sign * len(covered), role)

        if span.last is None:
            if span.known_last < self._bounds[-1]:
                draw((span.known_last, self._bounds[-1] - 1), glyphs.unsaid, "dim")
            canvas.write(_MARGIN + axis.cells, glyphs.open_ends[1], "dim")
        else:
            draw((span.known_last, span.last), glyphs.vague, "dim")
        draw((span.first, span.known_first), glyphs.vague, "dim")
        draw((span.known_first, span.known_last), glyphs.relation, "partnership")

    def _draw_events(self, canvas: CellCanvas, item: int, cell: int, indexes: range) -> None:
        """Draws the events of a cell: the sign of a single one, else how many there are."""
        at = _MARGIN + cell
        if len(indexes) > 1:
            count = len(indexes)
            canvas.write(at, str(count) if count <= _MOST_DIGIT else "+", "strong")
            return
        number = self._lane_events(item).number(indexes.start)
        kind, doubt = self._catalogue.event_sign(number)
        sign = kind_symbol(kind, ascii_only=self.theme.glyphs is ASCII)
        canvas.write(at, sign, kind_role(kind))
        if doubt and cell + 1 not in self._lane_cells(item).events:
            canvas.write(at + 1, doubt, "flag")

    def _draw_undated(self, cells: int, row_role: str) -> list[Segment]:
        """Draws the undated events: how many, and their titles from the current one on."""
        theme, numbers = self.theme, self._undated
        n = len(numbers)
        label = ngettext("{n} undated", "{n} undated", n).format(n=format_count(n))
        name = fit(label, self._label_width, theme.glyphs.ellipsis) + " "
        first = self._index if row_role and self._is_undated(self.cursor) else 0
        titles = [self._catalogue.row(number).label for number in numbers[first : first + 6]]
        rest = cells - width(name)
        text = f" {theme.glyphs.dot} ".join(titles)
        return [
            Segment(name, theme.on("strong" if row_role else "text", row_role)),
            Segment(fit(text, rest, theme.glyphs.ellipsis), theme.on("dim", row_role)),
        ]
