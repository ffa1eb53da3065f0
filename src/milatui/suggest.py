"""Finds the valid words that are most like a wrong one, for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_COMPARED: Final = 2000
"""Maximum number of words that a wrong one is compared with; each takes some 50 µs."""
_LENGTH_SLACK: Final = 4
"""Maximum difference in length where there are too many words to compare them all."""


def closest(word: str, options: Iterable[str], limit: int = 1, cutoff: float = 0.7) -> list[str]:
    """Returns the options that are most like a word.

    Args:
        word: A word that is not valid.
        options: The valid words. Of more than ``MAX_COMPARED`` only those are compared that are
            about as long and share their first or last characters with the word.
        limit: Maximum number of words to return.
        cutoff: Least similarity, from 0 to 1, see ``difflib.SequenceMatcher.ratio``.

    Returns:
        The most similar first; empty if no option is similar enough.
    """
    # Deferred: only a wrong word needs it.
    from difflib import get_close_matches

    known = list(dict.fromkeys(options))
    if len(known) > MAX_COMPARED:
        known = [option for option in known if _may_be_similar(option, word)][:MAX_COMPARED]
    return get_close_matches(word, known, limit, cutoff)


def _may_be_similar(option: str, word: str) -> bool:
    return abs(len(option) - len(word)) <= _LENGTH_SLACK and (
        option[:2] == word[:2] or option[-2:] == word[-2:] or option[1:3] == word[1:3]
    )
