"""A modal list to pick an item from by typing: commands, headings, years, kinds.

Imported when first opened, with ``ModalScreen`` and the text field.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.screen import ModalScreen

from milatui.catalogue.lists.rows import prefix_rank
from milatui.i18n import _
from milatui.index.analysis.folding import fold
from milatui.tui.text.cells import fit, fit_right, width
from milatui.tui.theme.theme import MONO
from milatui.tui.widgets.list_pane import ListPane
from milatui.tui.widgets.text_field import strip_colours

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import App, ComposeResult
    from textual.strip import Strip
    from textual.widget import Widget
    from textual.widgets import Input

    from milatui.tui.theme.theme import Theme

Item = tuple[str, str]

_LEAST, _MOST = Size(44, 8), Size(72, 24)
_BORDERS, _FRAME_ROWS = 6, 4
"""Cells beside the items; rows over and under them, and one for what typed words mean."""


class PickerPane(ListPane):
    """The items that contain every word typed so far."""

    pane_name = "picker"
    has_field = True
    boxed = True
    populated = True

    def __init__(self, theme: Theme, title: str, items: Sequence[Item]) -> None:
        super().__init__(theme)
        self.active = True
        self.title, self.items = title, list(items)
        self.matches = list(range(len(items)))
        self.other_words: Sequence[str] = [""] * len(items)
        """Words that find an item as well, though they are not shown."""
        self.closed = False
        self.preview: Callable[[int], None] | None = None
        """Called with the number of the item under the cursor when it moves."""
        self.left: Callable[[], None] | None = None
        """Called if the picker is left without picking."""
        self.interpret: Callable[[str], Item | None] | None = None
        """Makes an item of the typed words, if they mean something besides the items."""
        self.typed = len(items)
        """Number of that item."""
        self.none_found = _("Nothing has these words.")
        """What is said if there is no item."""
        self.initial = ""
        """What stands in the field when it opens."""
        self.tabs = ((self.pane_name, title),)

    @property
    def widest(self) -> int:
        """Cells of the longest text that the picker can show."""
        items = self.items[: self.typed]
        longest = max((width(label) + width(detail) for label, detail in items), default=0)
        return max(longest, width(self.title), width(self.none_found))

    def apply_filter(self, words: str) -> None:
        """Shows the items that contain all ``words``, the best matches first."""
        self.field_text = words
        del self.items[self.typed :]
        wanted = fold(words).split()
        matches = [
            n
            for n, (label, _detail) in enumerate(self.items)
            if all(word in fold(f"{label} {self.other_words[n]}") for word in wanted)
        ]
        first = wanted[0] if wanted else ""
        self.matches = sorted(matches, key=lambda n: _rank(fold(self.items[n][0]), first))
        meant = self.interpret(words) if self.interpret is not None and wanted else None
        if meant is not None:
            self.items.append(meant)
            self.matches.insert(0, self.typed)
        self.top = 0
        self.show_items()

    def heading(self) -> str:
        return self.title

    def info(self) -> str:
        # Where everything is typed there is nothing to count.
        return str(len(self.matches)) if self.typed else ""

    def position(self) -> str:
        return _("Enter takes it, Esc leaves")

    def placeholder(self) -> str:
        return _("type to choose…")

    def item_count(self) -> int:
        return len(self.matches)

    def empty_lines(self) -> list[str]:
        return [self.none_found]

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        label, detail = self.items[self.matches[item]]
        theme, side = self.theme, width(detail) + 1
        words, gap, more = label.partition("  ") if label.strip() == label else (label, "", "")
        room = cells - side - 1
        head = fit(words + gap, min(room, width(words + gap)), theme.glyphs.ellipsis)
        rest = room - width(head)
        return [
            Segment(head, theme.on("strong" if row_role else "text", row_role)),
            Segment(fit(more, rest, theme.glyphs.ellipsis), theme.on("dim", row_role)),
            Segment(fit_right(detail, side) + " ", theme.on("dim", row_role)),
        ]


def _rank(label: str, word: str) -> int:
    """Ranks a match in the name of an item, see ``prefix_rank``."""
    return prefix_rank(label.strip().partition("  ")[0], word)


class _CentredLayout(Layout):
    """Places the picker in the upper middle of the screen; it is as large as its items need."""

    name = "centred"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        return [
            WidgetPlacement(_box(size, child), NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if isinstance(child, PickerPane)
        ]


def _box(size: Size, picker: PickerPane) -> Region:
    """Returns the place of a picker with all its items, whatever has been typed by now."""
    wide = min(_MOST.width, size.width - 2, max(_LEAST.width, picker.widest + _BORDERS))
    high = min(_MOST.height, size.height - 2, max(_LEAST.height, picker.typed + _FRAME_ROWS))
    return Region((size.width - wide) // 2, max(0, (size.height - high) // 3), wide, high)


class PickerScreen(ModalScreen[int | None], inherit_bindings=False):
    """Modal screen around a picker; its result is the number of the picked item, or None."""

    DEFAULT_CSS = "PickerScreen { background: $background 0%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", priority=True),
        Binding("up,ctrl+p", "move(-1)", priority=True),
        Binding("pagedown", "page(1)", priority=True),
        Binding("pageup", "page(-1)", priority=True),
        Binding("enter", "pick", priority=True),
        Binding("escape,ctrl+c,ctrl+q", "leave", priority=True),
    ]

    def __init__(self, theme: Theme, title: str, items: Sequence[Item]) -> None:
        super().__init__()
        self.picker = PickerPane(theme, title, items)
        self._layout = _CentredLayout()

    @property
    def layout(self) -> Layout:
        return self._layout

    def compose(self) -> ComposeResult:
        yield self.picker

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draws the screen below, without colour codes under NO_COLOR."""
        strips = super().render_lines(crop)
        return strip_colours(strips) if self.picker.theme.name == MONO else strips

    async def on_mount(self) -> None:
        """Focuses the text field."""
        await self.picker.open_field()
        if self.picker.initial and self.picker.field is not None:
            self.picker.field.value = self.picker.initial
            self.picker.field.cursor_position = len(self.picker.initial)

    def action_move(self, by: int) -> None:
        """Moves the cursor."""
        self.picker.move(by)

    def action_page(self, pages: int) -> None:
        """Moves by screenfuls."""
        self.picker.move_page(pages)

    def action_pick(self) -> None:
        """Picks the item under the cursor, after all typed keys have been processed."""
        field = self.picker.field
        if field is not None and field.message_queue_size:
            field.call_later(self._pick, field)
        else:
            self._pick(field)

    def _pick(self, field: Input | None) -> None:
        if field is not None and field.value != self.picker.field_text:
            self.picker.apply_filter(field.value)
        matches = self.picker.matches
        # Without an item it says why there is none, and what was typed stays.
        if matches:
            self.dismiss(matches[self.picker.cursor])

    def action_leave(self) -> None:
        """Closes without picking."""
        self.dismiss(None)

    def dismiss(self, result: int | None = None) -> AwaitComplete:
        """Closes with a result; a second click or key that was queued does nothing."""
        return super().dismiss(result) if self.is_current else AwaitComplete()

    def on_list_pane_moved(self, event: ListPane.Moved) -> None:
        """Previews the item under the cursor."""
        event.stop()
        matches = self.picker.matches
        if self.picker.preview is not None and matches:
            self.picker.preview(matches[self.picker.cursor])

    def on_list_pane_chosen(self) -> None:
        """Picks an item that is clicked again."""
        self.action_pick()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filters by the words typed."""
        if event.input.value != self.picker.field_text:
            self.picker.apply_filter(event.input.value)


def pick(
    app: App[int], theme: Theme, title: str, items: Sequence[Item], picked: Callable[[int], None]
) -> PickerPane:
    """Lets the user pick one of ``items``.

    Args:
        app: The application, which shows the picker.
        theme: The theme to draw with.
        title: Title of the picker.
        items: ``(label, detail)``; two spaces in a label separate a name from its explanation.
        picked: Called with the number of the picked item; not called if the user leaves.

    Returns:
        The open picker.
    """

    screen = PickerScreen(theme, title, items)
    picker = screen.picker

    def close(number: int | None) -> None:
        picker.closed = True
        if number is not None:
            picked(number)
        elif picker.left is not None:
            picker.left()

    app.push_screen(screen, close)
    return picker
