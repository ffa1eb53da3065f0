"""Takes text apart into folded words, the same way for texts and for queries.

A *raw token* is a run of letters and digits with the signs that may hold one together
(``l’institut``, ``$180M``, ``1,000``, ``U.S``, ``R&D``).  A table turns each raw token into
its words once, so that a long text costs one regular expression and one look-up per token.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import filterfalse
from typing import Final, NamedTuple

_WORD = r"[\w\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]+"
RAW: Final = re.compile(
    r"[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![\w.,]?[0-9])"
    rf"|[$€£]?{_WORD}(?:['’ʼ‘´`.,&]{_WORD})*[$€£%]?"
    r"|%"
)
"""Finds raw tokens."""
GROUPED: Final = re.compile(r"[0-9][ \u00a0\u2009\u202f][0-9]{3}")
"""Finds where a raw token may hold a space; all others stand between two spaces."""

_LETTERS: Final = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ß": "ss",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "\u00ad": None,
        "\u200b": None,
        "\u200c": None,
        "\u200d": None,
        "\u2060": None,
        "\ufeff": None,
        # Decomposed it would be a space with an accent, and one word two.
        "´": "'",
    }
)
_APOSTROPHE: Final = re.compile("['’ʼ‘´`]")
_BETWEEN: Final = re.compile(r"[^\w'’ʼ‘`]|_")
"""What parts words within a raw token; also the signs in what one character stands for (½, ﷺ)."""
_ELIDED: Final = frozenset(
    ["l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu", "quelqu"]
)
_ENDINGS: Final = frozenset(["t", "s", "re", "ve", "ll", "m", "d"])
_NUMBER: Final = re.compile(
    r"(?P<whole>[0-9]{1,3}(?:[, \u00a0\u2009\u202f][0-9]{3})+|[0-9]+)"
    r"(?:[.,](?P<part>[0-9]+))?(?P<unit>[a-z]*)"
)
_UNITS: Final = {
    **dict.fromkeys(("m", "mm", "mn", "mio", "millions"), "million"),
    **dict.fromkeys(("b", "bn", "md", "mds", "mrd", "g"), "billion"),
}
_SIGNS: Final = frozenset("$€£")
_INITIALS: Final = 2
"""Longest part of dotted initials: ``U.S.``, ``Ph.D``."""
LONGEST: Final = 64
"""Maximum letters of a folded word.  A longer one is known by its first letters, in texts and in
queries, so that no word costs more than another: one letter can fold to eighteen."""


class Token(NamedTuple):
    """A folded word and where it stands in the text it was taken from."""

    word: str
    start: int
    end: int


class Splitter(dict[str, tuple[str, ...]]):
    """The table: raw token -> its folded words."""

    LIMIT: Final = 400_000

    def __missing__(self, raw: str) -> tuple[str, ...]:
        words = words_of(raw)
        # What is longer is seldom met twice, and would bound the table in entries only.
        if len(raw) <= LONGEST:
            if len(self) >= self.LIMIT:
                self.clear()
            self[raw] = words
        return words


_TABLE = Splitter()


def words(text: str) -> list[str]:
    """The folded words of a text in order."""
    table = _TABLE
    return [word for raw in RAW.findall(composed(text)) for word in table[raw]]


def tokens(text: str) -> list[Token]:
    """The words of a text with their offsets in it; words of one raw token share its place
    where they cannot be told apart (``$180M`` is ``180`` and ``million``)."""
    found = []
    for match in RAW.finditer(text):
        start, raw = match.start(), match[0]
        parts = _TABLE[raw]
        if len(parts) == 1:
            lead = _elided(raw)
            found.append(Token(parts[0], start + lead, match.end()))
        else:
            found += _placed(raw, parts, start)
    return found


def composed(text: str) -> str:
    """The text with accents composed, so that ``e`` + accent stays in one token."""
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """A text in lower case without accents; ligatures are taken apart."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(_LETTERS)).casefold()
    bare = "".join(filterfalse(unicodedata.combining, plain)).translate(_LETTERS)
    return bare if bare.isascii() else unicodedata.normalize("NFC", bare)


def words_of(raw: str) -> tuple[str, ...]:
    """The words of a raw token: see the module's table of examples in the tests."""
    return tuple(word[:LONGEST] for word in _whole_words(raw))


def _whole_words(raw: str) -> tuple[str, ...]:
    text = fold(raw)
    if text.isascii() and text.isalpha():
        return (text,)
    percent = ("percent",) if text.endswith("%") else ()
    money = text[:1] in _SIGNS or text[-1:] in _SIGNS
    text = text.strip("$€£%")
    if text[:1].isdigit():
        number = _NUMBER.fullmatch(text)
        if number:
            return (*_number(number, money=money), *percent)
    if money and text in _UNITS:
        return (_UNITS[text],)
    return (*_joined_or_split(text), *percent)


def _number(match: re.Match[str], *, money: bool) -> tuple[str, ...]:
    whole = "".join(c for c in match["whole"] if c.isdigit())
    part = (match["part"] or "").rstrip("0")
    value = f"{whole}.{part}" if part else whole
    unit = match["unit"]
    if not unit:
        return (value,)
    # A lone digit with a letter is a name (3M, 5G) unless a sign says that it is money.
    if unit in _UNITS and (money or part or len(whole) > 1):
        return (value, _UNITS[unit])
    if unit == "k" and not part:
        return (whole + "000",)
    return (value + unit,)


def _joined_or_split(text: str) -> tuple[str, ...]:
    if "&" in text:
        text = text.replace("&", "")
    parts = text.split(".")
    if len(parts) > 1 and all(0 < len(p) <= _INITIALS and p.isalpha() for p in parts):
        return ("".join(parts),)
    found: list[str] = []
    for part in _BETWEEN.split(text):
        for word in _without_apostrophes(part):
            # A piece is read as it would be alone: ``x_4k`` has the number that ``4k`` is.
            found += (word,) if word == text or word.isalpha() else _whole_words(word)
    return tuple(found)


def _without_apostrophes(text: str) -> list[str]:
    parts = [p for p in _APOSTROPHE.split(text) if p]
    if len(parts) < 2:
        return parts
    if parts[0] == "aujourd":
        return ["aujourdhui"]
    if parts[0] in _ELIDED:
        return parts[1:]
    if parts[-1] == "s":
        return parts[:-1]
    if parts[-1] in _ENDINGS:
        return ["".join(parts)]
    return parts


def _elided(raw: str) -> int:
    """How many characters of a raw token are an article: 2 of ``l’institut``."""
    match = _APOSTROPHE.search(raw)
    return match.end() if match and fold(raw[: match.start()]) in _ELIDED else 0


def _placed(raw: str, parts: tuple[str, ...], start: int) -> list[Token]:
    """Each word at the piece of the raw token that it is, or all at the whole of it."""
    lead = _elided(raw)
    pieces = [m for m in re.finditer(r"[^\W_]+", raw) if m.end() > lead]
    if len(pieces) == len(parts):
        return [
            Token(word, start + piece.start(), start + piece.end())
            for word, piece in zip(parts, pieces, strict=True)
        ]
    return [Token(word, start, start + len(raw)) for word in parts]
