"""The client of the warm process: hands its terminal over and waits for the end.

Imports next to nothing, because it is what a visitor waits for.  Once the session has the
terminal, a shell of some kilobytes waits in place of this program.  Where no warm process
answers in time, because there is none or because it hangs, this program becomes an explorer on
the terminal, which it has kept until then.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import socket
import sys
import termios
import time

from milatui.ssh.prefork.handshake import (
    QUEUED,
    READY,
    RESIZED,
    TERMINATED,
    TTY_KEPT,
    TTY_RELEASED,
    decode_exit,
    encode_request,
)
from milatui.ssh.prefork.tty_reset import (
    lost_session_message,
    print_line,
    reset_terminal,
    save_tty_state,
    supervised_command,
)

TYPE_CHECKING = False  # importing typing would cost every visitor a megabyte
if TYPE_CHECKING:
    from typing import NoReturn

    from milatui.ssh.prefork.tty_reset import TtyState

_PATIENCE = 5.0
"""Seconds from the start within which the warm process must answer."""
_QUEUE_PATIENCE = 30.0
"""Seconds from then on within which the session must answer."""
_HAND_OVER_TIMEOUT = 5.0
"""Seconds for handing over the terminal."""
_TURNS = 100
"""Tries to hand it over within that time."""
_WAITING = """\
told=
trap 'told=1; printf T >&3' TERM
until IFS=" " read -r status words <&3; do
    [ -n "$told" ] || exec "$@"
    told=
done
[ -z "$words" ] || printf "%s\\r\\n" "$words" >&2
exit "$status"
"""
"""What the shell does, see ``protocol``; a signal interrupts its reading."""
_REPORT_LOSS = (
    "import sys; from milatui.ssh.prefork.client import report_lost_session;"
    " sys.exit(report_lost_session(sys.argv[2]))"
)
"""What takes the shell's place where the session is gone; the socket names it in lists."""


def main(words: list[str]) -> int:
    """Attach to the socket that is the first of ``words``; the others are the explorer's own."""
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)  # ends us without a traceback
    path, *options = words
    language = words[words.index("--lang") + 1] if "--lang" in words[:-1] else "en"
    attributes = save_tty_state()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
        answer = _ask(line, path, language)
        end = decode_exit(answer)
        if end is None:
            word = _hand_over(line) if answer == READY else b""
            if not word:
                line.close()
                _explore(options, language)
            end = _wait(line, path, language, word)
    if end is None:
        return report_lost_session(language, attributes)
    status, farewell = end
    if farewell:
        print_line(farewell)
    return status


def report_lost_session(language: str, attributes: TtyState = None) -> int:
    """Tidy up after a session that ended without saying so; the exit status."""
    reset_terminal(attributes)
    print_line(lost_session_message(language))
    return 1


def _ask(line: socket.socket, path: str, language: str) -> bytes:
    """Ask for a session; what is answered in time, or nothing."""
    deadline = time.monotonic() + _PATIENCE
    term, colours = os.environ.get("TERM", "xterm")[:40], os.environ.get("COLORTERM", "")
    try:
        line.settimeout(_PATIENCE)
        line.connect(path)
        line.sendall(encode_request(term, colours, language))
        line.settimeout(max(deadline - time.monotonic(), 0.1))
        answer = line.recv(1024)
        if answer == QUEUED:
            line.settimeout(_QUEUE_PATIENCE)
            answer += line.recv(1)
    except OSError:
        return b""
    return answer.removeprefix(QUEUED)


def _explore(options: list[str], language: str) -> NoReturn:
    """Become an explorer of our own."""
    program = [sys.executable, "-I", "-B", "-m", "milatui", *options]
    command = supervised_command(program, language)
    os.execv(command[0], command)  # noqa: S606 - a fixed script


def _hand_over(line: socket.socket) -> bytes:
    """Hand the terminal to the session; the word that went with it, or nothing if it is ours."""
    word = TTY_RELEASED if _give_up_terminal() else TTY_KEPT
    line.settimeout(_HAND_OVER_TIMEOUT)
    if not _send(line, word):
        if word == TTY_RELEASED:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
        return b""
    line.settimeout(None)
    return word


def _send(line: socket.socket, word: bytes) -> bool:
    """Send the terminal; the system bounds how many descriptors of an account are under way."""
    for _turn in range(_TURNS):
        try:
            socket.send_fds(line, [word], [0, 1, 2])
            return True
        except OSError as error:
            if error.errno != errno.ETOOMANYREFS:
                return False
        time.sleep(_HAND_OVER_TIMEOUT / _TURNS)
    return False


def _give_up_terminal() -> bool:
    """Let the session have our controlling terminal: hang-ups and sizes then go to it directly."""
    if os.getsid(0) != os.getpid():
        return False
    # Giving it up hangs us up as well, and a later hang-up is the session's business.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        fcntl.ioctl(0, termios.TIOCNOTTY)
    except OSError:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        return False
    return True


def _wait(line: socket.socket, path: str, language: str, word: bytes) -> tuple[int, str] | None:
    """The end of the session, None if it ended without saying so."""
    if word == TTY_RELEASED:
        _become_small(line, path, language)
    signal.signal(signal.SIGWINCH, lambda *_: _tell(line, RESIZED))
    signal.signal(signal.SIGTERM, lambda *_: _tell(line, TERMINATED))
    data = b""
    try:
        while part := line.recv(1024):
            data += part
    except OSError:
        return None
    return decode_exit(data)


def _become_small(line: socket.socket, path: str, language: str) -> NoReturn:
    """Wait as a shell: sizes and hang-ups are no business of ours without a terminal.

    The terminal's modes need no tidying up then: it goes with the connection.
    """
    os.dup2(line.fileno(), 3)
    os.set_inheritable(3, True)
    reporting = [sys.executable, "-I", "-B", "-c", _REPORT_LOSS, path, language]
    os.execv("/bin/sh", ["sh", "-c", _WAITING, "sh", *reporting])  # noqa: S606 - a fixed script


def _tell(line: socket.socket, news: bytes) -> None:
    try:
        line.send(news, socket.MSG_DONTWAIT)
    except OSError:  # the session has just ended
        return


def start() -> None:
    """What the launcher calls."""
    sys.exit(main(sys.argv[1:]))
