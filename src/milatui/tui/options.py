"""What the interface is started with; free of Textual, so that the command line can build it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.catalogue.catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class Options:
    """Choices of one session.

    ``index`` empty means the default place in the cache directory; ``theme`` is "", "dark",
    "light" or "ansi" ("" picks what the terminal can show); ``location`` is the text of a
    place to open first; ``language`` "" follows the locale; ``index_owners`` are accounts
    besides the user and root whose index may be read; ``idle`` and ``longest`` are the seconds
    a session for others may be idle and may last, 0 for no limit; ``opened`` is the index as a
    parent process has opened it, used while it is the one in force.
    """

    archive: Path
    index: Path | None = None
    read_only: bool = False
    theme: str = ""
    mouse: bool = True
    location: str = ""
    language: str = ""
    index_owners: tuple[str, ...] = ()
    idle: float = 0.0
    longest: float = 0.0
    opened: Catalogue | None = None
