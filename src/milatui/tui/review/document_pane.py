"""The pane of a document under review: its text, with the passages of findings highlighted."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

from rich.segment import Segment
from rich.style import Style

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import language_name
from milatui.i18n import _
from milatui.tui.review.candidate_rows import hue
from milatui.tui.text.cells import cut, fit, width
from milatui.tui.text.wrap import TEXT_WIDTH, line_at, wrap_block
from milatui.tui.theme.theme import MONO
from milatui.tui.widgets.pane import Pane

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.ingest.recognise.findings import TextSpan
    from milatui.ingest.review.candidate import Candidate
    from milatui.ingest.review.review_session import ReviewDocument, ReviewSession
    from milatui.tui.text.wrap import Line
    from milatui.tui.theme.theme import Theme

_UNDERLINE: Final = Style(underline=True)
_SOFT_BREAK: Final = re.compile(r"(?<=[^\n])\n(?=[^\n#>|\s])(?![-*+] |\d+[.)] )")
"""A line break within a paragraph, which is shown as a space."""
_SHOWN_ABOVE: Final = 2
"""Lines of text that stay in view above a passage."""


class DocumentPane(Pane):
    """Shows the body of a document as it is in its file; title and origin stay on top."""

    pane_name = "document"

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._body = ""
        self._head = ("", "")
        self._lines: list[Line] = []
        self._painted: list[tuple[int, int, Style]] = []
        self._current: Sequence[TextSpan] = ()
        self._left_out = False

    def show(
        self, session: ReviewSession, document: ReviewDocument, current: Candidate | None
    ) -> None:
        """Shows a document, with the passages of the current candidate in view."""
        decided = session.document_as_decided(document)
        body = _SOFT_BREAK.sub(" ", decided.body)
        new = body != self._body
        self._body = body
        self._left_out = session.is_left_out(document.id)
        facts = (
            format_date(decided.date) if decided.date else _("undated"),
            language_name(decided.language) if decided.language else "",
            decided.publisher,
            PurePath(document.proposal.file).name,
        )
        origin = f" {self.theme.glyphs.dot} ".join(fact for fact in facts if fact)
        if self._left_out:
            origin = _("LEFT OUT: D includes it again")
        self._head = (decided.title, origin)
        if new:
            self.top = 0
            self.resized()
        self._paint(session, document, current)
        self._current = current.spans if current else ()
        if self._current:
            self._scroll_to_span(self._current[0])
        self.refresh()

    def _paint(
        self, session: ReviewSession, document: ReviewDocument, current: Candidate | None
    ) -> None:
        """Collects the styled passages; a later one covers those before it."""
        painted: list[tuple[int, int, Style]] = []
        for candidate in document.candidates:
            undecided = session.decision(document.id, candidate.key) is None
            # What announces an event is a sentence, which would hide what is in it.
            if undecided and candidate is not current and candidate.kind not in ("event", "field"):
                style = self.theme[hue(candidate.kind)]
                if self.theme.name == MONO:
                    style += _UNDERLINE
                own = candidate.spans[:1] if candidate.kind == "quotation" else candidate.spans
                painted += [(span.start, span.end, style) for span in own]
        # Long passages first, so that a name within a quotation stays visible.
        painted.sort(key=lambda each: each[0] - each[1])
        for number, span in enumerate(current.spans if current else ()):
            role = "highlight" if number else "highlight-current"
            painted.append((span.start, span.end, self.theme[role]))
        if current and current.spans:
            first = current.spans[0]
            painted.append((first.start, first.end, self.theme["highlight-current"]))
        self._painted = painted

    def heading(self) -> str:
        return _("Document")

    def info(self) -> str:
        return ""

    @property
    def pinned_height(self) -> int:
        return 3 if self.size.height > 9 else 1

    def draw_pinned(self, row: int, cells: int) -> list[Segment]:
        if row == 2:
            return [Segment(" " * cells, self.theme["text"])]
        text = " " + cut(self._head[row], cells - 2)
        role = ("flag" if self._left_out else "dim") if row else "title"
        return [Segment(fit(text, cells), self.theme[role])]

    def line_count(self) -> int:
        return len(self._lines)

    def ticks(self) -> frozenset[int]:
        """Returns where the passages of the current candidate are on the scrollbar."""
        total, page = len(self._lines), self.page_height
        if total <= page:
            return frozenset()
        return frozenset(line_at(self._lines, span.start) * page // total for span in self._current)

    def resized(self) -> None:
        """Wraps the body anew."""
        cells = max(8, min(TEXT_WIDTH, self.content_width - 2))
        lines: list[Line] = []
        at = 0
        for paragraph in self._body.split("\n"):
            wrap_block(self._body, (at, at + len(paragraph)), cells, 0, 0, lines)
            at += len(paragraph) + 1
        self._lines = lines
        self.top = self.clamp_top(self.top)

    def draw(self, line: int, cells: int) -> list[Segment]:
        plain = self.theme["dim" if self._left_out else "text"]
        if line >= len(self._lines):
            return [Segment(" " * cells, plain)]
        start, end, _indent = self._lines[line]
        parts = [Segment(" ", plain)]
        used = 1
        cuts = {start, end}
        covering = [each for each in self._painted if each[0] < end and each[1] > start]
        for first, last, _style in covering:
            cuts |= {max(first, start), min(last, end)}
        offsets = sorted(cuts)
        for first, last in pairwise(offsets):
            style = plain
            for begin, stop, painted in covering:
                if begin <= first and last <= stop:
                    style = painted
            text = sanitize(self._body[first:last], multiline=False)
            parts.append(Segment(text, style))
            used += width(text)
        return [*parts, Segment(" " * max(0, cells - used), plain)]

    def _scroll_to_span(self, span: TextSpan) -> None:
        first, last = line_at(self._lines, span.start), line_at(self._lines, span.end)
        if first < self.top or last >= self.top + self.page_height:
            self.top = self.clamp_top(first - _SHOWN_ABOVE)
