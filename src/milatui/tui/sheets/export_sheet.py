"""The sheet to write a file: the formats with what goes out, and the path of the file.

Imported when it is first opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.binding import Binding, BindingType

from milatui.i18n import _
from milatui.tui.sheets.overlay import Overlay, centred
from milatui.tui.text.cells import fit, fit_right, width
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.geometry import Region, Size
    from textual.widgets import Input

    from milatui.tui.theme.theme import Theme

_WIDE: Final = 84
_NAME: Final = 12
_LEAST_LABEL: Final = 16
"""Cells that remain of what a format is for, however long the counts."""


@dataclass(slots=True)
class ExportChoice:
    """A format in the sheet.

    Attributes:
        name: The format.
        label: What it is for.
        extension: File name extension, without the dot.
        count: How much goes out, in words; "" until it is counted.
    """

    name: str
    label: str
    extension: str
    count: str = ""


@dataclass(frozen=True, slots=True)
class ExportTarget:
    """What the user has chosen: a format by its number, a file, and whether to replace it."""

    format_number: int
    path: Path
    overwrite: bool


class ExportPane(ListPane):
    """The formats, under the path of the file.

    Args:
        theme: The theme to draw with.
        title: What is written.
        choices: The formats.
        stem: The path that is proposed, without extension.
    """

    pane_name = "export"
    has_field = True
    boxed = True
    populated = True

    def __init__(
        self, theme: Theme, title: str, choices: Sequence[ExportChoice], stem: str
    ) -> None:
        super().__init__(theme)
        self.tabs = ((self.pane_name, title),)
        self.choices = choices
        self.question = ""
        """What stands in the way of writing, and what Enter does then."""
        self.field_text = f"{stem}.{choices[0].extension}"

    @property
    def current(self) -> ExportChoice:
        """The format under the cursor."""
        return self.choices[self.cursor]

    def follow_cursor(self, before: ExportChoice) -> None:
        """Gives the path the extension of the format under the cursor.

        Args:
            before: The format that was under the cursor.
        """
        stem = self.field_text.removesuffix(f".{before.extension}")
        if stem != self.field_text:
            self.write_field(f"{stem}.{self.current.extension}")

    def choose_by_extension(self) -> None:
        """Moves the cursor to the format whose extension the path has, if it is another's."""
        if self.field_text.endswith(f".{self.current.extension}"):
            return
        ends = (f".{choice.extension}" for choice in self.choices)
        number = next((n for n, end in enumerate(ends) if self.field_text.endswith(end)), None)
        if number is not None:
            self.cursor = number
            self.refresh()

    def item_count(self) -> int:
        return len(self.choices)

    def info(self) -> str:
        return self.question or _("↓ format, Enter writes, Esc closes")

    def placeholder(self) -> str:
        return _("path of the file…")

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        theme, choice = self.theme, self.choices[item]
        text, dim = theme.on("text", row_role), theme.on("dim", row_role)
        widest = max(width(each.count) for each in self.choices)
        count = min(widest, cells - _NAME - _LEAST_LABEL)
        room = cells - _NAME - count - 2
        return [
            Segment(fit(choice.name, _NAME), theme.on("strong" if row_role else "text", row_role)),
            Segment(fit(choice.label, room, theme.glyphs.ellipsis) + " ", dim),
            Segment(fit_right(choice.count, count) + " ", text),
        ]


class ExportSheet(Overlay[None]):
    """Lets the user choose a format and a path; a file that exists is replaced by a second Enter.

    Args:
        theme: The theme to draw with.
        title: What is written.
        choices: The formats.
        stem: The path that is proposed, without extension.
        write: Called with what the user has chosen.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", priority=True),
        Binding("up,ctrl+p", "move(-1)", priority=True),
        Binding("enter", "write", priority=True),
        Binding("escape,ctrl+c,ctrl+q", "leave", priority=True),
    ]

    def __init__(
        self,
        theme: Theme,
        title: str,
        choices: Sequence[ExportChoice],
        stem: str,
        write: Callable[[ExportTarget], None],
    ) -> None:
        self.formats = ExportPane(theme, title, choices, stem)
        super().__init__(self.formats)
        self._write = write

    def box(self, size: Size) -> Region:
        return centred(size, _WIDE, len(self.formats.choices) + 3)

    def show_count(self, number: int, count: str) -> None:
        """Shows how much of a format goes out."""
        self.formats.choices[number].count = count
        if self.is_attached:
            self.formats.refresh_item(number)

    def action_move(self, by: int) -> None:
        """Moves the cursor; the path gets the extension of the format."""
        pane = self.formats
        self._take_typed()
        before = pane.current
        pane.move(by)
        pane.follow_cursor(before)
        self._ask("")

    def action_write(self) -> None:
        """Closes with the format and the path, unless the file exists and that was not said."""
        self._take_typed()
        pane = self.formats
        text = pane.field_text.strip()
        if not text:
            self._ask(_("a path is missing"))
            return
        path = Path(text).expanduser()
        asked = bool(pane.question)
        if path.is_dir():
            self._ask(_("this is a folder"))
        elif path.exists() and not asked:
            self._ask(_("exists: Enter replaces it, Esc does not"))
        else:
            self.dismiss(None)
            self._write(ExportTarget(pane.cursor, path, overwrite=asked))

    def _take_typed(self) -> None:
        field = self.formats.field
        if field is not None and field.value != self.formats.field_text:
            self.formats.field_text = field.value
            self.formats.choose_by_extension()
            self._ask("")

    def _ask(self, question: str) -> None:
        self.formats.question = question
        self.formats.refresh_title()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Takes the path as typed."""
        event.stop()
        self._take_typed()

    def on_list_pane_chosen(self, event: ListPane.Chosen) -> None:
        """Writes in the format that is clicked again."""
        event.stop()
        self.action_write()
