"""Which regular expressions a query may have: those that end soon on every word.

A visitor of a public archive can type any pattern, and Python tries every way to match it:
a few repetitions within each other take longer than anybody waits.  The bounds keep the
number of ways on a word of forty letters within some ten thousand.
"""

from __future__ import annotations

import re
from typing import Final

from milatui.messages import _

REPETITIONS: Final = 3
"""Repetitions without a fixed number (``* + {2,}``) at most."""
OPTIONS: Final = 8
"""Optional parts (``?``) and groups of choices together at most."""

LONGEST: Final = 200
"""Maximum characters of a regular expression."""

_ATOM: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
"""One letter, however it is written: an escape or a class."""
_FLAT: Final = re.compile(r"\((?:\?:)?([^()|*+?{}]*)\)")
"""A group that can match in one way only."""
_REPEATED: Final = re.compile(r"[*+]|\{\d*,\d*\}|\{\d{2,}\}")
_LAZY: Final = re.compile(r"(?<=[*+?}])[?+]")


def fault(source: str) -> str:
    """What is wrong with a regular expression, an empty text if it may be searched for."""
    if len(source) > LONGEST:
        message = _("a regular expression of more than {n} characters takes too long")
        return message.format(n=LONGEST)
    try:
        re.compile(source)
    except (re.error, OverflowError, RecursionError) as error:
        return _("this is no regular expression: {error}").format(error=error)
    plain = _LAZY.sub("", _ATOM.sub("x", source))
    if re.search(r"\\|\(\?(?!:)", plain) or re.search(r"\\[1-9]", source):
        return _("of groups only (...) and (?:...) are understood")
    plain = _FLAT.sub("x", plain)
    if re.search(r"\)(?:[*+{])", plain):
        return _("a repetition of choices or repetitions takes too long")
    choices = len(re.findall(r"\([^()]*\|", plain))
    if len(_REPEATED.findall(plain)) > REPETITIONS or plain.count("?") + choices > OPTIONS:
        return _("so many repetitions take too long")
    return ""
