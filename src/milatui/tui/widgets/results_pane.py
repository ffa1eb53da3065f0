"""The search pane: the search field, and the hits of the search, each over its snippet."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message

from milatui.catalogue.labels.dates import date_width, end_year, format_date, format_since
from milatui.catalogue.labels.labels import (
    as_sentence,
    count_label,
    format_count,
    found_label,
    kind_label,
    kind_symbol,
)
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.search.results import Suggestion
from milatui.i18n import _, ngettext, pgettext
from milatui.tui.state.session import MAX_HITS
from milatui.tui.text.cells import cut, fit, width
from milatui.tui.theme.glyphs import ASCII
from milatui.tui.theme.hues import kind_role
from milatui.tui.widgets.list_columns import Cell, PaneColumn, cell_line, fit_columns
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.search.hits import Hit, Snippet
    from milatui.catalogue.search.results import SearchResult

_KIND, _LANGUAGE, _WHAT = 15, 4, 22
"""Widths of the columns; the title has at least ``_WHAT``."""
_LEAST_HIT_HEIGHT = 2
"""Lines of a hit with a short title: the title and the snippet."""
_SUGGESTION_HEIGHT = 2
_SNIPPET_INDENT = 2
_MOST_READ = 500
"""Most documents whose rows are remembered."""


class ResultsPane(ListPane):
    """Shows a ``SearchResult``; without a query, the newest documents of the scope."""

    class HitsMissing(Message):
        """Hits in view have not been made yet; their lines are blank until they are."""

    pane_name = "search"
    number = 3
    has_field = True

    result: SearchResult | None = None
    sort = "relevance"
    moves = 0
    """Steps of the cursor since the last search began: they count in its result as well."""
    documents: Sequence[int] = ()
    row_of: Callable[[int], RecordRow]
    facts_of: Callable[[int], tuple[str, str]]
    _facts: dict[int, tuple[str, str]] | None = None
    _documents_read: dict[int, RecordRow] | None = None

    def show_result(self, result: SearchResult, sort: str, keep: int | None = None) -> None:
        """Shows ``result``; without hits, suggestions that would find something.

        The cursor moves to the record number ``keep`` if it is a hit, else to the best hit, and on
        from there as often as it was moved while the search ran.
        """
        before, moves = self.current_hit, self.moves
        self.result, self.sort, self._facts = result, sort, None
        self.top = self.top_part = 0
        at = result.numbers.index(keep) if keep in result.numbers else 0
        if moves:
            kept = keep is not None and before is not None and before.number in result.numbers
            at = result.numbers.index(before.number) if kept and before else max(0, at + moves)
        self.show_items(at)

    def move(self, by: int) -> None:
        self.moves += by
        super().move(by)

    def show_documents(self, documents: Sequence[int], row_of: Callable[[int], RecordRow]) -> None:
        """Shows documents, given by record number, one line each: there is no query."""
        self.result, self.documents, self.row_of = None, documents, row_of
        self.top = self.top_part = 0
        self.show_items()

    @property
    def hits(self) -> Sequence[Hit]:
        """The hits of the result, if there is one."""
        return self.result.hits if self.result else ()

    @property
    def hits_per_page(self) -> int:
        """Number of hits that the pane can draw, a part of the last one included."""
        return -(-self.page_height // _LEAST_HIT_HEIGHT) if self.expanded else self.page_height

    @property
    def hits_in_view(self) -> tuple[int, int]:
        """Index of the first hit in view, and the index after the last."""
        return (self.rows[0][0], self.rows[-1][0] + 1) if self.rows else (0, 0)

    def hits_made(self) -> None:
        """Draws hits that have been made meanwhile; they may have more lines than was assumed."""
        self.measure_again()
        self.resized()
        self.refresh()

    @property
    def suggestions(self) -> Sequence[Suggestion]:
        """Suggestions for a result without hits: first those that Enter can apply."""
        if self.result is None or self.result.hits:
            return ()
        suggestions = list(self.result.suggestions)
        if self.result.corrected_query:
            words = _("Did you mean “{query}”?").format(query=self.result.corrected_query)
            suggestions.insert(0, Suggestion(words, query=self.result.corrected_query))
        # The bottom bar says for a moment only what was not understood.
        messages = (part.message for part in self.result.warnings)
        suggestions.extend(Suggestion(as_sentence(words)) for words in messages)
        return sorted(suggestions, key=lambda advice: not _can_apply(advice))

    @property
    def current_suggestion(self) -> Suggestion | None:
        """The suggestion under the cursor, if it can be applied."""
        if self.item_count() <= self.cursor or self.is_heading(self.cursor):
            return None
        return None if self.hits or self.result is None else self.suggestions[self.cursor - 1]

    @property
    def current(self) -> RecordRow | None:
        """The record under the cursor, None if there is none."""
        if self.result:
            return self.hits[self.cursor].row if self.cursor < len(self.hits) else None
        return self._row(self.cursor) if self.cursor < len(self.documents) else None

    @property
    def current_hit(self) -> Hit | None:
        """The hit under the cursor, None if there is none."""
        return self.hits[self.cursor] if self.cursor < len(self.hits) else None

    def item_count(self) -> int:
        if self.result is None:
            return len(self.documents)
        return len(self.hits) or 1 + len(self.suggestions)

    def is_heading(self, item: int) -> bool:
        """Returns whether ``item`` cannot be selected: without hits, all but usable suggestions."""
        if self.result is None or self.result.hits:
            return False
        return item == 0 or not _can_apply(self.suggestions[item - 1])

    def heading(self) -> str:
        return _("Search")

    def info(self) -> str:
        if self.result is None:
            count = count_label("document", len(self.documents))
            return f"{count} {self.theme.glyphs.dot} " + _("newest first")
        found = found_label(self.result.total, self.result.texts)
        return f"{found} {self.theme.glyphs.dot} {self._order(self.result)}"

    @staticmethod
    def _is_truncated(result: SearchResult) -> bool:
        """Returns whether there are more hits than are listed."""
        return result.total > MAX_HITS <= len(result.hits)

    def _order(self, result: SearchResult) -> str:
        """Returns how the hits are sorted; if not all are listed, how many are."""
        if self._is_truncated(result):
            words = {
                "relevance": _("the best {n}"),
                "newest": _("the newest {n}"),
                "oldest": _("the oldest {n}"),
            }
            return words[self.sort].format(n=format_count(len(result.hits)))
        return {
            "relevance": _("best first"),
            "newest": _("newest first"),
            "oldest": _("oldest first"),
        }[self.sort]

    def position(self) -> str:
        if self.result is not None and not self.result.hits:
            return ""
        if self.cursor >= self.item_count() or self.is_heading(self.cursor):
            return ""
        words, at, total = _("{number} of {total}"), self.cursor + 1, self.item_count()
        if self.result is not None:
            total = self.result.texts
            if self.cursor >= self.result.listed:
                words = _("{number} of {total} related")
                at, total = at - self.result.listed, self.result.related
        return words.format(number=format_count(at), total=format_count(total))

    def placeholder(self) -> str:
        return _("search all records and documents…")

    def empty_lines(self) -> list[str]:
        if self.result is None:
            if not self.restricted:
                return [_("This archive has no document.")]
            return [_("No document in this scope."), _("x removes a restriction.")]
        return [
            self._nothing_found(),
            *(suggestion.text for suggestion in self.suggestions),
            "",
            _("y copies what was searched, as a statement to quote."),
        ]

    def _nothing_found(self) -> str:
        query = self.result.query if self.result else ""
        return _("Nothing found for “{query}”.").format(query=query)

    # Lines -------------------------------------------------------------------------------

    def choose_columns(self, cells: int) -> list[PaneColumn]:
        if self.result is not None and not self.result.hits:
            return []
        columns = [
            PaneColumn("kind", pgettext("column", "kind"), _KIND, 3),
            PaneColumn("sign", "", 1, 1),
            PaneColumn("date", pgettext("column", "date"), date_width(), 2),
            PaneColumn("what", pgettext("column", "what")),
            PaneColumn("year", pgettext("column", "year"), 4, 2, right=True),
            PaneColumn("language", pgettext("column", "lang"), _LANGUAGE, 4),
        ]
        wide = [column for column in columns if column.name not in ("sign", "year")]
        fitted = fit_columns(wide, cells, _WHAT)
        if any(column.name == "kind" for column in fitted):
            return fitted
        narrow = [column for column in columns if column.name not in ("kind", "date", "language")]
        return fit_columns(narrow, cells, _WHAT)

    @property
    def long_title_start(self) -> int:
        """Column of the further lines of a long title: that of the snippet below."""
        return _SNIPPET_INDENT

    def sorted_column(self) -> tuple[str, bool]:
        names = [column.name for column in self.columns]
        dated = "date" if "date" in names else "year"
        if self.result is None:
            return dated, False
        return {"newest": (dated, False), "oldest": (dated, True)}.get(self.sort, ("", True))

    def _is_made(self, item: int) -> bool:
        return self.result is None or self.result.hits.is_prepared(item, item + 1)

    def _row(self, item: int) -> RecordRow:
        """Returns the row of an item; that of a document is read once."""
        if self.result:
            return self.hits[item].row
        if self._documents_read is None or len(self._documents_read) > _MOST_READ:
            self._documents_read = {}
        row = self._documents_read.get(item)
        if row is None:
            row = self._documents_read[item] = self.row_of(self.documents[item])
        return row

    def measure_again(self) -> None:
        super().measure_again()
        self._documents_read = None

    def title_lines(self, item: int) -> list[str]:
        if not self.columns or not self._is_made(item):
            return [""]
        row, (_start, cells) = self._row(item), self._title_columns
        if row.kind == "person" and width(row.title) <= cells:
            # The name is the title; of a long role what fits beside it is enough.
            return [cut(row_title(row), cells, self.theme.glyphs.ellipsis)]
        return super().title_lines(item)

    def title_of(self, item: int) -> str:
        return row_title(self._row(item))

    def lines_below(self, item: int) -> int:
        if self.result is None:
            return 0
        if not self.result.hits:
            return _SUGGESTION_HEIGHT - 1
        return 1 if self.expanded else 0

    def height_of(self, item: int) -> int:
        return len(self.title_lines(item)) + self.lines_below(item)

    def draw_item(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        if self.result is not None and not self.result.hits:
            return self._draw_suggestion(item, part, cells, row_role)
        if not self._is_made(item):
            self.post_message(self.HitsMissing())
            return [Segment(" " * cells, self.theme.on("text", row_role))]
        lines = self.title_lines(item)
        if part == len(lines):
            # Without the cursor's background: half the bytes of a move.
            return self._draw_snippet(self.hits[item], cells, "")
        role = "strong" if row_role == "cursor" else "text"
        if part:
            return self.draw_continuation(item, part, cells, row_role, role)
        return self._draw_title(self._row(item), lines[0], role, row_role)

    def _draw_suggestion(self, item: int, part: int, cells: int, row_role: str) -> list[Segment]:
        """Draws "nothing found" or a suggestion; a prompt marks those that Enter can apply."""
        theme = self.theme
        suggestion = self.suggestions[item - 1] if item else Suggestion(self._nothing_found())
        role = "text" if _can_apply(suggestion) else "dim"
        sign = theme.glyphs.prompt if role == "text" and not part else " "
        lead = f" {sign} " if item else ""
        room = cells - len(lead)
        lines = textwrap.wrap(
            suggestion.text, max(1, room), max_lines=2, placeholder=theme.glyphs.ellipsis
        )
        words = lines[part] if part < len(lines) else ""
        return [
            Segment(lead, theme.on("accent", row_role)),
            Segment(
                fit(words, room, theme.glyphs.ellipsis),
                theme.on(role if item else "strong", row_role),
            ),
        ]

    def _draw_title(self, row: RecordRow, title: str, role: str, row_role: str) -> list[Segment]:
        """Draws the first line of a hit or document."""
        kind = row.detail if row.detail and row.kind in ("event", "document") else row.kind
        label, date, year = kind_label(kind), format_date(row.date), end_year(row.date)
        if row.kind == "partner":
            sector, since = self._partner_facts(row.number)
            label = sector_label(sector) or kind_label(row.detail or "partner")
            date, year = (format_since(since[:4]), since[:4]) if since else ("", "")
        sign_of = kind if row.kind == "event" else row.kind
        sign = kind_symbol(sign_of, ascii_only=self.theme.glyphs is ASCII)
        hue = kind_role(kind)
        return cell_line(
            self.columns,
            {
                "kind": Cell(f"{sign} {label}", hue),
                "sign": Cell(sign, hue),
                "date": Cell(date),
                "year": Cell(year),
                "what": Cell(title, role),
                "language": Cell(row.language),
            },
            self.theme,
            row_role,
        )

    def _partner_facts(self, number: int) -> tuple[str, str]:
        """Sectors of a partner and the date it appears since; looked up once."""
        if self._facts is None:
            self._facts = {}
        facts = self._facts.get(number)
        if facts is None:
            facts = self._facts[number] = self.facts_of(number)
        return facts

    def _draw_snippet(self, hit: Hit, cells: int, row_role: str) -> list[Segment]:
        """Draws the snippet with its highlights."""
        theme, snippet = self.theme, hit.snippet
        indent = _SNIPPET_INDENT
        parts = [Segment(" " * indent, theme.on("dim", row_role))]
        more = editions_words(len(hit.same))
        left, at = cells - indent - 1 - width(more), 0
        text, highlights = scroll_snippet(snippet, left, theme.glyphs.ellipsis)
        if width(text) > left:
            text = text.removesuffix(" …")
        pieces: list[tuple[str, str]] = []
        for start, end in highlights:
            pieces += [(text[at:start], "dim"), (text[start:end], "highlight")]
            at = end
        pieces.append((text[at:], "dim"))
        for words, role in pieces:
            if left > 0 and words:
                shown = cut(words, left, theme.glyphs.ellipsis)
                role = "dim" if shown == theme.glyphs.ellipsis else role
                parts.append(Segment(shown, theme.on(role, row_role)))
                left -= width(shown)
                if shown != words:
                    break
        parts.append(Segment(" " * left + more + " ", theme.on("dim", row_role)))
        return parts


def _can_apply(suggestion: Suggestion) -> bool:
    """Returns whether a suggestion has something to change, or only informs."""
    return bool(suggestion.lift or suggestion.query)


def scroll_snippet(
    snippet: Snippet, cells: int, ellipsis: str
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Drops the beginning of a snippet until its first highlight is within ``cells``.

    Returns:
        The text, and the ``(start, end)`` offsets of its highlights.
    """
    text = snippet.text.replace("\n", " ").replace("\t", " ")
    if not snippet.highlights or width(text[: snippet.highlights[0][1]]) < cells:
        return text, snippet.highlights
    first = snippet.highlights[0][0]
    begin = text.find(" ", max(0, first - cells // 3), first) + 1 or first
    head = ellipsis + " "
    moved = len(head) - begin
    highlights = tuple((start + moved, end + moved) for start, end in snippet.highlights)
    return head + text[begin:], highlights


def editions_words(count: int) -> str:
    """Returns how many other editions of a text (reprints, translations) match, in words."""
    if not count:
        return ""
    words = ngettext("+{n} edition", "+{n} editions", count)
    return "  " + words.format(n=format_count(count))


def row_title(row: RecordRow) -> str:
    """Returns the title of a row: a figure's with its value, a person's with their detail."""
    if row.kind == "figure" and row.detail:
        return _("{label}: {value}").format(label=row.label, value=row.detail)
    if row.kind in ("person", "statement") and row.detail:
        return f"{row.title} · {row.detail}"
    return row.title
