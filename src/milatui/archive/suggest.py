"""The nearest of the words that would have been right, for messages about wrong ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LENGTH_SLACK = 4
_MOST_COMPARED = 2000


def closest(word: str, options: Iterable[str]) -> str:
    """The one of ``options`` most like ``word``, or empty text if none is alike."""
    # Imported here: only an archive with faults pays for it.
    from difflib import get_close_matches

    alike: list[str] = []
    for option in options:
        if abs(len(option) - len(word)) <= _LENGTH_SLACK and _share_an_end(option, word):
            alike.append(option)
            if len(alike) == _MOST_COMPARED:
                break
    matches = get_close_matches(word, alike, n=1, cutoff=0.7)
    return matches[0] if matches else ""


def _share_an_end(one: str, other: str) -> bool:
    return one[:2] == other[:2] or one[-2:] == other[-2:] or one[1:3] == other[1:3]
