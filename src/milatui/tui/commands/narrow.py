"""Commands that narrow and widen the scope of all panes."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import format_count, kind_label, language_name
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.i18n import _
from milatui.tui.actions import BAND

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from milatui.catalogue.scope import Scope
    from milatui.tui.commands.command import Command, CommandView
    from milatui.tui.state.session import Session


def _toggle_partner(view: CommandView) -> None:
    """Narrows to the partner under the cursor, or of the record under it; or widens again."""
    session = view.session
    if session is None:
        return
    identifier = _partner_under_cursor(view, session)
    if not identifier:
        view.show_status(_("No partner is named here."))
        return
    session.toggle_restriction(identifier)
    view.show_scope()


def _partner_under_cursor(view: CommandView, session: Session) -> str:
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
    if session is None:
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
        view.show_scope()


def _pick_facet(view: CommandView) -> None:
    """Picks a kind, sector, year, partner, ... to narrow to, each with its count."""
    session = view.session
    if session is None:
        return
    # With a query its hits are counted, without one all records in the scope.
    if view.results.result is not None:
        _show_facets(view, session, view.results.result.facets)
    else:
        view.run_in_background(_count_facets(view, session, session.scope))


async def _count_facets(view: CommandView, session: Session, scope: Scope) -> None:
    """Counts the records of the scope in a thread, then shows the facets."""
    result = await asyncio.to_thread(session.catalogue.search, "", scope, limit=1)
    if session.scope == scope:
        _show_facets(view, session, result.facets)


def _show_facets(
    view: CommandView, session: Session, facets: Mapping[str, Mapping[str, int]]
) -> None:
    options = list(_facet_options(session, facets))

    def narrow(number: int) -> None:
        session.scope = options[number][2]
        view.show_scope()

    view.pick(_("Narrow to"), [(label, count) for label, count, _scope in options], narrow)


def _facet_options(
    session: Session, facets: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[str, str, Scope]]:
    """Yields label, count and the resulting scope of every facet value."""
    scope = session.scope
    named: dict[str, tuple[str, Callable[[str], str], Callable[[str], Scope]]] = {
        "kind": (_("kind"), kind_label, lambda k: replace(scope, kinds=frozenset({k}))),
        "sector": (_("sector"), sector_label, lambda s: replace(scope, sectors=frozenset({s}))),
        "language": (_("language"), language_name, lambda t: replace(scope, language=t)),
        "year": (_("year"), format_date, lambda y: replace(scope, since=y, until=y)),
        "partner": (
            kind_label("partner"),
            session.catalogue.partner_name,
            lambda p: replace(scope, partner=p),
        ),
        "publisher": (_("publisher"), str, lambda p: replace(scope, publisher=p)),
    }
    for facet, (word, name_of, narrowed) in named.items():
        for value, count in facets.get(facet, {}).items():
            yield f"{name_of(value)}  {word}", format_count(count), narrowed(value)


SCOPE_COMMANDS: dict[str, Command] = {
    "scope.partner": _toggle_partner,
    "scope.since": _restrict_to_year(True, False),
    "scope.until": _restrict_to_year(False, True),
    "scope.choose": _pick_facet,
    "scope.remove": _remove_last,
    "scope.clear": _clear,
}
