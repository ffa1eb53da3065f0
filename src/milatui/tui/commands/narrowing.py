"""Finding, sorting, and narrowing the scope that all panes share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.scope import Scope
from milatui.catalogue.search.results import SEARCH_SORTS
from milatui.i18n import _
from milatui.tui.widgets.partners import SORTS as PARTNER_SORTS

if TYPE_CHECKING:
    from milatui.tui.commands.moving import Command
    from milatui.tui.screen import MainScreen
    from milatui.tui.state.session import Session


async def _search(screen: MainScreen) -> None:
    screen.focus_pane("search")
    await screen.results.open_field()
    screen.show_focus()


async def _filter(screen: MainScreen) -> None:
    screen.focus_pane("partners")
    await screen.partners.open_field()
    screen.show_focus()


def _sort(screen: MainScreen) -> None:
    session = screen.session
    if session is None:
        return
    if screen.pane_name == "partners":
        at = PARTNER_SORTS.index(session.partner_sort)
        session.partner_sort = PARTNER_SORTS[(at + 1) % len(PARTNER_SORTS)]
        screen.show_partners()
    elif screen.pane_name == "search":
        at = SEARCH_SORTS.index(session.search_sort)
        session.search_sort = SEARCH_SORTS[(at + 1) % len(SEARCH_SORTS)]
        screen.reading.search(typing=False)
    else:
        screen.say(_("The timeline is always newest first."))


def _documents(screen: MainScreen) -> None:
    """Show or hide documents on the timeline."""
    session, timeline = screen.session, screen.timeline.timeline
    if session and not session.has_events:
        screen.say(_("This archive tells of no event: the timeline is one of documents."))
    elif session and timeline:
        session.documents = not timeline.documents
        screen.show_scope()
        screen.say(_("Documents shown too.") if session.documents else _("Events only."))


def _partner(screen: MainScreen) -> None:
    """Narrow to the partner under the cursor, or of the record under it."""
    session = screen.session
    if session is None:
        return
    identifier = _named(screen, session)
    if not identifier:
        screen.say(_("No partner is named here."))
        return
    session.toggle_restriction(identifier)
    screen.show_scope()


def _named(screen: MainScreen, session: Session) -> str:
    """The partner (or publisher) under the cursor, or of the record under it; "" if none."""
    if screen.pane_name == "partners":
        return screen.partners.current.id if screen.partners.current else ""
    target = screen.reading.target()
    kind, identifier = (target[0].kind, target[0].id) if target else (None, "")
    if kind is None or kind == "partner":
        return identifier
    if session.primary_list == "publisher":
        return session.catalogue.document(identifier).publisher if kind == "document" else ""
    number = session.catalogue.find(kind, identifier)
    partners = session.catalogue.row(number).partners if number is not None else ()
    return partners[0] if partners else ""


def _year(since: bool, until: bool) -> Command:
    def restrict(screen: MainScreen) -> None:
        group, session = screen.timeline.current_group, screen.session
        if session is None or group is None or group.year is None:
            screen.say(_("This heading is no year."))
            return
        year = str(group.year)
        session.restrict_years(year if since else None, year if until else None)
        screen.show_scope()

    return restrict


def _remove(screen: MainScreen) -> None:
    session = screen.session
    if session is None:
        return
    chips = session.chips()
    if not chips:
        screen.say(_("Nothing restricts the scope."))
        return
    session.remove_restriction(chips[-1][0])
    screen.show_scope()


def _clear(screen: MainScreen) -> None:
    if screen.session:
        screen.session.scope = Scope()
        screen.show_scope()


COMMANDS: dict[str, Command] = {
    "find.search": _search,
    "find.filter": _filter,
    "find.sort": _sort,
    "find.documents": _documents,
    "scope.partner": _partner,
    "scope.year": _year(True, True),
    "scope.since": _year(True, False),
    "scope.until": _year(False, True),
    "scope.remove": _remove,
    "scope.clear": _clear,
}
