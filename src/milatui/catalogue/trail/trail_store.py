"""Keeps the research trail of an archive in the user's state folder; nothing is sent anywhere.

Each archive has one file in ``$XDG_STATE_HOME/milatui/trails``, in JSON Lines: a step appends one
line under a lock. The oldest steps go when it becomes too large. A file ``off`` beside it says
that nothing is to be recorded.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from milatui.atomic_file import temporary_beside
from milatui.catalogue.trail.steps import Visit, parse_line, step_line
from milatui.index.store.layout import default_index_dir
from milatui.locked_file import append_line, locked_file
from milatui.paths import user_folder

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.catalogue.trail.steps import Step

MAX_BYTES: Final = 2_000_000
"""Size of a file at which its older half is dropped."""


def trails_folder() -> Path:
    """Returns the folder of the trails; it need not exist."""
    return user_folder("XDG_STATE_HOME") / "trails"


def trail_file(archive: Path) -> Path:
    """Returns the file with the trail of an archive; it need not exist."""
    name = f"{archive.resolve().name}-{default_index_dir(archive).name}.jsonl"
    return trails_folder() / name


def is_switched_off() -> bool:
    """Returns whether the user has switched the trail off."""
    return (trails_folder() / "off").exists()


def switch_trail(*, on: bool) -> None:
    """Switches the trail on or off for all visits from now on.

    Raises:
        OSError: the folder cannot be written.
    """
    off = trails_folder() / "off"
    if on:
        off.unlink(missing_ok=True)
    else:
        off.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        off.touch(mode=0o600)


class TrailStore:
    """The trail in a file, see ``trail_file``.

    Args:
        path: The file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, visit: str, generation: str, step: Step) -> None:
        """Adds a step.

        Args:
            visit: Id of the visit.
            generation: The generation of the index that it began with.
            step: The step.

        Raises:
            OSError: it cannot be written; what was recorded before is kept.
        """
        with locked_file(self._path) as handle:
            size = append_line(handle, step_line(visit, generation, step), sync=False)
            if size > MAX_BYTES:
                raw = os.pread(handle, size, 0)
                newest = raw[raw.index(b"\n", size // 2) + 1 :]
                with temporary_beside(self._path, [newest], 0o600) as (temporary, _status):
                    temporary.replace(self._path)

    def visits(self) -> list[Visit]:
        """Returns the visits, oldest first.

        Raises:
            OSError: the file exists and cannot be read.
        """
        try:
            lines = self._path.read_bytes().split(b"\n")
        except (FileNotFoundError, NotADirectoryError):
            return []
        steps: dict[str, list[Step]] = {}
        generations: dict[str, str] = {}
        for line in lines:
            found = parse_line(line)
            if found is not None:
                visit, generation, step = found
                steps.setdefault(visit, []).append(step)
                generations.setdefault(visit, generation)
        return [Visit(each, generations[each], tuple(own)) for each, own in steps.items()]

    def delete(self) -> None:
        """Deletes the trail.

        Raises:
            OSError: it cannot be deleted.
        """
        self._path.unlink(missing_ok=True)
