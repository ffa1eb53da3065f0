"""Says in a line of text, and as keywords, what the user has noted about a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.catalogue.notes import Note


def note_line(note: Note | None) -> str:
    """Returns star, tags and text of a note in one line, which begins with “My note”."""
    if note is None:
        return ""
    words = [_("starred")] if note.starred else []
    words += [f"#{tag}" for tag in note.tags]
    words += [" ".join(note.text.split())] if note.text else []
    return _("My note: {text}").format(text=" ".join(words))


def note_keywords(note: Note | None) -> tuple[str, ...]:
    """Returns the star and the tags of a note as keywords."""
    if note is None:
        return ()
    return (*((_("starred"),) if note.starred else ()), *note.tags)
