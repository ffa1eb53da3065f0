"""Hashes the words of a text and its shingles: runs of words, as Broder defines them (1997).

All of it is arithmetic on arrays of bytes.  A word's hash is a polynomial of its bytes, as of
Karp and Rabin; all numbers are modulo 2**64.  The hashes are the
same on every machine.
"""

# untranslated: words of texts, in both languages
from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHINGLE_WORDS: Final = 3
"""Words of a shingle: more of them, and one edited word spoils more shingles."""
_BASE: Final = 0x9E3779B97F4A7C15
"""An odd number, so that it has an inverse modulo 2**64."""
_BLOCK: Final = 1 << 16
"""Bytes after which the powers of the base begin again.

The one word across such a place has another hash than elsewhere.
"""
_STEP: Final = np.uint64(0xD6E8FEB86659FD93)
_CALENDAR: Final = (
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec "
    "monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun "
    "janvier février fevrier mars avril mai juin juillet août aout septembre octobre novembre "
    "décembre decembre lundi mardi mercredi jeudi vendredi samedi dimanche am pm est edt pst pdt"
)
_WORD_BYTE: Final = np.array(
    [chr(byte).isalnum() if byte < 0x80 else True for byte in range(256)], np.bool_
)
_PUNCTUATION: Final = (
    (0xC2, 2, np.arange(256) >= 0x80),
    (0xE2, 3, np.arange(256) // 2 == 0x80 // 2),
    (0xE3, 3, np.arange(256) == 0x80),
)
"""First byte, length and second bytes in UTF-8 of U+0080-U+00BF, U+2000-U+207F, U+3000-U+303F."""


class HashedText(NamedTuple):
    """The words of a text as hashes.

    Attributes:
        words: Hash of each word, in order, except numbers and names of months and days.
        numbers: Hash of each word with a digit in it, in order.
    """

    words: NDArray[np.uint64]
    numbers: NDArray[np.uint64]


def hash_words(text: str) -> HashedText:
    """Hashes the words of a text; punctuation, white space and case (of Latin-1) do not count.

    Words are runs of letters and digits; in scripts that write no spaces, each character is one.
    """
    data = np.frombuffer(bytearray(text.encode("utf-8", "replace").lower()), np.uint8)
    padded = np.zeros(len(data) + 2, np.bool_)
    in_word = padded[1:-1]
    np.take(_WORD_BYTE, data, out=in_word)
    wide = np.empty(0, np.intp)
    if not text.isascii():
        _fold_latin(data)
        _exclude_punctuation(data, in_word)
        wide = np.flatnonzero((data >= 0xE3) & (data <= 0xE9) & in_word)
    starts = np.flatnonzero(in_word > padded[:-2])
    if not len(starts):
        return HashedText(np.empty(0, np.uint64), np.empty(0, np.uint64))
    if len(wide):
        # Han and kana: each character, three bytes, is a word; what follows it is another one.
        inner = np.unique(np.concatenate((wide, wide + 3)))
        inner = inner[padded[inner] & padded[inner + 1]]
        starts = np.union1d(starts, inner)
    powers, inverses = _powers(len(data))
    data *= in_word
    # What stands between words adds nothing.
    hashes = np.add.reduceat(data * powers, starts) * inverses[starts]
    digits = np.flatnonzero((data >= ord("0")) & (data <= ord("9")))
    is_number = np.zeros(len(starts), np.bool_)
    is_number[np.searchsorted(starts, digits, "right") - 1] = True
    is_name = _calendar_filter()[hashes.astype(np.uint16)]
    likely = np.flatnonzero(is_name)
    calendar = _calendar_hashes()
    nearest = np.searchsorted(calendar, hashes[likely])
    nearest[nearest == len(calendar)] = 0
    is_name[likely] = calendar[nearest] == hashes[likely]
    return HashedText(hashes[~(is_number | is_name)], hashes[is_number])


def shingle_hashes(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Hashes each run of ``SHINGLE_WORDS`` words.

    Args:
        words: Hashes of the words of a text.

    Returns:
        One hash for each word that begins a run, in order; none if there are fewer words.
    """
    count = len(words) - SHINGLE_WORDS + 1
    if count <= 0:
        return np.empty(0, np.uint64)
    mixed = mix(words)
    combined = mixed[:count].copy()
    for offset in range(1, SHINGLE_WORDS):
        combined = combined * _STEP + mixed[offset : offset + count]
    return mix(combined)


def mix(hashes: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spreads hashes over all 64 bits (the finalizer of SplitMix64, Steele et al. 2014).

    Args:
        hashes: Numbers whose bits are not independent.

    Returns:
        One hash for each, in the same order.
    """
    mixed = hashes ^ (hashes >> np.uint64(30))
    mixed *= np.uint64(0xBF58476D1CE4E5B9)
    mixed ^= mixed >> np.uint64(27)
    mixed *= np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return mixed


def _fold_latin(data: NDArray[np.uint8]) -> None:
    """Makes the capital letters U+00C0-U+00DE small ones."""
    indexes = np.flatnonzero(data[:-1] == 0xC3) + 1
    letters = data[indexes]
    data[indexes] = letters + 0x20 * ((letters < 0x9F) & (letters != 0x97)).view(np.uint8)


def _exclude_punctuation(data: NDArray[np.uint8], in_word: NDArray[np.bool_]) -> None:
    """Takes the signs of ``_PUNCTUATION`` out of words."""
    for lead, size, seconds in _PUNCTUATION:
        indexes = np.flatnonzero(data[:-1] == lead)
        if len(indexes):
            indexes = indexes[seconds[data[indexes + 1]]]
            for offset in range(size):
                in_word[indexes + offset] = False


def _powers(size: int) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Returns the powers of the base and of its inverse for each byte of a text."""
    if size <= _BLOCK:
        powers, inverses = _block_powers()
        return powers[:size], inverses[:size]
    exponents = np.arange(size) & (_BLOCK - 1)
    powers, inverses = _block_powers()
    return powers[exponents], inverses[exponents]


@cache
def _block_powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    found = []
    for base in (_BASE, pow(_BASE, -1, 1 << 64)):
        powers = np.full(_BLOCK, base, np.uint64)
        powers[0] = 1
        found.append(np.cumprod(powers))
    return found[0], found[1]


@cache
def _calendar_filter() -> NDArray[np.bool_]:
    """Returns which last 16 bits of a hash may be those of a name of a month or day."""
    found = np.zeros(1 << 16, np.bool_)
    found[_calendar_hashes().astype(np.uint16)] = True
    return found


@cache
def _calendar_hashes() -> NDArray[np.uint64]:
    powers, _inverses = _block_powers()
    names = [np.frombuffer(name.encode(), np.uint8) for name in _CALENDAR.split()]
    sums = [int((name * powers[: len(name)]).sum(dtype=np.uint64)) for name in names]
    return np.sort(np.array(sums, np.uint64))
