"""Decides what the reader shows: previews, visited locations, back and forward, find in page."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from milatui.archive.kinds import KINDS
from milatui.catalogue.labels.labels import kind_label
from milatui.catalogue.location import PAGE_VIEWS, Location
from milatui.catalogue.store import NotFound
from milatui.i18n import _, ngettext
from milatui.index.errors import IndexUnusable
from milatui.tui.builtin_pages import help_page, message_page, search_page, welcome_page
from milatui.tui.controllers.addresses import follow_address
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
_ROW_VIEWS = ("figures", "people", "compare")
"""Views whose rows stand in the place of the search results."""


class NavigationController:
    """Shows locations in the reader and keeps the navigation history.

    The reader shows what was last previewed or opened.  A preview that is due is carried out
    before the active pane changes and before a command uses what the reader shows: the record
    under the cursor, in the reader and in the clipboard is always one.
    """

    def __init__(self, view: ExplorerView) -> None:
        self._view = view
        self._shown: Page | None = None
        self._followed = ""
        self._trail_failed = False

    # Showing -----------------------------------------------------------------------------

    def target(self, pane: str = "") -> tuple[Location, tuple[str, ...]] | None:
        """Returns the location under the cursor of a list, and the terms to highlight in it.

        Args:
            pane: Name of the list; "" means the active pane.
        """
        view, session, pane = self._view, self._view.session, pane or self._view.pane_name
        if session is None:
            return None
        if pane == "partners" and view.partners.current:
            return session.row_location(view.partners.current), ()
        if pane == "timeline" and view.dated_list.current is not None:
            return session.location_of(view.dated_list.current), ()
        if pane == "search" and view.view_pane:
            return (view.view_pane.current.location, ()) if view.view_pane.current else None
        row = view.results.current
        if pane == "search" and row:
            terms = view.results.result.terms if view.results.result else ()
            return Location(row.kind, row.id), terms
        return None

    def preview(self, pane: str = "") -> None:
        """Shows what is under the cursor of a list (default: the active pane)."""
        view, session, pane = self._view, self._view.session, pane or self._view.pane_name
        shown_list = view.panes.get(pane)
        if session is None or not isinstance(shown_list, ListPane):
            return
        shown_list.preview_due = False
        self._followed = pane
        target = self.target(pane)
        if target is None:
            title, *lines = shown_list.empty_lines()
            self._view.reader.show(message_page(title, lines))
            return
        location, terms = target
        entry = HistoryEntry(
            location, None, pane, pane, shown_list.cursor, -1, terms, self._view_location(pane)
        )
        self._store_position()
        if view.reader.used:
            session.history.keep_preview()
            if session.history.current is not None:
                self._record(session.history.current.location)
        session.history.preview(entry)
        # Previews from a list begin on top, those of hits at the highlights.
        self.show(location, terms, reveal=bool(terms))

    def finish_preview(self) -> None:
        """Carries out the preview that is due, if there is one."""
        for name, pane in self._view.panes.items():
            if isinstance(pane, ListPane) and pane.preview_due:
                self.preview(name)

    def follow_cursor(self) -> None:
        """Previews what is under the cursor of the active list, unless the reader shows it."""
        target, reader = self.target(), self._view.reader
        if target is not None and (reader.page is None or reader.page.location != target[0]):
            self.preview()

    def list_changed(self) -> None:
        """Makes a preview due if the list that the reader follows has another record there now."""
        pane = self._view.list_pane
        if pane is None or pane.pane_name != self._followed:
            return
        target, session = self.target(), self._view.session
        current = session.history.current if session else None
        if self.is_aside or target is None or current is None or current.location != target[0]:
            pane.preview_due = True

    @property
    def is_aside(self) -> bool:
        """Whether the reader shows a page that is not in the history, such as a message."""
        return self._view.reader.page is not self._shown

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
            self._shown = view.reader.page
            if reveal:
                view.reader.reveal_focus()
            return
        self._shown = page
        view.reader.show(page, _kind_label(location), offset, reveal)
        view.show_hints()

    def show_again(self) -> None:
        """Shows the current page again, from a newer catalogue or in another language."""
        reader = self._view.reader
        if reader.page:
            aside = self.is_aside
            page = self._page(reader.page.location, ())
            reader.show(page, _kind_label(page.location), reader.offset_on_top)
            if not aside:
                self._shown = page

    def _page(self, location: Location, terms: tuple[str, ...]) -> Page:
        view, session = self._view, self._view.session
        if location.view == "help" or session is None:
            return help_page(
                view.actions, view.keymap, view.theme.glyphs, own=not view.options.read_only
            )
        if location.view in PAGE_VIEWS:
            return _page_view(session, location, view.reader.text_columns)
        if location.view == "search":
            store = view.query_history.store
            saved = store is None or location in store.saved().values()
            return search_page(session, location, saved=saved)
        if location.kind is None:
            return welcome_page(session, view.actions, view.keymap)
        if session.catalogue.find(location.kind, location.id) is None:
            near = session.catalogue.similar_ids(location.kind, location.id)
            return _not_found_page(str(location), near)
        return session.page(location, terms, view.reader.text_columns)

    @property
    def help_open(self) -> bool:
        """Whether the reader shows the help."""
        page = self._view.reader.page
        return page is not None and page.location.view == "help"

    # History -----------------------------------------------------------------------------

    def begin(self, location: Location) -> None:
        """Shows the first location of a session."""
        session = self._view.session
        if session:
            self.show(location)
            session.history.push(HistoryEntry(location, None, self._view.pane_name))

    def _store_position(self, pane: str = "") -> None:
        """Stores in the current entry the scroll position and the selected link of the reader.

        Args:
            pane: Name of the pane to store as the active one; "" keeps that of the entry.
        """
        view, session = self._view, self._view.session
        current = session.history.current if session else None
        if session is None or current is None:
            return
        offset, link = view.reader.offset_on_top, view.reader.current_link
        if self.is_aside:
            offset, link = current.offset or 0, current.link
        session.history.replace_current(
            replace(current, offset=offset, link=link, pane=pane or current.pane)
        )

    def leave_pane(self, to: str) -> None:
        """Prepares a change of the active pane: moving into the text is a step of the history."""
        self.finish_preview()
        session = self._view.session
        if session is None or to != "reader" or self._view.pane_name == to or self.is_aside:
            return
        self._store_position()
        current = session.history.current
        if current is not None:
            self._record(current.location)
        if current is not None and current.pane != to:
            session.history.push(replace(current, pane=to))

    def visit(self, location: Location, terms: tuple[str, ...] = (), focus: bool = True) -> None:
        """Shows a location and adds it to the history; ``focus`` activates the reader.

        Args:
            terms: Terms to highlight, as ``Matches.highlights`` gives them.
        """
        view, session = self._view, self._view.session
        if session is None:
            return
        if location.kind is None and location.view in _LIST_VIEWS:
            self._visit_list(session, location)
            return
        if location.view in _ROW_VIEWS:
            try:
                self._visit_view(session, location)
            except NotFound as error:
                view.reader.show(_not_found_page(str(error), error.near))
            return
        pane = view.pane_name
        self._store_position(pane)
        entry = HistoryEntry(location, None, "reader" if focus else pane, terms=terms)
        current = session.history.current
        if current and entry.shows_the_same(current):
            session.history.keep_preview()
        else:
            session.history.push(self._with_source(entry, pane))
        self.show(location, terms)
        self._record(location)
        self._followed = ""
        if focus:
            view.focus_pane("reader")

    def _record(self, location: Location) -> None:
        """Records for the research trail that a record was opened."""
        view, session = self._view, self._view.session
        if session is None:
            return
        view.trail.open_record(session, location)
        error, view.trail.error = view.trail.error, ""
        if error and not self._trail_failed:
            self._trail_failed = True
            view.show_status(error)

    def _with_source(self, entry: HistoryEntry, pane: str) -> HistoryEntry:
        """Adds the row under the cursor of the list ``pane``, if the entry was taken from it."""
        shown_list, target = self._view.panes.get(pane), self.target(pane)
        if isinstance(shown_list, ListPane) and target and target[0] == entry.location:
            item, shown_view = shown_list.cursor, self._view_location(pane)
            return replace(entry, source=pane, item=item, view=shown_view)
        return entry

    def _view_location(self, pane: str) -> Location | None:
        """Returns the location of the view that replaces a pane, None if none does."""
        shown = self._view.view_pane if pane == "search" else None
        return shown.view.location if shown else None

    def _visit_view(self, session: Session, location: Location) -> None:
        """Opens a view as a list in the place of the search results, and previews its first row.

        Raises:
            NotFound: a partner to compare does not exist.
        """
        if location.view != "compare" and location.scope != session.full_scope:
            session.restore_search(location)
            self._view.results.write_field(session.query)
            self._view.show_scope()
        self._view.open_view(location)
        self._view.focus_pane("search")
        self.preview("search")

    def _visit_list(self, session: Session, location: Location) -> None:
        """Sets scope, query and sort order of a list, and activates its pane."""
        if location.view == "search":
            self._view.close_view()
        session.restore_search(location)
        self._view.results.write_field(session.query)
        self._view.show_scope()
        self._view.focus_pane(_LIST_VIEWS[location.view])

    def follow(self, target: Location | str) -> None:
        """Opens a link; see ``follow_address`` for an address outside the archive."""
        if isinstance(target, Location):
            self.visit(target)
        else:
            follow_address(self._view, target)

    def restore(self, entry: HistoryEntry | None) -> None:
        """Returns to an entry of the history: page, scroll position, pane, row and link."""
        view = self._view
        if entry is None:
            return
        self._restore_view(entry)
        self.show(entry.location, entry.terms, entry.offset)
        view.reader.select_link(entry.link)
        self._followed = entry.source if self._restore_row(entry) else ""
        view.focus_pane(entry.pane)

    def _restore_view(self, entry: HistoryEntry) -> None:
        """Opens the view that an entry was taken from, or shows the search results again."""
        if entry.source != "search" and entry.pane != "search":
            return
        if entry.view is None or entry.view.view not in _ROW_VIEWS:
            self._view.close_view()
        elif self._view_location("search") != entry.view:
            self._view.open_view(entry.view)
        pane = self._view.view_pane
        if pane is not None and pane.item_of(entry.location) < 0:
            pane.filter("")

    def _restore_row(self, entry: HistoryEntry) -> bool:
        """Moves the cursor of the list that an entry was taken from back to its row.

        Returns:
            False if the list does not have that row any more; its cursor stays then.
        """
        shown_list = self._view.panes.get(entry.source)
        if not isinstance(shown_list, ListPane):
            return False
        before = shown_list.cursor
        for item in (before, entry.item, self._item_of(entry)):
            if 0 <= item < shown_list.item_count():
                if item != shown_list.cursor:
                    shown_list.show_items(item)
                target = self.target(entry.source)
                if target and target[0] == entry.location:
                    return True
        shown_list.show_items(before)
        return False

    def _item_of(self, entry: HistoryEntry) -> int:
        """Finds the item of the list ``entry.source`` that shows its location now; -1 if none does.

        The lists may have been sorted, or read from another generation of the index.
        """
        view, session, location = self._view, self._view.session, entry.location
        if session is None:
            return -1
        if entry.source == "search" and view.view_pane:
            return view.view_pane.item_of(location)
        if location.kind is None:
            return -1
        if entry.source == "partners":
            rows = enumerate(view.partners.partners)
            return next((n for n, row in rows if session.row_location(row) == location), -1)
        number = session.catalogue.find(location.kind, location.id)
        if number is None:
            return -1
        if entry.source == "timeline":
            return view.dated_list.item_of(number)
        result = view.results.result
        numbers = result.numbers if result else view.results.documents
        return numbers.index(number) if number in numbers else -1

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place to return to."""
        session = self._view.session
        return session is not None and (self.is_aside or session.history.can_go_back)

    def back(self) -> None:
        """Goes one entry back; from a page that is not in the history, to the current entry."""
        session = self._view.session
        if session is None:
            return
        if not self.can_go_back:
            self._view.show_status(_("This is where you began."))
        elif self.is_aside:
            self.restore(session.history.current)
        else:
            self._store_position(self._view.pane_name)
            self.restore(session.history.back())

    def forward(self) -> None:
        """Goes one entry forward."""
        session = self._view.session
        if session is None:
            return
        if not session.history.can_go_forward:
            self._view.show_status(_("There is nothing ahead: you have not gone back."))
        else:
            self._store_position(self._view.pane_name)
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


def _page_view(session: Session, location: Location, columns: int) -> Page:
    """Returns the page of a view, or "not found" if a partner to compare does not exist."""
    try:
        return session.page(location, columns=columns)
    except NotFound as error:
        return _not_found_page(str(error), ())


def _kind_label(location: Location) -> str:
    """Returns the kind of a record in words, "" for other locations."""
    return kind_label(location.view) if location.view in KINDS else ""


def _not_found_page(location: str, near: list[str] | tuple[str, ...]) -> Page:
    lines = [_("The archive has no record {location}.").format(location=location)]
    lines += [_("Similar: {ids}").format(ids=", ".join(near))] if near else []
    return message_page(_("Not found"), lines)
