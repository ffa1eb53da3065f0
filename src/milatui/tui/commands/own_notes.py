"""Commands about the user's own stars, tags and notes."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from milatui.catalogue.notes import MAX_TEXT, Note, clean_tag
from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.tui.text.cells import cut

if TYPE_CHECKING:
    from milatui.tui.commands.command import Command, CommandView

_MOST_NAME: Final = 40
"""Maximum cells of the name of a record in a title or a message."""


def _current(view: CommandView) -> Note | None:
    """Returns the note about what is read, or is under the cursor; says why there is none."""
    session = view.session
    notes = session.catalogue.notes if session is not None else None
    if session is None or notes is None:
        view.show_status(_("This session is read-only."))
        return None
    page = view.reader.page
    location = page.location if page is not None and view.pane_name == "reader" else None
    if location is None:
        target = view.navigation.target()
        location = target[0] if target is not None else None
    if location is None or location.kind is None:
        view.show_status(_("Only a record can have a star, tags or a note."))
        return None
    try:
        notes.notes()
    except OSError as error:
        view.show_status(_("The notes cannot be read: {reason}").format(reason=error.strerror))
        return None
    found = session.catalogue.store().own_note(location.kind, location.id)
    return found or Note(location.kind, location.id)


def _name(view: CommandView, note: Note) -> str:
    """Returns what the record of a note is called, as much of it as a title has room for."""
    session = view.session
    number = session.catalogue.find(note.kind, note.id) if session is not None else None
    label = session.catalogue.row(number).label if session and number is not None else note.id
    return cut(label, _MOST_NAME)


def _keep(view: CommandView, note: Note, message: str) -> None:
    changed = datetime.now(UTC).isoformat(timespec="seconds")
    view.run_in_background(_write(view, note._replace(changed=changed), message))


async def _write(view: CommandView, note: Note, message: str) -> None:
    """Writes a note in a thread and shows the page again."""
    session = view.session
    if session is None:
        return
    try:
        await asyncio.to_thread(session.catalogue.put_note, note)
    except OSError as error:
        reason = error.strerror or str(error)
        view.show_status(_("The note cannot be written: {reason}").format(reason=reason))
        return
    except IndexUnusable:
        view.index_damaged()
        return
    view.navigation.show_again()
    view.show_status(message)


def _star(view: CommandView) -> None:
    """Gives the record a star, or takes it."""
    note = _current(view)
    if note is not None:
        removed = _("The star was removed: {name}")
        message = removed if note.starred else _("Starred (star:yes finds it): {name}")
        changed = note._replace(starred=not note.starred)
        _keep(view, changed, message.format(name=_name(view, note)))


def _tag(view: CommandView) -> None:
    """Picks a tag to add or to take away, or takes a new one."""
    note, session = _current(view), view.session
    notes = session.catalogue.notes if session is not None else None
    if note is None or notes is None:
        return
    known = sorted({tag for each in notes.notes().values() for tag in each.tags} - {*note.tags})
    names = [*note.tags, *known]
    typed: list[str] = []

    def interpret(words: str) -> tuple[str, str] | None:
        typed[:] = [clean_tag(words)]
        return (f"#{typed[0]}", _("new tag")) if typed[0] and typed[0] not in names else None

    def toggle(number: int) -> None:
        tag = names[number] if number < len(names) else typed[0]
        if tag in note.tags:
            tags, message = {*note.tags} - {tag}, _("Tag removed: #{tag}")
        else:
            tags, message = {*note.tags, tag}, _("Tagged; tag:{tag} finds it.")
        _keep(view, note._replace(tags=tuple(sorted(tags))), message.format(tag=tag))

    items = [(f"#{tag}", _("remove") if tag in note.tags else "") for tag in names]
    picker = view.pick(_("Tags: {name}").format(name=_name(view, note)), items, toggle)
    picker.interpret = interpret
    picker.none_found = _("No tags yet: type one.")


def _write_note(view: CommandView) -> None:
    """Takes the text of the note about a record."""
    note = _current(view)
    if note is None:
        return
    if "\n" in note.text:
        message = _("This note has several lines: change it with milatui note {location} --text …")
        view.show_status(message.format(location=f"{note.kind}/{note.id}"))
        return
    typed: list[str] = []

    def interpret(words: str) -> tuple[str, str]:
        typed[:] = [words.strip()[:MAX_TEXT]]
        return typed[0], _("Enter keeps it")

    def keep(number: int) -> None:
        removes = number == 0 and bool(note.text)
        text = "" if removes else typed[0]
        message = _("The note was removed.") if removes else _("Noted; note:word finds it.")
        _keep(view, note._replace(text=text), message)

    items = [(_("Remove the note"), "")] if note.text else []
    picker = view.pick(_("My note: {name}").format(name=_name(view, note)), items, keep)
    picker.interpret = interpret
    picker.initial = note.text
    picker.none_found = _("Type the note; it is kept outside of the archive.")


NOTE_COMMANDS: dict[str, Command] = {
    "note.star": _star,
    "note.tag": _tag,
    "note.write": _write_note,
}
