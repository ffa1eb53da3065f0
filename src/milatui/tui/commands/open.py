"""Commands that open what is under the cursor, and read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import _
from milatui.tui.actions import BAND
from milatui.tui.commands.find import open_saved
from milatui.tui.controllers.addresses import follow_address
from milatui.tui.widgets.lanes_pane import LanesPane

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command, CommandView
    from milatui.tui.state.session import Session


def _open(view: CommandView) -> None:
    """Opens the item under the cursor: a partner narrows the scope, a suggestion is applied."""
    session = view.session
    if session is None:
        return
    if view.pane_name == "reader":
        _open_in_reader(view)
    elif view.pane_name == "partners":
        _open_partner(view, session)
    elif view.pane_name == "search":
        _open_search(view, session)
    elif view.pane_name == BAND:
        view.focus_pane("timeline")
    else:
        target = view.navigation.target()
        if target is None:
            view.show_status(_("There is nothing to open here."))
        else:
            view.navigation.visit(*target)


def _open_partner(view: CommandView, session: Session) -> None:
    """Narrows the scope to the partner under the cursor and goes to its timeline."""
    target, partner = view.navigation.target(), view.partners.current
    if target is None or partner is None:
        view.show_status(_("There is nothing to open here."))
        return
    view.navigation.visit(*target, focus=False)
    session.restrict_to(partner.id)
    # The filter has served its purpose: list all partners again.
    session.filter_text = ""
    view.show_scope()
    view.focus_pane("timeline")
    # The reader shows what is under the cursor; without events the partner stays.
    view.dated_list.preview_due = view.dated_list.current is not None
    view.navigation.finish_preview()


def _open_search(view: CommandView, session: Session) -> None:
    """Opens the hit under the cursor, applies the suggestion, or goes to what a view previews."""
    if view.view_pane is not None:
        if not open_saved(view):
            view.focus_pane("reader")
        return
    if view.search_controller.open_first_when_done():
        return
    suggestion = view.results.current_suggestion
    if suggestion is not None:
        session.apply_suggestion(suggestion)
        view.results.write_field(session.query)
        view.show_scope()
        return
    target = view.navigation.target()
    if target is None:
        view.show_status(_("There is nothing to open here."))
    else:
        view.search_controller.open_hit(*target)


def _open_in_reader(view: CommandView) -> None:
    """Leaves the text field, follows the selected link, or selects the first one."""
    if view.typing_pane:
        view.focus_pane("reader")
    elif view.reader.selected_link:
        view.navigation.follow(view.reader.selected_link.target)
    elif view.reader.move_link(1):
        view.show_status(_("Enter follows this link, → goes to the next."))
    else:
        view.show_status(_("This text has no links."))


def _highlight(by: int) -> Command:
    def move(view: CommandView) -> None:
        if not view.reader.move_highlight(by):
            view.show_status(_("Nothing is highlighted in this text; Ctrl-F finds words."))

    return move


def _link(by: int) -> Command:
    def move(view: CommandView) -> None:
        if view.pane_name == BAND:
            view.period.move(by)
        elif isinstance(view.pane, LanesPane):
            if not view.pane.move_event(by):
                view.show_status(_("The lane has no further event there."))
        elif view.pane_name != "reader":
            view.show_status(
                _("← and → work in the text (4), on the time band (0) and in lanes (2 z).")
            )
        elif not view.reader.move_link(by):
            view.show_status(_("This text has no links."))

    return move


def _outline(view: CommandView) -> None:
    """Picks a heading of the page."""
    outline = view.reader.page.outline if view.reader.page else ()
    if not outline:
        view.show_status(_("This text has no headings."))
        return
    items = [("  " * (heading.level - 1) + heading.title, "") for heading in outline]

    def go(number: int) -> None:
        view.reader.reveal_top(outline[number].offset)
        view.focus_pane("reader")

    view.pick(_("Outline"), items, go)


def _original(view: CommandView) -> None:
    """Opens the web address of what the reader shows."""
    address = view.reader.page.address if view.reader.page else ""
    if address:
        follow_address(view, address)
    else:
        view.show_status(_("No web address has been recorded for it."))


async def _find(view: CommandView) -> None:
    """Opens the reader's text field."""
    view.reader.has_field = True
    view.focus_pane("reader")
    await view.reader.open_field()
    view.reader.refresh()
    view.show_focus()


OPEN_COMMANDS: dict[str, Command] = {
    "open.this": _open,
    "open.next-hit": _highlight(1),
    "open.previous-hit": _highlight(-1),
    "open.next-link": _link(1),
    "open.previous-link": _link(-1),
    "open.back": lambda view: view.navigation.back(),
    "open.forward": lambda view: view.navigation.forward(),
    "open.original": _original,
    "open.outline": _outline,
    "open.find": _find,
}
