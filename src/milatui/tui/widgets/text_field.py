"""The text field of a pane: Textual's Input without border and blinking cursor.

Imported when the first field is opened: ``Input`` costs 5 ms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import Input

from milatui.archive.sanitize import sanitize
from milatui.tui.theme.theme import MONO
from milatui.tui.widgets.line_widget import with_glyphs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text
    from textual import events
    from textual.geometry import Region

    from milatui.tui.theme.theme import Theme


_MAX_LENGTH = 400
_UNDERLINE = Style(underline=True)


class TextField(Input):
    """A one-line input of at most 400 characters; parts of it can be underlined."""

    DEFAULT_CSS = """
    TextField, TextField:focus { border: none; height: 1; padding: 0; background: $background;
        background-tint: $background 0%; }
    TextField > .input--cursor { text-style: reverse; background: $background; color: $foreground; }
    """

    # A class attribute: Textual reads ``_value`` before ``__init__`` has ended.
    underlined: Sequence[tuple[int, int]] = ()

    def __init__(self, value: str, placeholder: str, theme: Theme) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            compact=True,
            max_length=_MAX_LENGTH,
            select_on_focus=False,
        )
        self.cursor_blink = False
        self.theme = theme

    def validate_value(self, value: str) -> str:
        """Sanitizes a value, which may come from a saved search or a link."""
        return sanitize(value, multiline=False)

    def _on_paste(self, event: events.Paste) -> None:
        """Inserts all that was pasted: line ends, as in what is copied from a PDF, become spaces.

        Of what is too long for the field its beginning is inserted.
        """
        event.prevent_default()
        event.stop()
        lines = event.text.splitlines()
        text = lines[0] if len(lines) == 1 else " ".join(event.text.split())
        start, end = sorted(self.selection)
        room = _MAX_LENGTH - len(self.value) + end - start
        self.replace(text[: max(room, 0)], start, end)

    @property
    def _value(self) -> Text:
        """The text as it is drawn, with its underlined parts."""
        text = super()._value
        for start, end in self.underlined:
            text.stylize(_UNDERLINE, start, end)
        return text

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draws with the theme's glyphs, and without colour codes under NO_COLOR."""
        strips = [with_glyphs(strip, self.theme) for strip in super().render_lines(crop)]
        return strip_colours(strips) if self.theme.name == MONO else strips


def strip_colours(strips: list[Strip]) -> list[Strip]:
    """Removes all style but bold, underlines and reverse from what Textual has drawn."""
    return [Strip([_plain(part) for part in strip], strip.cell_length) for strip in strips]


def _plain(segment: Segment) -> Segment:
    style = segment.style or Style.null()
    plain = Style(bold=style.bold, underline=style.underline, reverse=style.reverse)
    return Segment(segment.text, plain)
