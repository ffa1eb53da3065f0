"""The protocol between client, preloaded server and session, over a Unix socket.

1. The client sends its request: three words separated by tabs.
2. The server answers ``QUEUED`` at once, however busy it is.
3. The session that it forks answers ``READY``. Until then the client keeps its terminal: if one of
   the two answers is late, the client closes the socket and starts an explorer itself.
4. The client sends ``TTY_RELEASED`` or ``TTY_KEPT`` with the three descriptors of its terminal.
   Only this lets the session use the terminal, so a server that hangs and continues later starts
   nothing on a terminal that its client uses.
5. The client sends ``RESIZED`` and ``TERMINATED`` when they happen, and hangs up by closing the
   socket.
6. The session sends its exit status and a message, and closes the socket.

If all sessions are taken, the server sends step 6 instead of step 2. Every visitor's client holds
this module, so it imports nothing.
"""

# untranslated: exchanged between client and server, no visitor sees it
from __future__ import annotations

QUEUED = b"Q"
READY = b"R"
TTY_RELEASED = b"G"
"""The client has released the terminal: the session makes it its controlling terminal."""
TTY_KEPT = b"K"
"""The terminal stays the controlling terminal of another session."""
RESIZED = b"W"
TERMINATED = b"T"
"""The client was told to end (SIGTERM)."""
MAX_REQUEST_BYTES = 512


def encode_request(term: str, colours: str, language: str) -> bytes:
    """Returns a request as sent; see ``milatui.ssh.prefork.request.Request``."""
    return "\t".join((term, colours, language)).encode(errors="replace")


def encode_exit(status: int, message: str = "") -> bytes:
    """Returns an exit message as sent: the exit status, a space, the message, a line feed."""
    return f"{status} {message}\n".encode(errors="replace")


def decode_exit(data: bytes) -> tuple[int, str] | None:
    """Returns exit status and message, None if ``data`` is not a whole exit message."""
    status, space, message = data.decode(errors="replace").partition(" ")
    if not space or not message.endswith("\n") or not status.isdecimal():
        return None
    return int(status), message[:-1]
