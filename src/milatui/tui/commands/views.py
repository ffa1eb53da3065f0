"""Commands that show a view: figures, people, two partners compared, what changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import ArchiveError
from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.location import Location, view_location
from milatui.i18n import _
from milatui.tui.commands.narrow import partner_under_cursor

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command, CommandView


_MOST_REVISIONS: Final = 200
"""Commits that are listed to compare with."""


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


def _changes(view: CommandView) -> None:
    """Picks an earlier state of the archive and shows what has changed since."""
    if view.options.read_only:
        view.show_status(_("This session is read-only."))
        return
    view.run_in_background(_pick_state(view))


async def _pick_state(view: CommandView) -> None:
    """Lists the commits of the archive in a thread; another revision or a folder can be typed."""
    # Imported here: git and the comparison are for those who ask.
    from milatui.archive.diff.revisions import list_revisions

    try:
        revisions = await asyncio.to_thread(list_revisions, view.options.archive, _MOST_REVISIONS)
    except ArchiveError as error:
        view.show_status(str(error))
        return
    names = [revision.commit for revision in revisions]
    typed: list[str] = []

    def interpret(words: str) -> tuple[str, str]:
        typed[:] = [words.strip()]
        return words, _("a folder or a revision")

    def show(number: int) -> None:
        name = names[number] if number < len(names) else typed[0]
        view.run_in_background(_show_changes(view, name))

    items = [(f"{each.commit}  {each.subject}", each.day) for each in revisions]
    picker = view.pick(_("What has changed since"), items, show)
    picker.interpret = interpret
    picker.none_found = _("No git revisions: type the path of another folder.")


async def _show_changes(view: CommandView, since: str) -> None:
    """Compares the archive with a state in a thread, and shows the page over the panes."""
    from milatui.archive.diff.archive_diff import compare_states
    from milatui.catalogue.pages.changes import write_changes

    view.show_status(_("Comparing with {state}…").format(state=since))
    try:
        diff = await asyncio.to_thread(compare_states, since, "", view.options.archive)
    except ArchiveError as error:
        view.show_status(str(error))
        return
    page = write_changes(diff)
    view.show_status("")
    title = _("Since {state}").format(state=since)
    view.show_sheet(title, lambda _words: page, opened_by="view.changes")


def _current_partner(view: CommandView) -> str:
    """Returns the partner under the cursor, in the reader or in the scope; "" if there is none.

    Of an event or a document it is the partner of the scope, if one is chosen, else its own.
    """
    page, session = view.reader.page, view.session
    if session and session.primary_list != "partner":
        return ""
    if view.pane_name == "partners" and view.partners.current:
        return view.partners.current.id
    if page and page.location.kind == "partner":
        return page.location.id
    chosen = session.scope.partners if session else frozenset[str]()
    if len(chosen) == 1:
        return min(chosen)
    return partner_under_cursor(view, session) if session else ""


VIEW_COMMANDS: dict[str, Command] = {
    "view.figures": _show("figures"),
    "view.people": _show("people"),
    "view.compare": _compare,
    "view.changes": _changes,
}
