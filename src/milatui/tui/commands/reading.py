"""Opening what the cursor stands on, reading it, and copying from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.location import view_location
from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.tui.commands.moving import Command
    from milatui.tui.screen import MainScreen


def _open(screen: MainScreen) -> None:
    """A partner narrows the scope and leads to its timeline; all else leads to the text."""
    session, reading = screen.session, screen.reading
    if session is None:
        return
    if screen.pane_name == "reader":
        _open_in_reader(screen)
        return
    if screen.pane_name == "search" and reading.open_when_answered():
        return
    target = reading.target()
    way = screen.results.current_suggestion if screen.pane_name == "search" else None
    if way is not None:
        session.apply_suggestion(way)
        screen.results.write_field(session.query)
        screen.show_scope()
        return
    if target is None:
        screen.say(_("There is nothing to open here."))
        return
    if screen.partners.current and screen.pane_name == "partners":
        reading.visit(*target, focus=False)
        if session.selected_id != screen.partners.current.id:
            session.toggle_restriction(screen.partners.current.id)
        # What was typed has led here; all partners are there again to go on to.
        session.filter_text = ""
        screen.show_scope()
        screen.focus_pane("timeline")
    elif screen.pane_name == "search":
        reading.open_hit(*target)
    else:
        reading.visit(*target)


def _open_in_reader(screen: MainScreen) -> None:
    if screen.typing:
        screen.focus_pane("reader")
    elif screen.reader.selected_link:
        screen.reading.follow(screen.reader.selected_link.target)
    elif screen.reader.move_link(1):
        screen.say(_("Enter follows this link, → goes to the next."))
    else:
        screen.say(_("This text has no links."))


def _hit(by: int) -> Command:
    def move(screen: MainScreen) -> None:
        if not screen.reader.move_highlight(by):
            screen.say(_("No words are lit in this text; Ctrl-F lights some."))

    return move


def _link(by: int) -> Command:
    def move(screen: MainScreen) -> None:
        if not screen.reader.move_link(by):
            screen.say(_("This text has no links."))

    return move


async def _outline(screen: MainScreen) -> None:
    """Choose a heading of the text."""
    from milatui.tui.widgets.picker import pick

    outline = screen.reader.page.outline if screen.reader.page else ()
    if not outline:
        screen.say(_("This text has no headings."))
        return
    items = [("  " * (heading.level - 1) + heading.title, "") for heading in outline]

    def go(index: int) -> None:
        screen.reader.reveal_top(outline[index].offset)
        screen.focus_pane("reader")

    pick(screen.app, screen.theme, _("Outline"), items, go)


async def _find(screen: MainScreen) -> None:
    """Show the reader's text field."""
    screen.reader.has_field = True
    screen.focus_pane("reader")
    await screen.reader.open_field()
    screen.reader.refresh()
    screen.show_focus()


def _copy(screen: MainScreen, text: str, what: str) -> None:
    from milatui.tui.terminal.clipboard import LIMIT, multiplexer

    if len(text.encode()) > LIMIT:
        screen.say(_("Too long for the terminal's clipboard: {what}").format(what=what))
        return
    screen.app.copy_to_clipboard(text)
    words = _("Sent to the terminal's clipboard: {what}")
    if multiplexer():
        # What they do with it they do not say.
        words = _("Sent for the clipboard (tmux needs set-clipboard on): {what}")
    screen.say(words.format(what=what))


def _copy_citation(screen: MainScreen) -> None:
    page, session = screen.reader.page, screen.session
    if page is None or session is None or page.location.kind is None:
        screen.say(_("Only a record or a document can be cited."))
        return
    citation = page.citation or session.catalogue.citation(page.location)
    _copy(screen, citation, citation)


def _copy_location(screen: MainScreen) -> None:
    page, session = screen.reader.page, screen.session
    if session is None:
        return
    if screen.pane_name == "reader" and page and page.location.kind:
        location = page.location
    elif screen.pane_name == "search":
        location = session.search_location()
    else:
        location = page.location if page else view_location(screen.pane_name, session.scope)
    _copy(screen, str(location), str(location))


def _copy_text(screen: MainScreen) -> None:
    """What the mouse has selected, else the lit words one stands on, else the whole text."""
    reader = screen.reader
    if reader.page is None:
        return
    if reader.selected_text:
        _copy(screen, reader.selected_text, _("the selection"))
    elif 0 <= reader.current_highlight < len(reader.highlights):
        start, end = reader.highlights[reader.current_highlight]
        _copy(screen, reader.page.text[start:end], _("the lit words"))
    else:
        _copy(screen, reader.page.text, _("the whole text"))


COMMANDS: dict[str, Command] = {
    "open.this": _open,
    "open.next-hit": _hit(1),
    "open.previous-hit": _hit(-1),
    "open.next-link": _link(1),
    "open.previous-link": _link(-1),
    "open.back": lambda screen: screen.reading.back(),
    "open.forward": lambda screen: screen.reading.forward(),
    "open.outline": _outline,
    "open.find": _find,
    "copy.citation": _copy_citation,
    "copy.location": _copy_location,
    "copy.text": _copy_text,
}
