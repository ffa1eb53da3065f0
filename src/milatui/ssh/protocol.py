"""What the attach client and the warm process say to each other over their Unix socket.

One message each way: the client's request goes with the three descriptors of the visitor's
terminal; the session's end comes back as one line of JSON.  In between the client may send
``W`` for a new size.
"""

from __future__ import annotations

import json
import re
import socket
from dataclasses import dataclass

RESIZED = b"W"
LONGEST = 512
_TERM = re.compile(r"[A-Za-z0-9._+-]{1,40}")


class RequestError(ValueError):
    """What came is no request of ours."""


@dataclass(frozen=True, slots=True)
class Request:
    """One visitor: the name of the terminal, "truecolor" or "", the language, and whether the
    terminal is nobody's any more, so that the session may make it its own."""

    term: str
    colours: str
    language: str
    given_up: bool

    def encode(self) -> bytes:
        """As sent."""
        return json.dumps([self.term, self.colours, self.language, self.given_up]).encode()


def decode_request(data: bytes) -> Request:
    """The request in ``data``.  Raises ``RequestError``; nothing in it is believed unseen."""
    try:
        term, colours, language, given_up = json.loads(data)
    except (ValueError, TypeError, RecursionError) as error:
        raise RequestError("not a request") from error
    if not (isinstance(term, str) and _TERM.fullmatch(term)):
        raise RequestError("no terminal of that name")
    if colours not in ("", "truecolor") or language not in ("en", "fr"):
        raise RequestError("unknown colours or language")
    return Request(term, colours, language, given_up is True)


def send_request(line: socket.socket, request: Request) -> None:
    """Send ``request`` with descriptors 0, 1 and 2."""
    socket.send_fds(line, [request.encode()], [0, 1, 2])


def encode_end(status: int, words: str = "") -> bytes:
    """The end of a session as sent."""
    return json.dumps({"status": status, "words": words}).encode() + b"\n"


def decode_end(data: bytes) -> tuple[int, str] | None:
    """Status and words of an end, None if the session ended without saying so."""
    try:
        end = json.loads(data)
        return int(end["status"]), str(end["words"])
    except (ValueError, TypeError, KeyError):
        return None
