"""Commands that search, filter and sort, explain hits, and keep saved searches."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.lists.activity_rows import PARTNER_SORTS
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.search.results import SEARCH_SORTS
from milatui.catalogue.timeline.groupings import LANE_SORTS
from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.tui.widgets.list_columns import Cell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.catalogue.search.explain import Explanation
    from milatui.catalogue.search.hits import Hit
    from milatui.tui.commands.command import Command, CommandView
    from milatui.tui.state.session import Session
    from milatui.tui.widgets.list_pane import ListPane
    from milatui.tui.widgets.view_lists import ViewList, ViewRow

MAX_COUNTED = 30
"""Maximum number of saved searches whose hits are counted when they are listed."""


async def _search(view: CommandView) -> None:
    view.close_view()
    view.focus_pane("search")
    await view.results.open_field()
    view.show_focus()


async def _filter(view: CommandView) -> None:
    """Opens the text field of the view that is active, else that of the partners."""
    pane: ListPane = view.partners
    if view.pane_name == "search" and view.view_pane is not None:
        pane = view.view_pane
    view.focus_pane(pane.pane_name)
    await pane.open_field()
    view.show_focus()


def _sort(view: CommandView) -> None:
    """Switches the active list to its next sort order."""
    session = view.session
    if session is None:
        return
    if view.pane_name == "partners":
        # Publishers have no sector.
        orders = PARTNER_SORTS[: 4 if session.primary_list == "partner" else 3]
        at = orders.index(session.partner_sort)
        session.partner_sort = orders[(at + 1) % len(orders)]
        on_top = view.partners.cursor == 0
        view.show_partners()
        _keep_on_top(view, view.partners, on_top=on_top)
    elif view.pane_name == "search" and view.view_pane:
        _sort_view(view, view.view_pane.view)
    elif view.pane_name == "search":
        at = SEARCH_SORTS.index(session.search_sort)
        session.search_sort = SEARCH_SORTS[(at + 1) % len(SEARCH_SORTS)]
        view.search_controller.search(typing=False)
    elif view.dated_list is view.timeline:
        session.timeline_sort = "oldest" if session.timeline_sort == "newest" else "newest"
        view.show_scope()
    else:
        at = LANE_SORTS.index(session.lane_sort)
        session.lane_sort = LANE_SORTS[(at + 1) % len(LANE_SORTS)]
        view.show_lanes()


def _sort_view(view: CommandView, shown: ViewList) -> None:
    """Switches a view to its next sort order, which is part of its location."""
    if len(shown.orders) < 2:
        view.show_status(_("This list has one order."))
        return
    at = shown.orders.index(shown.order)
    order = shown.orders[(at + 1) % len(shown.orders)]
    kept = tuple((key, value) for key, value in shown.location.params if key != "sort")
    # The first order is the one that a location without it means.
    params = kept if order == shown.orders[0] else (*kept, ("sort", order))
    pane = view.view_pane
    # The first item may be a heading.
    on_top = pane is not None and pane.cursor <= 1
    view.open_view(shown.location._replace(params=params))
    if pane is not None:
        _keep_on_top(view, pane, on_top=on_top)
        # Where panes share a title it has no room for the order.
        view.show_status(pane.info())


def _keep_on_top(view: CommandView, pane: ListPane, *, on_top: bool) -> None:
    """Keeps the cursor on top after a sort if it was there; otherwise it stays on its row."""
    if on_top:
        pane.show_items(0)
    view.navigation.list_changed()
    view.navigation.finish_preview()


def _toggle_documents(view: CommandView) -> None:
    """Shows or hides documents on the timeline."""
    session, timeline = view.session, view.timeline.timeline
    if session and not session.has_events:
        message = _("This archive has no events: the timeline shows documents.")
        view.show_status(message)
    elif session and timeline:
        session.documents = not timeline.documents
        view.show_scope()
        shown = _("Documents shown too.") if session.documents else _("Events only.")
        view.show_status(shown)


# Why a hit was found -----------------------------------------------------------------------


def _why(view: CommandView) -> None:
    """Explains in a sheet why the hit under the cursor was found."""
    session, hit = view.session, view.results.current_hit
    if session is None or hit is None or view.view_pane:
        view.show_status(_("Only a hit of a search can be explained."))
        return
    view.run_in_background(_explain(view, session, hit))


async def _explain(view: CommandView, session: Session, hit: Hit) -> None:
    """Explains ``hit`` in a thread, and shows the explanation unless the cursor has moved on."""
    try:
        explanation = await asyncio.to_thread(
            session.catalogue.explain, session.query, hit.number, typing=session.typing
        )
    except IndexUnusable:
        view.index_damaged()
        return
    if view.results.current_hit is hit:
        _show_explanation(view, session, hit, explanation)


def _show_explanation(
    view: CommandView, session: Session, hit: Hit, explanation: Explanation
) -> None:
    # Imported here: it needs the classes of records, which the first screen does without.
    from milatui.catalogue.pages.common import write_section

    builder = PageBuilder()
    for line in explanation.lines or [_("It is in the scope; nothing else was searched for.")]:
        builder.blank()
        builder.line(line)
    editions = [session.catalogue.row(number) for number in hit.same]
    write_section(builder, _("Other editions of this text"), editions)
    page = builder.build(Location(hit.row.kind, hit.row.id), hit.row.label)
    title = _("Why “{title}” was found").format(title=hit.row.label)
    view.show_sheet(title, lambda _words: page, aside=True, opened_by="find.why")


# Saved searches ----------------------------------------------------------------------------


def _saved(view: CommandView) -> None:
    """Lists the saved searches, and the current one if it can be saved."""
    session, store = view.session, view.query_history.store
    if session is None or store is None:
        view.show_status(_("This session is read-only."))
        return
    current, saved = session.search_location(), store.saved()
    unsaved = current if current.params and current not in saved.values() else None
    if not saved and unsaved is None:
        view.show_status(_("No search is saved; search for something and save it here."))
        return
    _list_saved(view, session, saved, unsaved)
    view.focus_pane("search")
    view.navigation.preview()


def _list_saved(
    view: CommandView, session: Session, saved: Mapping[str, Location], unsaved: Location | None
) -> None:
    # Imported here: it needs the classes of records, which the first screen does without.
    from milatui.tui.widgets.view_lists import saved_view

    def words_of(location: Location) -> str:
        return " · ".join(chip.label for chip in session.chips(location.scope))

    view.show_view(saved_view(saved, words_of, unsaved))
    counted = list(saved.values())[:MAX_COUNTED]
    view.run_in_background(_count_hits(view, session, counted))


def open_saved(view: CommandView) -> bool:
    """Runs the saved search under the cursor, or saves the current one.

    Returns:
        False if the list of saved searches is not open.
    """
    session, store, row = view.session, view.query_history.store, _saved_row(view)
    if session is None or store is None or row is None:
        return False
    if row.location in store.saved().values():
        view.navigation.visit(row.location)
        return True
    try:
        store.save(row.title, row.location)
    except OSError as error:
        view.show_status(_("It cannot be written: {reason}").format(reason=error.strerror))
        return True
    _list_saved(view, session, store.saved(), None)
    view.navigation.preview()
    view.show_status(_("Saved: {name}").format(name=row.title))
    return True


def delete_saved(view: CommandView) -> bool:
    """Deletes the saved search under the cursor.

    Returns:
        False if the list of saved searches is not open.
    """
    session, store, row = view.session, view.query_history.store, _saved_row(view)
    if session is None or store is None or row is None:
        return False
    try:
        store.delete(row.title)
    except OSError as error:
        view.show_status(_("It cannot be written: {reason}").format(reason=error.strerror))
        return True
    _list_saved(view, session, store.saved(), None)
    view.navigation.preview()
    view.show_status(_("Deleted: {name}").format(name=row.title))
    return True


def _saved_row(view: CommandView) -> ViewRow | None:
    """Returns the row under the cursor of the saved searches, None if they are not active."""
    pane = view.view_pane if view.pane_name == "search" else None
    row = pane.current if pane else None
    return row if row is not None and row.location.view == "search" else None


async def _count_hits(view: CommandView, session: Session, searches: Sequence[Location]) -> None:
    """Counts the hits of saved searches in a thread, one by one, while their list is open."""
    for location in searches:
        search = partial(session.catalogue.search, location.get("q"), location.scope, limit=1)
        try:
            result = await asyncio.to_thread(search)
        except IndexUnusable:
            view.index_damaged()
            return
        if view.view_pane is None:
            return
        view.view_pane.set_cell(location, "count", Cell(format_count(result.total), "text"))


FIND_COMMANDS: dict[str, Command] = {
    "find.search": _search,
    "find.filter": _filter,
    "find.sort": _sort,
    "find.documents": _toggle_documents,
    "find.why": _why,
    "find.saved": _saved,
}
