"""Decides what the reader shows: previews, visited locations, back and forward, find in page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.kinds import KINDS
from milatui.catalogue.labels.labels import kind_label
from milatui.catalogue.location import PAGE_VIEWS, Location
from milatui.catalogue.store import NotFound
from milatui.i18n import _, ngettext
from milatui.index.errors import IndexUnusable
from milatui.tui.builtin_pages import help_page, message_page, welcome_page
from milatui.tui.state.history import HistoryEntry
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from milatui.catalogue.pages.model import Page
    from milatui.tui.explorer_view import ExplorerView
    from milatui.tui.state.session import Session

_LIST_VIEWS = {
    "partners": "partners",
    "timeline": "timeline",
    "events": "timeline",
    "search": "search",
}
"""The pane for each view that is a list."""


class NavigationController:
    """Shows locations in the reader and keeps the navigation history."""

    def __init__(self, view: ExplorerView) -> None:
        self._view = view

    # Showing -----------------------------------------------------------------------------

    def target(self) -> tuple[Location, tuple[str, ...]] | None:
        """Returns the location under the active list's cursor, and the terms to highlight in it."""
        view, session = self._view, self._view.session
        if session is None:
            return None
        if view.pane_name == "partners" and view.partners.current:
            return session.row_location(view.partners.current), ()
        if view.pane_name == "timeline" and view.timeline.current is not None:
            return session.location_of(view.timeline.current), ()
        row = view.results.current
        if view.pane_name == "search" and row:
            terms = view.results.result.terms if view.results.result else ()
            return Location(row.kind, row.id), terms
        return None

    def preview(self) -> None:
        """Shows what is under the cursor; the history does not change."""
        target = self.target()
        if target:
            # Previews from a list begin on top, those of hits at the highlights.
            self.show(*target, reveal=bool(target[1]))
        elif self._view.list_pane and self._view.session:
            title, *lines = self._view.list_pane.empty_lines()
            self._view.reader.show(message_page(title, lines))

    def show(
        self,
        location: Location,
        terms: tuple[str, ...] = (),
        offset: int | None = None,
        reveal: bool = True,
    ) -> None:
        """Shows a location in the reader.

        Args:
            location: The location.
            terms: Search terms to highlight.
            offset: Offset into the page's text to show on top.
            reveal: Without ``offset``: begin at the highlights, not on top.
        """
        view = self._view
        try:
            page = self._page(location, terms)
        except IndexUnusable as error:
            # A visitor must not learn the names of files.
            reason = [] if view.options.read_only else [str(error)]
            page = message_page(_("The index is damaged"), reason)
            view.index_damaged()
        if view.reader.page == page and offset is None:
            if reveal:
                view.reader.reveal_focus()
            return
        view.reader.show(page, _kind_label(location), offset, reveal)
        view.show_hints()

    def show_again(self) -> None:
        """Shows the current page again, from a newer catalogue or in another language."""
        reader = self._view.reader
        if reader.page:
            page = self._page(reader.page.location, ())
            reader.show(page, _kind_label(page.location), reader.offset_on_top)

    def _page(self, location: Location, terms: tuple[str, ...]) -> Page:
        view, session = self._view, self._view.session
        if location.view == "help" or session is None:
            return help_page(view.actions, view.keymap, own=not view.options.read_only)
        if location.view in PAGE_VIEWS:
            return self._page_view(session, location)
        if location.kind is None:
            return welcome_page(session, view.actions, view.keymap)
        if session.catalogue.find(location.kind, location.id) is None:
            near = session.catalogue.similar_ids(location.kind, location.id)
            return _not_found_page(str(location), near)
        return session.page(location, terms)

    @staticmethod
    def _page_view(session: Session, location: Location) -> Page:
        """Returns the page of a view, or "not found" if a partner to compare does not exist."""
        try:
            return session.page(location)
        except NotFound as error:
            return _not_found_page(str(error), ())

    @property
    def help_open(self) -> bool:
        """Whether the reader shows the help."""
        page = self._view.reader.page
        return page is not None and page.location.view == "help"

    # History -----------------------------------------------------------------------------

    def _update_history(self) -> None:
        """Stores the current scroll position, pane and cursor in the current entry."""
        view, session = self._view, self._view.session
        current = session.history.current if session else None
        if session is None or current is None:
            return
        pane = view.panes[view.pane_name]
        session.history.replace_current(
            HistoryEntry(
                current.location,
                view.reader.offset_on_top,
                view.pane_name,
                pane.cursor if isinstance(pane, ListPane) else 0,
                current.terms,
            )
        )

    def visit(self, location: Location, terms: tuple[str, ...] = (), focus: bool = True) -> None:
        """Shows a location and adds it to the history; ``focus`` activates the reader."""
        session = self._view.session
        if session is None:
            return
        if location.kind is None and location.view in _LIST_VIEWS:
            self._visit_list(session, location)
            return
        self._update_history()
        self.show(location, terms)
        session.history.push(HistoryEntry(location, None, "reader", 0, terms))
        if focus:
            self._view.focus_pane("reader")

    def _visit_list(self, session: Session, location: Location) -> None:
        """Sets scope, query and sort order of a list, and activates its pane."""
        session.restore_search(location)
        self._view.results.write_field(session.query)
        self._view.show_scope()
        self._view.focus_pane(_LIST_VIEWS[location.view])

    def follow(self, target: Location | str) -> None:
        """Opens a link; an external address is copied and shown, never opened."""
        if isinstance(target, Location):
            self.visit(target)
        else:
            self._view.copy_to_clipboard(target)
            self._view.show_status(_("Address copied: {address}").format(address=target))

    def restore(self, entry: HistoryEntry | None) -> None:
        """Returns to an entry of the history: page, scroll position, pane and cursor."""
        view = self._view
        if entry is None:
            return
        self.show(entry.location, entry.terms, entry.offset)
        pane = view.panes[entry.pane]
        if isinstance(pane, ListPane):
            pane.show_items(entry.item)
        view.focus_pane(entry.pane)
        if isinstance(pane, ListPane):
            self.preview()

    def back(self) -> None:
        """Goes one entry back."""
        session = self._view.session
        if session:
            if not session.history.can_go_back:
                self._view.show_status(_("This is where you began."))
                return
            self._update_history()
            self.restore(session.history.back())

    def forward(self) -> None:
        """Goes one entry forward."""
        session = self._view.session
        if session:
            if not session.history.can_go_forward:
                self._view.show_status(_("There is nothing ahead: you have not gone back."))
                return
            self._update_history()
            self.restore(session.history.forward())

    # Find in page ------------------------------------------------------------------------

    def find(self, words: str) -> None:
        """Highlights ``words`` in the page, and shows how often they occur."""
        found = self._view.reader.find(words)
        self._view.reader.refresh_frame()
        if words.strip():
            message = ngettext("{count} place", "{count} places", found)
            words = message.format(count=found) if found else _("Not in this text.")
            self._view.show_status(words)


def _kind_label(location: Location) -> str:
    """Returns the kind of a record in words, "" for other locations."""
    return kind_label(location.view) if location.view in KINDS else ""


def _not_found_page(location: str, near: list[str] | tuple[str, ...]) -> Page:
    lines = [_("The archive has no record {location}.").format(location=location)]
    lines += [_("Near it: {ids}").format(ids=", ".join(near))] if near else []
    return message_page(_("Not found"), lines)
