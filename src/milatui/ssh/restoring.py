"""Gives a terminal back in order when the program that drew on it has died."""

from __future__ import annotations

import os
import termios

TYPE_CHECKING = False  # importing typing would cost every visitor a megabyte
if TYPE_CHECKING:
    from typing import TypeAlias

    State: TypeAlias = list[int | list[bytes | int]] | None

_QUIET = b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2004l\x1b[<u"
_LEAVE = b"\x1b[?7h\x1b[?25h\x1b[?1049l"


def saved_state() -> State:
    """How the terminal on descriptor 0 works now; None if it is none."""
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def restore(state: State) -> None:
    """Undo what a full-screen program does to a terminal: modes, mouse, alternate screen."""
    try:
        if state is not None:
            termios.tcsetattr(0, termios.TCSANOW, state)
        os.write(2, _QUIET + _LEAVE)
    except (OSError, termios.error):  # the line is cut
        return


def unexpected(language: str) -> str:
    """What to say to a visitor whose program has died; ``language`` is theirs."""
    from milatui.messages import _, set_language  # only misfortune pays for it

    set_language(language)
    return "milatui: " + _("this session has ended unexpectedly.")


def say(words: str) -> None:
    """Print a line, if there is still somebody to read it."""
    try:
        os.write(2, words.encode() + b"\r\n")
    except OSError:  # the line is cut
        return
