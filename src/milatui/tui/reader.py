"""The reader: draws a page by line, its words lit, with links one can step through."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message

from milatui.i18n import _, ngettext
from milatui.tui.layout import TEXT_WIDTH
from milatui.tui.marking import page_marks, paint, paint_some, reach
from milatui.tui.selecting import SelectingPane
from milatui.tui.text.cells import cells_before, fit, width
from milatui.tui.text.wrap import Line, find_words, line_at, wrap_page

if TYPE_CHECKING:
    from milatui.catalogue.location import Location
    from milatui.catalogue.pages.model import Link, Page
    from milatui.tui.theme.theme import Theme


class ReaderPane(SelectingPane):
    """Shows one page; scrolls by line, jumps between lit words and between links."""

    class Followed(Message):
        """A link is to be opened."""

        def __init__(self, target: Location | str) -> None:
            super().__init__()
            self.target = target

    pane_name = "reader"
    number = 4

    page: Page | None = None
    hit, link = -1, -1

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines: list[Line] = []
        self.lit: tuple[tuple[int, int], ...] = ()
        self.kind_word = ""
        self._cells = 0
        self._reach: list[int] = []
        self._tick_rows: frozenset[int] | None = None

    # Content ---------------------------------------------------------------------------

    def show(
        self, page: Page, kind_word: str = "", offset: int | None = None, reveal: bool = True
    ) -> None:
        """Show ``page`` at its lit words (unless not to ``reveal``) or with ``offset`` on top."""
        self.page, self.kind_word = page, kind_word
        self.link, self.lit = -1, page.lit
        self.hit = next((n for n, (start, _end) in enumerate(page.lit) if start == page.focus), -1)
        self._reach = reach(page)
        self.selection = (0, 0)
        self._wrap()
        if offset is not None:
            self.top = self.clamp_top(line_at(self.lines, offset))
        else:
            self.top = 0
            if reveal:
                self._reveal_focus()
        self.refresh()

    def _wrap(self) -> None:
        self._cells = self._column()
        self.lines = wrap_page(self.page, self._cells) if self.page else []
        self._tick_rows = None

    def _column(self) -> int:
        return max(8, min(TEXT_WIDTH, self.content_width - 2))

    def resized(self) -> None:
        """Wrap anew, the same words on top."""
        offset, self._tick_rows = self.offset_on_top, None
        if self.page and self._column() != self._cells:
            self._wrap()
            self.top = self.clamp_top(line_at(self.lines, offset))
            if not offset:
                self._reveal_focus()
        self.top = self.clamp_top(self.top)

    def reveal_focus(self) -> None:
        """Bring the lit words into view, of a page that is shown already."""
        self._reveal_focus()
        self.refresh()

    def _reveal_focus(self) -> None:
        if self.page:
            self._reveal(self.lit[self.hit][0] if self.hit >= 0 else self.page.focus)

    @property
    def offset_on_top(self) -> int:
        """Offset of the first character in view: what a place in the trail keeps."""
        return self.lines[self.top][0] if self.top < len(self.lines) else 0

    # What the frame says -----------------------------------------------------------------

    def heading(self) -> str:
        return _("Reader")

    def placeholder(self) -> str:
        return _("find in this text…")

    def info(self) -> str:
        if self.page is None:
            return ""
        return self.page.title if self.top > 0 else self.kind_word

    def corner(self) -> str:
        if self.lit and self.hit < 0:
            count = len(self.lit)
            return ngettext("{count} passage", "{count} passages", count).format(count=count)
        if self.lit:
            return _("{number} of {total}").format(number=self.hit + 1, total=len(self.lit))
        total = len(self.lines)
        if total <= self.page_height:
            return ""
        return f"{min(100, 100 * (self.top + self.page_height) // total)} %"

    def line_count(self) -> int:
        return len(self.lines)

    def ticks(self) -> frozenset[int]:
        if self._tick_rows is None:
            total, page = max(len(self.lines), self.page_height), self.page_height
            rows = (line_at(self.lines, start) * page // total for start, _end in self.lit)
            self._tick_rows = frozenset(rows) if self.lines else frozenset()
        return self._tick_rows

    # Movement ----------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """Scroll by lines."""
        self.scroll_by(by)

    def move_page(self, pages: float) -> None:
        """Scroll by screenfuls, two lines kept."""
        step = int(self.page_height * abs(pages)) - (2 if abs(pages) >= 1 else 0)
        self.scroll_by(max(1, step) * (1 if pages > 0 else -1))

    def move_edge(self, last: bool) -> None:
        """To the beginning or the end."""
        self.scroll_by(len(self.lines) * (1 if last else -1))

    def move_heading(self, forward: bool) -> None:
        """To the next or the previous heading."""
        if self.page is None:
            return
        lines = [line_at(self.lines, heading.offset) for heading in self.page.outline]
        ahead = (
            [n for n in lines if n > self.top] if forward else [n for n in lines if n < self.top]
        )
        if ahead:
            self.scroll_by((ahead[0] if forward else ahead[-1]) - self.top)

    def _reveal(self, offset: int) -> None:
        """Scroll so that ``offset`` stands in the upper third; stay if it is in view."""
        line, height = line_at(self.lines, offset), self.page_height
        if not self.top + 1 <= line < self.top + height - 2 or line >= len(self.lines):
            self.top = self.clamp_top(line - height // 3)

    def reveal(self, offset: int) -> None:
        """Bring ``offset`` into view."""
        self._reveal(offset)
        self.refresh()

    def reveal_top(self, offset: int) -> None:
        """Scroll so that ``offset`` stands on top."""
        self.top = self.clamp_top(line_at(self.lines, offset))
        self.refresh()

    def move_hit(self, by: int) -> bool:
        """Go to the next or previous lit words; False if there are none."""
        if not self.lit:
            return False
        first = by > 0 or self.hit >= 0
        self.hit = (self.hit + by) % len(self.lit) if first else len(self.lit) - 1
        self.reveal(self.lit[self.hit][0])
        return True

    def find(self, words: str) -> int:
        """Light every place where ``words`` stand (any case and accents); how many."""
        self.lit = () if self.page is None else find_words(self.page.text, words)
        self.hit = min(0, len(self.lit) - 1)
        self._tick_rows = None
        if self.lit:
            self.hit = next((n for n, (s, _e) in enumerate(self.lit) if s >= self.offset_on_top), 0)
            self._reveal(self.lit[self.hit][0])
        self.refresh()
        return len(self.lit)

    # Links -------------------------------------------------------------------------------

    def move_link(self, by: int) -> bool:
        """Choose the next or previous link, beginning with those in view; False if none."""
        links = self.page.links if self.page else ()
        if not links:
            return False
        if self.link < 0:
            first = next((n for n, k in enumerate(links) if k.start >= self.offset_on_top), 0)
            self.link = first if by > 0 else first - 1
        else:
            self.link += by
        self.link %= len(links)
        self.reveal(links[self.link].start)
        return True

    @property
    def chosen_link(self) -> Link | None:
        """The link one has stepped to."""
        links = self.page.links if self.page else ()
        return links[self.link] if 0 <= self.link < len(links) else None

    def clicked(self, column: int, row: int) -> None:
        line = self.top + row
        if self.page is None or not 0 <= line < len(self.lines):
            return
        at, (start, end, indent) = self.offset_at(column, row), self.lines[line]
        for link in self.page.links:
            if max(link.start, start) <= at < min(link.end, end) and column > indent:
                self.post_message(self.Followed(link.target))
                return

    # Selection ---------------------------------------------------------------------------

    @property
    def whole_text(self) -> str:
        return self.page.text if self.page else ""

    def offset_at(self, column: int, row: int) -> int:
        line = max(0, min(self.top + row, len(self.lines) - 1))
        if not self.lines:
            return 0
        start, end, indent = self.lines[line]
        if self.top + row > line:
            return end
        return start + cells_before(self.whole_text[start:end], column - 1 - indent)

    # Drawing -----------------------------------------------------------------------------

    def draw(self, line: int, cells: int) -> list[Segment]:
        text_style = self.theme["text"]
        if self.page is None or line >= len(self.lines):
            return [Segment(" " * cells, text_style)]
        start, end, indent = self.lines[line]
        text = self.page.text
        marks = self._marks(start, end)
        if marks and marks[0] == "frame":
            rule = self.theme.glyphs.across * self._cells
            return [Segment(fit(" " + rule, cells), self.theme["frame"])]
        segments = [Segment(" " * (1 + indent), text_style)]
        at, left = start, cells - 1 - indent
        for role, run in groupby(marks):
            length = len(list(run))
            part = text[at : at + length].replace("\t", " ")
            at += length
            if width(part) > left:
                part = fit(part, left)
            left -= width(part)
            segments.append(Segment(part, self.theme[role]))
            if left <= 0:
                break
        if left > 0:
            segments.append(Segment(" " * left, text_style))
        return segments

    def _marks(self, start: int, end: int) -> list[str]:
        """The style of every character of a line."""
        marks = page_marks(self.page, self._reach, start, end)
        if self.page:
            paint_some(marks, start, self.page.links, self.link, ("link", "link-now"))
        paint_some(marks, start, self.lit, self.hit, ("highlight", "highlight-current"))
        paint(marks, start, *self.selection, "select")
        return marks
