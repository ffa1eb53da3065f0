"""Commands that show a view as a page: figures, people, two partners compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.location import Location, view_location
from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command, CommandView


def _show(name: str) -> Command:
    def show(view: CommandView) -> None:
        if view.session:
            view.navigation.visit(view_location(name, view.session.full_scope))

    return show


def _compare(view: CommandView) -> None:
    """Picks a second partner to compare the current one with."""
    session, first = view.session, _current_partner(view)
    if session is None or not first:
        view.show_status(_("Choose a partner first: it is compared with a second one."))
        return
    others = [row for row in session.every_partner() if row.id != first]
    title = _("Compare {name} with").format(name=session.catalogue.partner_name(first))

    def show(number: int) -> None:
        pair = (("a", first), ("b", others[number].id))
        view.navigation.visit(Location("compare", params=pair))

    view.pick(title, [(row.name, format_count(row.count)) for row in others], show)


def _current_partner(view: CommandView) -> str:
    """Returns the partner under the cursor, in the reader or in the scope; "" if there is none."""
    page, session = view.reader.page, view.session
    if session and session.primary_list != "partner":
        return ""
    if view.pane_name == "partners" and view.partners.current:
        return view.partners.current.id
    if page and page.location.kind == "partner":
        return page.location.id
    chosen = session.scope.partners if session else frozenset[str]()
    return min(chosen) if len(chosen) == 1 else ""


VIEW_COMMANDS: dict[str, Command] = {
    "view.figures": _show("figures"),
    "view.people": _show("people"),
    "view.compare": _compare,
}
