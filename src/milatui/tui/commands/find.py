"""Commands that search, filter and sort, explain hits, and keep saved searches."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.lists.rows import PARTNER_SORTS
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.search.results import SEARCH_SORTS
from milatui.catalogue.timeline.groupings import LANE_SORTS
from milatui.i18n import _
from milatui.index.errors import IndexUnusable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.catalogue.search.explain import Explanation
    from milatui.catalogue.search.hits import Hit
    from milatui.tui.commands.command import Command, CommandView
    from milatui.tui.state.session import Session
    from milatui.tui.widgets.picker import PickerPane

MAX_COUNTED = 30
"""Maximum number of saved searches whose hits are counted when they are listed."""


async def _search(view: CommandView) -> None:
    view.close_view()
    view.focus_pane("search")
    await view.results.open_field()
    view.show_focus()


async def _filter(view: CommandView) -> None:
    view.focus_pane("partners")
    await view.partners.open_field()
    view.show_focus()


def _sort(view: CommandView) -> None:
    """Switches the active list to its next sort order."""
    session = view.session
    if session is None:
        return
    if view.pane_name == "partners":
        at = PARTNER_SORTS.index(session.partner_sort)
        session.partner_sort = PARTNER_SORTS[(at + 1) % len(PARTNER_SORTS)]
        view.show_partners()
    elif view.pane_name == "search" and view.view_pane:
        view.show_status(_("This list has one order."))
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
    for line in explanation.lines or [_("It is in the scope; nothing else was asked for.")]:
        builder.blank()
        builder.line(line)
    editions = [session.catalogue.row(number) for number in hit.same]
    write_section(builder, _("Other editions of this text"), editions)
    page = builder.build(Location(hit.row.kind, hit.row.id), hit.row.label, "")
    title = _("Why “{title}” was found").format(title=hit.row.label)
    view.show_sheet(title, lambda _words: page, aside=True, opened_by="find.why")


# Saved searches ----------------------------------------------------------------------------


def _saved(view: CommandView) -> None:
    """Picks a saved search to run or forget, or saves the current one."""
    session, store = view.session, view.query_history.store
    if session is None or store is None:
        view.show_status(_("This session is read-only."))
        return
    current, saved = session.search_location(), store.saved()
    entries: list[tuple[str, Callable[[], None]]] = []
    if current.params and current not in saved.values():
        name = " · ".join(label for _field, label in session.chips(current.scope))
        label = _("Save this search: {name}").format(name=name)
        entries.append((label, partial(store.save, name, current)))
    first = len(entries)
    for name, location in saved.items():
        entries.append((name, partial(view.navigation.visit, location)))
    for name in saved:
        label = _("Forget {name}").format(name=name)
        entries.append((label, partial(store.delete, name)))
    if not entries:
        view.show_status(_("No search is saved; search for something and save it here."))
        return

    def run(number: int) -> None:
        try:
            entries[number][1]()
        except OSError as error:
            view.show_status(_("It cannot be written: {reason}").format(reason=error.strerror))

    picker = view.pick(_("Saved searches"), [(label, "") for label, _run in entries], run)
    counted = list(saved.values())[:MAX_COUNTED]
    view.run_in_background(_count_hits(view, session, picker, first, counted))


async def _count_hits(
    view: CommandView,
    session: Session,
    picker: PickerPane,
    first: int,
    searches: Sequence[Location],
) -> None:
    """Counts the hits of saved searches in a thread, one by one, until the picker is closed.

    Args:
        view: The main screen.
        session: The session whose catalogue is searched.
        picker: Shows the counts as details.
        first: Number of the item of the first search.
        searches: Locations of the searches.
    """
    for number, location in enumerate(searches, first):
        if picker.closed:
            return
        search = partial(session.catalogue.search, location.get("q"), location.scope, limit=1)
        try:
            result = await asyncio.to_thread(search)
        except IndexUnusable:
            view.index_damaged()
            return
        picker.set_detail(number, format_count(result.total))


FIND_COMMANDS: dict[str, Command] = {
    "find.search": _search,
    "find.filter": _filter,
    "find.sort": _sort,
    "find.documents": _toggle_documents,
    "find.why": _why,
    "find.saved": _saved,
}
