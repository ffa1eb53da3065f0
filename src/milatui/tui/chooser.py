"""A list to choose from by typing, over the main screen: commands, headings, years, kinds."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.screen import ModalScreen

from milatui.i18n import _
from milatui.tui.field import mono_theme
from milatui.tui.listing import ListPane
from milatui.tui.text.cells import fit, fit_right, width
from milatui.tui.theme.theme import MONO

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.strip import Strip
    from textual.widget import Widget
    from textual.widgets import Input

    from milatui.tui.screen import MainScreen
    from milatui.tui.theme.theme import Theme

Item = tuple[str, str]


class ChoicePane(ListPane):
    """The items that hold every word typed so far."""

    pane_name = "choice"
    has_field = True
    filled = True

    def __init__(self, theme: Theme, title: str, items: Sequence[Item]) -> None:
        super().__init__(theme)
        self.active = True
        self.title, self.items = title, items
        self.kept = list(range(len(items)))
        self.tabs = ((self.pane_name, title),)

    def keep(self, words: str) -> None:
        """Keep the items in which all ``words`` occur, those that begin with them first."""
        self.field_text = words
        needles = _fold(words).split()
        kept = [
            n for n, (label, _detail) in enumerate(self.items)
            if all(filter_text in _fold(label) for filter_text in needles)
        ]  # fmt: skip
        first = needles[0] if needles else ""
        self.kept = sorted(kept, key=lambda n: _rank(_fold(self.items[n][0]), first))
        self.top = 0
        self.show_items()

    def heading(self) -> str:
        return self.title

    def info(self) -> str:
        return str(len(self.kept))

    def corner(self) -> str:
        return _("Enter takes it, Esc leaves")

    def placeholder(self) -> str:
        return _("type to choose…")

    def item_count(self) -> int:
        return len(self.kept)

    def empty_lines(self) -> list[str]:
        return [_("Nothing has these words.")]

    def draw_item(self, item: int, part: int, cells: int, line: str) -> list[Segment]:
        label, detail = self.items[self.kept[item]]
        theme, side = self.theme, width(detail) + 1
        words, gap, more = label.partition("  ") if label.strip() == label else (label, "", "")
        room = cells - side - 1
        head = fit(words + gap, min(room, width(words + gap)), theme.glyphs.ellipsis)
        rest = room - width(head)
        return [
            Segment(head, theme.on("strong" if line else "text", line)),
            Segment(fit(more, rest, theme.glyphs.ellipsis), theme.on("dim", line)),
            Segment(fit_right(detail, side) + " ", theme.on("dim", line)),
        ]


def _rank(label: str, word: str) -> int:
    """How well ``word`` fits: the name begins so, a word of it does, it is in it, or elsewhere."""
    name = label.strip().partition("  ")[0]
    return 0 if name.startswith(word) else 1 if f" {word}" in name else 2 if word in name else 3


def _fold(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in plain if not unicodedata.combining(c))


class _Centred(Layout):
    """A box of at most 72 x 24 in the upper middle of the screen."""

    name = "centred"

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        wide, high = min(72, size.width - 2), min(24, size.height - 2)
        box = Region((size.width - wide) // 2, (size.height - high) // 3, wide, high)
        return [
            WidgetPlacement(box, NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if isinstance(child, ChoicePane)
        ]


class ChooserScreen(ModalScreen[int | None], inherit_bindings=False):
    """Gives back the number of the chosen item, or None."""

    DEFAULT_CSS = "ChooserScreen { background: $background 0%; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", priority=True),
        Binding("up,ctrl+p", "move(-1)", priority=True),
        Binding("pagedown", "page(1)", priority=True),
        Binding("pageup", "page(-1)", priority=True),
        Binding("enter", "choose", priority=True),
        Binding("escape,ctrl+c,ctrl+q", "leave", priority=True),
    ]

    def __init__(self, theme: Theme, title: str, items: Sequence[Item]) -> None:
        super().__init__()
        self.choices = ChoicePane(theme, title, items)
        self._layout = _Centred()

    @property
    def layout(self) -> Layout:
        return self._layout

    def compose(self) -> ComposeResult:
        yield self.choices

    def render_lines(self, crop: Region) -> list[Strip]:
        """The screen below; without colours not even the default ones are named."""
        strips = super().render_lines(crop)
        return mono_theme(strips) if self.choices.theme.name == MONO else strips

    async def on_mount(self) -> None:
        """Ready to type."""
        await self.choices.open_field()

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.choices.move(by)

    def action_page(self, pages: int) -> None:
        """Move by screenfuls."""
        self.choices.move_page(pages)

    def action_choose(self) -> None:
        """Take the item under the cursor, once all that was typed has been taken in."""
        field = self.choices.field
        if field is not None and field.message_queue_size:
            field.call_later(self._choose, field)
        else:
            self._choose(field)

    def _choose(self, field: Input | None) -> None:
        if not self.is_current:  # a second Enter was under way
            return
        if field is not None and field.value != self.choices.field_text:
            self.choices.keep(field.value)
        kept = self.choices.kept
        self.dismiss(kept[self.choices.cursor] if kept else None)

    def action_leave(self) -> None:
        """Take none."""
        self.dismiss(None)

    def on_list_pane_chosen(self) -> None:
        """A second click takes the item."""
        self.action_choose()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what fits the words typed."""
        if event.input.value != self.choices.field_text:
            self.choices.keep(event.input.value)


def choose(
    screen: MainScreen, title: str, items: Sequence[Item], chosen: Callable[[int], None]
) -> None:
    """Ask for one of ``items``; ``chosen`` is called with its number unless the user leaves."""

    def answered(index: int | None) -> None:
        if index is not None:
            chosen(index)

    screen.app.push_screen(ChooserScreen(screen.theme, title, items), answered)
