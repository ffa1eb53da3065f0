"""Bounds of the regular expressions in queries: only those that end soon on every term.

A visitor of a public archive can type any pattern, and Python's backtracking matcher tries every
way to match it: a few nested repetitions take longer than anybody waits (catastrophic
backtracking).  The bounds keep the number of ways on a term of ``MAX_TERM_LENGTH`` letters within
some ten thousand.
"""

from __future__ import annotations

import re
from itertools import chain, compress, count, zip_longest
from typing import TYPE_CHECKING, Final

from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_SOURCE_LENGTH: Final = 200
"""Maximum length of an expression."""
MAX_TERM_LENGTH: Final = 40
"""Maximum length of the terms that expressions are tried on."""
MAX_TERM_SIZE: Final = 4 * MAX_TERM_LENGTH
"""Maximum size in bytes of a term of ``MAX_TERM_LENGTH`` letters."""
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
_ANY: Final = (".*", ".+", ".*.*", ".*?", ".+?")
"""Expressions that match every term."""
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


def term_matcher(source: str) -> Callable[[bytes], list[int]]:
    """Makes what finds the terms that an expression matches as a whole.

    Args:
        source: An expression without ``regex_error``; case is ignored.

    Returns:
        A function that takes terms (UTF-8), one a line, an empty line for one of more than
        ``MAX_TERM_SIZE`` bytes. It gives the lines that match, ascending, from 0.
    """
    # Folded terms are in lower case; ignoring it takes a third longer.
    flags = re.IGNORECASE if "\\" in source else 0
    folded = source if flags else source.lower()
    if _MAY_CROSS.search(source):
        fullmatch = re.compile(folded, flags).fullmatch

        def one_by_one(lines: bytes) -> list[int]:
            return [
                index
                for index, term in enumerate(lines.decode().split("\n"))
                if 0 < len(term) <= MAX_TERM_LENGTH and fullmatch(term)
            ]

        return one_by_one
    if folded in _ANY:
        return _any_term
    # One match a line, in one call; a line that the expression does not match is an empty one.
    pattern = f"^(?:({_without_captures(folded)})$|.*$)"
    findall = re.compile(pattern, flags | re.MULTILINE).findall

    def all_at_once(lines: bytes) -> list[int]:
        found: list[str] = findall(lines.decode())
        return [index for index in compress(count(), found) if len(found[index]) <= MAX_TERM_LENGTH]

    return all_at_once


def _any_term(lines: bytes) -> list[int]:
    sizes = list(map(len, lines.decode().split("\n")))
    indexes = list(compress(count(), sizes))
    if max(sizes) <= MAX_TERM_LENGTH:
        return indexes
    return [index for index in indexes if sizes[index] <= MAX_TERM_LENGTH]


def _without_captures(source: str) -> str:
    """Makes groups of an expression ones that do not capture."""
    plain = [re.sub(r"\((?!\?)", "(?:", part) for part in _ATOM.split(source)]
    atoms = _ATOM.findall(source)
    return "".join(chain.from_iterable(zip_longest(plain, atoms, fillvalue="")))
