"""Searches a user keeps: the last ones, and saved ones under a name.

They are the user's own and lie outside of every archive, in ``$XDG_DATA_HOME/milatui``:
``history.jsonl`` and ``searches.json``.  A search is remembered as a location
(``search?q=...&from=2021``), so that it can be shared as it is.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from milatui.atomic_file import replace_file
from milatui.catalogue.location import LocationError, parse_location
from milatui.paths import user_folder

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from milatui.catalogue.location import Location

MAX_HISTORY: Final = 200
"""Maximum number of searches in the history."""


def data_dir() -> Path:
    """Returns the user's folder for history and saved searches."""
    return user_folder("XDG_DATA_HOME")


class SearchStore:
    """The searches in a folder, see ``data_dir``; what cannot be read counts as nothing."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def history(self) -> list[Location]:
        """Returns the last searches, newest first, without repeats."""
        try:
            lines = (self._folder / "history.jsonl").read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        found = [location for line in reversed(lines) if (location := _location(line))]
        return list(dict.fromkeys(found))[:MAX_HISTORY]

    def add_to_history(self, search: Location) -> None:
        """Adds a search to the history as the newest.

        Raises:
            OSError: the folder cannot be written.
        """
        earlier = [str(old) for old in self.history() if old != search][: MAX_HISTORY - 1]
        lines = [json.dumps(text, ensure_ascii=True) for text in [*reversed(earlier), str(search)]]
        _write(self._folder / "history.jsonl", "\n".join(lines) + "\n")

    def saved(self) -> dict[str, Location]:
        """Returns the saved searches by name, sorted by name."""
        try:
            data = json.loads((self._folder / "searches.json").read_bytes())
        except (OSError, ValueError, RecursionError):
            return {}
        pairs = sorted(data.items()) if isinstance(data, dict) else []
        found = ((name, _parsed(text)) for name, text in pairs)
        return {name: location for name, location in found if location is not None}

    def save(self, name: str, search: Location) -> None:
        """Saves a search under a name, replacing the one that has it.

        Raises:
            OSError: the folder cannot be written.
        """
        self._keep({**self.saved(), name: search})

    def delete(self, name: str) -> None:
        """Deletes a saved search.

        Raises:
            OSError: the folder cannot be written.
        """
        self._keep({other: search for other, search in self.saved().items() if other != name})

    def _keep(self, searches: Mapping[str, Location]) -> None:
        data = {name: str(search) for name, search in searches.items()}
        text = json.dumps(data, ensure_ascii=True, indent=1, sort_keys=True)
        _write(self._folder / "searches.json", text + "\n")


def _location(line: str) -> Location | None:
    try:
        return _parsed(json.loads(line))
    except (ValueError, RecursionError):
        return None


def _parsed(text: object) -> Location | None:
    try:
        location = parse_location(text) if isinstance(text, str) else None
    except LocationError:
        return None
    return location if location is not None and location.view == "search" else None


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    replace_file(path, text)
