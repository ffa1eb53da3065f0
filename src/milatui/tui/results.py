"""The search pane: a line to type into and what was found, two lines a hit."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich.segment import Segment

from milatui.catalogue.labels.dates import date_width, format_date
from milatui.catalogue.labels.labels import count_label, format_count, kind_label, kind_symbol
from milatui.catalogue.search.results import Suggestion
from milatui.i18n import _, ngettext
from milatui.tui.listing import ListPane
from milatui.tui.partners import last_year
from milatui.tui.state.session import MAX_HITS
from milatui.tui.text.cells import cut, fit, fit_right, width
from milatui.tui.theme.glyphs import ASCII

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.search.results import Hit, SearchResult, Snippet

_KIND, _LANGUAGE, _WIDE = 14, 4, 56


class SearchPane(ListPane):
    """Shows an ``SearchResult``; before the first query it says what can be asked."""

    pane_name = "search"
    number = 3
    has_field = True
    item_height = 2

    answer: SearchResult | None = None
    sort = "relevance"
    newest: Sequence[int] = ()
    row_of: Callable[[int], RecordRow]

    def show_answer(self, answer: SearchResult, sort: str, stay: int | None = None) -> None:
        """Show ``answer``; without hits, what would find something.

        The cursor stands on the record ``stay`` if it is still there, else on the best hit.
        """
        self.answer, self.sort, self.item_height = answer, sort, 2
        self.top = 0
        self.show_items(answer.numbers.index(stay) if stay in answer.numbers else 0)

    def show_newest(self, documents: Sequence[int], row_of: Callable[[int], RecordRow]) -> None:
        """Without a query: show the scope's documents (record numbers), one line each."""
        self.answer, self.newest, self.row_of, self.item_height = None, documents, row_of, 1
        self.top = 0
        self.show_items()

    @property
    def hits(self) -> Sequence[Hit]:
        return self.answer.hits if self.answer else ()

    @property
    def ways(self) -> Sequence[Suggestion]:
        """Advice on an answer without hits: what Enter can do about it, then what is only said."""
        if self.answer is None or self.answer.hits:
            return ()
        ways = list(self.answer.ways)
        if self.answer.suggestion:
            words = _("Did you mean “{query}”?").format(query=self.answer.suggestion)
            ways.insert(0, Suggestion(words, query=self.answer.suggestion))
        return sorted(ways, key=lambda way: not (way.lift or way.query))

    @property
    def current_way(self) -> Suggestion | None:
        """The advice under the cursor, if it can be followed."""
        at = self.cursor - 1
        return self.ways[at] if 0 <= at < len(self.ways) and not self.is_heading(at + 1) else None

    @property
    def current(self) -> RecordRow | None:
        """The record under the cursor."""
        if self.answer:
            return self.hits[self.cursor].row if self.cursor < len(self.hits) else None
        return self.row_of(self.newest[self.cursor]) if self.cursor < len(self.newest) else None

    @property
    def current_hit(self) -> Hit | None:
        """The hit under the cursor, None if nothing has been searched or found."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    def item_count(self) -> int:
        if self.answer is None:
            return len(self.newest)
        return len(self.hits) or 1 + len(self.ways)

    def is_heading(self, item: int) -> bool:
        """Without hits only advice that Enter can follow is more than words."""
        if self.answer is None or self.answer.hits:
            return False
        return item == 0 or not (self.ways[item - 1].lift or self.ways[item - 1].query)

    def heading(self) -> str:
        return _("Search")

    def info(self) -> str:
        if self.answer is None:
            count = count_label("document", len(self.newest))
            return f"{count} {self.theme.glyphs.dot} " + _("newest first")
        total = self.answer.total
        found = ngettext("{count} found", "{count} found", total).format(count=format_count(total))
        return f"{found} {self.theme.glyphs.dot} {self._order(self.answer)}"

    @staticmethod
    def _is_cut(answer: SearchResult) -> bool:
        """Whether there are more hits than are listed."""
        return answer.total > MAX_HITS <= len(answer.hits)

    def _order(self, answer: SearchResult) -> str:
        """How the hits are sorted; where there are too many to list, how many are listed."""
        if self._is_cut(answer):
            words = {
                "relevance": _("the best {n}"),
                "newest": _("the newest {n}"),
                "oldest": _("the oldest {n}"),
            }
            return words[self.sort].format(n=format_count(len(answer.hits)))
        return {
            "relevance": _("best first"),
            "newest": _("newest first"),
            "oldest": _("oldest first"),
        }[self.sort]

    def corner(self) -> str:
        if not self.current:
            return ""
        number, total = map(format_count, (self.cursor + 1, self.item_count()))
        more = "+" if self.answer and self._is_cut(self.answer) else ""
        return _("{number} of {total}").format(number=number, total=total + more)

    def placeholder(self) -> str:
        return _("search all records and documents…")

    def empty_lines(self) -> list[str]:
        if self.answer is None:
            if not self.restricted:
                return [_("This archive has no document.")]
            return [_("No document in this scope."), _("x removes a restriction.")]
        return [self._nothing(), *(way.text for way in self.ways)]

    def _nothing(self) -> str:
        query = self.answer.query if self.answer else ""
        return _("Nothing found for “{query}”.").format(query=query)

    def draw_item(self, item: int, part: int, cells: int, line: str) -> list[Segment]:
        if self.answer is None:
            return self._draw_title(self.row_of(self.newest[item]), cells, line, plain=True)
        if not self.answer.hits:
            return self._draw_way(item, part, cells, line)
        hit = self.hits[item]
        if part:
            return self._draw_snippet(hit, cells, line)
        return self._draw_title(hit.row, cells, line, plain=False)

    def _draw_way(self, item: int, part: int, cells: int, line: str) -> list[Segment]:
        """What was not found, or a piece of advice; a sign marks what Enter can do."""
        theme = self.theme
        way = self.ways[item - 1] if item else Suggestion(self._nothing())
        role = "text" if way.lift or way.query else "dim"
        sign = theme.glyphs.prompt if role == "text" and not part else " "
        lead = f" {sign} " if item else ""
        room = cells - len(lead)
        lines = textwrap.wrap(
            way.text, max(1, room), max_lines=2, placeholder=theme.glyphs.ellipsis
        )
        words = lines[part] if part < len(lines) else ""
        return [
            Segment(lead, theme.on("accent", line)),
            Segment(
                fit(words, room, theme.glyphs.ellipsis), theme.on(role if item else "strong", line)
            ),
        ]

    def _draw_title(self, row: RecordRow, cells: int, line: str, plain: bool) -> list[Segment]:
        """``kind date title``; where room is short the kind is only a sign."""
        theme, ellipsis = self.theme, self.theme.glyphs.ellipsis
        dim, date = theme.on("dim", line), format_date(row.date)
        style = theme.on("text" if plain and line != "cursor" else "strong", line)
        kind = row.detail if row.detail and (plain or row.kind == "event") else row.kind
        words = title_words(row)
        if cells < _WIDE:
            sign = kind_symbol(row.kind, ascii_only=theme.glyphs is ASCII)
            year = last_year(row.date)
            title = cells - 2 - len(year) - 2
            return [
                Segment(sign + " ", dim),
                Segment(fit(words, title, ellipsis), style),
                Segment(f" {year} ", dim),
            ]
        side = _LANGUAGE if plain else 0
        day = date_width() + 2
        title = cells - _KIND - day - side - 1
        parts = [
            Segment(fit(kind_label(kind), _KIND - 1, ellipsis) + " ", dim),
            Segment(fit(date, day - 1, ellipsis) + " ", dim),
            Segment(fit(words, title, ellipsis), style),
        ]
        if side:
            parts.append(Segment(fit_right(row.language, side), dim))
        parts.append(Segment(" ", dim))
        return parts

    def _draw_snippet(self, hit: Hit, cells: int, line: str) -> list[Segment]:
        """The passage under the title, the words of the query lit."""
        theme, snippet = self.theme, hit.snippet
        indent = _KIND if cells >= _WIDE else 2
        parts = [Segment(" " * indent, theme.on("dim", line))]
        more = editions_words(len(hit.same))
        left, at = cells - indent - 1 - width(more), 0
        text, lit = begun_near(snippet, left, theme.glyphs.ellipsis)
        if width(text) > left:
            text = text.removesuffix(" …")
        stretches: list[tuple[str, str]] = []
        for start, end in lit:
            stretches += [(text[at:start], "dim"), (text[start:end], "highlight")]
            at = end
        stretches.append((text[at:], "dim"))
        for words, role in stretches:
            if left > 0 and words:
                words = cut(words, left, theme.glyphs.ellipsis)
                role = "dim" if words == theme.glyphs.ellipsis else role
                left -= width(words)
                parts.append(Segment(words, theme.on(role, line)))
        parts.append(Segment(" " * left + more + " ", theme.on("dim", line)))
        return parts


def begun_near(
    snippet: Snippet, cells: int, ellipsis: str
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The snippet from where its first lit words fit into ``cells``, and what is lit in it."""
    text = snippet.text.replace("\n", " ").replace("\t", " ")
    if not snippet.highlights or width(text[: snippet.highlights[0][1]]) < cells:
        return text, snippet.highlights
    first = snippet.highlights[0][0]
    begin = text.find(" ", max(0, first - cells // 3), first) + 1 or first
    head = ellipsis + " "
    moved = len(head) - begin
    lit = tuple((start + moved, end + moved) for start, end in snippet.highlights)
    return head + text[begin:], lit


def editions_words(count: int) -> str:
    """How many other editions of a text (reprints, translations) match as well."""
    if not count:
        return ""
    words = ngettext("+{n} edition", "+{n} editions", count)
    return "  " + words.format(n=format_count(count))


def title_words(row: RecordRow) -> str:
    """What a line says of a record: a figure is nothing without its value, nor a word unsaid."""
    if row.kind == "figure" and row.detail:
        return _("{label}: {value}").format(label=row.title, value=row.detail)
    if row.kind in ("person", "statement") and row.detail:
        return f"{row.title} · {row.detail}"
    return row.title
