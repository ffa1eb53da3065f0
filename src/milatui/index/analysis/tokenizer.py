"""Tokenizes text into folded words with offsets, the same for index, query and highlights.

Two steps.  One pattern finds *raw tokens*: runs of letters, digits and marks with the signs that
may hold one together (``l’institut``, ``US$180M``, ``1,000``, ``U.S``, ``R & D``).
``split_token`` then turns a raw token into its words, once for each distinct one:

- an elided article goes, however many there are: ``d’aujourd’hui`` is ``aujourdhui``;
- initials grow together: ``U.S.`` is ``us``, ``R & D`` and ``R&D`` are ``rd``;
- numbers have one spelling: ``1 350 000``, ``1.350.000``, ``1'350'000`` and ``13,50,000`` are
  ``1350000``, ``3,2`` is ``3.2``;
- amounts have their unit as a word: ``US$5M``, ``5 M$`` and ``5 Mio. €`` are ``5`` ``million``;
- scripts without spaces are cut into overlapping pairs of characters as by Lucene's
  ``CJKBigramFilter``, and the last character of a run follows alone: ``研究所`` has ``研究``,
  ``究所``, ``所``.  So every character begins one term.  In a query the pairs of a run stand side
  by side, and a character alone is a prefix.

Tokens of an amount or of initials have the offsets of the whole raw token.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.analysis.characters import (
    CURRENCY,
    INVISIBLE,
    NEEDS_MARKS,
    SPACELESS,
    marks,
)
from milatui.index.analysis.folding import cluster_pattern, fold_with_offsets

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SPACE: Final = "[ \u00a0\u2009\u202f]"
_APOSTROPHES: Final = "'’ʼ‘´`′＇׳"
_JOINERS: Final = f"{_APOSTROPHES}.．,，٫٬&＆״"
"""Signs between letters or digits that do not end a raw token."""
_CODES: Final = (
    "USD EUR GBP CAD AUD NZD CHF JPY CNY RMB HKD SGD TWD INR KRW BRL MXN ZAR SEK NOK DKK PLN CZK"
    " HUF RUB AED ILS"
)
"""Codes of money (ISO 4217) that are read beside a number."""
_COUNTRIES: Final = "US|CA|CAN|AU|NZ|HK|TW"
_MONEY_WORDS: Final = "dollar|euro|pound|livre|franc|yen|peso|krone|kronor|real|reais|roupie|rupee"

_UNITS: Final = {
    **dict.fromkeys(("m", "mm", "mn", "mio", "mln", "mill", "million", "millions"), "million"),
    **dict.fromkeys(("b", "bn", "bln", "md", "mds", "mrd", "mrds", "mld", "g"), "billion"),
    "млн": "million",
    "млрд": "billion",
}
"""Abbreviations behind a number, and the word that they stand for."""
_CLEAR_UNITS: Final = "mio|mln|mrds?|mds|bn|bln|mld|млн|млрд"
"""Those that stand for it also where a space is before them and no money is named."""
_ANY_UNIT: Final = rf"[MBGKmbgk]|MM|Mn|mn|MN|BN|Md|MD|md|(?i:{_CLEAR_UNITS})"

_CODE_SET: Final = frozenset(_CODES.split())
_CODE: Final = f"(?:{_CODES.replace(' ', '|')})"
# What may follow the first digit of a number: thousands apart, or digits with signs.
_GROUPS: Final = (
    rf"[0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}}(?![0-9]))+"
    r"(?:[.,](?:[0-9]{1,2}|[0-9]{4,})(?![0-9]))?(?![\w.,]?[0-9])"
)
_DIGITS: Final = rf"(?:{_GROUPS}|(?>(?:[.,'’]?[0-9])*))"
_MONEY_FOLLOWS: Final = rf"(?={_CODE}\b|(?:de{_SPACE}|d['’])?(?:{_MONEY_WORDS})s?\b)"
_UNIT_AND_MONEY: Final = (
    rf"(?:{_ANY_UNIT})\.?"
    rf"(?:{_SPACE}?[{CURRENCY}](?:(?:{_COUNTRIES})(?!\w))?|{_SPACE}{_MONEY_FOLLOWS})"
)
_SPACED: Final = (
    # 5 M €; 5M USD, 5 M de dollars: a space at the end tells that money follows; 5 Mio.; 1 000
    rf"[0-9](?:{_DIGITS}{_SPACE}?{_UNIT_AND_MONEY}|{_DIGITS}{_SPACE}(?i:{_CLEAR_UNITS})(?!\w)"
    rf"|{_GROUPS})"
    # US$ 5 M, USD 5M, € 1 350 000
    rf"|(?:[A-Za-z]{{0,3}}[{CURRENCY}](?:{_COUNTRIES})?{_SPACE}?|{_CODE}{_SPACE})[0-9]{_DIGITS}"
    rf"(?:{_SPACE}?(?:{_ANY_UNIT})(?![\w{CURRENCY}]))?(?!\w)"
    # R & D
    rf"|[^\W\d_]{{1,2}}{_SPACE}&{_SPACE}[^\W\d_]{{1,2}}(?!\w)"
)
SPACED_TOKEN: Final = re.compile(_SPACED)
"""Matches a raw token that may hold spaces; all others stand between two spaces."""
_SPACED_NUMBER: Final = re.compile(
    rf"[0-9](?:(?<=[{CURRENCY}]{_SPACE}[0-9])|(?<=[{CURRENCY}](?:US|CA|AU|NZ|HK|TW){_SPACE}[0-9])"
    rf"|(?<=[{CURRENCY}]CAN{_SPACE}[0-9])|(?<={_CODE}{_SPACE}[0-9])"
    rf"|{_SPACE}(?:[0-9]{{3}}(?![0-9])|(?:{_ANY_UNIT})(?!\w))"
    rf"|(?:{_ANY_UNIT})\.?{_SPACE}(?:[{CURRENCY}]|{_MONEY_FOLLOWS}))"
)
_SPACED_AMPERSAND: Final = re.compile(rf"&(?<={_SPACE}.){_SPACE}[^\W\d_]{{1,2}}(?!\w)")
"""These find all that ``SPACED_TOKEN`` matches across a space, and little more, much faster."""
_PIECE: Final = re.compile(r"\S+")
_BEFORE, _BEHIND = 1, 5
"""Pieces between spaces that a raw token may reach from such a place, with what it looks at."""


def _raw_pattern(letters: str, joiners: str) -> re.Pattern[str]:
    word = f"[{letters}]+"
    return re.compile(
        rf"{_SPACED}"
        rf"|[{CURRENCY}]?{word}(?:{joiners}{word})*(?:[{CURRENCY}](?:(?:{_COUNTRIES})(?!\w))?|[%٪％])?"
        r"|[%٪％]"
    )


_ANY_JOINER: Final = rf"(?:\.['’]|[{_JOINERS}])"
_PLAIN_RAW: Final = _raw_pattern(r"\w", _ANY_JOINER)


@cache
def _full_raw() -> re.Pattern[str]:
    # A quotation mark stands within Hebrew acronyms where gershayim are not on the keyboard.
    gershayim = '(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])'
    return _raw_pattern(rf"\w{INVISIBLE}{marks()}", f"(?:{_ANY_JOINER}|{gershayim})")


def raw_tokens(text: str) -> list[str]:
    """Finds the raw tokens of a text, in order."""
    return _raw(text).findall(text)


def _raw(text: str) -> re.Pattern[str]:
    return _PLAIN_RAW if NEEDS_MARKS.search(text) is None else _full_raw()


class Token(NamedTuple):
    """A word and where it stands.

    Attributes:
        word: The folded word.
        start: Offset in the text where it begins.
        end: Offset where it ends.
    """

    word: str
    start: int
    end: int


class QueryToken(NamedTuple):
    """A word of a query and where it stands.

    Attributes:
        word: The folded word.
        start: Offset in the query where it begins.
        end: Offset where it ends.
        joined: Whether it stands right behind the word before it in every text that is meant: the
            pairs of one run of a script without spaces are a phrase.
        prefix: Whether it stands for all words that begin with it: a character alone.
    """

    word: str
    start: int
    end: int
    joined: bool = False
    prefix: bool = False


class _Piece(NamedTuple):
    """A word of a raw token; offsets are those in the raw token, ``place`` its place in a run."""

    word: str
    start: int
    end: int
    place: str = ""


_FIRST, _NEXT, _LAST, _ALONE = "first", "next", "last", "alone"


def tokenize(text: str) -> list[Token]:
    """Tokenizes a text as it is indexed: one token after the other, with its offsets."""
    table = _PIECES
    return [
        Token(piece.word, match.start() + piece.start, match.start() + piece.end)
        for match in _raw(text).finditer(text)
        for piece in table[match[0]]
    ]


def words(text: str) -> list[str]:
    """Returns the words of a text as it is indexed: those of ``tokenize``."""
    return list(chain.from_iterable(map(_WORDS.__getitem__, pieces(text))))


def tokenize_query(text: str, *, phrase: bool = False) -> list[QueryToken]:
    """Tokenizes a query, or words to be found in texts.

    Args:
        text: Words of a query.
        phrase: All words have to stand side by side: a character that ends a run is left out only
            at the end of the text.
    """
    found = []
    for match in _raw(text).finditer(text):
        at = match.start()
        pieces = _PIECES[match[0]]
        for piece in pieces:
            ends = piece.place == _LAST and (not phrase or match.end() == len(text.rstrip()))
            if not ends or piece is not pieces[-1]:
                joined = piece.place in (_NEXT, _LAST)
                alone = piece.place == _ALONE
                place = at + piece.start, at + piece.end
                found.append(QueryToken(piece.word, *place, joined, alone))
    return found


def query_words(text: str) -> list[str]:
    """Returns the words of a name or a phrase as they stand side by side in a text with it."""
    if text.isascii() or _SPACELESS_CHAR.search(text) is None:
        return words(text)
    return [token.word for token in tokenize_query(text, phrase=True)]


def is_spaceless(word: str) -> bool:
    """Tells whether a word is one or two characters of a script without spaces."""
    return _SPACELESS_CHAR.match(word) is not None


def first_character_end(text: str, start: int) -> int:
    """Returns where the character at ``start`` ends, with the marks that belong to it."""
    match = cluster_pattern().match(text, start)
    return match.end() if match else start


class TokenCache(dict[str, bytes]):
    """Encodes texts: maps each distinct piece of text between spaces to its words, encoded once.

    A text costs one split at white space and one look-up a piece once its pieces are known.

    Args:
        encode_word: Returns the code of a folded word, such as the bytes of its term number.
    """

    LIMIT: Final = 400_000
    """Maximum number of pieces that are kept; those that come first are the common ones."""
    LONGEST: Final = 64
    """Maximum length of a piece that is kept: a longer one is hardly met twice."""

    def __init__(self, encode_word: Callable[[str], bytes]) -> None:
        super().__init__()
        self._encode_word = encode_word

    def encode(self, text: str) -> bytes:
        """Encodes a text: the codes of the words that ``words`` gives, in their order."""
        return b"".join(map(self.__getitem__, pieces(text)))

    def __missing__(self, piece: str) -> bytes:
        codes = b"".join(map(self._encode_word, _words_of(piece)))
        if len(piece) <= self.LONGEST and len(self) < self.LIMIT:
            self[piece] = codes
        return codes


def pieces(text: str) -> list[str]:
    """Splits a text at white space, but raw tokens with spaces in them stay whole.

    The words of a text are those of its pieces: what is met a second time need not be tokenized.
    """
    spots = _spots(text)
    if not spots:
        return text.split()
    return [piece for _start, piece in _located(text, spots)]


def pieces_with_offsets(text: str) -> list[tuple[int, str]]:
    """Splits a text as ``pieces`` does; with the offset of each."""
    return _located(text, _spots(text))


def tokenize_piece(piece: str) -> list[Token]:
    """Tokenizes one of the ``pieces`` of a text; offsets are those in the piece."""
    if _HOLDS_SPACE.search(piece):
        return [Token(part.word, part.start, part.end) for part in _split(piece)]
    return tokenize(piece)


def _spots(text: str) -> list[int]:
    """Finds where raw tokens may hold spaces."""
    spots = [match.start() for match in _SPACED_NUMBER.finditer(text)]
    if "&" in text:
        spots += [match.start() for match in _SPACED_AMPERSAND.finditer(text)]
        spots.sort()
    return spots


def _located(text: str, spots: Sequence[int]) -> list[tuple[int, str]]:
    found = [(match.start(), match[0]) for match in _PIECE.finditer(text)]
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
        parts += [(start + match.start(), match[0]) for match in _raw(window).finditer(window)]
        at = last
    return parts + found[at:]


def _words_of(piece: str) -> list[str]:
    """Returns the words of a piece: one that holds a space is a raw token."""
    raws = [piece] if _HOLDS_SPACE.search(piece) else raw_tokens(piece)
    return [part.word for raw in raws for part in _split(raw)]


class _WordTable(dict[str, list[str]]):
    """Maps pieces of texts to their words."""

    LIMIT: Final = 100_000
    LONGEST: Final = 64

    def __missing__(self, piece: str) -> list[str]:
        found = _words_of(piece)
        if len(piece) <= self.LONGEST and len(self) < self.LIMIT:
            self[piece] = found
        return found


_WORDS: Final = _WordTable()
_HOLDS_SPACE: Final = re.compile(_SPACE)


class _PieceTable(dict[str, tuple[_Piece, ...]]):
    """Maps raw tokens to their words."""

    LIMIT: Final = 100_000
    LONGEST: Final = 64

    def __missing__(self, raw: str) -> tuple[_Piece, ...]:
        pieces = _split(raw)
        if len(raw) <= self.LONGEST and len(self) < self.LIMIT:
            self[raw] = pieces
        return pieces


_PIECES: Final = _PieceTable()

_SPACELESS_CHAR: Final = re.compile(f"[{SPACELESS}]")
_FOLDED_SPACE: Final = " \u00a0\u2009\u202f"
_APOSTROPHE: Final = f"[{_APOSTROPHES}]"
_ELISIONS: Final = re.compile(
    f"(?:(?:l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu){_APOSTROPHE}+)+(?=.)"
)
_CONTRACTED: Final = frozenset(("t", "re", "ve", "ll", "m", "d"))
_PART: Final = re.compile(f"[^{_APOSTROPHES}]+")
_AMPERSAND: Final = re.compile(f"{_SPACE}?&{_SPACE}?")
_INITIALS: Final = 2
"""Maximum length of a part of initials: ``U.S.``, ``Ph.D``, ``AT&T``."""
LONGEST_WORD: Final = 255
"""Maximum length of a word; a longer one is cut, as by Lucene's ``StandardTokenizer``."""

_AMOUNT: Final = re.compile(
    rf"(?:(?P<code>{_CODES.replace(' ', '|').lower()})"
    rf"|(?P<sign>[a-z]{{0,3}}[{CURRENCY}](?:{_COUNTRIES.lower()})?))?{_SPACE}?"
    rf"(?P<number>[0-9](?:(?:{_SPACE}|[0-9.,{_APOSTROPHES}])*[0-9])?)"
    rf"(?P<apart>{_SPACE})?(?P<unit>[a-zа-я]*)\.?(?P<behind>{_SPACE})?"
    rf"(?P<after>[{CURRENCY}](?:{_COUNTRIES.lower()})?)?(?P<percent>%)?"
)
_UNITS_OF_MONEY: Final = {
    f"{unit}{code}": (_UNITS[unit], code)
    for unit in ("m", "mn", "mio", "mrd", "bn")
    for code in ("usd", "eur", "gbp", "sek", "nok", "dkk", "chf")
}
"""Units with a code of money that are read without a number: ``MUSD``, ``MEUR``."""
_UNIT_AND_SIGN: Final = re.compile(rf"([a-zа-я]+)[{CURRENCY}](?:{_COUNTRIES.lower()})?")
_NUMBERS: Final = tuple(
    re.compile(pattern)
    for pattern in (
        r"([1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.([0-9]+))?",
        r"([1-9][0-9]?(?:,[0-9]{2})+,[0-9]{3})(?:\.([0-9]+))?",
        rf"([1-9][0-9]{{0,2}}(?:{_SPACE}[0-9]{{3}})+)(?:[.,]([0-9]+))?",
        rf"([1-9][0-9]{{0,2}}(?:{_APOSTROPHE}[0-9]{{3}})+)(?:[.,]([0-9]+))?",
        r"([1-9][0-9]{0,2}(?:\.[0-9]{3}){2,})(?:,([0-9]+))?",
        r"([1-9][0-9]{0,2}\.[0-9]{3}),([0-9]+)",
        r"([0-9]+)(?:[.,]([0-9]+))?",
    )
)
"""Numbers with thousands as in English, India, French, Switzerland and German, or without."""

_Span = tuple[str, int, int, str]
"""A word, where it stands in the folded raw token, and its place in a run."""


def split_token(raw: str) -> tuple[str, ...]:
    """Splits a raw token into its words."""
    return tuple(piece.word for piece in _PIECES[raw])


def _split(raw: str) -> tuple[_Piece, ...]:
    folded = fold_with_offsets(raw)
    text = folded.text
    found = (piece for span in _spans(text, 0) for piece in _cut(span))
    return tuple(
        _Piece(word, folded.starts[start], folded.ends[end - 1], place)
        for word, start, end, place in found
    )


def _cut(span: _Span) -> Iterator[_Span]:
    """Cuts a word that is too long."""
    word, start, end, place = span
    if len(word) <= LONGEST_WORD:
        yield span
        return
    for at in range(0, len(word), LONGEST_WORD):
        piece = word[at : at + LONGEST_WORD]
        apart = end - start == len(word)
        yield piece, *((start + at, start + at + len(piece)) if apart else (start, end)), place


def _spans(text: str, base: int) -> Iterator[_Span]:
    """Yields the words of folded text that begins at ``base`` in its raw token."""
    if text.isascii() and text.isalpha() and text not in _UNITS_OF_MONEY:
        yield text, base, base + len(text), ""
        return
    lead = _ELISIONS.match(text)
    if lead is not None:
        yield from _spans(text[lead.end() :], base + lead.end())
        return
    together = _amount(text) or _unit_of_money(text) or _initials(text)
    if together:
        end = base + len(text.rstrip(_FOLDED_SPACE))
        yield from ((word, base, end, "") for word in together)
        return
    if len(without := _without_possessive(text)) < len(text):
        yield from _spans(without, base)
        return
    for match in _pieces_between_signs(text):
        if match[0] == text:
            yield from _without_apostrophes(text, base)
        else:
            # A piece is read as it would be alone: ``x_4k`` has the number that ``4k`` is.
            yield from _spans(match[0], base + match.start())
    if text.endswith("%"):
        yield "percent", base + len(text) - 1, base + len(text), ""


def _amount(text: str) -> tuple[str, ...]:
    """Returns the words of a number with its unit, of none if it is not one."""
    match = _AMOUNT.fullmatch(text)
    value = _number(match["number"]) if match else None
    if match is None or value is None:
        return ()
    unit, code = match["unit"], match["code"]
    if unit[-3:].upper() in _CODE_SET and (unit[:-3] in _UNITS or unit[:-3] in ("", "k")):
        unit, code = unit[:-3], unit[-3:]
    money = any(match[group] for group in ("code", "sign", "apart", "behind", "after")) or code
    whole, _point, part = value.partition(".")
    found = [value]
    if unit in _UNITS and (money or part or len(whole) > 1):
        # A lone digit with a letter is a name (3M, 5G) unless a sign tells that it is money.
        found = [value, _UNITS[unit]]
    elif unit == "k" and len(part) <= 3:
        found = [whole.lstrip("0") + part.ljust(3, "0")]
    elif unit == "pct":
        found = [value, "percent"]
    elif unit:
        found = [value + unit]
    if code:
        found.insert(0 if match["code"] else len(found), code)
    return (*found, *(["percent"] if match["percent"] else []))


def _number(text: str) -> str | None:
    """Returns the one spelling of a number, None if the text is not one."""
    for pattern in _NUMBERS:
        match = pattern.fullmatch(text)
        if match is not None:
            whole = "".join(char for char in match[1] if char.isdigit())
            part = (match[2] or "").rstrip("0")
            return f"{whole}.{part}" if part else whole
    return None


def _unit_of_money(text: str) -> tuple[str, ...]:
    """Returns the words of a unit with money but without a number: ``M$``, ``MUSD``."""
    match = _UNIT_AND_SIGN.fullmatch(text)
    if match is not None and match[1] in _UNITS:
        return (_UNITS[match[1]],)
    return _UNITS_OF_MONEY.get(text, ())


def _initials(text: str) -> tuple[str, ...]:
    """Returns the word that initials are: of ``u.s``, ``r&d``, ``r & d``, ``ph.d``."""
    parts = _AMPERSAND.split(text) if "&" in text else text.rstrip(".").split(".")
    if len(parts) > 1 and all(_is_initial(part) for part in parts):
        return ("".join(parts),)
    return ()


def _is_initial(part: str) -> bool:
    return 0 < len(part) <= _INITIALS and part.isalpha() and not _SPACELESS_CHAR.match(part)


def _without_possessive(text: str) -> str:
    end = len(text)
    while end > 2 and text[end - 1] == "s" and text[end - 2] in _APOSTROPHES:
        end -= 2
    return text[:end]


def _pieces_between_signs(text: str) -> Iterator[re.Match[str]]:
    return _between_signs(full=NEEDS_MARKS.search(text) is not None).finditer(text)


@cache
def _between_signs(*, full: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:[^\W_]|[{_APOSTROPHES}{marks() if full else ''}])+")


def _without_apostrophes(text: str, base: int) -> Iterator[_Span]:
    """Yields the words of folded text without any signs but apostrophes."""
    parts = [(match[0], match.start(), match.end()) for match in _PART.finditer(text)]
    if len(parts) == 1 and parts[0][0] == text:
        yield from _of_scripts(text, base)
        return
    if len(parts) > 1 and parts[-1][0] in _CONTRACTED:
        word = "".join(part for part, _start, _end in parts)
        if word.isalpha():
            yield word, base + parts[0][1], base + parts[-1][2], ""
            return
    at = 0
    while at < len(parts):
        part, start, _end = parts[at]
        at += 1
        if part == "aujourd" and at < len(parts) and parts[at][0] == "hui":
            yield "aujourdhui", base + start, base + parts[at][2], ""
            at += 1
        else:
            yield from _spans(part, base + start)


def _of_scripts(text: str, base: int) -> Iterator[_Span]:
    """Yields the words of folded text without signs: itself, or the pairs of spaceless scripts."""
    if text.isascii() or _SPACELESS_CHAR.search(text) is None:
        yield text, base, base + len(text), ""
        return
    for match in _runs().finditer(text):
        if _SPACELESS_CHAR.match(match[0]):
            yield from _pairs(match[0], base + match.start())
        else:
            yield from _spans(match[0], base + match.start())


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"(?:[{SPACELESS}][{marks()}]*)+|[^{SPACELESS}]+")


def _pairs(run: str, base: int) -> Iterator[_Span]:
    """Yields the overlapping pairs of the characters of a run, and its last character."""
    bounds = [match.start() for match in cluster_pattern().finditer(run)]
    bounds.append(len(run))
    place = _FIRST
    for start, end in zip(bounds, bounds[2:], strict=False):
        yield run[start:end], base + start, base + end, place
        place = _NEXT
    last = bounds[-2]
    yield run[last:], base + last, base + len(run), _LAST if last else _ALONE
