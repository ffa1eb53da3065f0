"""What the reader shows and how one gets there: previews, visits, back and forward, searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.worker import Worker, get_current_worker

from milatui.catalogue.catalogue import NotFound
from milatui.catalogue.location import PAGE_VIEWS, Location
from milatui.index.errors import IndexUnusable
from milatui.messages import _, ngettext
from milatui.tui.listing import ListPane
from milatui.tui.pages import help_page, message_page, welcome_page
from milatui.tui.session import Place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.answers import Answer
    from milatui.catalogue.page import Page
    from milatui.index.engine.nodes import Misread
    from milatui.tui.screen import MainScreen
    from milatui.tui.session import Session

_VIEWS = {"partners": "partners", "timeline": "timeline", "events": "timeline", "search": "search"}


class Reading:
    """Opens locations for one main screen."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        self._worker: Worker[None] | None = None
        self._open_first = False
        self.typing = False
        """Whether the last word of the query was taken as unfinished."""
        self._pointing = False

    # Showing -----------------------------------------------------------------------------

    def target(self) -> tuple[Location, tuple[str, ...]] | None:
        """What the focused list's cursor stands on, and the words to light in it."""
        screen, session = self.screen, self.screen.session
        if session is None:
            return None
        if screen.pane_name == "partners" and screen.partners.current:
            return Location("partner", screen.partners.current.id), ()
        if screen.pane_name == "timeline" and screen.timeline.current is not None:
            return session.location_of(screen.timeline.current), ()
        row = screen.search.current
        if screen.pane_name == "search" and row:
            terms = screen.search.answer.terms if screen.search.answer else ()
            return Location(row.kind, row.id), terms
        return None

    def preview(self) -> None:
        """Show what the cursor stands on; the trail is not changed."""
        target = self.target()
        if target:
            # What a list leads to begins at its beginning, what a search found at the words.
            self.show(*target, reveal=bool(target[1]))
        elif self.screen.list_pane and self.screen.session:
            # What was shown before is not what was asked for now.
            title, *lines = self.screen.list_pane.empty_lines()
            self.screen.reader.show(message_page(title, lines))

    def show(
        self,
        location: Location,
        terms: tuple[str, ...] = (),
        offset: int | None = None,
        reveal: bool = True,
    ) -> None:
        """Put a location into the reader: at its lit words, at ``offset``, or at the beginning."""
        screen = self.screen
        try:
            page = self._page(location, terms)
        except IndexUnusable as error:
            # Which file it is, is no business of a visitor's.
            why = [] if screen.options.read_only else [str(error)]
            page = message_page(_("The index is damaged"), why)
            screen.starting.mend()
        old = screen.reader.page
        if old == page and offset is None:
            if reveal:
                screen.reader.reveal_focus()
            return
        screen.reader.show(page, screen.kind_word(location.view), offset, reveal)
        screen.show_hints()

    def show_again(self) -> None:
        """Show the same page from a newer catalogue, the same words on top."""
        reader = self.screen.reader
        if reader.page:
            page = self._page(reader.page.location, ())
            reader.show(page, reader.kind_word, reader.offset_on_top)

    def _page(self, location: Location, terms: tuple[str, ...]) -> Page:
        screen, session = self.screen, self.screen.session
        if location.view == "help" or session is None:
            return help_page(screen.known, screen.keymap, own=not screen.options.read_only)
        if location.view in PAGE_VIEWS:
            return self._view(session, location)
        if location.kind is None:
            return welcome_page(session, screen.known, screen.keymap)
        if session.catalogue.find(location.kind, location.id) is None:
            near = session.catalogue.nearest_ids(location.kind, location.id)
            lines = [_("The archive has no record {location}.").format(location=location)]
            lines += [_("Near it: {ids}").format(ids=", ".join(near))] if near else []
            return message_page(_("Not found"), lines)
        return session.page(location, terms)

    @staticmethod
    def _view(session: Session, location: Location) -> Page:
        """A view that is a page; two partners to compare may not both exist."""
        try:
            return session.page(location)
        except NotFound as error:
            lines = [_("The archive has no record {location}.").format(location=error)]
            return message_page(_("Not found"), lines)

    # The trail ---------------------------------------------------------------------------

    def _mark(self) -> None:
        """Note on the trail how this place is being left."""
        screen, session = self.screen, self.screen.session
        current = session.trail.current if session else None
        if session is None or current is None:
            return
        pane = screen.pane
        session.trail.update(
            Place(
                current.location,
                screen.reader.offset_on_top,
                screen.pane_name,
                pane.cursor if isinstance(pane, ListPane) else 0,
                current.terms,
            )
        )

    def visit(self, location: Location, terms: tuple[str, ...] = (), focus: bool = True) -> None:
        """Open a location as a step of the trail."""
        session = self.screen.session
        if session is None:
            return
        if location.kind is None and location.view in _VIEWS:
            self._visit_view(location)
            return
        self._mark()
        self.show(location, terms)
        session.trail.visit(Place(location, None, "reader", 0, terms))
        if focus:
            self.screen.focus_pane("reader")

    def _visit_view(self, location: Location) -> None:
        """A location of a list: its scope, its query and the focus."""
        screen, session = self.screen, self.screen.session
        if session is None:
            return
        scope = location.scope
        session.query, session.scope = scope.query, scope.without("query")
        screen.search.write_field(session.query)
        screen.show_scope()
        screen.focus_pane(_VIEWS[location.view])

    def follow(self, target: Location | str) -> None:
        """Open a link; an address outside is shown and copied, never started."""
        if isinstance(target, Location):
            self.visit(target)
        else:
            self.screen.app.copy_to_clipboard(target)
            self.screen.say(_("Address copied: {address}").format(address=target))

    def step(self, place: Place | None) -> None:
        """Restore a place of the trail: the page, its scroll, the pane and its line."""
        screen = self.screen
        if place is None:
            return
        self.show(place.location, place.terms, place.offset)
        pane = screen.panes[place.pane]
        if isinstance(pane, ListPane):
            pane.show_items(place.item)
        screen.focus_pane(place.pane)
        if isinstance(pane, ListPane):
            self.preview()

    def back(self) -> None:
        """One step back."""
        if self.screen.session:
            if not self.screen.session.trail.can_go_back:
                self.screen.say(_("This is where you began."))
                return
            self._mark()
            self.step(self.screen.session.trail.back())

    def forward(self) -> None:
        """One step forward."""
        if self.screen.session:
            if not self.screen.session.trail.can_go_forward:
                self.screen.say(_("There is nothing ahead: you have not gone back."))
                return
            self._mark()
            self.step(self.screen.session.trail.forward())

    # Finding -----------------------------------------------------------------------------

    def find(self, words: str) -> None:
        """Light words of the page shown."""
        found = self.screen.reader.find(words)
        self.screen.reader.refresh_frame()
        if words.strip():
            message = ngettext("{count} place", "{count} places", found)
            self.screen.say(message.format(count=found) if found else _("Not in this text."))

    def open_when_answered(self) -> bool:
        """If a search is under way: open its first hit as soon as there is one."""
        self._open_first = self._worker is not None
        return self._open_first

    def search(self, typing: bool) -> None:
        """Answer the query of the session in a thread; an older search is told to stop."""
        screen, session = self.screen, self.screen.session
        if session is None:
            return
        self.typing = typing
        if self._worker:
            self._worker.cancel()
            self._worker = None
            self._open_first = False
        if not session.query.strip():
            self._point_at(())
            screen.search.show_newest(session.documents_in_scope(), session.catalogue.row)
            return

        def work() -> None:
            worker = get_current_worker()
            try:
                answer = session.search(typing, lambda: worker.is_cancelled)
            except IndexUnusable:
                screen.app.call_from_thread(screen.starting.mend)
                return
            if not worker.is_cancelled:
                screen.app.call_from_thread(self._answered, answer)

        self._worker = screen.run_worker(work, thread=True, exit_on_error=True)

    def _answered(self, answer: Answer) -> None:
        screen, session = self.screen, self.screen.session
        if session is None or answer.query != session.query:
            return
        self._worker = None
        screen.search.show_answer(answer, session.search_sort)
        self._point_at(answer.misread)
        target = self.target() if screen.pane_name == "search" else None
        if target and self._open_first:
            self.visit(*target)
        elif screen.pane_name == "search":
            self.preview()
        self._open_first = False

    def _point_at(self, misread: Sequence[Misread]) -> None:
        """Underline what was not understood of the query, and say why it was not."""
        self.screen.search.underline([(part.start, part.end) for part in misread])
        if misread or self._pointing:
            self.screen.say(misread[0].message if misread else "")
        self._pointing = bool(misread)

    def step_in_history(self, older: bool) -> bool:
        """Put a query of the past into the search field; False if the key means something else."""
        screen, session, recall = self.screen, self.screen.session, self.screen.recall
        if session is None or screen.typing is not screen.search:
            return False
        if older and not recall.walking and screen.search.field_text:
            return False
        if not older and not recall.can_go_newer:
            recall.stop()
            return False
        query = recall.older() if older else recall.newer()
        if query is None:
            screen.say(_("Nothing has been searched for yet."))
            return True
        screen.search.write_field(query)
        session.query = query
        self.search(typing=False)
        return True
