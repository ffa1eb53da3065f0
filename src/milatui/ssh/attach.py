"""The client of the warm process: hands its terminal over and waits for the end.

Imports next to nothing, because it is what a visitor waits for.  Once the session has the
terminal, a shell of some kilobytes waits in place of this program.  Where no warm process
answers, it becomes the explorer itself.
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

from milatui.ssh.protocol import ENDED, RESIZED, decode_end, encode_request
from milatui.ssh.restoring import restore, saved_state, say, unexpected

TYPE_CHECKING = False  # importing typing would cost every visitor a megabyte
if TYPE_CHECKING:
    from milatui.ssh.restoring import State

_PATIENCE = 10.0
"""Seconds the warm process may take to accept."""
_TURNS = 200
"""Tries to send within that time."""
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
_LAMENTING = "import sys; from milatui.ssh.attach import lament; sys.exit(lament(sys.argv[2]))"
"""What takes the shell's place where the warm process is gone; the socket names it in lists."""


def main(words: list[str]) -> int:
    """Attach to the socket that is the first of ``words``; the others are the explorer's own."""
    line = _connect(words[0])
    if line is None:
        command = [sys.executable, "-I", "-B", "-m", "milatui", *words[1:]]
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    language = words[words.index("--lang") + 1] if "--lang" in words[:-1] else "en"
    attributes = saved_state()
    with line:
        given_up = _give_up_terminal()
        terminal = os.environ.get("TERM", "xterm")[:40], os.environ.get("COLORTERM", "")
        request = encode_request(*terminal, language, given_up)
        signal.signal(signal.SIGWINCH, lambda *_: _tell(line, RESIZED))
        signal.signal(signal.SIGTERM, lambda *_: _tell(line, ENDED))
        try:
            _send(line, request)
            if given_up:
                _become_small(line, words[0], language)
            end = decode_end(_wait(line))
        except OSError:
            end = None
    if end is None:
        return lament(language, attributes)
    status, farewell = end
    if farewell:
        say(farewell)
    return status


def lament(language: str, attributes: State = None) -> int:
    """Tidy up after a session that ended without saying so; the exit status."""
    restore(attributes)
    say(unexpected(language))
    return 1


def _become_small(line: socket.socket, path: str, language: str) -> None:
    """Wait as a shell: sizes and hang-ups are no business of ours without a terminal.

    The terminal's modes need no tidying up then: it goes with the connection.
    """
    os.dup2(line.fileno(), 3)
    os.set_inheritable(3, True)
    lamenting = [sys.executable, "-I", "-B", "-c", _LAMENTING, path, language]
    os.execv("/bin/sh", ["sh", "-c", _WAITING, "sh", *lamenting])  # noqa: S606 - a fixed script


def _connect(path: str) -> socket.socket | None:
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(_PATIENCE)
    try:
        line.connect(path)
    except OSError:
        line.close()
        return None
    line.settimeout(None)
    return line


def _send(line: socket.socket, request: bytes) -> None:
    """Send the request; the system bounds how many descriptors of an account are under way."""
    for _turn in range(_TURNS):
        try:
            socket.send_fds(line, [request], [0, 1, 2])
            return
        except OSError as error:
            if error.errno != errno.ETOOMANYREFS:
                raise
        time.sleep(_PATIENCE / _TURNS)
    raise TimeoutError


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


def _tell(line: socket.socket, news: bytes) -> None:
    try:
        line.send(news, socket.MSG_DONTWAIT)
    except OSError:  # the session has just ended
        return


def _wait(line: socket.socket) -> bytes:
    """Everything that comes until nobody holds the other end."""
    data = b""
    while part := line.recv(1024):
        data += part
    return data


def start() -> None:
    """What the launcher calls."""
    sys.exit(main(sys.argv[1:]))
