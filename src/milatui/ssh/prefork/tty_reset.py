"""Resets a terminal when the program that drew on it has died."""

from __future__ import annotations

import os
import termios

TYPE_CHECKING = False  # importing typing would cost every visitor a megabyte
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import TypeAlias

    TtyState: TypeAlias = list[int | list[bytes | int]] | None

_QUIET = b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l\x1b[?2004l\x1b[<u"
_LEAVE = b"\x1b[?7h\x1b[?25h\x1b[?1049l"

SUPERVISOR_SCRIPT = """\
words=$1
shift
trap : INT QUIT TERM
exec 3>&2 2>/dev/null
modes=$(stty -g)
(
    exec 2>&3 3>&-
    exec env -i HOME="$HOME" LANG="$LANG" PATH="$PATH" TERM="$TERM" COLORTERM="$COLORTERM" "$@"
)
status=$?
case $status in
129|130|131|143) exit $status ;;
esac
if [ $status -gt 128 ]; then
    stty "$modes"
    printf "RESET%s\\n" "$words" >&3
fi
exit $status
""".replace("RESET", (_QUIET + _LEAVE).decode().replace("\x1b", "\\033"))
"""Runs a program in a shell that outlives it: ``sh -c SUPERVISE sh SENTENCE PROGRAM ...``.

Where a signal has killed the program, the shell resets the terminal and says the sentence.  On
SIGHUP, SIGINT, SIGQUIT and SIGTERM the program does so itself.  What a shell says of a child that
was killed names the command line, and goes nowhere; what variables a shell adds (PWD, SHLVL) the
program does not get.  The text contains no single quote.
"""


def supervised_command(command: Sequence[str], language: str) -> list[str]:
    """``command`` as a command line of the shell that outlives it."""
    return ["/bin/sh", "-c", SUPERVISOR_SCRIPT, "sh", lost_session_message(language), *command]


def save_tty_state() -> TtyState:
    """How the terminal on descriptor 0 works now; None if it is none."""
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def reset_terminal(state: TtyState) -> None:
    """Undo what a full-screen program does to a terminal: modes, mouse, alternate screen."""
    try:
        if state is not None:
            termios.tcsetattr(0, termios.TCSANOW, state)
        os.write(2, _QUIET + _LEAVE)
    except (OSError, termios.error):  # the line is cut
        return


def lost_session_message(language: str) -> str:
    """What to say to a visitor whose program has died; ``language`` is theirs."""
    from milatui.i18n import _, set_language  # only misfortune pays for it

    set_language(language)
    return "milatui: " + _("this session has ended unexpectedly.")


def print_line(words: str) -> None:
    """Print a line, if there is still somebody to read it."""
    try:
        os.write(2, words.encode() + b"\r\n")
    except OSError:  # the line is cut
        return
