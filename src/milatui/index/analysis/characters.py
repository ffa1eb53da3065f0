"""Classes of characters that Python's ``re`` lacks: combining marks, scripts without spaces.

Each is the inside of a character class, to be put between brackets in a pattern.
"""

# untranslated: tables and patterns of characters
from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

_BLOCKS_WITH_MARKS: Final = (
    (0x300, 0x2000),
    (0x20D0, 0x2100),
    (0x2CEF, 0x3100),
    (0xA66F, 0xAC00),
    (0xFB1E, 0xFE30),
    (0x101FD, 0x12000),
    (0x13430, 0x13460),
    (0x16100, 0x17000),
    (0x1BC9D, 0x1BC9F),
    (0x1CF00, 0x1E950),
    (0xE0100, 0xE01F0),
)

INVISIBLE: Final = "\u00ad\u200b-\u200d\u2060\ufeff"
"""Soft hyphens, joiners and other characters that stand within a word and are not seen."""

HANGUL_VOWELS_AND_TAILS: Final = "\u1160-\u11ff\ud7b0-\ud7ff"
"""Parts of a decomposed Korean syllable that follow its first."""


def _ranges(text: str) -> str:
    """Returns hexadecimal ranges (``300-36f 5bf``) as the inside of a character class."""
    pairs = (piece.partition("-") for piece in text.split())
    return "".join(f"{chr(int(a, 16))}-{chr(int(b or a, 16))}" for a, _dash, b in pairs)


SPACELESS: Final = _ranges(
    """
    e01-e3a e40-e4e e5a-edf 1000-109f 1100-11ff 1780-17d3 17d7 17dc-17dd 1950-1aad 2e80-2fdf
    3005-3007 3021-3029 302a-302f 3031-3035 3038-303c 3041-3096 3099-309a 309d-309f 30a1-30fa
    30fc-30ff 3105-312f 3131-318e 31a0-31bf 31f0-31ff 3400-4dbf 4e00-9fff a000-a48c a960-a97c
    a9e0-a9fe aa60-aadf ac00-d7fb f900-faff ff66-ffdc 11700-11746 16fe0-18d08 1aff0-1b2fb
    20000-3ffff
    """
)
"""Scripts that are searched by overlapping pairs of characters.

Han, Kana, Bopomofo, Hangul and Yi, as by Lucene's ``CJKBigramFilter``, and those of Unicode's line
breaking class SA (Thai, Lao, Khmer, Myanmar, Tai Le, Tai Tham and others).
"""


def needs_marks(text: str) -> bool:
    """Returns whether a text has characters on or beside which ``marks`` or invisible ones stand.

    Texts in composed Latin, Greek and Cyrillic have none and are matched by faster patterns.
    """
    return not text.isascii() and _beyond_simple().search(text) is not None


def has_spaceless(text: str) -> bool:
    """Returns whether a text has characters of ``SPACELESS`` scripts."""
    return needs_marks(text) and _spaceless().search(text) is not None


def is_spaceless(char: str) -> bool:
    """Returns whether the first character of a text is one of ``SPACELESS`` scripts."""
    return not char.isascii() and _spaceless().match(char) is not None


@cache
def _beyond_simple() -> re.Pattern[str]:
    # Negated, as a range of thousands of characters takes milliseconds to compile.
    return re.compile(
        "[^\\x00-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u0590\u2000-\u200a\u200e-\u205f"
        "\u2070-\u20cf\u2100-\u2bff]"
    )


@cache
def _spaceless() -> re.Pattern[str]:
    return re.compile(f"[{SPACELESS}]")


@cache
def marks() -> str:
    """Returns the combining marks (Mn, Mc, Me) that Python's Unicode knows.

    ``\\w`` lacks them: a word of an Indic script, of Hebrew with points or of decomposed Latin
    would fall apart.
    """
    codes = (code for start, end in _BLOCKS_WITH_MARKS for code in range(start, end))
    found = [code for code in codes if unicodedata.category(chr(code))[0] == "M"]
    ranges: list[list[int]] = []
    for code in found:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
