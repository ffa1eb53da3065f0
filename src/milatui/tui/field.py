"""The text field of a pane: Textual's Input without box and blink, made when first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

if TYPE_CHECKING:
    from milatui.tui.look import Look


class TextField(Input):
    """One line to type into; longer input than ``max_length`` is refused."""

    DEFAULT_CSS = """
    TextField, TextField:focus { border: none; height: 1; padding: 0; background: $background;
        background-tint: $background 0%; }
    TextField > .input--cursor { text-style: reverse; background: $background; color: $foreground; }
    """

    def __init__(self, value: str, placeholder: str, look: Look) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            compact=True,
            max_length=400,
            select_on_focus=False,
        )
        self.cursor_blink = False
        self.look = look
