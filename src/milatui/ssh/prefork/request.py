"""Parses and validates the request of a client."""

# untranslated: exchanged between client and server, no visitor sees it
from __future__ import annotations

import re
from dataclasses import dataclass

from milatui.ssh.prefork.handshake import encode_request

_TERM = re.compile(r"[A-Za-z0-9._+-]{1,40}")


class RequestError(ValueError):
    """The data of a client is not a valid request."""


@dataclass(frozen=True, slots=True)
class Request:
    """One visitor: the name of the terminal, "truecolor" or "", and the language."""

    term: str
    colours: str
    language: str

    def encode(self) -> bytes:
        """Returns the request as sent."""
        return encode_request(self.term, self.colours, self.language)


def decode_request(data: bytes) -> Request:
    """Parses a request.

    Raises:
        RequestError: ``data`` is not three words, or one of them is not allowed.
    """
    try:
        term, colours, language = data.decode().split("\t")
    except ValueError as error:
        raise RequestError("not a request") from error
    if not _TERM.fullmatch(term):
        raise RequestError("no terminal of that name")
    if colours not in ("", "truecolor") or language not in ("en", "fr"):
        raise RequestError("unknown colours or language")
    return Request(term, colours, language)
