"""Finds raw tokens: runs of letters, digits and marks with the signs that may hold one together.

``l’institut``, ``US$180M``, ``1,000``, ``U.S``, ``R & D``.  Most stand between two spaces, so that
a text is split at white space and each distinct piece is looked at once.  The few that hold a space
are found by cheaper patterns first.  Patterns are compiled when they are first needed: to open and
to list an archive takes none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import compress
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.amounts import ANY_UNIT, CLEAR_UNITS, CODES, COUNTRIES, CURRENCY
from milatui.index.analysis.characters import INVISIBLE, marks, needs_marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

JOINERS: Final = "'’ʼ‘´`′＇׳״.．,，٫٬&＆"
"""Signs that may stand between letters or digits of a raw token."""

_SPACE: Final = r"[^\S\t-\r\x1c-\x1f\x85]"
"""White space within a line."""
_JOINER: Final = rf"(?:\.['’]|[{JOINERS}])"
_GERSHAYIM: Final = '(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])'
"""A quotation mark stands in Hebrew acronyms where gershayim are not on the keyboard."""
MONEY_NAMES: Final = (
    *("dollar", "euro", "pound", "livre", "franc", "yen", "peso", "krone", "kronor"),
    *("real", "reais", "roupie", "rupee"),
)
"""Names of money that are read behind a number with a unit."""
_BEFORE, _BEHIND = 1, 5
"""Pieces between spaces that a raw token may reach from a space in it, with what it looks at."""


def raw_tokens(text: str) -> list[str]:
    """Finds the raw tokens of a text, in order."""
    return _pattern(text).findall(text)


def find_raw_tokens(text: str) -> Iterator[re.Match[str]]:
    """Finds the raw tokens of a text with their offsets, in order."""
    return _pattern(text).finditer(text)


def pieces(text: str) -> list[str]:
    """Splits a text at white space, but raw tokens with spaces in them stay whole.

    The raw tokens of a text are those of its pieces: what is met again need not be looked at.
    """
    spots = _spots(text)
    return [piece for _start, piece in _located(text, spots)] if spots else text.split()


def locate_pieces(text: str, wanted: Callable[[str], bool]) -> list[tuple[int, str]]:
    """Splits a text as ``pieces`` does and finds the offsets of some of them.

    Args:
        text: Any text.
        wanted: Whether a piece is one of them.

    Returns:
        (offset in characters, piece), ascending.
    """
    spots = _spots(text)
    if spots:
        return [(start, piece) for start, piece in _located(text, spots) if wanted(piece)]
    chosen = [*map(wanted, text.split())]
    if not any(chosen):
        return []
    found = compress(_between_spaces().finditer(text), chosen)
    return [(match.start(), match[0]) for match in found]


def is_raw_token(piece: str) -> bool:
    """Returns whether a piece of a text is a raw token with a space in it or at its end."""
    return _between_spaces().fullmatch(piece) is None


def holds_spaced_token(text: str) -> bool:
    """Returns whether some raw token of a text may hold a space; rarely for one without."""
    if _spaced_number().search(text) is not None:
        return True
    return "&" in text and _spaced_ampersand().search(text) is not None


def _pattern(text: str) -> re.Pattern[str]:
    """Returns the pattern for a text: most texts are matched by a fast one."""
    if text.isascii() and " " not in text and "$" not in text:
        return _plain_pattern()
    if needs_marks(text):
        return _full_pattern()
    return _money_pattern() if _currency().search(text) or _spots(text) else _plain_pattern()


@cache
def _plain_pattern() -> re.Pattern[str]:
    return re.compile(_word_token(r"\w+", _JOINER, ""))


@cache
def _money_pattern() -> re.Pattern[str]:
    word_token = _word_token(r"\w+", _JOINER, CURRENCY)
    return re.compile(f"{_spaced()}|{word_token}")


@cache
def _full_pattern() -> re.Pattern[str]:
    word = rf"[\w{INVISIBLE}{marks()}]+"
    word_token = _word_token(word, f"(?:{_JOINER}|{_GERSHAYIM})", CURRENCY)
    return re.compile(f"{_spaced()}|{word_token}")


def _word_token(word: str, joiner: str, currency: str) -> str:
    joined = f"{word}(?:{joiner}{word})*"
    if not currency:
        return rf"{joined}[%٪％]?|[%٪％]"
    return rf"[{currency}]?{joined}(?:[{currency}](?:(?:{COUNTRIES})(?!\w))?|[%٪％])?|[%٪％]"


def _spaced() -> str:
    """Returns the pattern of what may hold spaces, also where it does not."""
    code = f"(?:{'|'.join(CODES)})"
    # What may follow the first digit of a number: thousands apart, or digits with signs.
    groups = (
        rf"[0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}}(?![0-9]))+"
        r"(?:[.,](?:[0-9]{1,2}|[0-9]{4,})(?![0-9]))?(?![\w.,]?[0-9])"
    )
    digits = rf"(?:{groups}|(?>(?:[.,'’]?[0-9])*))"
    unit_of_money = (
        rf"(?:{ANY_UNIT})\.?"
        rf"(?:{_SPACE}?[{CURRENCY}](?:(?:{COUNTRIES})(?!\w))?|{_SPACE}{_money_follows(_SPACE)})"
    )
    return (
        # 5 M €; 5M USD, 5 M de dollars: a space at the end tells that money follows; 5 Mio.; 1 000
        rf"[0-9](?:{digits}(?:{_SPACE}?{unit_of_money}|{_SPACE}(?i:{CLEAR_UNITS})(?!\w))|{groups})"
        # US$ 5 M, USD 5M, € 1 350 000
        rf"|(?:[A-Za-z]{{0,3}}[{CURRENCY}](?:{COUNTRIES})?{_SPACE}?|{code}{_SPACE})[0-9]{digits}"
        rf"(?:{_SPACE}?(?:{ANY_UNIT})(?![\w{CURRENCY}]))?(?!\w)"
        # R & D, R. & D.
        rf"|[^\W\d_]{{1,2}}\.?{_SPACE}&{_SPACE}[^\W\d_]{{1,2}}(?!\w)"
    )


def _money_follows(space: str) -> str:
    return rf"(?=(?:{'|'.join(CODES)})\b|(?:de{space}|d['’])?(?:{'|'.join(MONEY_NAMES)})s?\b)"


@cache
def _currency() -> re.Pattern[str]:
    return re.compile(f"[{CURRENCY}]")


@cache
def _spaced_number() -> re.Pattern[str]:
    follows = _money_follows(r"\s")
    return re.compile(
        rf"[0-9](?:(?<=[{CURRENCY}]\s[0-9])|(?<=\W(?:US|CA|AU|NZ|HK|TW)\s[0-9])"
        rf"|(?<=\WCAN\s[0-9])|(?<=(?:{'|'.join(CODES)})\s[0-9])"
        rf"|\s(?:[0-9]{{3}}(?![0-9])|(?:{ANY_UNIT})(?!\w))"
        rf"|(?:{ANY_UNIT})\.?\s(?:[^\w\s]|{follows}))"
    )


@cache
def _spaced_ampersand() -> re.Pattern[str]:
    return re.compile(r"&(?<=\s.)\s[^\W\d_]{1,2}(?!\w)")


@cache
def _between_spaces() -> re.Pattern[str]:
    return re.compile(r"\S+")


def _spots(text: str) -> list[int]:
    """Finds where a raw token holds a space, and little more, fast."""
    spots = [match.start() for match in _spaced_number().finditer(text)]
    if "&" in text:
        spots += [match.start() for match in _spaced_ampersand().finditer(text)]
        spots.sort()
    return spots


def _located(text: str, spots: Sequence[int]) -> list[tuple[int, str]]:
    found = [(match.start(), match[0]) for match in _between_spaces().finditer(text)]
    if not spots:
        return found
    starts = [start for start, _piece in found]
    windows: list[list[int]] = []
    for spot in spots:
        number = bisect_right(starts, spot) - 1
        first, last = max(0, number - _BEFORE), min(len(found), number + _BEHIND)
        if windows and first < windows[-1][1]:
            windows[-1][1] = last
        else:
            windows.append([first, last])
    parts: list[tuple[int, str]] = []
    at = 0
    for first, last in windows:
        parts += found[at:first]
        start, end = starts[first], starts[last - 1] + len(found[last - 1][1])
        window = text[start:end]
        parts += [(start + match.start(), match[0]) for match in find_raw_tokens(window)]
        at = last
    return parts + found[at:]
