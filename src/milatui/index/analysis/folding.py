"""Folds text: lower case without accents, one spelling of each letter and digit."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.analysis.characters import HANGUL_VOWELS_AND_TAILS, marks, needs_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

_LETTERS: Final = str.maketrans(
    {
        # Letters with a stroke or joined to another, which Unicode does not decompose.
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ħ": "h",
        "ŧ": "t",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        # Arabic and Persian, as Lucene's ArabicNormalizer and PersianNormalizer fold them.
        "ی": "ي",
        "ة": "ه",
        "ک": "ك",
        "ـ": None,
        # Not seen in a word.
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        # Apostrophes; decomposed, an acute accent alone would be a space, and one word two.
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "´": "'",
        "′": "'",
        "׳": "'",
        # Arabic signs of thousands and of decimals.
        "٬": "'",
        "٫": ".",
        "٪": "%",
        # Hebrew, between the letters of an acronym.
        "״": None,
    }
)
_JAMO: Final = "\u3131\u318e\uffa0\uffdc"
"""Bounds of the single letters of Korean: decomposed they would grow together with others."""
_KEPT: Final = frozenset((0, 8, 9, 84, 91, 103, 107, 118, 122, 129, 130, 132))
"""Combining classes that make another letter: voiced kana, viramas, vowels and tones of Thai."""
_CREAKY_TONE: Final = "\u1037"
"""Burmese; Unicode has it in the class of the dots that mark borrowed sounds."""
_GROWN_TOGETHER: Final = f"{HANGUL_VOWELS_AND_TAILS}\u0e33\u0eb3\uff9e\uff9f"
"""Letters that are marks once decomposed: of Korean syllables, Thai and Lao AM, voiced kana."""


class Folded(NamedTuple):
    """Folded text with the offsets of each of its characters in the source.

    Attributes:
        text: The folded text.
        starts: Per character, where in the source begins what it was folded from.
        ends: Per character, where that ends.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


def fold(text: str) -> str:
    """Folds a text to lower case without accents; ligatures are taken apart."""
    if text.isascii():
        return text.lower()
    clusters = cluster_pattern().findall(text) if needs_marks(text) else text
    return "".join(map(_CLUSTERS.__getitem__, clusters))


def fold_with_offsets(text: str) -> Folded:
    """Folds a text as ``fold`` does and keeps where each character comes from."""
    if text.isascii():
        return Folded(text.lower(), range(len(text)), range(1, len(text) + 1))
    if not needs_marks(text):
        singles = list(map(_CLUSTERS.__getitem__, text))
        joined = "".join(singles)
        if len(joined) == len(text) and "" not in singles:
            return Folded(joined, range(len(text)), range(1, len(text) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for match in cluster_pattern().finditer(text):
        piece = _CLUSTERS[match[0]]
        pieces.append(piece)
        starts += [match.start()] * len(piece)
        ends += [match.end()] * len(piece)
    return Folded("".join(pieces), starts, ends)


@cache
def cluster_pattern() -> re.Pattern[str]:
    """Returns the pattern of a character with its marks, also behind signs that are not seen."""
    unseen = "".join(chr(code) for code, letters in _LETTERS.items() if letters is None)
    return re.compile(f"(?s:.)(?:[{unseen}]*[{marks()}{_GROWN_TOGETHER}])*")


class _ClusterTable(dict[str, str]):
    """Maps characters with their marks to their folded form."""

    LIMIT: Final = 65_536
    LONGEST: Final = 8

    def __missing__(self, cluster: str) -> str:
        folded = _fold_cluster(cluster)
        if len(cluster) <= self.LONGEST and len(self) < self.LIMIT:
            self[cluster] = folded
        return folded


_CLUSTERS: Final = _ClusterTable()


def _fold_cluster(cluster: str) -> str:
    if _JAMO[0] <= cluster[0] <= _JAMO[1] or _JAMO[2] <= cluster[0] <= _JAMO[3]:
        return cluster
    plain = unicodedata.normalize("NFKD", cluster.translate(_LETTERS))
    bare = "".join(map(_plain_digit, filter(_is_base, plain))).casefold().translate(_LETTERS)
    return bare if bare.isascii() else unicodedata.normalize("NFC", bare)


def _is_base(char: str) -> bool:
    return unicodedata.combining(char) in _KEPT or char == _CREAKY_TONE


def _plain_digit(char: str) -> str:
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)
