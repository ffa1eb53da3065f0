"""Tokenizes large batches of text with NumPy: each distinct piece of text is analyzed once.

Text is cut at white space and at ASCII signs that no token contains. A *piece* is what lies between
two cuts. Pieces are read from the bytes of a whole batch at once, eight bytes at a time, hashed
and looked up in a hash table; only pieces that were never met before reach the tokenizer. The few
places where a token may hold a space are tokenized as windows of text.

Property tests compare the result with ``tokenizer.words``.
"""

from __future__ import annotations

import os
from operator import or_
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

import numpy as np

from milatui.index.analysis.raw_tokens import holds_spaced_token
from milatui.index.analysis.tokenizer import plain_words, uncached_words, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

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
_AROUND_TOKENS: Final = b".,'\""
_QUOTES: Final = "“”‘’«»…–—.,'\""
"""Signs that begin or end no token: pieces are the same without them."""
_BEFORE: Final = 2
_BEHIND: Final = 7
"""Spaces before and behind a space that a token may hold, up to which it may reach and look."""
_SIGNS_AT_EDGE: Final = 2
"""How many of the signs around tokens are cut off before pieces are hashed."""
_ENCODING: Final = ("utf-8", "surrogatepass")
T = TypeVar("T", bound=np.generic)

_SPACE, _DIGIT, _UPPER, _SIGN, _LETTER, _AMPERSAND = (1 << bit for bit in range(6))
_UNITS_AND_MONEY: Final = [
    "mm",
    "mn",
    "mi",
    "ml",
    "md",
    "mr",
    "bn",
    "bl",
    "g",
    "k",
    "m",
    "b",
    "de",
    "d'",
    "d’",
    "do",
    "eu",
    "po",
    "li",
    "fr",
    "ye",
    "pe",
    "kr",
    "re",
    "ro",
    "ru",
    "th",
]
"""How units behind a number begin, and names of money: million, md, k, dollars, d'euros ..."""
_CUT: Final = bytes(byte <= 0x20 or byte == 0x7F or byte in NEVER_IN_TOKENS for byte in range(256))
_AT_EDGE: Final = bytes(2 * (byte in _AROUND_TOKENS) for byte in range(256))
_CUT_OR_EDGE: Final = bytes(map(or_, _CUT, _AT_EDGE))


def _byte_classes() -> bytes:
    classes = bytearray(256)
    for byte in range(256):
        letter = chr(byte)
        classes[byte] |= _SPACE * (byte <= 0x20 or byte == 0x7F)
        classes[byte] |= _DIGIT * (letter in "0123456789")
        classes[byte] |= _UPPER * ("A" <= letter <= "Z")
        classes[byte] |= _SIGN * (letter == "$" or byte >= 0x80)
        classes[byte] |= _LETTER * ((byte < 0x80 and letter.isalpha()) or letter in ".'")
        classes[byte] |= _AMPERSAND * (letter == "&")
    return bytes(classes)


_CLASSES: Final = _byte_classes()
_SIGNS: Final = bytes((kind & _SIGN) != 0 for kind in _CLASSES)


def _pairs_behind_number() -> NDArray[np.bool_]:
    """Returns pairs of bytes with which a unit, a code of money or its name may begin."""
    may_begin = np.zeros((256, 256), np.bool_)
    classes = np.frombuffer(_CLASSES, np.uint8)
    may_begin[classes & _SIGN != 0] = True
    upper = classes & _UPPER != 0
    may_begin[np.ix_(upper, upper)] = True
    no_letter = (classes & _LETTER == 0) | (classes & _SIGN != 0)
    for beginning in _UNITS_AND_MONEY:
        for text in (beginning, beginning.title(), beginning.upper()):
            first, *rest = text.encode()
            may_begin[first, rest[0] if rest else no_letter] = True
    for sign in b".'":
        # An abbreviation or an elision ends there.
        may_begin[np.frombuffer(b"mbgkMBGKdD", np.uint8), sign] = True
    return may_begin


_BEHIND_NUMBER: Final = _pairs_behind_number()


class BatchTokens(NamedTuple):
    """The words of a batch of text in order.

    Attributes:
        numbers: Word numbers: uint32, shape (n,).
        offsets: Where in the batch the piece of each word begins: int64, shape (n,).
    """

    numbers: NDArray[np.uint32]
    offsets: Offsets


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
        self._numbers = np.zeros(_FIRST_SLOTS, np.uint32)
        self._pieces = self._used = 0

    def tokenize(self, batch: bytes) -> BatchTokens:
        """Tokenizes a batch.

        Args:
            batch: UTF-8 that begins with a newline and ends with ``PADDING``; texts in it are
                parted by newlines, which no token reaches across.
        """
        starts, ends = _cut(batch)
        if not len(starts):
            return BatchTokens(np.zeros(0, np.uint32), starts)
        keys = self._hash(batch, starts, ends)
        pieces = self._look_up(keys)
        unknown = np.flatnonzero(pieces < 0)
        if len(unknown):
            self._learn(batch, starts, ends, keys, unknown)
            pieces[unknown] = self._look_up(keys[unknown])
            unknown = unknown[pieces[unknown] < 0]
        begins, counts = self._starts[pieces], self._counts[pieces]
        if len(unknown):
            self._analyze(batch, starts, ends, unknown, begins, counts)
        numbers = self._numbers[ranges(begins, counts)]
        tokens = BatchTokens(numbers, np.repeat(starts, counts))
        return self._with_spaced_tokens(batch, tokens)

    def _hash(self, batch: bytes, starts: Offsets, ends: Offsets) -> Hashes:
        """Hashes pieces: up to eight bytes are their own hash; 0 for those that are too long."""
        sizes = ends - starts
        keys = self._hash_bytes(batch.lower(), starts, sizes)
        # Of ASCII letters the case tells nothing, but it does beside a sign of money.
        signs = np.flatnonzero(np.frombuffer(batch.translate(_SIGNS), np.bool_))
        at = np.searchsorted(starts, signs, "right") - 1
        at = np.unique(at[(at >= 0) & (signs < ends[at])])
        keys[at] = self._hash_bytes(batch, starts[at], sizes[at])
        return keys

    def _hash_bytes(self, batch: bytes, starts: Offsets, sizes: Offsets) -> Hashes:
        chunks: Hashes = np.ndarray((len(batch) - 7,), "<u8", batch, strides=(1,))
        keys: Hashes = chunks[starts] & _MASKS[np.minimum(sizes, 8)]
        rest = np.flatnonzero(sizes > 8)
        for number in range(1, LONGEST // 8):
            if not len(rest):
                return keys
            left = sizes[rest] - 8 * number
            chunk = chunks[starts[rest] + 8 * number] & _MASKS[np.minimum(left, 8)]
            mixed = (keys[rest] ^ (keys[rest] >> np.uint64(29))) * self._factors[number] + chunk
            keys[rest] = (mixed ^ (mixed >> np.uint64(32))) * self._factors[0]
            rest = rest[left > 8]
        keys[rest] = 0
        return keys

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
        words = [self._words(batch[s:e]) for s, e in _spans(starts, ends, at)]
        counts = np.fromiter(map(len, words), np.int64, len(words))
        flat = np.fromiter((n for numbers in words for n in numbers), np.uint32)
        stop = self._pieces + len(words)
        self._starts = _grown(self._starts, stop)
        self._counts = _grown(self._counts, stop)
        self._starts[self._pieces : stop] = self._used + np.cumsum(counts) - counts
        self._counts[self._pieces : stop] = counts
        self._append(flat)
        self._used += len(flat)
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

    def _analyze(
        self,
        batch: bytes,
        starts: Offsets,
        ends: Offsets,
        unknown: Offsets,
        begins: Offsets,
        counts: Offsets,
    ) -> None:
        """Analyzes pieces that are not kept; sets where their words begin, and their counts."""
        words = [self._words(batch[s:e]) for s, e in _spans(starts, ends, unknown)]
        sizes = np.fromiter(map(len, words), np.int64, len(words))
        counts[unknown] = sizes
        begins[unknown] = self._used + np.cumsum(sizes) - sizes
        # They lie behind the kept ones until the next batch.
        self._append(np.fromiter((n for numbers in words for n in numbers), np.uint32))

    def _append(self, numbers: NDArray[np.uint32]) -> None:
        stop = self._used + len(numbers)
        self._numbers = _grown(self._numbers, stop)
        self._numbers[self._used : stop] = numbers

    def _words(self, piece: bytes) -> tuple[int, ...]:
        """Returns the numbers of the words of a piece."""
        text = piece.strip(_AROUND_TOKENS).decode(*_ENCODING)
        if not text.isascii():
            text = text.strip(_QUOTES).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        return self.number(plain_words(text) or uncached_words(text))

    def number(self, words: Sequence[str]) -> tuple[int, ...]:
        """Returns the numbers of words."""
        return tuple(map(self._number_word, words))

    def _with_spaced_tokens(self, batch: bytes, tokens: BatchTokens) -> BatchTokens:
        """Replaces the words of windows of text in which a token holds a space."""
        numbers, offsets = [], []
        at = 0
        for begin, end in _spaced_windows(batch):
            first, last = np.searchsorted(tokens.offsets, (begin, end)).tolist()
            found = self.number(words(batch[begin:end].decode(*_ENCODING)))
            numbers += [tokens.numbers[at:first], np.array(found, np.uint32)]
            offsets += [tokens.offsets[at:first], np.full(len(found), begin, np.int64)]
            at = last
        if not at and not numbers:
            return tokens
        return BatchTokens(
            np.concatenate([*numbers, tokens.numbers[at:]]),
            np.concatenate([*offsets, tokens.offsets[at:]]),
        )


_MASKS: Final = np.array([(1 << (8 * size)) - 1 for size in range(9)], np.uint64)
"""By a number of bytes: what keeps as many of a chunk."""
_SPREAD: Final = np.uint64(0x9E3779B97F4A7C15)
"""Spreads hashes over the slots of a table (Knuth's multiplicative hashing)."""


def ranges(begins: Offsets, counts: Offsets) -> Offsets:
    """Returns the concatenation of ``range(begin, begin + count)`` for each pair."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    return np.repeat(begins - (ends - counts), counts) + np.arange(total)


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


def _spaced_windows(batch: bytes) -> Iterator[tuple[int, int]]:
    """Yields stretches of lines, ascending, in which a token may hold a space."""
    classes = np.frombuffer(batch.translate(_CLASSES), np.uint8)
    raw = np.frombuffer(batch, np.uint8)
    all_spaces = np.flatnonzero((classes & _SPACE).view(np.bool_))[1:-8]
    places = np.flatnonzero(_near_numbers_and_signs(classes)[all_spaces])
    spaces = all_spaces[places]
    left, right = classes[spaces - 1], classes[spaces + 1]
    behind = _BEHIND_NUMBER[raw[spaces + 1], raw[spaces + 2]]
    after_digit = (left & _DIGIT) != 0
    # 5 M$, 5 Mio.
    maybe = after_digit & behind
    # 1 000
    groups = np.flatnonzero(after_digit & ((right & _DIGIT) != 0))
    digits = classes[spaces[groups] + 2] & classes[spaces[groups] + 3] & _DIGIT
    maybe[groups[(digits != 0) & ((classes[spaces[groups] + 4] & _DIGIT) == 0)]] = True
    # US$ 5, USD 5
    before = np.flatnonzero(((right & _DIGIT) != 0) & ((left & (_SIGN | _UPPER)) != 0))
    code = (left[before] & _SIGN) | (classes[spaces[before] - 2] & (_UPPER | _SIGN))
    maybe[before[code != 0]] = True
    # 5M dollars: the digit stands some letters before
    units = np.flatnonzero(((left & (_LETTER | _SIGN)) != 0) & behind)
    nearby = np.zeros(len(units), np.uint8)
    for distance in range(2, 9):
        nearby |= classes[np.maximum(spaces[units] - distance, 0)]
    maybe[units[(nearby & _DIGIT) != 0]] = True
    # R & D
    signs = np.flatnonzero((left | right) & _AMPERSAND)
    second, third = classes[spaces[signs] - 2], classes[spaces[signs] - 3]
    long = (second & third & _LETTER) != 0
    maybe[signs[~long | (((left[signs] | second | third) & _SIGN) != 0)]] = True
    begin = end = 0
    for place in places[maybe].tolist():
        at = int(all_spaces[place])
        first = int(all_spaces[place - _BEFORE]) + 1 if place >= _BEFORE else 1
        last = int(all_spaces[min(place + _BEHIND, len(all_spaces) - 1)])
        first = max(first, batch.rfind(b"\n", first, at) + 1)
        line_end = batch.find(b"\n", at, last)
        last = line_end if line_end >= 0 else last
        if first >= end:
            if _holds_spaced_token(batch[begin:end]):
                yield begin, end
            begin = first
        end = max(end, last)
    if _holds_spaced_token(batch[begin:end]):
        yield begin, end


def _near_numbers_and_signs(classes: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Marks bytes with a digit in the eight before, or a digit or an ampersand at either side."""
    digits = (classes & _DIGIT) != 0
    before = digits.copy()
    for distance in (1, 2, 4):
        before[distance:] |= before[:-distance].copy()
    signs = (classes & _AMPERSAND) != 0
    near = np.zeros(len(classes), np.bool_)
    near[1:] = before[:-1] | signs[:-1]
    near[:-1] |= digits[1:] | signs[1:]
    return near


def _holds_spaced_token(window: bytes) -> bool:
    return holds_spaced_token(window.decode(*_ENCODING))
