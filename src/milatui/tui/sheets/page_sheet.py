"""A floating sheet of text: the help, and why a hit was found.

Imported when the first sheet is opened.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from milatui.catalogue.location import Location
from milatui.i18n import _
from milatui.tui.sheets.overlay import Overlay, centred
from milatui.tui.text.wrap import TEXT_WIDTH, wrap_page
from milatui.tui.widgets.reader_pane import ReaderPane

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.geometry import Region, Size
    from textual.widgets import Input

    from milatui.catalogue.pages.model import Page
    from milatui.tui.theme.theme import Theme

_BORDERS = 4
"""Cells of a line beside its text: two borders, two blanks."""


class SheetPane(ReaderPane):
    """A page in a box, with a field if the page can be filtered."""

    pane_name = "sheet"
    boxed = True

    def __init__(
        self, theme: Theme, title: str, write: Callable[[str], Page], *, filtered: bool
    ) -> None:
        super().__init__(theme)
        self.has_field = filtered
        self.tabs = ((self.pane_name, title),)
        self._write = write
        self.page = write("")

    def info(self) -> str:
        return _("Esc closes")

    def placeholder(self) -> str:
        return _("type to filter…")

    def apply_filter(self, words: str) -> None:
        """Shows what contains ``words``."""
        self.field_text = words
        self.show(self._write(words))

    def height_at(self, cells: int) -> int:
        """Counts the lines of the whole page in a box of ``cells`` cells, borders included."""
        page = self._write("")
        text = page.text.rstrip("\n")
        return len(wrap_page(replace(page, text=text), cells - _BORDERS)) + 2 + self.has_field


class PageSheet(Overlay[Location | str]):
    """Shows a page over the panes; its keys scroll and choose links, and Esc closes it.

    Its result is the target of the link that is followed.

    Args:
        theme: The theme to draw with.
        title: Title of the box.
        write: Makes the page, given the words of the field.
        filtered: Whether there is a field.
        aside: Stand at the left edge, so that the reader stays in view where it has room.
        closing_keys: Keys that close the sheet, too, comma separated; in a sheet with a field
            those that are not typed into it.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,ctrl+n", "move(1)", priority=True),
        Binding("up,ctrl+p", "move(-1)", priority=True),
        Binding("pagedown,ctrl+d", "page(1)", priority=True),
        Binding("pageup,ctrl+u", "page(-1)", priority=True),
        Binding("home,ctrl+home", "edge(False)", priority=True),
        Binding("end,ctrl+end", "edge(True)", priority=True),
        Binding("left", "link(-1)", priority=True),
        Binding("right", "link(1)", priority=True),
        Binding("enter", "follow", priority=True),
        Binding("escape,f1,ctrl+c,ctrl+q", "leave", priority=True),
        Binding("j", "move(1)"),
        Binding("k", "move(-1)"),
        Binding("space", "page(1)"),
        Binding("b", "page(-1)"),
        Binding("g", "edge(False)"),
        Binding("G", "edge(True)"),
        Binding("h", "link(-1)"),
        Binding("l", "link(1)"),
        Binding("q", "leave"),
    ]

    def __init__(
        self,
        theme: Theme,
        title: str,
        write: Callable[[str], Page],
        *,
        filtered: bool = False,
        aside: bool = False,
        closing_keys: str = "",
    ) -> None:
        self.sheet = SheetPane(theme, title, write, filtered=filtered)
        self._aside = aside
        super().__init__(self.sheet)
        self._help_sign = filtered and "question_mark" in closing_keys.split(",")
        for key in closing_keys.split(","):
            if key and (len(key) > 1 or not filtered):
                self._bindings.bind(key, "leave", priority=True)

    def box(self, size: Size) -> Region:
        wide = min(TEXT_WIDTH + _BORDERS, size.width - 2)
        if self._aside:
            wide = min(wide, max(40, size.width // 2))
        box = centred(size, wide, self.sheet.height_at(wide))
        return box.at_offset((1, box.y)) if self._aside else box

    def action_move(self, by: int) -> None:
        """Scrolls by lines."""
        self.sheet.move(by)

    def action_page(self, pages: int) -> None:
        """Scrolls by screenfuls."""
        self.sheet.move_page(pages)

    def action_edge(self, last: bool) -> None:
        """Scrolls to the beginning or the end."""
        self.sheet.move_edge(last)

    def action_link(self, by: int) -> None:
        """Selects the next or the previous link."""
        self.sheet.move_link(by)

    def action_follow(self) -> None:
        """Closes the sheet and follows the selected link, if there is one."""
        link = self.sheet.selected_link
        self.dismiss(link.target if link else None)

    def on_reader_pane_followed(self, event: ReaderPane.Followed) -> None:
        """Follows a link that was clicked."""
        event.stop()
        self.dismiss(event.target)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filters by the words typed; the sign that opens the help closes it."""
        event.stop()
        if self._help_sign and event.input.value == "?":
            self.action_leave()
        elif event.input.value != self.sheet.field_text:
            self.sheet.apply_filter(event.input.value)
