"""A visitor's request as the warm process reads it: nothing in it is believed unseen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from milatui.ssh.protocol import encode_request

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
        return encode_request(self.term, self.colours, self.language, self.given_up)


def decode_request(data: bytes) -> Request:
    """The request in ``data``.  Raises ``RequestError``."""
    try:
        term, colours, language, given_up = data.decode().split("\t")
    except ValueError as error:
        raise RequestError("not a request") from error
    if not _TERM.fullmatch(term):
        raise RequestError("no terminal of that name")
    if colours not in ("", "truecolor") or language not in ("en", "fr"):
        raise RequestError("unknown colours or language")
    if given_up not in ("given up", "kept"):
        raise RequestError("whose terminal?")
    return Request(term, colours, language, given_up == "given up")
