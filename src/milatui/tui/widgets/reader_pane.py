"""The reader: draws a page by line, with highlights, links and a selection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from textual.message import Message

from milatui.catalogue.pages.builder import LEAST_COLUMNS
from milatui.i18n import _, ngettext
from milatui.tui.text.cells import cells_before, fit, width
from milatui.tui.text.margin import GAP, Margin, Widths, arrange_notes, share_width
from milatui.tui.text.wrap import TEXT_WIDTH, Line, find_words, line_at, wrap_page
from milatui.tui.widgets.selectable import SelectablePane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.location import Location
    from milatui.catalogue.pages.model import Head, Link, Page, Span
    from milatui.tui.theme.theme import Theme

_STYLES: Final = {
    "title": "title",
    "meta": "dim",
    "heading": "heading",
    "label": "dim",
    "strong": "strong",
    "emphasis": "emphasis",
    "struck": "struck",
    "code": "code",
    "table": "code",
    "quote": "quote",
    "bullet": "dim",
    "dim": "dim",
    "flag": "flag",
    "kind": "dim",
    "rule": "frame",
    "bar": "dim",
    "passage": "text",
}
"""Style of the theme for each role of a page's spans."""


_NO_MARGIN: Final = Margin({}, (), ())
_BEFORE_CUT: Final = " ·,"
"""Signs between facts, which are left out before an ellipsis."""
_MOST_TITLE_LINES: Final = 2
_MOST_HEAD_LINES: Final = 3
_ROOMY, _LOW = 12, 6
"""Lines of content from which the head has three lines, and two; in less it scrolls along."""


class ReaderPane(SelectablePane):
    """Shows one page; scrolls by line, and steps through highlights and links.

    The head of the page stays in view: its title on one line or two, then its facts.  Where there
    is room, the notes of the page stand in a margin beside the text.
    """

    class Followed(Message):
        """A link was clicked."""

        def __init__(self, target: Location | str) -> None:
            super().__init__()
            self.target = target

    class Refitted(Message):
        """The reader has another width than tables and charts of its page were fitted to."""

    pane_name = "reader"
    number = 4

    page: Page | None = None
    current_highlight, current_link = -1, -1
    """Indexes into ``highlights`` and the page's links; -1 for none."""
    used = False
    """Whether the user has moved in the page since it was shown."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.lines: list[Line] = []
        """The lines that scroll."""
        self.head_lines: list[Line] = []
        """The lines that do not."""
        self.margin = _NO_MARGIN
        """The lines beside those that scroll."""
        self._cut_lines: frozenset[int] = frozenset()
        self._passages: list[Span] = []
        self.highlights: tuple[tuple[int, int], ...] = ()
        self.kind_label = ""
        self._widths = Widths(0, 0)
        self._most_head_lines = 0
        self._span_ends: list[int] = []
        self._tick_rows: frozenset[int] | None = None

    # Content ---------------------------------------------------------------------------

    def show(
        self, page: Page, kind_label: str = "", offset: int | None = None, reveal: bool = True
    ) -> None:
        """Shows a page.

        Args:
            page: The page.
            kind_label: Its kind of record in words, shown in the border.
            offset: Offset into its text to show on top.
            reveal: Without ``offset``: begin at the page's focus, not on top.
        """
        self.page, self.kind_label, self.used = page, kind_label, False
        self.current_link, self.highlights = -1, page.highlights
        starts = [start for start, _end in page.highlights]
        self.current_highlight = starts.index(page.focus) if page.focus in starts else -1
        # Spans may nest: for each span the furthest end so far.
        self._span_ends = list(accumulate((span.end for span in page.spans), max))
        self._passages = [span for span in page.spans if span.role == "passage"]
        self.selection = (0, 0)
        self._wrap()
        if offset is not None:
            self.top = self.clamp_top(self._row_at(offset))
        else:
            self.top = 0
            if reveal:
                self._reveal_focus()
        self.refresh()

    def _wrap(self) -> None:
        page = self.page
        self._widths, self._most_head_lines = self._column(), self._head_room()
        beside = bool(self._widths.margin)
        self.lines = wrap_page(page, self._widths.text, margin=beside) if page else []
        self.head_lines, self._cut_lines = [], frozenset()
        if page and page.head:
            self._pin(page.head)
        self.margin = _NO_MARGIN
        if page and beside:
            self.margin = arrange_notes(page, self.lines, self._widths.margin)
            rows = self.margin.height - len(self.lines)
            self.lines += [(len(page.text), len(page.text), 0)] * rows
        self._tick_rows = None

    def _row_at(self, offset: int) -> int:
        """Returns the row that shows the character at ``offset``, in the text or the margin."""
        row = self.margin.row_at(offset, self.page.notes) if self.page else None
        return line_at(self.lines, offset) if row is None else row

    def _head_room(self) -> int:
        """Returns how many lines the head may have."""
        rows = self.size.height - 1 - self.has_field
        return _MOST_HEAD_LINES if rows >= _ROOMY else 2 if rows >= _LOW else 0

    def _pin(self, head: Head) -> None:
        """Takes the lines of the head from those that scroll; a title without room stays there."""
        most = self._most_head_lines
        if not most:
            return
        body = line_at(self.lines, head.end) + 1
        facts = line_at(self.lines, head.title_end) + 1
        title_lines, fact_lines = self.lines[:facts], self.lines[facts:body]
        title = title_lines[: min(_MOST_TITLE_LINES, most - bool(fact_lines))]
        pinned = fact_lines[: most - len(title)]
        while body < len(self.lines) and self.lines[body][0] == self.lines[body][1]:
            body += 1
        cut = {len(title) - 1} if len(title) < len(title_lines) else set()
        gap: Line = (head.end, head.end, 0)
        self.lines = ([*title_lines, gap] if cut else []) + self.lines[body:]
        cut |= {len(title) + len(pinned) - 1} if len(pinned) < len(fact_lines) else set()
        self.head_lines, self._cut_lines = [*title, *pinned], frozenset(cut)

    def _column(self) -> Widths:
        """Returns the width of the text, and of the margin if the page has something for it."""
        if self.page and self.page.notes:
            return share_width(self.content_width)
        return Widths(max(8, min(TEXT_WIDTH, self.content_width - 2)), 0)

    @property
    def text_columns(self) -> int:
        """Columns of the text, with or without a margin."""
        return min(TEXT_WIDTH, share_width(self.content_width).text)

    def resized(self) -> None:
        """Wraps to the new width; the same text stays on top."""
        if self.page and self.page.columns not in (0, max(LEAST_COLUMNS, self.text_columns)):
            self.post_message(self.Refitted())
        offset, on_top = self.offset_on_top, not self.top
        self._tick_rows = None
        new = (self._column(), self._head_room()) != (self._widths, self._most_head_lines)
        if self.page and new:
            self._wrap()
            self.top = 0 if on_top else self.clamp_top(self._row_at(offset))
            if on_top:
                self._reveal_focus()
        self.top = self.clamp_top(self.top)

    def reveal_focus(self) -> None:
        """Scrolls to the focus of the page that is shown already."""
        self._reveal_focus()
        self.refresh()

    def _reveal_focus(self) -> None:
        if self.page:
            current = self.current_highlight
            self._reveal(self.highlights[current][0] if current >= 0 else self.page.focus)

    @property
    def offset_on_top(self) -> int:
        """Offset of the first character in view, as the navigation history stores it."""
        if self.page and self.top < len(self.lines):
            offset = self.lines[self.top][0]
            if offset < len(self.page.text):
                return offset
            below = [row for row in self.margin.lines if row >= self.top]
            return self.margin.lines[min(below)][0] if below else offset
        return 0

    # The frame ---------------------------------------------------------------------------

    def heading(self) -> str:
        return _("Reader")

    def placeholder(self) -> str:
        return _("find in this text…")

    def info(self) -> str:
        if self.page is None:
            return ""
        return self.page.title if self.top > 0 and not self.head_lines else self.kind_label

    def position(self) -> str:
        if self.highlights and self.current_highlight < 0:
            count = len(self.highlights)
            return ngettext("{count} passage", "{count} passages", count).format(count=count)
        if self.highlights:
            number, total = self.current_highlight + 1, len(self.highlights)
            return _("{number} of {total}").format(number=number, total=total)
        total = len(self.lines)
        if total <= self.page_height:
            return ""
        return f"{min(100, 100 * (self.top + self.page_height) // total)} %"

    def line_count(self) -> int:
        return len(self.lines)

    def ticks(self) -> frozenset[int]:
        if self._tick_rows is None:
            total, page = max(len(self.lines), self.page_height), self.page_height
            rows = (self._row_at(start) * page // total for start, _end in self.highlights)
            self._tick_rows = frozenset(rows) if self.lines else frozenset()
        return self._tick_rows

    @property
    def pinned_height(self) -> int:
        return len(self.head_lines) + 1 if self.head_lines else 0

    def draw_pinned(self, row: int, cells: int) -> list[Segment]:
        if row < len(self.head_lines):
            return self._draw_text(self.head_lines[row], cells, cut_off=row in self._cut_lines)
        rule = self.theme.glyphs.across if self.top else " "
        return [Segment(rule * cells, self.theme["frame"])]

    # Movement ----------------------------------------------------------------------------

    def scroll_by(self, lines: int) -> None:
        self.used = True
        super().scroll_by(lines)

    def move(self, by: int) -> None:
        """Scrolls by ``by`` lines."""
        self.scroll_by(by)

    def move_page(self, pages: float) -> None:
        """Scrolls by ``pages`` screenfuls, with an overlap of two lines."""
        step = int(self.page_height * abs(pages)) - (2 if abs(pages) >= 1 else 0)
        self.scroll_by(max(1, step) * (1 if pages > 0 else -1))

    def move_edge(self, last: bool) -> None:
        """Scrolls to the beginning or the end."""
        self.scroll_by(len(self.lines) * (1 if last else -1))

    def move_heading(self, forward: bool) -> None:
        """Scrolls to the next or the previous heading."""
        if self.page is None:
            return
        lines = sorted({self._row_at(heading.offset) for heading in self.page.outline})
        after, before = [n for n in lines if n > self.top], [n for n in lines if n < self.top]
        target = after[:1] if forward else before[-1:]
        if target:
            self.scroll_by(target[0] - self.top)

    def _reveal(self, offset: int) -> None:
        """Scrolls until ``offset`` is in the upper third; does nothing if it is in view."""
        if not self.size.height or (self.head_lines and offset <= self.head_lines[-1][1]):
            # Without a place on the screen it waits for one, see ``resized``.
            return
        line, height = self._row_at(offset), self.page_height
        if not self.top + 1 <= line < self.top + height - 2 or line >= len(self.lines):
            self.top = self.clamp_top(line - height // 3)

    def reveal(self, offset: int) -> None:
        """Scrolls until ``offset`` is in view."""
        self._reveal(offset)
        self.refresh()

    def reveal_top(self, offset: int) -> None:
        """Scrolls until ``offset`` is on top."""
        self.top = self.clamp_top(self._row_at(offset))
        self.refresh()

    def move_highlight(self, by: int) -> bool:
        """Goes to the next (1) or previous (-1) highlight; returns whether there is one."""
        if not self.highlights:
            return False
        self.used = True
        if self.current_highlight < 0 and by < 0:
            self.current_highlight = 0
        self.current_highlight = (self.current_highlight + by) % len(self.highlights)
        self.reveal(self.highlights[self.current_highlight][0])
        return True

    def find(self, words: str) -> int:
        """Highlights all occurrences of ``words``, ignoring case and accents; returns how many."""
        self.highlights = () if self.page is None else find_words(self.page.text, words)
        self.current_highlight = -1
        self._tick_rows = None
        if self.highlights:
            first = bisect_left(self.highlights, (self.offset_on_top,))
            self.current_highlight = first % len(self.highlights)
            self._reveal(self.highlights[self.current_highlight][0])
        self.refresh()
        return len(self.highlights)

    # Links -------------------------------------------------------------------------------

    def move_link(self, by: int) -> bool:
        """Selects the next (1) or previous (-1) link, from the view on; returns whether any."""
        links = self.page.links if self.page else ()
        if not links:
            return False
        self.used = True
        if self.current_link < 0:
            # The links of the head come first while the text is on top.
            top = self.offset_on_top if self.top else 0
            first = next((n for n, k in enumerate(links) if k.start >= top), 0)
            self.current_link = first if by > 0 else first - 1
        else:
            self.current_link += by
        self.current_link %= len(links)
        self.reveal(links[self.current_link].start)
        return True

    def select_link(self, number: int) -> None:
        """Selects a link by its index; -1 selects none."""
        if number != self.current_link:
            self.current_link = number
            self.refresh()

    @property
    def selected_link(self) -> Link | None:
        """The selected link."""
        links = self.page.links if self.page else ()
        return links[self.current_link] if 0 <= self.current_link < len(links) else None

    def clicked(self, column: int, row: int) -> None:
        line, left = self._line_in(column, row)
        if self.page is None or line is None:
            return
        at, (start, end, indent) = self.offset_at(column, row), line
        for link in self.page.links:
            if max(link.start, start) <= at < min(link.end, end) and column > left + indent:
                self.post_message(self.Followed(link.target))
                return

    # Selection ---------------------------------------------------------------------------

    @property
    def whole_text(self) -> str:
        return self.page.text if self.page else ""

    def _line_in(self, column: int, row: int) -> tuple[Line | None, int]:
        """Returns the line at a cell of the content, and the column before it.

        Negative rows are those of the head.
        """
        if row < 0:
            at, lines = row + self.pinned_height, self.head_lines
        else:
            at, lines = self.top + row, self.lines
            if column >= self._margin_column and at in self.margin.lines:
                return self.margin.lines[at], self._margin_column - 1
        return (lines[at] if 0 <= at < len(lines) else None), 0

    @property
    def _margin_column(self) -> int:
        """The first column of the margin."""
        return 1 + self._widths.text + GAP

    def offset_at(self, column: int, row: int) -> int:
        line, left = self._line_in(column, row)
        if line is None:
            lines = self.lines if row >= 0 else self.head_lines
            return lines[-1][1] if lines else 0
        start, end, indent = line
        return start + cells_before(self.whole_text[start:end], column - 1 - left - indent)

    # Drawing -----------------------------------------------------------------------------

    def draw(self, line: int, cells: int) -> list[Segment]:
        if line >= len(self.lines):
            return [Segment(" " * cells, self.theme["text"])]
        note = self.margin.lines.get(line)
        if note is None:
            return self._draw_text(self.lines[line], cells)
        left = self._margin_column - 1
        text = self._draw_text(self.lines[line], left)
        return [*text, *self._draw_text(note, cells - left)]

    def _draw_text(self, line: Line, cells: int, *, cut_off: bool = False) -> list[Segment]:
        """Draws a line of the text; ``cut_off``: what follows it is not shown."""
        text_style, (start, end, indent) = self.theme["text"], line
        text = self.whole_text
        if cut_off:
            end = start + len(text[start:end].rstrip(_BEFORE_CUT))
        styles = self._line_styles(start, end)
        if styles and styles[0] == "frame":
            rule = self.theme.glyphs.across * self._widths.text
            return [Segment(fit(" " + rule, cells), self.theme["frame"])]
        segments = [Segment(" ", text_style), *self._margin(start, indent)]
        at, left = start, cells - 1 - indent
        if cut_off:
            left = min(left, self._widths.text) - 1
        for role, run in groupby(styles):
            length = len(list(run))
            part = text[at : at + length].replace("\t", " ")
            at += length
            if width(part) > left:
                part = part[: cells_before(part, left)] if cut_off else fit(part, left)
            left -= width(part)
            segments.append(Segment(part, self.theme[role]))
            if left <= 0:
                break
        if cut_off:
            segments.append(Segment(self.theme.glyphs.ellipsis, self.theme["dim"]))
        left = cells - sum(segment.cell_length for segment in segments)
        if left > 0:
            segments.append(Segment(" " * left, text_style))
        return segments

    def _margin(self, start: int, indent: int) -> list[Segment]:
        """Draws the columns before a line that begins at ``start``: blank, or a passage's bar."""
        at = bisect_right(self._passages, start, key=lambda span: span.start) - 1
        if at < 0 or start >= self._passages[at].end or not indent:
            return [Segment(" " * indent, self.theme["text"])] if indent else []
        bar = Segment(self.theme.glyphs.passage, self.theme["accent"])
        return [bar, Segment(" " * (indent - 1), self.theme["text"])]

    def _line_styles(self, start: int, end: int) -> list[str]:
        """Returns the style of every character of a line, by name."""
        styles = ["text"] * (end - start)
        if self.page:
            spans, last = self.page.spans, max(end, start + 1)
            for n in range(bisect_right(self._span_ends, start), len(spans)):
                if spans[n].start >= last:
                    break
                apply_style(styles, start, spans[n].start, spans[n].end, _STYLES[spans[n].role])
            link_styles = ("link", "link-current")
            apply_spans(styles, start, self.page.links, self.current_link, link_styles)
        highlight_styles = ("highlight", "highlight-current")
        apply_spans(styles, start, self.highlights, self.current_highlight, highlight_styles)
        apply_style(styles, start, *self.selection, "select")
        return styles


def apply_spans(
    styles: list[str],
    base: int,
    spans: Sequence[Link] | Sequence[tuple[int, int]],
    current: int,
    names: tuple[str, str],
) -> None:
    """Sets the styles of the characters that lie in ``spans``.

    Args:
        styles: One style name a character of a line; changed in place.
        base: Offset of the line's first character.
        spans: Sorted spans that begin with ``start, end``.
        current: Index of the current span, -1 for none.
        names: Style of the other spans, and of the current one.
    """
    first = bisect_right(spans, base, key=lambda span: span[1])
    for n in range(first, len(spans)):
        start, end = spans[n][:2]
        if start >= base + len(styles):
            break
        apply_style(styles, base, start, end, names[n == current])


def apply_style(styles: list[str], base: int, start: int, end: int, name: str) -> None:
    """Sets the style of ``[start, end)``, as far as it lies in the line that begins at ``base``."""
    low, high = max(0, start - base), min(len(styles), end - base)
    if high > low:
        styles[low:high] = [name] * (high - low)
