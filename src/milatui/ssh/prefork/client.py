"""The client of the preloaded server: hands its terminal to a session and waits for the end.

Visitors wait for this program, so it imports next to nothing. Once the session has the terminal, a
shell of some kilobytes waits in place of this process. If the server does not answer in time,
because it does not run or hangs, this process becomes an explorer on the terminal, which it has
kept until then.
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
    read_script,
    reset_terminal,
    save_tty_state,
    supervised_command,
)

TYPE_CHECKING = False  # importing typing would cost every visitor a megabyte
if TYPE_CHECKING:
    from typing import NoReturn

    from milatui.ssh.prefork.tty_reset import TtyState

_SERVER_TIMEOUT = 5.0
"""Seconds from the start within which the server must answer."""
_SESSION_TIMEOUT = 30.0
"""Seconds after that within which the session must answer."""
_HAND_OVER_TIMEOUT = 5.0
"""Seconds for sending the terminal."""
_HAND_OVER_TRIES = 100
"""Attempts to send it within that time."""
_REPORT_LOSS = (
    "import sys; from milatui.ssh.prefork.client import report_lost_session;"
    " sys.exit(report_lost_session(sys.argv[2]))"
)
"""What ``wait.sh`` runs if the session is lost; its first argument, the socket, is for ``ps``."""


def main(words: list[str]) -> int:
    """Runs a session on this terminal.

    Args:
        words: The path of the server's socket, then the options of the explorer.

    Returns:
        The exit status of the session.
    """
    for number in (signal.SIGINT, signal.SIGQUIT):
        signal.signal(number, signal.SIG_DFL)  # end without a traceback
    path, *options = words
    language = words[words.index("--lang") + 1] if "--lang" in words[:-1] else "en"
    state = save_tty_state()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        answer = _request_session(connection, path, language)
        end = decode_exit(answer)
        if end is None:
            word = _hand_over_terminal(connection) if answer == READY else b""
            if not word:
                connection.close()
                _exec_explorer(options, language)
            end = _wait(connection, path, language, word)
    if end is None:
        return report_lost_session(language, state)
    status, message = end
    if message:
        print_line(message)
    return status


def report_lost_session(language: str, state: TtyState = None) -> int:
    """Resets the terminal after a session that ended without a message; returns the exit status."""
    reset_terminal(state)
    print_line(lost_session_message(language))
    return 1


def _request_session(connection: socket.socket, path: str, language: str) -> bytes:
    """Asks for a session; returns what was answered in time, or nothing."""
    deadline = time.monotonic() + _SERVER_TIMEOUT
    term, colours = os.environ.get("TERM", "xterm")[:40], os.environ.get("COLORTERM", "")
    try:
        connection.settimeout(_SERVER_TIMEOUT)
        connection.connect(path)
        connection.sendall(encode_request(term, colours, language))
        connection.settimeout(max(deadline - time.monotonic(), 0.1))
        answer = connection.recv(1024)
        if answer == QUEUED:
            connection.settimeout(_SESSION_TIMEOUT)
            answer += connection.recv(1)
    except OSError:
        return b""
    return answer.removeprefix(QUEUED)


def _exec_explorer(options: list[str], language: str) -> NoReturn:
    """Replaces this process by an explorer under a supervising shell."""
    program = [sys.executable, "-I", "-B", "-m", "milatui", *options]
    command = supervised_command(program, language)
    os.execv(command[0], command)  # noqa: S606 - a fixed script


def _hand_over_terminal(connection: socket.socket) -> bytes:
    """Sends the terminal to the session; returns the word sent with it, or nothing."""
    word = TTY_RELEASED if _release_terminal() else TTY_KEPT
    connection.settimeout(_HAND_OVER_TIMEOUT)
    if not _send_descriptors(connection, word):
        if word == TTY_RELEASED:
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)
            signal.signal(signal.SIGHUP, signal.SIG_DFL)
        return b""
    connection.settimeout(None)
    return word


def _send_descriptors(connection: socket.socket, word: bytes) -> bool:
    """Sends the terminal; the system bounds how many descriptors of an account are in flight."""
    for _try in range(_HAND_OVER_TRIES):
        try:
            socket.send_fds(connection, [word], [0, 1, 2])
            return True
        except OSError as error:
            if error.errno != errno.ETOOMANYREFS:
                return False
        time.sleep(_HAND_OVER_TIMEOUT / _HAND_OVER_TRIES)
    return False


def _release_terminal() -> bool:
    """Releases our controlling terminal, so that the session gets hang-ups and sizes directly."""
    if os.getsid(0) != os.getpid():
        return False
    # Releasing it hangs us up as well, and a later hang-up concerns the session only.
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        fcntl.ioctl(0, termios.TIOCNOTTY)
    except OSError:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        return False
    return True


def _wait(
    connection: socket.socket, path: str, language: str, word: bytes
) -> tuple[int, str] | None:
    """Returns exit status and message of the session, None if it ended without them."""
    if word == TTY_RELEASED:
        _exec_wait_shell(connection, path, language)
    signal.signal(signal.SIGWINCH, lambda *_: _notify(connection, RESIZED))
    signal.signal(signal.SIGTERM, lambda *_: _notify(connection, TERMINATED))
    data = b""
    try:
        while part := connection.recv(1024):
            data += part
    except OSError:
        return None
    return decode_exit(data)


def _exec_wait_shell(connection: socket.socket, path: str, language: str) -> NoReturn:
    """Replaces this process by ``wait.sh`` to save memory while the session runs.

    Without a terminal this process gets no sizes and no hang-ups. The settings of the terminal
    need no reset then: the terminal disappears with the connection.
    """
    os.dup2(connection.fileno(), 3)
    os.set_inheritable(3, True)
    reporter = [sys.executable, "-I", "-B", "-c", _REPORT_LOSS, path, language]
    command = ["sh", "-c", read_script("wait.sh"), "sh", *reporter]
    os.execv("/bin/sh", command)  # noqa: S606 - a fixed script


def _notify(connection: socket.socket, word: bytes) -> None:
    """Sends a word to the session, unless it has ended."""
    try:
        connection.send(word, socket.MSG_DONTWAIT)
    except OSError:
        return


def start() -> None:
    """Runs the client with the arguments of this process; the launcher calls it."""
    sys.exit(main(sys.argv[1:]))
