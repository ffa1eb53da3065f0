"""A segment of flat postings: the sorted words of some texts, and where each word stands."""

from __future__ import annotations

import heapq
import zlib
from bisect import bisect_left
from operator import sub
from typing import TYPE_CHECKING, Final

from milatui.index.arrays import damaged
from milatui.index.engine.container import Container

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

MARK: Final = "\x01"
"""Stands between a word and its language in the sorted list of words."""
LONGEST_MATCHED: Final = 40
"""Letters of words that regular expressions are tried on at most."""
_STEP: Final = 50
"""Words that a pattern is tried on between two questions whether to stop."""
_HEAD: Final = 8
_MARK: Final = MARK.encode()
_TAIL: Final = 3
"""Bytes of the mark and the language behind a word."""


class Segment:
    """The arrays of one segment; texts have *slots* from ``base`` on, in the order added.

    ``docs`` is how many there are.  Places of words count on from ``place_base``.
    ``holding`` says from ``first`` on of each word how many texts hold it, deleted ones left
    out; without it none is deleted.

    Raises:
        IndexUnusable: the file is damaged.
    """

    def __init__(
        self,
        path: Path,
        base: int = 0,
        place_base: int = 0,
        holding: Sequence[int] | memoryview | None = None,
        first: int = 0,
    ) -> None:
        self.arrays = Container(path)
        meta = self.arrays.meta
        self.base = base
        self.place_base = place_base
        self.docs: int = meta["docs"]
        self.code_lengths: list[int] = meta["lengths"]
        view = self.arrays.view
        self._heads = view("head")
        self._word_from = view("word.from")
        self._words = self.arrays.map
        for name in ("word", "stem"):
            view(name)  # compared with its checksum, as it is read past it
        self._words_at = self.arrays.place("word")[1]
        self._stem_from = view("stem.from")
        self._stems_at = self.arrays.place("stem")[1]
        self._stem_of = view("stem.of")
        self._form_from = view("form.from")
        self._forms = view("form")
        self._checks = view("check")
        self._check_words = view("check.word")
        starts = view("post.from")
        if holding is None:
            holding, first = list(map(sub, starts[1:], starts)), 0
        self._holding = holding[first : first + self.words]
        if len(self._holding) != self.words:
            raise damaged(path.name)

    @property
    def words(self) -> int:
        """How many words the segment has, of all languages."""
        return len(self._heads)

    @property
    def places(self) -> int:
        """How many places the segment's texts take, gaps included."""
        return int(self.arrays.view("doc_place")[-1])

    def word(self, number: int) -> str:
        """The word with this number, without its language."""
        return word_of(self.key(number))

    def language(self, number: int) -> str:
        """The language of the texts that the word with this number stands for."""
        return self.key(number)[-2:].decode()

    def holding(self, number: int) -> int:
        """How many texts hold a word, deleted ones left out."""
        return self._holding[number]

    def _living(self, numbers: list[int]) -> list[int]:
        """Those of some words that stand in texts which are not deleted."""
        return [n for n in numbers if self._holding[n]]

    def exact(self, word: str) -> list[int]:
        """The numbers of a folded word: one for each language it stands in."""
        return self._living(list(range(*self._range(word.encode() + _MARK))))

    def number(self, key: bytes) -> int | None:
        """The number of the word with a key."""
        within = range(*self._range(key.partition(_MARK)[0] + _MARK))
        return next((number for number in within if self.key(number) == key), None)

    def prefixed(self, prefix: str) -> range:
        """The numbers of all words that begin with a folded prefix."""
        return range(*self._range(prefix.encode()))

    def sized(self, within: range, least: int, most: int) -> list[int]:
        """Of some words those that take so many bytes, without their language."""
        starts = self._word_from[within.start : within.stop + 1].tolist()
        sizes = map(sub, starts[1:], starts)
        return [n for n, size in enumerate(sizes, within.start) if least <= size - _TAIL <= most]

    def held(self, within: range) -> int:
        """How many texts hold words, those with several of them counted for each."""
        return sum(self._holding[within.start : within.stop])

    def commonest(self, within: range, most: int) -> list[int]:
        """Of some words those that most texts hold, the commonest first."""
        sizes = list(self._holding[within.start : within.stop])
        least = min(heapq.nlargest(most, sizes), default=0)
        held = [(-size, n) for n, size in enumerate(sizes, within.start) if size >= least]
        return [number for _size, number in sorted(held)[:most]]

    def kin(self, key: bytes) -> list[int]:
        """The numbers of the words with a stem, given as ``stem`` MARK ``language``."""
        number = bisect_left(range(len(self._stem_from) - 1), key, key=self._stem)
        if number >= len(self._stem_from) - 1 or self._stem(number) != key:
            return []
        return self.forms(number)

    def stem_of(self, number: int) -> int:
        """The number of a word's stem."""
        return int(self._stem_of[number])

    def stem_key(self, number: int) -> bytes:
        """A word's stem as ``kin`` takes it."""
        return self._stem(self.stem_of(number))

    def forms(self, stem: int) -> list[int]:
        """The numbers of the words with the stem of this number."""
        return self._living(self._forms[self._form_from[stem] : self._form_from[stem + 1]].tolist())

    def matching(self, pattern: re.Pattern[str], stop: Callable[[], bool]) -> list[int]:
        """The numbers of the words that a pattern matches as a whole, until ``stop`` is true."""
        found = []
        for number in range(len(self._heads)):
            word = self.word(number)
            if len(word) <= LONGEST_MATCHED and pattern.fullmatch(word):
                found.append(number)
            if number % _STEP == 0 and stop():
                break
        return self._living(found)

    def among(self, candidates: set[str]) -> Iterator[tuple[str, int]]:
        """Those of the folded candidates that occur, with how many texts hold them."""
        checks = self._checks
        size = len(checks)
        for candidate in candidates:
            coded = candidate.encode()
            check = zlib.crc32(coded)
            at = bisect_left(checks, check)
            if at == size or checks[at] != check:
                continue
            count = 0
            while at < size and checks[at] == check:
                number = self._check_words[at]
                if self.key(number)[:-_TAIL] == coded:
                    count += self.holding(number)
                at += 1
            if count:
                yield candidate, count

    def key(self, number: int) -> bytes:
        """The word with this number, MARK and its language: how words are sorted."""
        start, end = self._word_from[number], self._word_from[number + 1]
        return self._words[self._words_at + start : self._words_at + end]

    def _stem(self, number: int) -> bytes:
        start, end = self._stem_from[number], self._stem_from[number + 1]
        return self._words[self._stems_at + start : self._stems_at + end]

    def _range(self, begin: bytes) -> tuple[int, int]:
        """Where the keys that begin with these bytes stand."""
        bare = begin.rstrip(_MARK)
        low = int.from_bytes(bare[:_HEAD].ljust(_HEAD, b"\0"), "big")
        high = int.from_bytes(bare[:_HEAD].ljust(_HEAD, b"\xff"), "big")
        first = bisect_left(self._heads, low)
        last = (
            bisect_left(self._heads, high + 1, lo=first) if high < 2**64 - 1 else len(self._heads)
        )
        if len(begin) > _HEAD or begin != bare:
            size = len(begin)

            def start(number: int) -> bytes:
                return self.key(number)[:size]

            within = range(len(self._heads))
            first = bisect_left(within, begin, lo=first, hi=last, key=start)
            last = bisect_left(within, begin + b"\xff", lo=first, hi=last, key=start)
        return first, last


def word_of(key: bytes) -> str:
    """The word of a key, without its language."""
    return key.partition(_MARK)[0].decode()
