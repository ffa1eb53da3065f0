"""Options of the review screen, and what becomes of it; imports no Textual."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReviewOptions:
    """How the review screen looks.

    Attributes:
        title: Title of the archive.
        theme: "dark", "light" or "ansi"; "" chooses by the terminal.
        mouse: Whether the mouse is handled.
        greeting: What the bottom bar says first.
    """

    title: str
    theme: str = ""
    mouse: bool = True
    greeting: str = ""


@dataclass(frozen=True, slots=True)
class ReviewOutcome:
    """How the review ended: whether to write what was decided, and the exit code of a signal."""

    save: bool
    code: int = 0
