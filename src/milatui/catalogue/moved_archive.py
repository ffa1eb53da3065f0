"""Opens the user's own notes about an archive, also if it has been moved to another folder.

Notes lie in a file that is named by the folder of the archive and says which archive it is about.
If an archive has no such file, it takes that of an archive with the same title and the same own
organisation whose folder is no longer there, if its records are in it. Copies keep apart.
"""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.catalogue.notes import NotedArchive, NoteStore, notes_file, read_notes

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue


def open_notes(archive: Path, catalogue: Catalogue) -> NoteStore:
    """Opens the notes about an archive.

    Args:
        archive: Its folder.
        catalogue: Its catalogue.
    """
    info = catalogue.info
    named = NotedArchive(str(archive.resolve()), info.title, info.home)
    path = notes_file(archive)
    if not path.exists():
        # What cannot be read or renamed stays; writing a note will report why.
        with contextlib.suppress(OSError):
            _take_over(path, named, catalogue)
    return NoteStore(path, named)


def _take_over(path: Path, named: NotedArchive, catalogue: Catalogue) -> None:
    """Renames the file of the archive as it was in another folder, if there is one such file."""
    found = []
    for other in sorted(path.parent.glob("*.jsonl")):
        notes, archive = read_notes(other)
        if archive is None or archive.identity != named.identity or _is_there(archive):
            continue
        known = sum(catalogue.find(*key) is not None for key in notes)
        if notes and 2 * known >= len(notes):
            found.append(other)
    if len(found) == 1:
        found[0].rename(path)


def _is_there(archive: NotedArchive) -> bool:
    return (Path(archive.folder) / "archive.yaml").exists()
