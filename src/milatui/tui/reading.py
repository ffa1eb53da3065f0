"""What the reader shows and how one gets there: previews, visits, back and forward, searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.location import PAGE_VIEWS, Location
from milatui.catalogue.store import NotFound
from milatui.i18n import _, ngettext
from milatui.index.errors import IndexUnusable
from milatui.tui.asking import Asking
from milatui.tui.pages import help_page, message_page, welcome_page
from milatui.tui.state.history import HistoryEntry
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from milatui.catalogue.pages.model import Page
    from milatui.tui.state.session import Session

_VIEWS = {"partners": "partners", "timeline": "timeline", "events": "timeline", "search": "search"}


class Reading(Asking):
    """Opens locations for one main screen."""

    # Showing -----------------------------------------------------------------------------

    def target(self) -> tuple[Location, tuple[str, ...]] | None:
        """What the focused list's cursor stands on, and the words to light in it."""
        screen, session = self.screen, self.screen.session
        if session is None:
            return None
        if screen.pane_name == "partners" and screen.partners.current:
            return session.row_location(screen.partners.current), ()
        if screen.pane_name == "timeline" and screen.timeline.current is not None:
            return session.location_of(screen.timeline.current), ()
        row = screen.results.current
        if screen.pane_name == "search" and row:
            terms = screen.results.result.terms if screen.results.result else ()
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
        screen.reader.show(page, screen.kind_label(location.view), offset, reveal)
        screen.show_hints()

    def show_again(self) -> None:
        """Show the same page from a newer catalogue, the same words on top."""
        reader = self.screen.reader
        if reader.page:
            page = self._page(reader.page.location, ())
            word = self.screen.kind_label(page.location.view)
            reader.show(page, word, reader.offset_on_top)

    def _page(self, location: Location, terms: tuple[str, ...]) -> Page:
        screen, session = self.screen, self.screen.session
        if location.view == "help" or session is None:
            return help_page(screen.known, screen.keymap, own=not screen.options.read_only)
        if location.view in PAGE_VIEWS:
            return self._view(session, location)
        if location.kind is None:
            return welcome_page(session, screen.known, screen.keymap)
        if session.catalogue.find(location.kind, location.id) is None:
            near = session.catalogue.similar_ids(location.kind, location.id)
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

    @property
    def helping(self) -> bool:
        """Whether the help is being read."""
        page = self.screen.reader.page
        return page is not None and page.location.view == "help"

    # The trail ---------------------------------------------------------------------------

    def _mark(self) -> None:
        """Note on the trail how this place is being left."""
        screen, session = self.screen, self.screen.session
        current = session.history.current if session else None
        if session is None or current is None:
            return
        pane = screen.pane
        session.history.replace_current(
            HistoryEntry(
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
        session.history.push(HistoryEntry(location, None, "reader", 0, terms))
        if focus:
            self.screen.focus_pane("reader")

    def _visit_view(self, location: Location) -> None:
        """A location of a list: its scope, its query and the focus."""
        screen, session = self.screen, self.screen.session
        if session is None:
            return
        session.restore_search(location)
        screen.results.write_field(session.query)
        screen.show_scope()
        screen.focus_pane(_VIEWS[location.view])

    def follow(self, target: Location | str) -> None:
        """Open a link; an address outside is shown and copied, never started."""
        if isinstance(target, Location):
            self.visit(target)
        else:
            self.screen.app.copy_to_clipboard(target)
            self.screen.say(_("Address copied: {address}").format(address=target))

    def step(self, place: HistoryEntry | None) -> None:
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
            if not self.screen.session.history.can_go_back:
                self.screen.say(_("This is where you began."))
                return
            self._mark()
            self.step(self.screen.session.history.back())

    def forward(self) -> None:
        """One step forward."""
        if self.screen.session:
            if not self.screen.session.history.can_go_forward:
                self.screen.say(_("There is nothing ahead: you have not gone back."))
                return
            self._mark()
            self.step(self.screen.session.history.forward())

    # Finding -----------------------------------------------------------------------------

    def find(self, words: str) -> None:
        """Light words of the page shown."""
        found = self.screen.reader.find(words)
        self.screen.reader.refresh_frame()
        if words.strip():
            message = ngettext("{count} place", "{count} places", found)
            self.screen.say(message.format(count=found) if found else _("Not in this text."))
