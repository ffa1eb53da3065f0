"""What the attach client and the warm process say to each other over their Unix socket.

One message each way: the client's request, a line of four words between tabs, goes with the
three descriptors of the visitor's terminal; the session's end comes back as a status and a
sentence.  In between the client may send ``W`` for a new size, and ``T`` if it was told to
end.  Every visitor's client holds this module, so it imports nothing.
"""

from __future__ import annotations

RESIZED = b"W"
ENDED = b"T"
LONGEST = 512


def encode_request(term: str, colours: str, language: str, given_up: bool) -> bytes:
    """A request as sent; see ``milatui.ssh.request.Request``."""
    words = (term, colours, language, "given up" if given_up else "kept")
    return "\t".join(words).encode(errors="replace")


def encode_end(status: int, words: str = "") -> bytes:
    """The end of a session as sent."""
    return f"{status} {words}\n".encode(errors="replace")


def decode_end(data: bytes) -> tuple[int, str] | None:
    """Status and words of an end, None if the session ended without saying so."""
    status, space, words = data.decode(errors="replace").partition(" ")
    if not space or not words.endswith("\n") or not status.isdecimal():
        return None
    return int(status), words[:-1]
