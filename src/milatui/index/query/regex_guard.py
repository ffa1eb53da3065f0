"""Bounds of the regular expressions in queries: only those that end soon on every term.

A visitor of a public archive can type any pattern, and Python's backtracking matcher tries every
way to match it: a few nested repetitions take longer than anybody waits (catastrophic
backtracking).  The bounds keep the number of ways on a term of ``MAX_TERM_LENGTH`` letters within
some ten thousand.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import numpy as np

from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

MAX_SOURCE_LENGTH: Final = 200
"""Maximum length of an expression."""
MAX_TERM_LENGTH: Final = 40
"""Maximum length of the terms that expressions are tried on."""
MAX_REPETITIONS: Final = 3
"""Maximum number of repetitions without a fixed number (``* + {2,}``)."""
MAX_OPTIONS: Final = 8
"""Maximum number of optional parts (``?``) and groups of choices together."""

_ATOM: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""One letter, however it is written: an escape or a class."""
_FLAT: Final = re.compile(r"\((?:\?:)?([^()|*+?{}]*)\)")
"""A group that can match in one way only."""
_REPEATED: Final = re.compile(r"[*+]|\{\d*,\d*\}|\{\d{2,}\}")
_MAY_CROSS: Final = re.compile(r"\[\^|\\[^dwbB.]")
"""What may match the end of a line."""
_MAX_TERM_SIZE: Final = 4 * MAX_TERM_LENGTH
"""Maximum size in bytes of a term of ``MAX_TERM_LENGTH`` letters."""
_LITERAL: Final = re.compile(r"[a-zA-Z0-9]*")
_LAZY: Final = re.compile(r"(?<=[*+?}])[?+]")


def regex_error(source: str) -> str:
    """Checks a regular expression; returns what is wrong with it, or an empty text."""
    if len(source) > MAX_SOURCE_LENGTH:
        message = _("a regular expression of more than {n} characters takes too long")
        return message.format(n=MAX_SOURCE_LENGTH)
    try:
        re.compile(source)
    except (re.error, OverflowError, RecursionError) as error:
        return _("this is not a regular expression: {error}").format(error=error)
    plain = _LAZY.sub("", _ATOM.sub("x", source))
    if re.search(r"\\|\(\?(?!:)", plain) or re.search(r"\\[1-9]", source):
        return _("only the groups (...) and (?:...) are understood")
    plain = _FLAT.sub("x", plain)
    if re.search(r"\)(?:[*+{])", plain):
        return _("a repetition of choices or repetitions takes too long")
    choices = len(re.findall(r"\([^()]*\|", plain))
    if len(_REPEATED.findall(plain)) > MAX_REPETITIONS or plain.count("?") + choices > MAX_OPTIONS:
        return _("there are too many repetitions in this regular expression")
    return ""


def literal_prefix(source: str) -> str:
    """Returns the folded prefix of all terms that an expression matches, often empty."""
    if "|" in source:
        return ""
    match = _LITERAL.match(source)
    prefix = match[0] if match else ""
    # The last letter may be repeated no time at all.
    optional = source[len(prefix) : len(prefix) + 1] in ("*", "?", "{")
    return (prefix[:-1] if optional else prefix).lower()


def term_matcher(source: str) -> Callable[[Sequence[bytes]], Iterable[int]]:
    """Makes what finds the terms that an expression matches as a whole.

    Args:
        source: An expression without ``regex_error``; case is ignored.

    Returns:
        A function that takes terms (UTF-8) and gives the indices of those that match, ascending.
    """
    # Folded terms are in lower case; ignoring it takes a third longer.
    flags = re.IGNORECASE if "\\" in source else 0
    folded = source if flags else source.lower()
    if _MAY_CROSS.search(source):
        fullmatch = re.compile(folded, flags).fullmatch

        def one_by_one(terms: Sequence[bytes]) -> Iterator[int]:
            for place, term in enumerate(map(bytes.decode, terms)):
                if len(term) <= MAX_TERM_LENGTH and fullmatch(term):
                    yield place

        return one_by_one
    finditer = re.compile(f"^(?:{folded})$", flags | re.MULTILINE).finditer

    def all_at_once(terms: Sequence[bytes]) -> Iterable[int]:
        # Several times as fast: one call for thousands of terms, one a line.
        if max(map(len, terms), default=0) > MAX_TERM_LENGTH:
            terms = [term if len(term) <= _MAX_TERM_SIZE else b"" for term in terms]
        lines = b"\n".join(terms).decode()
        sizes = np.fromiter(map(len, lines.split("\n")), np.int64)
        starts = np.cumsum(sizes + 1) - sizes - 1
        found = np.fromiter((match.start() for match in finditer(lines)), np.int64)
        places = np.searchsorted(starts, found)
        fits = (sizes[places] > 0) & (sizes[places] <= MAX_TERM_LENGTH)
        matching: list[int] = places[fits].tolist()
        return matching

    return all_at_once
