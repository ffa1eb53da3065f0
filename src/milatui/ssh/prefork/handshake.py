"""What a client, the warm process and a session say to each other over a Unix socket.

1. The client sends its request: three words between tabs.
2. The warm process answers ``QUEUED`` at once: it does not hang, however busy it is.
3. The session that it then forks answers ``READY``.  Until here the client keeps its terminal:
   if one of the two does not come in time, it closes the socket and starts an explorer.
4. The client sends ``GIVEN_UP`` or ``KEPT`` with the three descriptors of its terminal.  Only this
   lets the session use the terminal, so a warm process that hangs and wakes up later starts
   nothing on a terminal that its client uses itself.
5. The client sends ``RESIZED`` and ``ENDED`` when they happen; it hangs up by closing the socket.
6. The session sends its status and a sentence, and closes the socket.

When all places are taken, the warm process sends step 6 in place of step 2.  Every visitor's
client holds this module, so it imports nothing.
"""

# untranslated: exchanged between client and server, no visitor sees it
from __future__ import annotations

QUEUED = b"Q"
READY = b"R"
TTY_RELEASED = b"G"
"""The terminal is nobody's any more: the session makes it its controlling terminal."""
TTY_KEPT = b"K"
"""The terminal stays the controlling terminal of others."""
RESIZED = b"W"
TERMINATED = b"T"
"""The client was told to end."""
MAX_REQUEST_BYTES = 512


def encode_request(term: str, colours: str, language: str) -> bytes:
    """A request as sent; see ``milatui.ssh.prefork.request.Request``."""
    return "\t".join((term, colours, language)).encode(errors="replace")


def encode_exit(status: int, words: str = "") -> bytes:
    """The end of a session as sent."""
    return f"{status} {words}\n".encode(errors="replace")


def decode_exit(data: bytes) -> tuple[int, str] | None:
    """Status and words of an end, None if the session ended without saying so."""
    status, space, words = data.decode(errors="replace").partition(" ")
    if not space or not words.endswith("\n") or not status.isdecimal():
        return None
    return int(status), words[:-1]
