"""The views that are pages in the reader: figures, people, and two partners compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.location import Location, view_location
from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.tui.commands.moving import Command
    from milatui.tui.screen import MainScreen


def _view(name: str) -> Command:
    def show(screen: MainScreen) -> None:
        if screen.session:
            screen.reading.visit(view_location(name, screen.session.scope))

    return show


async def _compare(screen: MainScreen) -> None:
    """Choose who the partner here is to be compared with."""
    from milatui.tui.widgets.picker import pick

    session = screen.session
    one = _partner_here(screen)
    if session is None or not one:
        screen.say(_("Choose a partner first: it is compared with a second one."))
        return
    others = [line for line in session.every_partner() if line.id != one]
    title = _("Compare {name} with").format(name=session.partner_name(one))

    def show(index: int) -> None:
        pair = (("a", one), ("b", others[index].id))
        screen.reading.visit(Location("compare", params=pair))

    pick(
        screen.app,
        screen.theme,
        title,
        [(line.name, format_count(line.count)) for line in others],
        show,
    )


def _partner_here(screen: MainScreen) -> str:
    """The partner in the reader, under the cursor or in the scope; "" if there is none."""
    page, session = screen.reader.page, screen.session
    if session and session.primary_list != "partner":
        return ""
    if screen.pane_name == "partners" and screen.partners.current:
        return screen.partners.current.id
    if page and page.location.kind == "partner":
        return page.location.id
    return session.scope.partner if session else ""


COMMANDS: dict[str, Command] = {
    "view.figures": _view("figures"),
    "view.people": _view("people"),
    "view.compare": _compare,
}
