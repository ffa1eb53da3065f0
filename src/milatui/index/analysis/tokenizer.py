"""Tokenizes text into folded words with offsets, the same for index, query and highlights.

``raw_tokens`` finds runs of letters, digits and signs; here each becomes its words, once for each
distinct one:

- an elided article goes, however many there are: ``d’aujourd’hui`` is ``aujourdhui``;
- initials grow together: ``U.S.`` is ``us``, ``R & D``, ``R. & D.`` and ``R&D`` are ``rd``;
- a number with a point at the end of a name is apart: ``GPT3.5`` and ``GPT-3.5`` are the same;
- numbers have one spelling: ``1 350 000``, ``1.350.000``, ``1'350'000`` and ``13,50,000`` are
  ``1350000``, ``3,2`` is ``3.2``, ``35 thousand`` is ``35000``;
- amounts have their unit as a word: ``US$5M``, ``5 M$`` and ``5 Mio. €`` are ``5`` ``million``;
- scripts without spaces are cut into overlapping pairs of characters as by Lucene's
  ``CJKBigramFilter``, and the last character of a run follows alone: ``研究所`` has ``研究``,
  ``究所``, ``所``.  So every character begins one term.  In a query the pairs of a run stand side
  by side, and a character alone is a prefix.

Tokens of an amount or of initials have the offsets of the whole raw token.
"""

# untranslated: tables and patterns of characters
from __future__ import annotations

import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.analysis.amounts import UNITS_OF_MONEY, amount_words
from milatui.index.analysis.characters import (
    SPACELESS,
    has_spaceless,
    is_spaceless,
    marks,
    needs_marks,
)
from milatui.index.analysis.folding import cluster_pattern, fold, fold_with_offsets
from milatui.index.analysis.raw_tokens import find_raw_tokens, is_raw_token, pieces, raw_tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LONGEST_WORD: Final = 255
"""Maximum length of a word; a longer one is cut, as by Lucene's ``StandardTokenizer``."""
AROUND_TOKENS: Final = ".,'\"()[]:;!?"
"""Signs that begin or end no token of letters or digits of ASCII."""


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


class _Part(NamedTuple):
    """A word of a raw token; offsets are those in the raw token, ``in_run`` says where in a run."""

    word: str
    start: int
    end: int
    in_run: str = ""


_FIRST, _NEXT, _LAST, _ALONE = "first", "next", "last", "alone"


def tokenize(text: str) -> list[Token]:
    """Tokenizes a text as it is indexed: one token after the other, with its offsets."""
    table = _PARTS
    return [
        Token(part.word, match.start() + part.start, match.start() + part.end)
        for match in find_raw_tokens(text)
        for part in table[match[0]]
    ]


def tokenize_piece(piece: str) -> list[Token]:
    """Tokenizes one of the ``pieces`` of a text; offsets are those in the piece."""
    if is_raw_token(piece):
        return [Token(part.word, part.start, part.end) for part in _PARTS[piece]]
    return tokenize(piece)


def words_of_piece(piece: str) -> list[str]:
    """Returns the words of one of the ``pieces`` of a text, without their offsets; do not change.

    Five times as fast as ``tokenize_piece``.
    """
    return _WORDS[piece]


def words(text: str) -> list[str]:
    """Returns the words of a text as it is indexed: those of ``tokenize``."""
    return list(chain.from_iterable(map(_WORDS.__getitem__, pieces(text))))


def plain_words(text: str) -> tuple[str, ...]:
    """Returns the words of letters and digits of ASCII, fast.

    Also with a possessive s, with thousands apart or a decimal point, as an amount of dollars, or
    of words between points (``example.com``).

    Returns:
        What ``words`` returns; none if the text is something else.
    """
    if not text.isascii() or len(text) > LONGEST_WORD:
        return ()
    text = text.lower()
    if text.isalpha():
        return UNITS_OF_MONEY.get(text) or (text,)
    if text.isalnum():
        return amount_words(text) or (text,)
    owner = text.removesuffix("'s")
    if owner.isalpha():
        return () if owner in _ARTICLES else UNITS_OF_MONEY.get(owner) or (owner,)
    if _simple_number().fullmatch(text):
        return amount_words(text)
    parts = text.split(".")
    if len(max(parts, key=len)) > _INITIALS and all(map(str.isalpha, parts)):
        return () if any(map(UNITS_OF_MONEY.__contains__, parts)) else tuple(parts)
    return ()


def uncached_words(text: str) -> list[str]:
    """Returns what ``words`` returns; for a text that is not met again."""
    return list(_words_of(raw_tokens(text)))


def tokenize_query(text: str, *, phrase: bool = False) -> list[QueryToken]:
    """Tokenizes a query, or words to be found in texts.

    Args:
        text: Words of a query.
        phrase: All words have to stand side by side: a character that ends a run is left out only
            at the end of the text.
    """
    found = []
    for match in find_raw_tokens(text):
        at = match.start()
        parts = _PARTS[match[0]]
        for part in parts:
            ends = part.in_run == _LAST and (not phrase or match.end() == len(text.rstrip()))
            if not ends or part is not parts[-1]:
                joined = part.in_run in (_NEXT, _LAST)
                offsets = at + part.start, at + part.end
                found.append(QueryToken(part.word, *offsets, joined, part.in_run == _ALONE))
    return found


def query_words(text: str) -> list[str]:
    """Returns the words of a name or a phrase as they stand side by side in a text with it."""
    if not has_spaceless(text):
        return words(text)
    return [token.word for token in tokenize_query(text, phrase=True)]


def release_tables() -> None:
    """Drops the words of the texts read so far; they are found again when needed."""
    _WORDS.clear()
    _PARTS.clear()


def first_character_end(text: str, start: int) -> int:
    """Returns where the character at ``start`` ends, with the marks that belong to it."""
    match = cluster_pattern().match(text, start)
    return match.end() if match else start


class _WordTable(dict[str, list[str]]):
    """Maps pieces of texts to their words."""

    LIMIT: Final = 100_000
    LONGEST: Final = 64

    def __missing__(self, piece: str) -> list[str]:
        found = [*plain_words(piece.strip(AROUND_TOKENS))]
        if not found:
            raws = [piece] if is_raw_token(piece) else raw_tokens(piece)
            found = [*_words_of(raws)]
        if len(piece) <= self.LONGEST and len(self) < self.LIMIT:
            self[piece] = found
        return found


class _PartTable(dict[str, tuple[_Part, ...]]):
    """Maps raw tokens to their words."""

    LIMIT: Final = 100_000
    LONGEST: Final = 64

    def __missing__(self, raw: str) -> tuple[_Part, ...]:
        parts = _split(raw)
        if len(raw) <= self.LONGEST and len(self) < self.LIMIT:
            self[raw] = parts
        return parts


_WORDS: Final = _WordTable()
_PARTS: Final = _PartTable()

_ELIDED: Final = "l|d|j|m|t|s|n|c|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu"
_ARTICLES: Final = frozenset(_ELIDED.split("|"))
_CONTRACTED: Final = frozenset(("t", "re", "ve", "ll", "m", "d"))
_INITIALS: Final = 2
"""Maximum length of a part of initials: ``U.S.``, ``Ph.D``, ``AT&T``."""

_Span = tuple[str, int, int, str]
"""A word, where it stands in the folded raw token, and where in a run it is."""


def _split(raw: str) -> tuple[_Part, ...]:
    """Splits a raw token into its words."""
    plain = plain_words(raw)
    if len(plain) == 1 and raw.lower() in (plain[0], f"{plain[0]}'s"):
        return (_Part(plain[0], 0, len(plain[0])),)
    folded = fold_with_offsets(_plain_signs(raw))
    found = (part for span in _spans(folded.text, 0) for part in _cut(span))
    return tuple(
        _Part(word, folded.starts[start], folded.ends[end - 1], in_run)
        for word, start, end, in_run in found
    )


def _words_of(raws: Iterable[str]) -> Iterator[str]:
    """Yields the words of raw tokens."""
    for raw in raws:
        for span in _spans(fold(_plain_signs(raw)), 0):
            for word, *_in_run in _cut(span):
                yield word


def _plain_signs(raw: str) -> str:
    return raw.replace("`", "'").replace('"', "״")


def _cut(span: _Span) -> Iterator[_Span]:
    """Cuts a word that is too long."""
    word, start, end, in_run = span
    if len(word) <= LONGEST_WORD:
        yield span
        return
    for at in range(0, len(word), LONGEST_WORD):
        piece = word[at : at + LONGEST_WORD]
        apart = end - start == len(word)
        yield piece, *((start + at, start + at + len(piece)) if apart else (start, end)), in_run


def _spans(text: str, base: int) -> Iterator[_Span]:
    """Yields the words of folded text that begins at ``base`` in its raw token."""
    if not text:
        return
    together = amount_words(text) or _initials(text)
    if together:
        end = base + len(text.rstrip())
        yield from ((word, base, end, "") for word in together)
        return
    if text.isascii() and text.isalpha():
        yield text, base, base + len(text), ""
        return
    lead = _elisions().match(text)
    if lead is not None:
        yield from _spans(text[lead.end() :], base + lead.end())
        return
    if len(without := _without_possessive(text)) < len(text):
        yield from _spans(without, base)
        return
    if named := _number_behind_letters().fullmatch(text):
        yield from _spans(named[1], base)
        yield from _spans(named[2], base + named.end(1))
        return
    if has_spaceless(text) and len(runs := [*_runs().finditer(text)]) > 1:
        # Signs between digits are of a number also where no space follows: ``1,000人``.
        for run in runs:
            yield from _spans(run[0], base + run.start())
        return
    for match in _between_signs(full=needs_marks(text)).finditer(text):
        if match[0] == text:
            yield from _without_apostrophes(text, base)
        else:
            # A piece is read as it would be alone: ``x_4k`` has the number that ``4k`` is.
            yield from _spans(match[0], base + match.start())
    if text.endswith("%"):
        yield "percent", base + len(text) - 1, base + len(text), ""


def _initials(text: str) -> tuple[str, ...]:
    """Returns the word that initials are: of ``u.s``, ``r&d``, ``r & d``, ``ph.d``."""
    sign = "&" if "&" in text else "."
    if sign not in text:
        return ()
    parts = [part.strip(" .") for part in text.rstrip(".").split(sign)]
    if all(map(_is_initial, parts)):
        return ("".join(parts),)
    return ()


def _is_initial(part: str) -> bool:
    return 0 < len(part) <= _INITIALS and part.isalpha() and not has_spaceless(part)


@cache
def _simple_number() -> re.Pattern[str]:
    return re.compile("[$]?[0-9]+(?:[.,][0-9]+)*[kmb]?%?")


@cache
def _elisions() -> re.Pattern[str]:
    return re.compile(f"(?:(?:{_ELIDED})'+)+(?=.)")


def _without_possessive(text: str) -> str:
    end = len(text)
    while end > 2 and text[end - 2 : end] == "'s":
        end -= 2
    return text[:end]


@cache
def _between_signs(*, full: bool) -> re.Pattern[str]:
    return re.compile(rf"(?:[^\W_]|['{marks() if full else ''}])+")


def _without_apostrophes(text: str, base: int) -> Iterator[_Span]:
    """Yields the words of folded text without any signs but apostrophes."""
    parts = []
    at = 0
    for part in text.split("'"):
        if part:
            parts.append((part, at))
        at += len(part) + 1
    if len(parts) == 1 and parts[0][0] == text:
        yield from _of_scripts(text, base)
        return
    if len(parts) > 1 and parts[-1][0] in _CONTRACTED:
        word = "".join(part for part, _start in parts)
        if word.isalpha():
            last, start = parts[-1]
            yield word, base + parts[0][1], base + start + len(last), ""
            return
    number = 0
    while number < len(parts):
        part, start = parts[number]
        number += 1
        if part == "aujourd" and number < len(parts) and parts[number][0] == "hui":
            yield "aujourdhui", base + start, base + parts[number][1] + len("hui"), ""
            number += 1
        else:
            yield from _spans(part, base + start)


def _of_scripts(text: str, base: int) -> Iterator[_Span]:
    """Yields the words of folded text without signs: itself, or the pairs of spaceless scripts."""
    if not has_spaceless(text):
        yield text, base, base + len(text), ""
        return
    for match in _runs().finditer(text):
        if is_spaceless(match[0]):
            yield from _pairs(match[0], base + match.start())
        else:
            yield from _spans(match[0], base + match.start())


@cache
def _number_behind_letters() -> re.Pattern[str]:
    """Returns the pattern of a name that ends in a number with a point: ``gpt3.5``, ``pm2.5``."""
    return re.compile(r"([^\W\d_]+)([0-9]+[.,][0-9]+)")


@cache
def _runs() -> re.Pattern[str]:
    return re.compile(f"(?:[{SPACELESS}][{marks()}]*)+|[^{SPACELESS}]+")


def _pairs(run: str, base: int) -> Iterator[_Span]:
    """Yields the overlapping pairs of the characters of a run, and its last character."""
    bounds = [match.start() for match in cluster_pattern().finditer(run)]
    bounds.append(len(run))
    in_run = _FIRST
    for start, end in zip(bounds, bounds[2:], strict=False):
        yield run[start:end], base + start, base + end, in_run
        in_run = _NEXT
    last = bounds[-2]
    yield run[last:], base + last, base + len(run), _LAST if last else _ALONE
