"""Runs the query: in a worker thread while it is typed, and completed once its hits are used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.catalogue.labels.labels import as_sentence
from milatui.i18n import _
from milatui.tui.controllers.search_runner import SearchRunner
from milatui.tui.state.memory import MemoryTrimmer

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Sequence

    from milatui.catalogue.location import Location
    from milatui.catalogue.search.results import SearchResult
    from milatui.tui.controllers.navigation import NavigationController
    from milatui.tui.explorer_view import ExplorerView
    from milatui.tui.state.session import Session


REST_SECONDS: Final = 0.3
"""Seconds without a key typed into the query after which the other lists follow it."""


class SearchController:
    """Runs the session's query and shows its result.

    The results pane shows a result at once.  Partners, timeline and counts follow it once the
    typing rests: filling them costs more than a key may.
    """

    def __init__(self, view: ExplorerView, navigation: NavigationController) -> None:
        self._view = view
        self._navigation = navigation
        self._runner = SearchRunner(view, self._show_result)
        self._preparation: SearchRunner[None] = SearchRunner(view, self._show_prepared)
        self._memory = MemoryTrimmer(self._release_caches)
        self._open_first = False
        self._keep_hit: int | None = None
        self._warned = False
        self._awaited = ""
        self._rest: asyncio.TimerHandle | None = None

    @property
    def busy(self) -> bool:
        """Whether a result is to come, or the lists have not followed the last one yet."""
        return self._runner.busy or self._rest is not None

    def _release_caches(self) -> None:
        if self._view.session is not None:
            self._view.session.catalogue.release_caches()

    def search(self, typing: bool) -> None:
        """Runs the session's query in a worker thread; an older search is cancelled.

        Args:
            typing: The query is being typed: its last word may be unfinished.
        """
        view, session = self._view, self._view.session
        if session is None:
            return
        self._keep_hit = None
        view.results.moves = 0
        self._preparation.cancel()
        if typing:
            session.typing = True
        else:
            session.finish_query()
            view.results.write_field(session.query)
        if self._runner.busy:
            self._open_first = False
        if not session.query.strip():
            self._runner.cancel()
            self._show_query_messages(None)
            view.results.show_documents(session.documents_in_scope(), session.catalogue.row)
            self._follow("")
            return
        prepare = view.results.hits_per_page
        self._runner.submit(lambda stop: session.search(stop, prepare), typing=typing)

    def _show_result(self, result: SearchResult) -> None:
        view, session = self._view, self._view.session
        if session is None or result.query != session.query:
            return
        self._memory.schedule()
        view.trail.show_search(session, result, typing=session.typing)
        view.results.show_result(result, session.search_sort, self._keep_hit)
        notes = result.notes if result.hits else ()
        self._show_query_messages(result, notes)
        target = self._navigation.target() if view.pane_name == "search" else None
        if target and self._open_first:
            self.open_hit(*target)
        elif view.pane_name == "search":
            self._navigation.preview()
        self._open_first = False
        self._follow(result.scope_query)
        view.show_hints()

    def _follow(self, query: str) -> None:
        """Lets the lists follow the completed query of a result: at once, or after the typing."""
        session = self._view.session
        self._stop_resting()
        if session is None or session.standing_query == query:
            return
        self._awaited = query
        if self._view.typing_pane is self._view.results:
            self._rest = self._view.call_in(REST_SECONDS, self.finish_lists)
        else:
            self._show_lists(session)

    def finish_lists(self) -> None:
        """Lets the lists follow the last result now, if they have not yet.

        If a newer result is to come, they wait for it.
        """
        session = self._view.session
        if self._rest is not None and session is not None:
            self._stop_resting()
            if not self._runner.busy:
                self._show_lists(session)

    def _stop_resting(self) -> None:
        if self._rest is not None:
            self._rest.cancel()
            self._rest = None

    def _show_lists(self, session: Session) -> None:
        before = self._navigation.target()
        session.standing_query = self._awaited
        self._view.show_lists()
        # Who has gone to another list meanwhile has seen what it held before.
        if self._navigation.target() != before:
            self._navigation.preview()

    def prepare_hits(self) -> None:
        """Makes the hits in view in a worker thread, and one page more; then draws them.

        Every blank line asks.  If the view has moved on by then, drawing asks again.
        """
        if self._preparation.busy:
            return
        result, (start, stop) = self._view.results.result, self._view.results.hits_in_view
        if result is not None and not result.hits.is_prepared(start, stop):
            hits, more = result.hits, stop + self._view.results.hits_per_page
            self._preparation.submit(
                lambda stopped: hits.prepare(start, more, stopped), typing=False
            )

    def _show_prepared(self, _made: None) -> None:
        self._view.results.hits_made()

    def _show_query_messages(self, result: SearchResult | None, notes: Sequence[str] = ()) -> None:
        """Underlines what was not understood of the query; says the first thing about it.

        Args:
            result: The result; None without a query.
            notes: What is to be said of its hits.
        """
        warnings = result.warnings if result else ()
        self._view.results.underline([(part.start, part.end) for part in warnings])
        messages = [as_sentence(part.message) for part in warnings]
        if result and result.hits and result.corrected_query:
            message = _("This looked for “{query}”.")
            messages.append(message.format(query=result.corrected_query))
        messages = [*notes, *messages] if result and result.partial else [*messages, *notes]
        if messages or self._warned:
            self._view.show_status(messages[0] if messages else "")
        self._warned = bool(messages)

    def open_first_when_done(self) -> bool:
        """Opens the first hit of a running search at its end; returns whether one is running."""
        self._open_first = self._runner.busy
        return self._open_first

    def open_hit(self, location: Location, terms: tuple[str, ...]) -> None:
        """Opens a hit: the query is added to the history and, if it was typed, completed.

        Args:
            terms: Terms to highlight, as ``Matches.highlights`` gives them.
        """
        session = self._view.session
        if session is None:
            return
        error = ""
        if session.query.strip():
            error = self._view.query_history.record(session.search_location())
        hit = self._view.results.current_hit
        self._navigation.visit(location, terms)
        if session.typing:
            self.search(typing=False)
            self._keep_hit = hit.number if hit else None
        if error:
            self._view.show_status(error)

    def recall_query(self, older: bool) -> bool:
        """Puts an earlier (``older``) or later query of the history into the search field.

        Returns:
            False if the search field has no focus, or the key means something else in it.
        """
        view, session, history = self._view, self._view.session, self._view.query_history
        if session is None or view.typing_pane is not view.results:
            return False
        if older and not history.browsing and view.results.field_text:
            return False
        if not older and not history.can_go_next:
            history.reset()
            return False
        query = history.previous() if older else history.next()
        if query is None:
            view.show_status(_("Nothing has been searched for yet."))
            return True
        view.results.write_field(query)
        session.query = query
        self.search(typing=False)
        return True
