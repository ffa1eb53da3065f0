"""Resets a terminal after the program that drew on it has died.

Every visitor's client holds this module, so it imports next to nothing.
"""

from __future__ import annotations

import os
import termios

TYPE_CHECKING = False  # importing typing would cost every visitor a megabyte
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    TtyState: TypeAlias = list[int | list[bytes | int]] | None

_MOUSE_OFF = b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2004l\x1b[<u"
"""Ends mouse reports, focus reports, bracketed paste and the keyboard protocol of kitty."""
_MAIN_SCREEN = b"\x1b[?7h\x1b[?25h\x1b[?1049l"
"""Line wrap and cursor on, then the main screen."""
_FOLDER = __file__.rpartition("/")[0]


def read_script(name: str) -> str:
    """Returns a shell script of this folder without its comment lines."""
    with open(f"{_FOLDER}/{name}", encoding="utf-8") as file:  # noqa: PTH123 - pathlib is large
        return "".join(line for line in file if not line.startswith("#"))


def supervisor_script() -> str:
    """Returns the text of ``supervise.sh``, which resets the terminal after a killed program."""
    reset = (_MOUSE_OFF + _MAIN_SCREEN).decode().replace("\x1b", "\\033")
    return read_script("supervise.sh").replace("@reset@", reset)


def supervised_command(command: Sequence[str], language: str) -> list[str]:
    """Returns the command line of a shell that runs ``command`` and outlives it."""
    return ["/bin/sh", "-c", supervisor_script(), "sh", lost_session_message(language), *command]


def save_tty_state() -> TtyState:
    """Returns the settings of the terminal on descriptor 0, None if it is not a terminal."""
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def reset_terminal(state: TtyState) -> None:
    """Undoes what a full-screen program does to a terminal: settings, mouse, alternate screen."""
    try:
        if state is not None:
            termios.tcsetattr(0, termios.TCSANOW, state)
        os.write(2, _MOUSE_OFF + _MAIN_SCREEN)
    except (OSError, termios.error):  # the connection is closed
        return


def lost_session_message(language: str) -> str:
    """Returns the message for a visitor whose session has died, in ``language``."""
    from milatui.i18n import _, set_language  # costs memory, needed only for a lost session

    set_language(language)
    return "milatui: " + _("this session has ended unexpectedly.")


def print_line(text: str) -> None:
    """Prints a line on the terminal, unless it is gone."""
    try:
        os.write(2, text.encode() + b"\r\n")
    except OSError:  # the connection is closed
        return
