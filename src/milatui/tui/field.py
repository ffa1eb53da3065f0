"""The text field of a pane: Textual's Input without box and blink, made when first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widgets import Input

from milatui.archive.sanitize import sanitize
from milatui.tui.lines import with_glyphs
from milatui.tui.theme.theme import MONO

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.text import Text
    from textual.geometry import Region

    from milatui.tui.theme.theme import Theme


_UNDERLINE = Style(underline=True)


class TextField(Input):
    """One line to type into; longer input than ``max_length`` is refused."""

    DEFAULT_CSS = """
    TextField, TextField:focus { border: none; height: 1; padding: 0; background: $background;
        background-tint: $background 0%; }
    TextField > .input--cursor { text-style: reverse; background: $background; color: $foreground; }
    """

    # Of the class, as Textual measures the value before there is more of the instance.
    underlined: Sequence[tuple[int, int]] = ()

    def __init__(self, value: str, placeholder: str, theme: Theme) -> None:
        super().__init__(
            value,
            placeholder=placeholder,
            compact=True,
            max_length=400,
            select_on_focus=False,
        )
        self.cursor_blink = False
        self.theme = theme

    def validate_value(self, value: str) -> str:
        """Whoever wrote it, a search that was saved or came as a link, it is drawn as it stands."""
        return sanitize(value, multiline=False)

    @property
    def _value(self) -> Text:
        """The text as it is drawn: parts of it may be underlined."""
        text = super()._value
        for start, end in self.underlined:
            text.stylize(_UNDERLINE, start, end)
        return text

    def render_lines(self, crop: Region) -> list[Strip]:
        """Without colours not even the default ones are named."""
        strips = [with_glyphs(strip, self.theme) for strip in super().render_lines(crop)]
        return mono_theme(strips) if self.theme.name == MONO else strips


def mono_theme(strips: list[Strip]) -> list[Strip]:
    """What Textual has drawn, with no more than bold, underline and reverse."""
    return [Strip([_plain(part) for part in strip], strip.cell_length) for strip in strips]


def _plain(segment: Segment) -> Segment:
    style = segment.style or Style.null()
    plain = Style(bold=style.bold, underline=style.underline, reverse=style.reverse)
    return Segment(segment.text, plain)
