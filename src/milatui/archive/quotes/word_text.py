"""Splits texts into words, to compare them whatever an editor has made of their typography.

These are equal: straight and curly quotes, guillemets with or without spaces, all kinds of spaces
and line ends, hyphens and dashes, soft hyphens and none, and Markdown's escapes and emphasis.  The
punctuation around a word does not count, that inside does: ``1,000`` is not ``1.000``.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from difflib import SequenceMatcher
from html import unescape
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.quotes.text_quote import Span

_GAP: Final = re.compile(
    r"(?=[-&.…\u2010-\u2015\u2212])(?:"
    r"&(?:nbsp|ensp|emsp|thinsp|mdash|ndash|hellip|laquo|raquo|[lr]dquo|quot|#160|#xa0);"
    r"|\.{3,}|…|[\u2010-\u2015\u2212]|-{2,}|(?<=\w)-|-(?![0-9]))",
    re.IGNORECASE,
)
"""What separates words besides white space; the hyphen of a negative number does not."""
_WORD: Final = re.compile(r"(?:[^\s\u00ad]++|\u00ad\s*+)+")
_DROPPED: Final = re.compile(r"[\u00ad\u200b-\u200f\u2060\ufeff*_`\\]\s*")
"""Soft hyphens with the line end after them, zero-width characters, Markdown's signs."""
_APOSTROPHES: Final = str.maketrans("‘’ʼ′", "''''")
_AROUND: Final = "\"'“”„‟‚«»‹›()[]{}<>.,;:!?¡¿|│─•·§"
_SIGNS: Final = _AROUND + "*_`\\"
"""What stands around a word without being a part of it."""
_LEAST_SLACK: Final = 3
"""Words that may at least be more or fewer in a passage that is near to another one."""
_LEAST_ALIKE: Final = 0.3
"""Share of equal words from which a passage is called near to another one."""


class Nearest(NamedTuple):
    """The words of a text that are most like others: ``first`` (included) to ``last`` (not)."""

    first: int
    last: int
    ratio: float


class WordText:
    """A text and its words.

    Attributes:
        text: The text.
        words: Its words, normalized.
        spans: Where each of them stands in ``text``.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: list[str] = []
        self.spans: list[Span] = []
        spaced = _GAP.sub(lambda match: " " * len(match[0]), text)
        for match in _WORD.finditer(spaced):
            found = match[0]
            core = found.strip(_SIGNS)
            # Most words are plain, and looked at no further.
            word = core if core.isascii() and core.isalnum() else normalized_word(found)
            if word:
                start = match.start() + len(found) - len(found.lstrip(_SIGNS))
                self.words.append(word)
                self.spans.append((start, start + len(core)))
        self._joined = _join(self.words)

    def find(self, words: Sequence[str], first: int = 0, last: int | None = None) -> int:
        """Finds words one after another.

        Args:
            words: Normalized words.
            first: Number of the word from which they are looked for.
            last: Number of the word before which they end; None for the last one.

        Returns:
            The number of the first of them; -1 if they are not there.
        """
        wanted = _join(words)
        begin = len(_join(self.words[:first])) - 1
        end = len(self._joined) if last is None else len(_join(self.words[:last]))
        at = self._joined.find(wanted, begin, end) if words else -1
        return -1 if at < 0 else self._joined.count("\n", 0, at)

    def span(self, first: int, last: int) -> Span:
        """Returns where the words from number ``first`` until before ``last`` stand."""
        return self.spans[first][0], self.spans[last - 1][1]

    def at(self, offset: int) -> int:
        """Returns the number of the first word that ends after an offset."""
        return bisect_right(self.spans, offset, key=lambda span: span[1])

    def nearest(self, words: Sequence[str]) -> Nearest | None:
        """Finds the words that are most like others; None if nothing is like them."""
        if not words or not self.words:
            return None
        longest = SequenceMatcher(None, self.words, words, autojunk=False).find_longest_match()
        offset = longest.a - longest.b
        # Words may have been put in or left out on both sides of the longest match.
        slack = max(_LEAST_SLACK, len(words) // 4)
        low = max(0, offset - slack)
        part = self.words[low : offset + len(words) + slack]
        matcher = SequenceMatcher(None, part, words, autojunk=False)
        blocks = [
            block
            for block in matcher.get_matching_blocks()
            if block.size and abs(low + block.a - block.b - offset) <= slack
        ]
        if not blocks:
            return None
        before, after = blocks[0], blocks[-1]
        first = max(0, low + before.a - before.b)
        last = min(len(self.words), low + after.a - after.b + len(words))
        ratio = SequenceMatcher(None, self.words[first:last], words, autojunk=False).ratio()
        return Nearest(first, last, ratio) if ratio >= _LEAST_ALIKE else None


def normalized_word(word: str) -> str:
    """Returns a word without what editors change; "" if nothing is left of it."""
    word = _DROPPED.sub("", word)
    if "&" in word:
        word = unescape(word)
    if not word.isascii():
        word = unicodedata.normalize("NFKC", word).translate(_APOSTROPHES)
    return word.strip(_AROUND)


def _join(words: Sequence[str]) -> str:
    """Joins words so that only whole ones are found in what is joined."""
    return "\n" + "".join(f"{word}\n" for word in words)
