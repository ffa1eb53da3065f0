"""Searching: a query is answered in a thread while it is typed, and as a whole once it is used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import _
from milatui.tui.search_runner import SearchRunner
from milatui.tui.state.memory import MemoryTrimmer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.location import Location
    from milatui.catalogue.search.results import SearchResult
    from milatui.index.query.syntax import QueryWarning
    from milatui.tui.screen import MainScreen


class Asking:
    """Answers the query of the session; what is found is opened by ``Reading``."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._runner = SearchRunner(screen, self._answered, lambda: screen.starting.mend())
        self._memory = MemoryTrimmer()
        self._open_first = False
        self._stay: int | None = None
        self._pointing = False

    def target(self) -> tuple[Location, tuple[str, ...]] | None:
        """What the focused list's cursor stands on, and the words to light in it."""
        raise NotImplementedError

    def preview(self) -> None:
        """Show what the cursor stands on."""
        raise NotImplementedError

    def visit(self, location: Location, terms: tuple[str, ...] = (), focus: bool = True) -> None:
        """Open a location."""
        raise NotImplementedError

    def open_when_answered(self) -> bool:
        """If a search is under way: open its first hit as soon as there is one."""
        self._open_first = self._runner.busy
        return self._open_first

    def open_hit(self, location: Location, terms: tuple[str, ...]) -> None:
        """Open what a search has found; the query is of use, and no more is typed."""
        session = self.screen.session
        if session is None:
            return
        fault = ""
        if session.query.strip():
            fault = self.screen.query_history.record(session.search_location())
        hit = self.screen.results.current_hit
        self.visit(location, terms)
        if session.typing:
            self.search(typing=False)
            self._stay = hit.number if hit else None
        if fault:
            self.screen.say(fault)

    def search(self, typing: bool) -> None:
        """Answer the query of the session in a thread; an older search is told to stop.

        Args:
            typing: The query is being typed: its last word may be unfinished.
        """
        screen, session = self.screen, self.screen.session
        if session is None:
            return
        self._stay = None
        if typing:
            session.typing = True
        else:
            session.finish_query()
            screen.results.write_field(session.query)
        if self._runner.busy:
            self._open_first = False
        if not session.query.strip():
            self._runner.cancel()
            self._point_at(())
            screen.results.show_documents(session.documents_in_scope(), session.catalogue.row)
            return

        self._runner.submit(session.search, typing=typing)

    def _answered(self, answer: SearchResult) -> None:
        screen, session = self.screen, self.screen.session
        if session is None or answer.query != session.query:
            return
        self._memory.schedule()
        screen.results.show_result(answer, session.search_sort, self._stay)
        self._point_at(answer.warnings, answer.notes if answer.hits else ())
        target = self.target() if screen.pane_name == "search" else None
        if target and self._open_first:
            self.open_hit(*target)
        elif screen.pane_name == "search":
            self.preview()
        self._open_first = False
        screen.show_hints()

    def _point_at(self, misread: Sequence[QueryWarning], notes: Sequence[str] = ()) -> None:
        """Underline what was not understood of the query, and say why, or what no text has."""
        self.screen.results.underline([(part.start, part.end) for part in misread])
        words = [*(part.message for part in misread), *notes]
        if words or self._pointing:
            self.screen.say(words[0] if words else "")
        self._pointing = bool(words)

    def step_in_history(self, older: bool) -> bool:
        """Put a query of the past into the search field; False if the key means something else."""
        screen, session, history = self.screen, self.screen.session, self.screen.query_history
        if session is None or screen.typing is not screen.results:
            return False
        if older and not history.browsing and screen.results.field_text:
            return False
        if not older and not history.can_go_next:
            history.reset()
            return False
        query = history.previous() if older else history.next()
        if query is None:
            screen.say(_("Nothing has been searched for yet."))
            return True
        screen.results.write_field(query)
        session.query = query
        self.search(typing=False)
        return True
