"""Bounds of the regular expressions in queries: only those that end soon on every term.

A visitor of a public archive can type any pattern, and Python's backtracking matcher tries every
way to match it: a few nested repetitions take longer than anybody waits (catastrophic
backtracking).  The bounds keep the number of ways on a term of ``MAX_TERM_LENGTH`` letters within
some ten thousand.
"""

from __future__ import annotations

import re
from typing import Final

from milatui.messages import _

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
_LITERAL: Final = re.compile(r"[a-zA-Z0-9]*")
_LAZY: Final = re.compile(r"(?<=[*+?}])[?+]")


def regex_error(source: str) -> str:
    """Checks a regular expression; returns what is wrong with it, or an empty text."""
    if len(source) > MAX_SOURCE_LENGTH:
        return _("this regular expression is too long")
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
    """The folded text that every term begins with that an expression matches, often empty."""
    if "|" in source:
        return ""
    match = _LITERAL.match(source)
    prefix = match[0] if match else ""
    # The last letter may be repeated no time at all.
    optional = source[len(prefix) : len(prefix) + 1] in ("*", "?", "{")
    return (prefix[:-1] if optional else prefix).lower()
