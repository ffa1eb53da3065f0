"""Own stars, tags and notes about records: the user's, kept outside of every archive.

Each archive has one file in ``$XDG_DATA_HOME/milatui/notes``, in JSON Lines. A change appends one
line under a lock, so that nothing is lost if the program is killed, the disk is full, or two
explorers write at once; the newest line about a record counts. A line that is not whole is skipped
by readers and ended by the next writer.
"""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.kinds import KINDS
from milatui.archive.sanitize import sanitize
from milatui.atomic_file import temporary_beside
from milatui.index.store.layout import default_index_dir
from milatui.locked_file import append_line, locked_file
from milatui.paths import user_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from milatui.archive.kinds import Kind

MAX_TEXT: Final = 20_000
"""Maximum length of a note in characters."""
MAX_TAG: Final = 60
"""Maximum length of a tag in characters."""
_SPARE_LINES: Final = 1_000
"""Lines that newer ones have replaced before the file is written anew."""

RecordKey = tuple["Kind", str]
"""Kind and id of a record."""


class Note(NamedTuple):
    """What the user has noted about a record.

    Attributes:
        kind: Kind of the record.
        id: Its id.
        starred: Whether it has a star.
        tags: Its tags, sorted, without spaces.
        text: The note itself; may have several lines.
        digest: Of a document: the first digits of the hash of its text, by which it is found again
            under another id.
        title: Of a document: its title, by which it is looked for then.
        changed: When it was changed, as an ISO date and time in UTC.
    """

    kind: Kind
    id: str
    starred: bool = False
    tags: tuple[str, ...] = ()
    text: str = ""
    digest: str = ""
    title: str = ""
    changed: str = ""

    @property
    def key(self) -> RecordKey:
        """Kind and id of the record."""
        return self.kind, self.id

    @property
    def is_empty(self) -> bool:
        """Whether nothing is noted."""
        return not (self.starred or self.tags or self.text)


class NotedArchive(NamedTuple):
    """The archive that a file of notes is about, by which it is found again in another folder.

    Attributes:
        folder: Where the archive was.
        title: Its title.
        home: Id of its own organisation.
    """

    folder: str
    title: str
    home: str

    @property
    def identity(self) -> tuple[str, str]:
        """What stays when the archive is moved: title and own organisation."""
        return self.title, self.home


def clean_tag(text: str) -> str:
    """Returns a tag as it is kept: in lower case, words joined by hyphens; "" for none."""
    words = sanitize(text, multiline=False).replace(",", " ").lstrip("# ").lower().split()
    return "-".join(words)[:MAX_TAG]


def notes_file(archive: Path) -> Path:
    """Returns the file with the user's notes about an archive; it need not exist."""
    name = f"{archive.resolve().name}-{default_index_dir(archive).name}.jsonl"
    return user_folder("XDG_DATA_HOME") / "notes" / name


def read_notes(path: Path) -> tuple[dict[RecordKey, Note], NotedArchive | None]:
    """Returns the notes of a file, and the archive that they are about if the file says it.

    Raises:
        OSError: it cannot be read.
    """
    raw = path.read_bytes()
    return _read(raw)[0], _noted_archive(raw)


class NoteStore:
    """The notes in a file, see ``notes_file``.

    Args:
        path: The file.
        archive: The archive, which the file names; None if that is not known.
    """

    def __init__(self, path: Path, archive: NotedArchive | None = None) -> None:
        self._path = path
        self._archive = archive
        self._notes: dict[RecordKey, Note] = {}
        self._stamp: tuple[int, int] | None = None

    def notes(self) -> Mapping[RecordKey, Note]:
        """Returns all notes by kind and id, in the order in which they were first made.

        The file is read again if another program has changed it.

        Raises:
            OSError: it exists and cannot be read.
        """
        try:
            status = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            self._notes, self._stamp = {}, None
            return self._notes
        stamp = (status.st_mtime_ns, status.st_size)
        if stamp != self._stamp:
            self._notes, _lines = _read(self._path.read_bytes())
            self._stamp = stamp
        return self._notes

    def get(self, kind: Kind, identifier: str) -> Note:
        """Returns the note about a record; an empty one if there is none.

        Raises:
            OSError: the file exists and cannot be read.
        """
        return self.notes().get((kind, identifier)) or Note(kind, identifier)

    def put(self, note: Note) -> None:
        """Keeps a note; an empty one removes what was noted about the record.

        Raises:
            OSError: it cannot be written; what was noted before is kept.
        """
        line = json.dumps(_to_dict(note), ensure_ascii=True)
        with locked_file(self._path) as handle:
            self._name_archive(handle)
            size = append_line(handle, line, sync=True)
            notes, lines = _read(os.pread(handle, size, 0))
            if lines - len(notes) > _SPARE_LINES:
                self._write_anew(notes)
        self._stamp = None

    def _name_archive(self, handle: int) -> None:
        """Writes which archive the notes are about, unless the file says so already."""
        if self._archive is None:
            return
        raw = os.pread(handle, os.fstat(handle).st_size, 0)
        if _noted_archive(raw) != self._archive:
            append_line(handle, _archive_line(self._archive), sync=False)

    def _write_anew(self, notes: Mapping[RecordKey, Note]) -> None:
        """Writes the file without the lines that newer ones have replaced; not if that fails."""
        lines = [json.dumps(_to_dict(note), ensure_ascii=True) for note in notes.values()]
        if self._archive is not None:
            lines.insert(0, _archive_line(self._archive))
        data = "".join(f"{line}\n" for line in lines).encode()
        try:
            with temporary_beside(self._path, [data], 0o600, sync=True) as (temporary, _status):
                temporary.replace(self._path)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise


def _read(raw: bytes) -> tuple[dict[RecordKey, Note], int]:
    """Returns the notes of a file, and its number of lines."""
    notes: dict[RecordKey, Note] = {}
    lines = raw.split(b"\n")
    for line in lines:
        note = _from_line(line)
        if note is not None and note.is_empty:
            notes.pop(note.key, None)
        elif note is not None:
            notes[note.key] = note
    return notes, len(lines)


def _archive_line(archive: NotedArchive) -> str:
    data = {"archive": archive.folder, "title": archive.title, "home": archive.home}
    return json.dumps(data, ensure_ascii=True)


def _noted_archive(raw: bytes) -> NotedArchive | None:
    """Returns the archive that a file names; the newest line about it counts."""
    found = None
    for line in raw.split(b"\n"):
        if line.startswith(b'{"archive"'):
            data = _json_object(line)
            values = [data.get(key) for key in ("archive", "title", "home")]
            folder, title, home = (value if isinstance(value, str) else "" for value in values)
            found = NotedArchive(folder, title, home) if folder else found
    return found


def _json_object(line: bytes) -> dict[str, object]:
    """Returns the object of a line, an empty one if it is not whole or something else."""
    try:
        data: object = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _from_line(line: bytes) -> Note | None:
    """Returns the note of a line, None if it is not whole or says something else."""
    data = _json_object(line)
    kind, _slash, identifier = str(data.get("record", "")).partition("/")
    known = next((each for each in KINDS if each == kind), None)
    if known is None or not identifier:
        return None
    tags = data.get("tags")
    found = tags if isinstance(tags, list) else []
    cleaned = {clean_tag(tag) for tag in found if isinstance(tag, str)}
    return Note(
        known,
        identifier,
        starred=data.get("star") is True,
        tags=tuple(sorted(cleaned - {""})),
        text=sanitize(str(data.get("note", "")))[:MAX_TEXT],
        digest=str(data.get("digest", "")),
        title=sanitize(str(data.get("title", "")), multiline=False),
        changed=sanitize(str(data.get("changed", "")), multiline=False),
    )


def _to_dict(note: Note) -> dict[str, object]:
    data: dict[str, object] = {"record": f"{note.kind}/{note.id}", "changed": note.changed}
    if note.starred:
        data["star"] = True
    if note.tags:
        data["tags"] = list(note.tags)
    if note.text:
        data["note"] = note.text[:MAX_TEXT]
    if note.digest:
        data["digest"] = note.digest
    if note.title:
        data["title"] = note.title
    return data
