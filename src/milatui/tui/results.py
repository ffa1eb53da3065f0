"""The search pane: a line to type into and what was found, two lines a hit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.segment import Segment

from milatui.catalogue import wording
from milatui.messages import _, ngettext
from milatui.tui.cells import cut, fit, width
from milatui.tui.listing import ListPane

if TYPE_CHECKING:
    from milatui.catalogue.answers import Answer, Hit

SORTS = ("relevance", "newest", "oldest")
_KIND, _DATE = 11, 13


class SearchPane(ListPane):
    """Shows an ``Answer``; before the first query it says what can be asked."""

    pane_name = "search"
    number = 3
    has_field = True
    item_height = 2

    answer: Answer | None = None
    sort = "relevance"
    invitation: Sequence[str] = ()

    def show_answer(self, answer: Answer | None, sort: str, keep_place: bool = False) -> None:
        """Show ``answer`` from its best hit on."""
        self.answer, self.sort = answer, sort
        if not keep_place:
            self.top = 0
        self.show_items(self.cursor if keep_place else 0)

    @property
    def hits(self) -> Sequence[Hit]:
        return self.answer.hits if self.answer else ()

    @property
    def current(self) -> Hit | None:
        """The hit under the cursor."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    def item_count(self) -> int:
        return len(self.hits)

    def heading(self) -> str:
        return _("Search")

    def info(self) -> str:
        if self.answer is None:
            return ""
        total = self.answer.total
        found = ngettext("{count} found", "{count} found", total).format(count=f"{total:,}")
        order = {
            "relevance": _("best first"),
            "newest": _("newest first"),
            "oldest": _("oldest first"),
        }[self.sort]
        return f"{found} {self.look.glyphs.dot} {order}"

    def corner(self) -> str:
        if not self.hits:
            return ""
        return _("{number} of {total}").format(number=self.cursor + 1, total=len(self.hits))

    def placeholder(self) -> str:
        return _("search…")

    def empty_lines(self) -> list[str]:
        if self.answer is None:
            return list(self.invitation)
        lines = [_("Nothing found for “{query}”.").format(query=self.answer.query)]
        if self.answer.suggestion:
            lines.append(_("Did you mean “{query}”?").format(query=self.answer.suggestion))
        return [*lines, *self.answer.notes]

    def draw_item(self, item: int, part: int, cells: int, line: str) -> list[Segment]:
        hit, look = self.hits[item], self.look
        if part:
            return self._draw_snippet(hit, cells, line)
        row, ellipsis = hit.row, look.glyphs.ellipsis
        narrow = cells < 56
        kind = fit(wording.kind_word(row.kind), _KIND, ellipsis)
        date = wording.date_words(row.date)
        day = 0 if narrow and not date else _DATE
        title = cells - _KIND - day - 1
        return [
            Segment(kind, look.on("dim", line)),
            Segment(fit(date, day, ellipsis), look.on("dim", line)),
            Segment(fit(row.title, title, ellipsis) + " ", look.on("strong", line)),
        ]

    def _draw_snippet(self, hit: Hit, cells: int, line: str) -> list[Segment]:
        """The passage under the title, the words of the query lit."""
        look, snippet = self.look, hit.snippet
        indent = min(_KIND, cells // 4)
        parts = [Segment(" " * indent, look.on("dim", line))]
        left, at = cells - indent - 1, 0
        text = snippet.text.replace("\n", " ").replace("\t", " ")
        stretches: list[tuple[str, str]] = []
        for start, end in snippet.highlights:
            stretches += [(text[at:start], "dim"), (text[start:end], "lit")]
            at = end
        stretches.append((text[at:], "dim"))
        for words, role in stretches:
            if left > 0 and words:
                words = cut(words, left, look.glyphs.ellipsis)
                left -= width(words)
                parts.append(Segment(words, look.on(role, line)))
        parts.append(Segment(" " * (left + 1), look.on("dim", line)))
        return parts
