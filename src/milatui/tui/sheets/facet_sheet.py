"""The sheet to narrow the scope: facets with counts, several of which can be chosen.

Imported when it is first opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size

from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _, ngettext
from milatui.tui.sheets.overlay import Overlay
from milatui.tui.text.cells import fit, fit_right
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from milatui.tui.state.facet_choice import FacetGroup, FacetValue
    from milatui.tui.theme.theme import Theme

_WIDE: Final = 48
_BAR: Final = 9
"""Cells of the bar of the highest count."""
_COUNT: Final = 6
_MARK: Final = 4
_PATIENCE: Final = 0.15
"""Seconds without an answer until it is said that one is awaited."""


class FacetPane(ListPane):
    """Facet values under the name of their facet, with a mark for those that are chosen."""

    pane_name = "facets"
    has_field = True
    boxed = True
    populated = True

    def __init__(self, theme: Theme, groups: Sequence[FacetGroup]) -> None:
        super().__init__(theme)
        self.tabs = ((self.pane_name, _("Narrow to")),)
        self.counted = self.waiting = False
        self._items: list[FacetValue | str] = []
        self.show_groups(groups)

    def show_groups(self, groups: Sequence[FacetGroup]) -> None:
        """Shows facets; the cursor stays on its value."""
        before = self.current
        self._items = []
        for group in groups:
            self._items.append(group.title)
            self._items += group.values
            if group.hidden:
                more = ngettext(
                    "{n} more: type a part of its name",
                    "{n} more: type a part of the name",
                    group.hidden,
                )
                self._items.append("    " + more.format(n=format_count(group.hidden)))
        kept = next(
            (
                number
                for number, item in enumerate(self._items)
                if before is not None
                and not isinstance(item, str)
                and (item.facet, item.value) == (before.facet, before.value)
            ),
            0,
        )
        self.show_items(kept)

    @property
    def current(self) -> FacetValue | None:
        """The value under the cursor."""
        item = self._items[self.cursor] if self.cursor < len(self._items) else ""
        return None if isinstance(item, str) else item

    def item_count(self) -> int:
        return len(self._items)

    def is_heading(self, item: int) -> bool:
        return isinstance(self._items[item], str)

    def position(self) -> str:
        return _("Space toggles, Enter takes, Esc closes")

    def placeholder(self) -> str:
        return _("type to filter…")

    def empty_lines(self) -> list[str]:
        if self.counted:
            return [_("Nothing has these words.")]
        return [_("Counting…")] if self.waiting else []

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        theme, value = self.theme, self._items[item]
        if isinstance(value, str):
            role = "dim" if value.startswith(" ") else "strong"
            return [Segment(fit(value, cells, theme.glyphs.ellipsis), theme[role])]
        text, dim = theme.on("text", row_role), theme.on("dim", row_role)
        box = "[x] " if value.chosen else "[ ] "
        bar = "━" * round(value.share * _BAR) or "╸"
        room = cells - _MARK - _BAR - _COUNT - 2
        return [
            Segment(box, theme.on("accent" if value.chosen else "dim", row_role)),
            Segment(fit(value.label, room, theme.glyphs.ellipsis) + " ", text),
            Segment(bar.ljust(_BAR), dim),
            Segment(fit_right(format_count(value.count), _COUNT) + " ", text),
        ]


class FacetSheet(Overlay[None]):
    """Lets the user choose facet values while the lists beside it follow.

    Args:
        theme: The theme to draw with.
        groups: Makes the facets, given the words typed.
        toggle: Called with a value to add to the scope, or to take away.
    """

    focuses_field = False  # in a field a blank would be a letter
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", priority=True),
        Binding("up,ctrl+p", "move(-1)", priority=True),
        Binding("pagedown", "page(1)", priority=True),
        Binding("pageup", "page(-1)", priority=True),
        Binding("home", "edge(False)", priority=True),
        Binding("end", "edge(True)", priority=True),
        Binding("space", "toggle_value", priority=True),
        Binding("enter", "take", priority=True),
        Binding("backspace", "shorten", priority=True),
        Binding("escape,ctrl+c,ctrl+q", "leave", priority=True),
    ]

    def __init__(
        self,
        theme: Theme,
        groups: Callable[[str], Sequence[FacetGroup]],
        toggle: Callable[[FacetValue], None],
    ) -> None:
        self.facets = FacetPane(theme, groups(""))
        super().__init__(self.facets)
        self._groups, self._toggle = groups, toggle
        self._take_when_counted = False

    def box(self, size: Size) -> Region:
        """Places it at the right edge: the lists, which follow, stay in view."""
        wide = min(_WIDE, size.width - 2)
        return Region(size.width - wide - 1, 1, wide, max(4, size.height - 2))

    async def on_mount(self) -> None:
        """Says that it counts, if that takes long."""
        self.set_timer(_PATIENCE, self.show_waiting)

    def show_waiting(self) -> None:
        """Says that the counts are still to come."""
        if not self.facets.counted:
            self.facets.waiting = True
            self.facets.refresh()

    def show_counted(self) -> None:
        """Shows new counts; takes the first value if Enter was pressed before there were any."""
        if not self.is_attached:
            return
        self.facets.counted = True
        self._show_again()
        if self._take_when_counted:
            self.action_take()

    def _show_again(self) -> None:
        self.facets.show_groups(self._groups(self.facets.field_text))

    def _type(self, words: str) -> None:
        self.facets.write_field(words)
        self._show_again()

    def on_key(self, event: events.Key) -> None:
        """Filters by the words typed."""
        if event.character and event.character.isprintable() and event.key != "space":
            event.stop()
            self._type(self.facets.field_text + event.character)

    def action_shorten(self) -> None:
        """Takes back the last character."""
        self._type(self.facets.field_text[:-1])

    def action_move(self, by: int) -> None:
        """Moves the cursor."""
        self.facets.move(by)

    def action_page(self, pages: int) -> None:
        """Moves by screenfuls."""
        self.facets.move_page(pages)

    def action_edge(self, last: bool) -> None:
        """Moves to the first or the last value."""
        self.facets.move_edge(last)

    def action_toggle_value(self) -> None:
        """Adds the value under the cursor to the scope, or takes it away."""
        value = self.facets.current
        if value is not None:
            self._toggle(value)
            self._show_again()

    def action_take(self) -> None:
        """Adds the value under the cursor, if it is not chosen, and closes."""
        if not self.facets.counted:
            self._take_when_counted = True
            return
        value = self.facets.current
        if value is not None and not value.chosen:
            self._toggle(value)
        self.action_leave()

    def on_list_pane_chosen(self, event: ListPane.Chosen) -> None:
        """Toggles a value that is clicked again."""
        event.stop()
        self.action_toggle_value()
