"""Sketches texts: what is kept of a document to compare it with others."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np

from milatui.ingest.near_duplicates.shingles import hash_words, mix, shingle_hashes

if TYPE_CHECKING:
    from numpy.typing import NDArray

MIN_SHINGLES: Final = 8
"""Shingles below which a text is too short to be called nearly the same as another one."""
_MAX_SAMPLES: Final = 256
_LEAD_WORDS: Final = 100
"""Words at the beginning of a document that say its news, if it has more of them."""
_MAX_LEAD: Final = 0.5
"""Share of a text that is its beginning, at most."""
_BOILERPLATE_HEADINGS: Final = ("About ", "À propos d", "Forward-Looking", "Safe Harbor")
_BEFORE_HEADING: Final = " \t#*_"
_MAX_NUMBERS: Final = 48


class Sketch(NamedTuple):
    """A sample of the shingles of a text (Broder's sketch modulo m), and of its numbers.

    Attributes:
        shingles: Those whose hash is a multiple of ``modulus``, in the order of the text, cut to
            32 bits.
        modulus: A power of two.
        lead: How many of them stand at the beginning of the text, where it says its news.
        numbers: The smallest hashes of its numbers, sorted, cut to 32 bits.
    """

    shingles: NDArray[np.uint32]
    modulus: int
    lead: int
    numbers: NDArray[np.uint32]


def sketch_text(text: str) -> tuple[Sketch, NDArray[np.uint64]] | None:
    """Returns the sketch of a text and all its shingles; None if it is too short."""
    hashed = hash_words(text)
    shingles = shingle_hashes(hashed.words)
    if len(shingles) < MIN_SHINGLES:
        return None
    modulus, indexes = 1, np.arange(len(shingles))
    while len(indexes) > _MAX_SAMPLES:
        modulus *= 2
        indexes = indexes[shingles[indexes] & np.uint64(modulus - 1) == 0]
    share = min(_MAX_LEAD, _news_length(text) / len(text))
    lead = min(_LEAD_WORDS, math.ceil(share * len(shingles)))
    numbers = np.unique(mix(hashed.numbers).astype(np.uint32))[:_MAX_NUMBERS]
    sampled = shingles[indexes].astype(np.uint32)
    return Sketch(sampled, modulus, int(np.searchsorted(indexes, lead)), numbers), shingles


def _news_length(text: str) -> int:
    """Returns how many characters stand before the first heading that boilerplate has."""
    length = len(text)
    for heading in _BOILERPLATE_HEADINGS:
        start = text.find(heading, 1, length)
        while start >= 0:
            before = text[:start].rstrip(_BEFORE_HEADING)
            names = text[start + len(heading) : start + len(heading) + 1]
            if before and not before[-1].isalnum() and not names.islower():
                length = len(before)
                break
            start = text.find(heading, start + 1, length)
    return length
