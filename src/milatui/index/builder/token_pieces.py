"""Tokenizes large batches of text with NumPy: each distinct piece of text is analyzed once.

Text is cut at white space and at ASCII signs that no token contains. A *piece* is what lies between
two cuts. Pieces are read from the bytes of a whole batch at once, eight bytes at a time, hashed
and looked up in a hash table; only pieces that were never met before reach the tokenizer. The few
places where a token may hold a space are tokenized as windows of text.

Property tests compare the result with ``tokenizer.words``.
"""

from __future__ import annotations

import os
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np

from milatui.index.analysis.amounts import CODES, COUNTRIES, UNITS_OF_MONEY
from milatui.index.analysis.raw_tokens import MONEY_NAMES, holds_spaced_token
from milatui.index.analysis.tokenizer import plain_words, uncached_words, words
from milatui.index.codec.postings import ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Offsets = NDArray[np.int64]
    Hashes = NDArray[np.uint64]

NEVER_IN_TOKENS: Final = b"()[]{}<>|\\*+=~^#@-:;!?/"
"""ASCII signs that no token contains or looks across."""
PADDING: Final = b"\n" * 8
"""Ends every batch, so that eight bytes can be read anywhere."""
LONGEST: Final = 64
"""Bytes of the longest piece that is kept: longer ones are hardly met twice."""
MOST_PIECES: Final = 1 << 20
"""How many pieces are kept: those that come first are the common ones."""
_FIRST_SLOTS: Final = 1 << 17
_AROUND_TOKENS: Final = ".,'\""
_QUOTES: Final = "“”‘’«»…–—.,'\""
"""Signs that begin or end no token: pieces are the same without them."""
_BEFORE: Final = 3
_BEHIND: Final = 7
"""Pieces before and behind a space that a token may hold, up to which it may reach and look."""
_DASHES_AND_QUOTES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015“”„•…"
"""Common signs that no token contains; their UTF-8 begins with the same two bytes."""
_FIRST_OF_SIGNS, _SECOND_OF_SIGNS = "“".encode()[:2]
_IS_SIGN: Final = np.isin(np.arange(256), [sign.encode()[2] for sign in _DASHES_AND_QUOTES])
_SIGNS_AT_EDGE: Final = 2
"""How many of the signs around tokens are cut off before pieces are hashed."""
_LONGEST_GAP: Final = 2
"""Bytes between two pieces of a token: a space, before it perhaps a point or an apostrophe."""
_ENCODING: Final = ("utf-8", "surrogatepass")
T = TypeVar("T", bound=np.generic)

_SPACE, _DIGIT, _SIGN, _LETTER, _AMPERSAND, _UNIT_LETTER = (1 << bit for bit in range(6))
_UNITS: Final = [
    *("mm", "mn", "mio", "mln", "mrd", "mds", "md", "mld", "bn", "bln"),
    *("thousand", "mille"),
]
"""How units of more than one letter begin behind a number and a space; see ``amounts``."""
_MONEY: Final = ["de", *(name[:3] for name in MONEY_NAMES), *(code.lower() for code in CODES)]
"""How what follows a unit and a space begins, unless it is a sign: dollars, de dollars, USD."""
_ENDS_OF_CODES: Final = [*COUNTRIES.split("|"), *CODES]
"""What stands before a space and a number, unless it is a sign: ``USD 5``, ``US 5``."""
_CUT: Final = bytes(byte <= 0x20 or byte == 0x7F or byte in NEVER_IN_TOKENS for byte in range(256))
_AT_EDGE: Final = bytes(2 * (chr(byte) in _AROUND_TOKENS) for byte in range(256))
_CUT_OR_EDGE: Final = bytes(map(or_, _CUT, _AT_EDGE))


def _byte_classes() -> bytes:
    classes = bytearray(256)
    for byte in range(256):
        letter = chr(byte)
        classes[byte] |= _SPACE * (byte <= 0x20 or byte == 0x7F)
        classes[byte] |= _DIGIT * (letter in "0123456789")
        classes[byte] |= _SIGN * (letter == "$" or byte >= 0x80)
        classes[byte] |= _LETTER * (byte < 0x80 and letter.isalpha())
        classes[byte] |= _AMPERSAND * (letter == "&")
        classes[byte] |= _UNIT_LETTER * (letter in "MBGKmbgk")
    return bytes(classes)


_CLASSES: Final = _byte_classes()
_CLASS: Final = np.frombuffer(_CLASSES, np.uint8)
_HOLDS_DIGIT, _HOLDS_AMPERSAND, _BEGINS_WITH_DIGIT = _DIGIT, _AMPERSAND, _SPACE
"""Traits of pieces. They need no bit for a space, as none is in a piece."""


def _beginnings(words: Iterable[str]) -> NDArray[np.bool_]:
    """Returns which three letters, numbered as by ``_three_letters``, words may begin with."""
    found = np.zeros((32, 32, 32), np.bool_)
    for word in words:
        first, second, *third = (ord(letter) & _LETTER_BITS for letter in word[:3])
        found[first, second, third or slice(None)] = True
    return found.reshape(-1)


_LETTER_BITS: Final = 31
"""Bits of a letter other than that of its case."""
_UNIT_BEGINS: Final = _beginnings(_UNITS)
_MONEY_BEGINS: Final = _beginnings([*_MONEY, "d'", "d\xe2"])
_CODE_ENDS: Final = _beginnings(code[-2:] for code in _ENDS_OF_CODES)


class BatchTokens(NamedTuple):
    """The words of a batch of text in order.

    Attributes:
        numbers: Word numbers, shape (words,).
        starts: Where in the batch each piece begins, shape (pieces,).
        ends: How many words the pieces have up to each of them, shape (pieces,).
    """

    numbers: NDArray[np.uint32]
    starts: Offsets
    ends: Offsets

    def counts_before(self, offsets: Offsets) -> Offsets:
        """Returns how many words stand before each offset in the batch, same shape."""
        at = np.searchsorted(self.starts, offsets)
        return np.concatenate([np.zeros(1, np.int64), self.ends])[at]


class _Analyzed(NamedTuple):
    """Some pieces: how many words each has, their word numbers in a row, traits of each piece."""

    counts: Offsets
    numbers: NDArray[np.uint32]
    traits: NDArray[np.uint8]


class PieceTable:
    """Maps pieces of text to the numbers of their words.

    Args:
        number_word: Returns the number of a folded word, a new one for a new word.
    """

    def __init__(self, number_word: Callable[[str], int]) -> None:
        self._number_word = number_word
        random = [int.from_bytes(os.urandom(8), "little") | 1 for _chunk in range(LONGEST // 8)]
        self._factors = np.array(random, np.uint64)
        self._keys = np.zeros(_FIRST_SLOTS, np.uint64)
        self._slots = np.zeros(_FIRST_SLOTS, np.int64)
        self._starts = np.zeros(_FIRST_SLOTS, np.int64)
        self._counts = np.zeros(_FIRST_SLOTS, np.int64)
        self._traits = np.zeros(_FIRST_SLOTS, np.uint8)
        self._numbers = np.zeros(_FIRST_SLOTS, np.uint32)
        self._pieces = self._used = 0

    def tokenize(self, batch: bytes) -> BatchTokens:
        """Tokenizes a batch.

        Args:
            batch: UTF-8 that begins with a newline and ends with ``PADDING``; texts in it are
                parted by newlines, which no token reaches across.
        """
        batch = _simplified(batch)
        starts, ends = _cut(batch)
        if not len(starts):
            return BatchTokens(np.zeros(0, np.uint32), starts, starts)
        keys = self._hash(batch, starts, ends)
        pieces = self._look_up(keys)
        unknown = np.flatnonzero(pieces < 0)
        if len(unknown):
            self._learn(batch, starts, ends, keys, unknown)
            pieces[unknown] = self._look_up(keys[unknown])
            unknown = unknown[pieces[unknown] < 0]
        begins, counts = self._starts[pieces], self._counts[pieces]
        traits = self._traits[pieces]
        used = self._used
        if len(unknown):
            found = self._analyze(batch, _spans(starts, ends, unknown))
            counts[unknown], traits[unknown] = found.counts, found.traits
            begins[unknown] = self._used + np.cumsum(found.counts) - found.counts
            # They lie behind the kept ones until the next batch.
            used = self._append(used, found.numbers)
        for first, last, begin, end in _spaced_windows(batch, starts, ends, traits):
            numbers = self.number(words(batch[begin:end].decode(*_ENCODING)))
            counts[first:last] = 0
            counts[first], begins[first] = len(numbers), used
            used = self._append(used, np.array(numbers, np.uint32))
        return BatchTokens(self._gather(begins, counts), starts, np.cumsum(counts))

    def _hash(self, batch: bytes, starts: Offsets, ends: Offsets) -> Hashes:
        """Hashes pieces: up to eight bytes are their own hash; 0 for those that are too long."""
        sizes = ends - starts
        keys, signs = self._hash_bytes(batch.lower(), starts, sizes)
        # The case of ASCII letters does not matter, except beside a sign of money.
        at = np.flatnonzero(signs)
        keys[at], _signs = self._hash_bytes(batch, starts[at], sizes[at])
        return keys

    def _hash_bytes(
        self, batch: bytes, starts: Offsets, sizes: Offsets
    ) -> tuple[Hashes, NDArray[np.bool_]]:
        """Hashes pieces, and tells which of them hold a dollar sign or other signs than ASCII."""
        chunks: Hashes = np.ndarray((len(batch) - 7,), "<u8", batch, strides=(1,))
        keys: Hashes = chunks[starts] & _MASKS[np.minimum(sizes, 8)]
        signs = _holds_sign(keys)
        rest = np.flatnonzero(sizes > 8)
        for number in range(1, LONGEST // 8):
            if not len(rest):
                return keys, signs
            left = sizes[rest] - 8 * number
            chunk = chunks[starts[rest] + 8 * number] & _MASKS[np.minimum(left, 8)]
            signs[rest] |= _holds_sign(chunk)
            known = keys[rest]
            mixed = (known ^ (known >> np.uint64(29))) * self._factors[number] + chunk
            keys[rest] = (mixed ^ (mixed >> np.uint64(32))) * self._factors[0]
            rest = rest[left > 8]
        keys[rest] = 0
        return keys, signs

    def _look_up(self, keys: Hashes) -> Offsets:
        """Looks pieces up by their hashes: their numbers, -1 for those that are not known."""
        last = len(self._keys) - 1
        slots = self._slots_of(keys)
        found = self._keys[slots]
        pieces = np.where(found == keys, self._slots[slots], -1)
        left = np.flatnonzero((found != keys) & (found != 0))
        while len(left):
            slots[left] = (slots[left] + 1) & last
            found = self._keys[slots[left]]
            hits = found == keys[left]
            pieces[left[hits]] = self._slots[slots[left[hits]]]
            left = left[~hits & (found != 0)]
        pieces[keys == 0] = -1
        return pieces

    def _slots_of(self, keys: Hashes) -> Offsets:
        shift = np.uint64(64 - (len(self._keys) - 1).bit_length())
        return ((keys * _SPREAD) >> shift).astype(np.int64)

    def _learn(
        self, batch: bytes, starts: Offsets, ends: Offsets, keys: Hashes, unknown: Offsets
    ) -> None:
        """Analyzes new pieces and adds them to the table, as far as it takes more."""
        new, first = np.unique(keys[unknown], return_index=True)
        first = first[new != 0]
        room = MOST_PIECES - self._pieces
        at = unknown[np.sort(first)[:room]]
        if not len(at):
            return
        found = self._analyze(batch, _spans(starts, ends, at))
        stop = self._pieces + len(at)
        self._starts = _grown(self._starts, stop)
        self._counts = _grown(self._counts, stop)
        self._traits = _grown(self._traits, stop)
        self._starts[self._pieces : stop] = self._used + np.cumsum(found.counts) - found.counts
        self._counts[self._pieces : stop] = found.counts
        self._traits[self._pieces : stop] = found.traits
        self._used = self._append(self._used, found.numbers)
        self._insert(keys[at], np.arange(self._pieces, stop))
        self._pieces = stop

    def _insert(self, keys: Hashes, pieces: Offsets) -> None:
        """Adds pieces to the hash table: open addressing, at most half full."""
        if 2 * (self._pieces + len(keys)) > len(self._keys):
            used = self._keys != 0
            keys = np.concatenate([self._keys[used], keys])
            pieces = np.concatenate([self._slots[used], pieces])
            size = 1 << (4 * len(keys) - 1).bit_length()
            self._keys, self._slots = np.zeros(size, np.uint64), np.zeros(size, np.int64)
        last = len(self._keys) - 1
        slots = self._slots_of(keys)
        while len(keys):
            free = np.flatnonzero(self._keys[slots] == 0)
            _slot, winners = np.unique(slots[free], return_index=True)
            placed = free[winners]
            self._keys[slots[placed]], self._slots[slots[placed]] = keys[placed], pieces[placed]
            rest = np.ones(len(keys), np.bool_)
            rest[placed] = False
            keys, pieces, slots = keys[rest], pieces[rest], (slots[rest] + 1) & last

    def _analyze(self, batch: bytes, spans: Iterator[tuple[int, int]]) -> _Analyzed:
        """Analyzes pieces."""
        pieces = [batch[start:end] for start, end in spans]
        # No piece holds a newline.
        joined = b"\n".join(pieces)
        found = list(map(self._words, joined.decode(*_ENCODING).split("\n")))
        counts = np.fromiter(map(len, found), np.int64, len(found))
        numbers = np.fromiter(chain.from_iterable(found), np.uint32)
        sizes = np.fromiter(map(len, pieces), np.int64, len(pieces))
        begins = np.cumsum(sizes + 1) - sizes - 1
        classes = np.frombuffer(joined.translate(_CLASSES), np.uint8)
        traits = np.bitwise_or.reduceat(classes, begins)
        traits &= np.uint8(_HOLDS_DIGIT | _HOLDS_AMPERSAND)
        traits[(classes[begins] & _DIGIT) != 0] |= _BEGINS_WITH_DIGIT
        return _Analyzed(counts, numbers, traits)

    def _append(self, used: int, numbers: NDArray[np.uint32]) -> int:
        """Appends word numbers behind the first ``used``; returns the new count."""
        stop = used + len(numbers)
        self._numbers = _grown(self._numbers, stop)
        self._numbers[used:stop] = numbers
        return stop

    def _gather(self, begins: Offsets, counts: Offsets) -> NDArray[np.uint32]:
        """Returns the numbers of words of pieces in a row; most pieces have one word."""
        if not counts.all():
            some = counts != 0
            begins, counts = begins[some], counts[some]
        ends = np.cumsum(counts)
        found = np.empty(int(ends[-1]) if len(ends) else 0, np.uint32)
        found[ends - counts] = self._numbers[begins]
        several = np.flatnonzero(counts > 1)
        more = counts[several] - 1
        found[ranges(ends[several] - more, more)] = self._numbers[ranges(begins[several] + 1, more)]
        return found

    def _words(self, piece: str) -> tuple[int, ...]:
        """Returns the numbers of the words of a piece."""
        if len(piece) <= LONGEST and piece.isascii() and piece.isalpha():
            text = piece.lower()
            if text not in UNITS_OF_MONEY:
                return (self._number_word(text),)
        text = piece.strip(_AROUND_TOKENS)
        if not text.isascii():
            text = text.strip(_QUOTES).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        return self.number(plain_words(text) or uncached_words(text))

    def number(self, words: Sequence[str]) -> tuple[int, ...]:
        """Returns the numbers of words."""
        return tuple(map(self._number_word, words))


_MASKS: Final = np.array([(1 << (8 * size)) - 1 for size in range(9)], np.uint64)
"""Masks that keep the first n bytes of an eight-byte chunk; indexed by n."""
_HIGH_BITS: Final = np.uint64(0x8080808080808080)
_LOW_BITS: Final = np.uint64(0x0101010101010101)
_DOLLARS: Final = np.uint64(ord("$") * 0x0101010101010101)
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""Spreads hashes over the slots of a table (Knuth's multiplicative hashing)."""


def _holds_sign(chunks: Hashes) -> NDArray[np.bool_]:
    """Tells which chunks of eight bytes hold a dollar sign or a byte that is not ASCII.

    A byte that is zero after the exclusive or borrows from the highest bit (Mycroft's test).
    """
    others = chunks ^ _DOLLARS
    found: NDArray[np.bool_] = ((chunks | ((others - _LOW_BITS) & ~others)) & _HIGH_BITS) != 0
    return found


def _simplified(batch: bytes) -> bytes:
    """Replaces the commonest signs that no token contains by as many hyphens as they have bytes.

    Words beside a dash or a quotation mark are then pieces that were met before.
    """
    raw = np.frombuffer(batch, np.uint8)
    at = np.flatnonzero(raw == _FIRST_OF_SIGNS)
    at = at[(raw[at + 1] == _SECOND_OF_SIGNS) & _IS_SIGN[raw[at + 2]]]
    if not len(at):
        return batch
    changed = bytearray(batch)
    target = np.frombuffer(changed, np.uint8)
    for offset in range(3):
        target[at + offset] = ord("-")
    del target
    return bytes(changed)


def _cut(batch: bytes) -> tuple[Offsets, Offsets]:
    """Finds where pieces begin and end, most of them without signs at their edges."""
    kinds = np.frombuffer(batch.translate(_CUT_OR_EDGE), np.uint8)
    cuts, signs = kinds == 1, kinds == 2
    for _sign in range(_SIGNS_AT_EDGE):
        cuts[1:] |= signs[1:] & cuts[:-1]
        cuts[:-1] |= signs[:-1] & cuts[1:]
    edges = np.flatnonzero(cuts[1:] != cuts[:-1]) + 1
    return edges[0::2], edges[1::2]


def _spans(starts: Offsets, ends: Offsets, at: Offsets) -> Iterator[tuple[int, int]]:
    return zip(starts[at].tolist(), ends[at].tolist(), strict=True)


def _grown(array: NDArray[T], size: int) -> NDArray[T]:
    """Returns the array, twice as large or more if it has less than ``size`` items."""
    if size <= len(array):
        return array
    larger = np.zeros(max(size, 2 * len(array)), array.dtype)
    larger[: len(array)] = array
    return larger


def _spaced_windows(
    batch: bytes, starts: Offsets, ends: Offsets, traits: NDArray[np.uint8]
) -> Iterator[tuple[int, int, int, int]]:
    """Yields parts of lines in which a token may hold a space.

    Args:
        batch: The text.
        starts: Where each piece begins.
        ends: Where each ends.
        traits: What each is.

    Yields:
        First piece, the one behind the last, begin and end in the batch; ascending.
    """
    begin = end = 0
    for piece, space in _maybe_in_tokens(batch, starts, ends, traits):
        first = int(ends[piece - _BEFORE]) if piece >= _BEFORE else 1
        last = int(starts[piece + _BEHIND]) if piece + _BEHIND < len(starts) else len(batch)
        first = max(first, batch.rfind(b"\n", first, space) + 1)
        line_end = batch.find(b"\n", space, last)
        last = line_end if line_end >= 0 else last
        if first >= end:
            if _holds_spaced_token(batch[begin:end]):
                yield *np.searchsorted(starts, (begin, end)).tolist(), begin, end
            begin = first
        end = max(end, last)
    if _holds_spaced_token(batch[begin:end]):
        yield *np.searchsorted(starts, (begin, end)).tolist(), begin, end


def _maybe_in_tokens(
    batch: bytes, starts: Offsets, ends: Offsets, traits: NDArray[np.uint8]
) -> Iterator[tuple[int, int]]:
    """Yields pieces with spaces behind them that a token may hold: (piece, space), ascending."""
    raw = np.frombuffer(batch, np.uint8)
    near = traits[:-1] & (_HOLDS_DIGIT | _HOLDS_AMPERSAND)
    # 5 M dollars: the number stands one piece before.
    near[1:] |= traits[:-2] & _HOLDS_DIGIT
    near |= traits[1:] & (_BEGINS_WITH_DIGIT | _HOLDS_AMPERSAND)
    pieces = np.flatnonzero(near)
    # At most a point or an apostrophe stands beside the space.
    pieces = pieces[starts[pieces + 1] - ends[pieces] <= _LONGEST_GAP]
    spaces = starts[pieces + 1] - 1
    chosen = (_CLASS[raw[spaces]] & _SPACE) != 0
    pieces, spaces = pieces[chosen], spaces[chosen]
    left, right = _CLASS[raw[spaces - 1]], _CLASS[raw[spaces + 1]]
    after_digit = (left & _DIGIT) != 0
    before_digit = (right & _DIGIT) != 0
    # 5 M$, 5 Mio.
    maybe = after_digit & _may_be_unit(raw, spaces + 1)
    # 1 000
    at = np.flatnonzero(after_digit & before_digit)
    second, third, fourth = (_CLASS[raw[spaces[at] + offset]] for offset in (2, 3, 4))
    maybe[at[(second & third & ~fourth & _DIGIT) != 0]] = True
    # US$ 5, USD 5
    maybe |= before_digit & ((left & _SIGN) != 0)
    at = np.flatnonzero(before_digit & ((left & _LETTER) != 0) & (raw[spaces - 1] < ord("a")))
    maybe[at[_CODE_ENDS[_three_letters(raw, spaces[at] - 2)]]] = True
    # 5M dollars, 5 Mio. €
    at = np.flatnonzero(~after_digit & _may_be_money(raw, spaces + 1))
    unit = (traits[pieces[at]] & _HOLDS_DIGIT) != 0
    maybe[at[unit | _may_be_unit(raw, starts[pieces[at]])]] = True
    # R & D
    at = np.flatnonzero((left & _AMPERSAND) != 0)
    short = ~_are_letters(raw, spaces[at] - 5) & ~_are_letters(raw, spaces[at] + 1)
    maybe[at[short]] = True
    at = np.flatnonzero((right & _AMPERSAND) != 0)
    maybe[at[(_CLASS[raw[spaces[at] + 2]] & _SIGN) != 0]] = True
    return zip(pieces[maybe].tolist(), spaces[maybe].tolist(), strict=True)


def _three_letters(raw: NDArray[np.uint8], at: Offsets) -> Offsets:
    """Numbers three ASCII letters whatever their case; other bytes have numbers of letters, too."""
    first, second, third = (raw[at + offset] & _LETTER_BITS for offset in range(3))
    return (first.astype(np.int64) << 10) | (second.astype(np.int64) << 5) | third


def _are_letters(raw: NDArray[np.uint8], at: Offsets) -> NDArray[np.bool_]:
    """Tells where three ASCII letters stand."""
    first, second, third = (_CLASS[raw[at + offset]] for offset in range(3))
    found: NDArray[np.bool_] = (first & second & third & _LETTER) != 0
    return found


def _may_be_unit(raw: NDArray[np.uint8], at: Offsets) -> NDArray[np.bool_]:
    """Tells where a unit may begin: ``M``, ``bn``, ``Mio``, ``млн``."""
    first, second = _CLASS[raw[at]], _CLASS[raw[at + 1]]
    alone = (first & _UNIT_LETTER != 0) & (second & (_LETTER | _DIGIT) == 0)
    found: NDArray[np.bool_] = alone | (first & _SIGN != 0)
    return found | _UNIT_BEGINS[_three_letters(raw, at)]


def _may_be_money(raw: NDArray[np.uint8], at: Offsets) -> NDArray[np.bool_]:
    """Tells where a sign of money may stand, a code, a name or what stands before a name."""
    found: NDArray[np.bool_] = _CLASS[raw[at]] & _SIGN != 0
    return found | _MONEY_BEGINS[_three_letters(raw, at)]


def _holds_spaced_token(window: bytes) -> bool:
    return holds_spaced_token(window.decode(*_ENCODING))
