"""The screen of a floating pane: transparent, with one pane in a box.

Imported when the first sheet is opened, with ``ModalScreen``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.await_complete import AwaitComplete
from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement
from textual.screen import ModalScreen

from milatui.tui.theme.theme import MONO
from milatui.tui.widgets.pane import Pane
from milatui.tui.widgets.text_field import strip_colours

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.strip import Strip
    from textual.widget import Widget

Result = TypeVar("Result")


class _BoxLayout(Layout):
    """Places the pane of an overlay where its ``box`` says."""

    name = "box"

    def __init__(self, box: Callable[[Size], Region]) -> None:
        self._box = box

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        return [
            WidgetPlacement(self._box(size), NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if isinstance(child, Pane)
        ]


class Overlay(ModalScreen["Result | None"], Generic[Result], inherit_bindings=False):
    """A modal screen that shows one pane over the main screen.

    Textual repaints the whole screen when it opens and closes; the driver sends the cells that
    have changed.
    """

    DEFAULT_CSS = "Overlay { background: $background 0%; }"

    focuses_field = True
    """Whether the text field of the pane, if it has one, gets the focus."""

    def __init__(self, pane: Pane) -> None:
        super().__init__()
        self.pane = pane
        self.pane.active = True
        self._layout = _BoxLayout(self.box)

    def box(self, size: Size) -> Region:
        """Returns the place of the pane on a screen of ``size``."""
        raise NotImplementedError

    @property
    def layout(self) -> Layout:
        return self._layout

    def compose(self) -> ComposeResult:
        yield self.pane

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draws the screen below, without colour codes under NO_COLOR."""
        strips = super().render_lines(crop)
        return strip_colours(strips) if self.pane.theme.name == MONO else strips

    async def on_mount(self) -> None:
        """Focuses the text field, if the pane has one."""
        if self.pane.has_field and self.focuses_field:
            await self.pane.open_field()

    def on_click(self, event: events.Click) -> None:
        """Closes the sheet by a click beside it."""
        event.stop()
        self.action_leave()

    def action_leave(self) -> None:
        """Closes without a result."""
        self.dismiss(None)

    def dismiss(self, result: Result | None = None) -> AwaitComplete:
        """Closes with a result; a second click or key that was queued does nothing."""
        return super().dismiss(result) if self.is_current else AwaitComplete()


def centred(size: Size, wide: int, high: int) -> Region:
    """Returns a box of at most ``wide`` x ``high`` cells in the upper middle of the screen."""
    wide, high = min(wide, size.width - 2), min(high, size.height - 2)
    return Region((size.width - wide) // 2, max(1, (size.height - high) // 3), wide, high)
