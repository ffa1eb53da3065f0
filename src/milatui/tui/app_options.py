"""Options of the interface; imports no Textual, so that the command line can create them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.citations.cite_styles import CiteStyle


@dataclass(frozen=True, slots=True)
class Options:
    """Options of one session.

    Attributes:
        archive: The archive directory.
        index: The index directory; None for the default in the cache directory.
        read_only: Write nothing and start no program: a session of a public login.
        theme: "dark", "light" or "ansi"; "" chooses by the terminal.
        mouse: Whether the interface handles the mouse.
        location: A location to open first, as text.
        language: Language of the interface; "" follows the locale.
        index_owners: Accounts, besides the user and root, whose index may be read.
        idle, longest: Seconds a session may be idle and may last; 0 for no limit.
        cite_style: The format of citations; None is the one that was used last.
        today: The day that citations name as the present one; None for the clock's.
        opened: The index as a parent process has opened it, used while it is the current one.
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
    cite_style: CiteStyle | None = None
    today: date | None = None
    opened: Catalogue | None = None
