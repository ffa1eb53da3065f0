"""Stores review sessions: a journal with a line for each step, under the XDG state folder.

A line is written whole or, after a crash in between, not counted: nothing that was decided is
lost, whatever ends the program.
"""

# untranslated: keys of JSON
from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
from typing import TYPE_CHECKING, Final, cast

from milatui.atomic_file import replace_file
from milatui.ingest.review.review_session import Decision, Subject
from milatui.paths import user_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from milatui.ingest.review.review_session import Change, Verdict

SCHEMA: Final = "milatui.review/1"
_DESCRIPTION: Final = "session.json"
_JOURNAL: Final = "decisions.jsonl"
_CONVERSIONS: Final = "conversions"
_VERDICTS: Final = ("accepted", "corrected", "rejected")


class SessionInUseError(Exception):
    """The session is open in another process."""


class SessionStore:
    """The files of one session; holds a lock until it is closed.  Use as a context manager.

    Attributes:
        files: The files that are added, as absolute paths.
        steps: The changes of each step so far.
        written: Paths in the archive of documents that are written already, by id.

    Raises:
        SessionInUseError: another process has the session open.
        OSError: the folder cannot be written.
    """

    def __init__(self, archive: Path, files: Sequence[str]) -> None:
        self.files = tuple(files)
        self.steps: list[list[Change]] = []
        self.written: dict[str, str] = {}
        self._folder = _sessions(archive) / _digest("\0".join(self.files))
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
        self._journal = os.open(self._folder / _JOURNAL, flags, 0o600)
        try:
            fcntl.flock(self._journal, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._journal)
            raise SessionInUseError from None
        self._read()
        description = {"schema": SCHEMA, "archive": str(archive.resolve()), "files": self.files}
        replace_file(self._folder / _DESCRIPTION, json.dumps(description, indent=2) + "\n")

    @property
    def conversions(self) -> Path:
        """The folder for what files were converted to."""
        return self._folder / _CONVERSIONS

    @property
    def is_new(self) -> bool:
        """Whether nothing was decided yet."""
        return not self.steps and not self.written

    @property
    def decided(self) -> frozenset[str]:
        """The ids of documents about which something was decided, so far as was read."""
        return frozenset(subject.document for step in self.steps for subject, _decision in step)

    def record(self, changes: Sequence[Change]) -> None:
        """Adds a step to the journal."""
        rows = [
            {
                "document": subject.document,
                "key": subject.key,
                "verdict": decision.verdict if decision else None,
                "values": dict(decision.values) if decision else {},
            }
            for subject, decision in changes
        ]
        self._append({"changes": rows})

    def record_written(self, document: str, path: str) -> None:
        """Remembers that a document is in the archive, though its records may not be yet."""
        self.written[document] = path
        self._append({"written": document, "path": path})

    def __enter__(self) -> SessionStore:
        return self

    def __exit__(self, *_error: object) -> None:
        """Lets the session go; it can be resumed."""
        self.close()

    def close(self) -> None:
        """Releases the lock, if it is held."""
        if self._journal >= 0:
            os.close(self._journal)
            self._journal = -1

    def remove(self) -> None:
        """Deletes the session, when nothing of it is left to do."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _append(self, entry: Mapping[str, object]) -> None:
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        data = line.encode("utf-8", "surrogatepass")
        while data:
            data = data[os.write(self._journal, data) :]

    def _read(self) -> None:
        """Reads the journal; drops a last line that was not written to its end."""
        with os.fdopen(os.dup(self._journal), "rb") as stream:
            content = stream.read()
        whole = content[: content.rfind(b"\n") + 1]
        good = 0
        for line in whole.splitlines(keepends=True):
            try:
                entry = json.loads(line.decode("utf-8", "surrogatepass"))
            except ValueError:
                break
            self._take(entry)
            good += len(line)
        os.ftruncate(self._journal, good)
        os.lseek(self._journal, good, os.SEEK_SET)

    def _take(self, entry: object) -> None:
        if not isinstance(entry, dict):
            return
        if isinstance(entry.get("written"), str):
            self.written[entry["written"]] = str(entry.get("path", ""))
        elif isinstance(entry.get("changes"), list):
            self.steps.append(list(_changes(entry["changes"])))


def _changes(rows: Sequence[object]) -> Iterator[Change]:
    for row in rows:
        if not isinstance(row, dict):
            continue
        subject = Subject(str(row.get("document", "")), str(row.get("key", "")))
        verdict, values = row.get("verdict"), row.get("values")
        if verdict in _VERDICTS:
            corrected = values if isinstance(values, dict) else {}
            texts = {str(name): str(value) for name, value in corrected.items()}
            yield subject, Decision(cast("Verdict", verdict), texts)
        else:
            yield subject, None


def latest_files(archive: Path) -> tuple[str, ...]:
    """Returns the files of the session of an archive that was used last; empty without one."""
    found: list[tuple[int, tuple[str, ...]]] = []
    for folder in sorted(_sessions(archive).glob("*")):
        try:
            files = json.loads((folder / _DESCRIPTION).read_text("utf-8")).get("files")
            time = (folder / _JOURNAL).stat().st_mtime_ns
        except (OSError, ValueError, AttributeError):
            continue
        if isinstance(files, list):
            found.append((time, tuple(map(str, files))))
    return max(found)[1] if found else ()


def _sessions(archive: Path) -> Path:
    return user_folder("XDG_STATE_HOME") / "review" / _digest(str(archive.resolve()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]
