"""Commands that narrow and widen the scope of all panes."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.tui.actions import BAND
from milatui.tui.commands.find import delete_saved
from milatui.tui.state.facet_choice import count_facets, facet_groups, toggle_value

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command, CommandView
    from milatui.tui.state.facet_choice import Counts, FacetValue
    from milatui.tui.state.session import Session


def _toggle_partner(view: CommandView) -> None:
    """Narrows to the partner under the cursor, or of the record under it; or widens again."""
    session = view.session
    if session is None:
        return
    identifier = partner_under_cursor(view, session)
    if not identifier:
        view.show_status(_("No partner is named here."))
        return
    session.toggle_restriction(identifier)
    view.show_scope()


def partner_under_cursor(view: CommandView, session: Session) -> str:
    """Returns the partner or publisher under the cursor, or of the record there; "" if none.

    In the text it is the partner of the record that is read.  The archive's own organisation is
    taken only where no other one is named.
    """
    if view.pane_name == "partners":
        return view.partners.current.id if view.partners.current else ""
    target, page = view.navigation.target(), view.reader.page
    location = target[0] if target else page.location if page and not view.list_pane else None
    if location is None or location.kind is None:
        return ""
    if location.kind == "partner":
        return location.id
    if session.primary_list == "publisher":
        is_document = location.kind == "document"
        return session.catalogue.document(location.id).publisher if is_document else ""
    number = session.catalogue.find(location.kind, location.id)
    partners = session.catalogue.row(number).partners if number is not None else ()
    home = session.catalogue.info.home
    return next((each for each in partners if each != home), partners[0] if partners else "")


def _restrict_to_year(since: bool, until: bool) -> Command:
    def restrict(view: CommandView) -> None:
        if view.pane_name == BAND:
            view.period.set_end(since=since)
            return
        year, session = view.dated_list.current_year, view.session
        if session is None or year is None:
            view.show_status(_("This event is not in a year."))
            return
        session.restrict_years(str(year) if since else None, str(year) if until else None)
        view.show_scope()

    return restrict


def _remove_last(view: CommandView) -> None:
    session = view.session
    if session is None or delete_saved(view):
        return
    chips = session.chips()
    if not chips:
        view.show_status(_("Nothing restricts the scope."))
        return
    session.remove_restriction(chips[-1][0])
    view.show_scope()


def _clear(view: CommandView) -> None:
    if view.session:
        view.session.clear_scope()
        view.filter_view("")
        view.show_scope()


def _choose_facets(view: CommandView) -> None:
    """Chooses kinds, sectors, years, languages, publishers and partners by their counts."""
    session = view.session
    if session is None:
        return
    # Imported here, with what it is drawn with: few sessions narrow by counts.
    from milatui.tui.sheets.facet_sheet import FacetSheet

    counts: Counts = {}

    def toggle(value: FacetValue) -> None:
        session.scope = toggle_value(session.scope, value.facet, value.value)
        view.show_scope()
        view.run_in_background(count())

    async def count() -> None:
        scope, newer = session.scope, await _count(view, session)
        if session.scope == scope and newer:
            counts.update(newer)
            sheet.show_counted()

    sheet = FacetSheet(view.theme, lambda words: facet_groups(session, counts, words), toggle)
    view.open_sheet(sheet)
    view.run_in_background(count())


async def _count(view: CommandView, session: Session) -> Counts:
    """Counts the facets in a thread; nothing if the index is damaged."""
    try:
        return await asyncio.to_thread(count_facets, session, session.query, session.scope)
    except IndexUnusable:
        view.index_damaged()
        return {}


SCOPE_COMMANDS: dict[str, Command] = {
    "scope.partner": _toggle_partner,
    "scope.since": _restrict_to_year(True, False),
    "scope.until": _restrict_to_year(False, True),
    "scope.choose": _choose_facets,
    "scope.remove": _remove_last,
    "scope.clear": _clear,
}
