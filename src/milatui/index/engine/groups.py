"""A query's word as a group of the archive's words: its forms, its kin, its repairs."""

from __future__ import annotations

import heapq
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from milatui.index.engine.beginnings import EXPANSIONS, beginning, likely_beginnings
from milatui.index.engine.kept import Kept
from milatui.index.engine.segment import MARK
from milatui.index.engine.spelling import LONGEST, REPAIRS, almost, never, repairs
from milatui.index.engine.splitting import words
from milatui.index.engine.stemming import LANGUAGES, SHORT, stem, stems_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from milatui.index.engine.kernel import Words
    from milatui.index.engine.segment import Segment

HALF: Final = 3
"""Letters that each of two words needs which were written as one."""
REMEMBERED: Final = 64
"""Unknown words whose repairs are remembered: the next key asks for them again."""
SYNONYMS: Final = 64
"""Words of one list that stand for one another at most."""

BUILT_IN: Final[Mapping[str, tuple[str, ...]]] = {
    "ai": ("ia",),
    "ia": ("ai",),
    "billion": ("milliard",),
    "billions": ("milliards",),
    "milliard": ("billion",),
    "milliards": ("billions",),
    "percent": ("pourcent", "pourcentage"),
    "pourcent": ("percent",),
}
"""Words that say the same in English and French and share no stem."""


@dataclass(slots=True)
class Group:
    """One word of a query and all words of the archive that answer it.

    Attributes:
        asked: The folded word as asked.
        words: Per segment, the numbers of its words, each once.
        exact: Per segment, those that are the asked word itself, or what it was taken for.
        repaired: What an unknown or doubtful word was taken for, empty if it is known.
        prefix: Whether words that only begin with it are among them.
        synonyms: Other words that say the same.
    """

    asked: str
    words: Words
    exact: Words = ()
    repaired: tuple[str, ...] = ()
    prefix: bool = False
    synonyms: tuple[str, ...] = ()

    @property
    def sought(self) -> tuple[str, ...]:
        """The words as ``lighting`` takes them: one that is begun ends in a star."""
        if self.asked.startswith("/"):
            return tuple(sorted(self.spellings(EXPANSIONS))[:EXPANSIONS])
        if self.repaired:
            return self.repaired
        return (self.asked + "*" * self.prefix, *self.synonyms)

    def __bool__(self) -> bool:
        return any(numbers for _segment, numbers in self.words)

    @property
    def holding(self) -> int:
        """In how many texts its words stand, those with several of them counted for each."""
        return sum(s.holding(number) for s, numbers in self.words for number in numbers)

    def spellings(self, most: int | None = None) -> set[str]:
        """The folded words themselves, as they are lit in a text: all, or the first in order."""
        # A word has a number for each language.
        end = None if most is None else most * len(LANGUAGES)
        return {segment.word(n) for segment, numbers in self.words for n in numbers[:end]}


class Lexicon:
    """Finds the groups of words; ``synonyms`` maps folded words to others."""

    def __init__(
        self, segments: Sequence[Segment], synonyms: Mapping[str, tuple[str, ...]] | None = None
    ) -> None:
        self._segments = segments
        self._repairs = Kept[tuple[str, ...]](REMEMBERED)
        self._synonyms = {**BUILT_IN, **(synonyms or {})}
        self._by_stem: dict[str, tuple[str, ...]] | None = None

    def group(self, word: str, *, repair: bool = True, stop: Callable[[], bool] = never) -> Group:
        """The group of a whole word: itself, words of its stems, its synonyms."""
        synonyms = self._saying_the_same(word)
        found = self._kin((word, *synonyms))
        group = Group(word, found, self._exact([word]), synonyms=synonyms)
        if not group and repair:
            repairs = self.repairs(word, stop=stop)
            if repairs:
                return Group(word, self._kin(repairs), self._exact(repairs), repaired=repairs)
        return group

    def begun(self, prefix: str, stop: Callable[[], bool] = never) -> Group:
        """The group of a word that is being typed: words that begin so, and their kin."""
        whole = self.group(prefix, repair=False)
        words = _united(beginning(self._segments, prefix, stop), whole.words)
        group = Group(prefix, words, whole.exact, prefix=True, synonyms=whole.synonyms)
        return group or self._begun_almost(group, 1, stop) or self.group(prefix, stop=stop)

    def nothing(self, word: str) -> Group:
        """The group of a word that no text has."""
        return Group(word, [(segment, []) for segment in self._segments])

    def pattern(self, source: str, stop: Callable[[], bool]) -> Group:
        """The group of all words that a regular expression matches as a whole."""
        pattern = re.compile(source, re.IGNORECASE)
        found = [(s, s.matching(pattern, stop)) for s in self._segments]
        return Group(f"/{source}/", found)

    def repairs(
        self, word: str, least: int = 1, stop: Callable[[], bool] = never
    ) -> tuple[str, ...]:
        """What a word may be meant for that so many texts hold; see ``spelling``."""
        found = self._repairs.get((word, least))
        if found is None:
            found = repairs(self._segments, word, least, stop)
            if not stop():
                self._repairs.keep((word, least), found, 1)
        return found

    def taken_for_more(self, group: Group, least: int, stop: Callable[[], bool] = never) -> Group:
        """A group with what was likelier meant, if so many texts hold it; else the same."""
        if group.prefix:
            return self._begun_almost(group, least, stop)
        meant = self.repairs(group.asked, least, stop)
        words = _united(group.words, self._kin(meant))
        exact = _united(group.exact, self._exact(meant))
        return replace(group, words=words, exact=exact, repaired=meant)

    def _begun_almost(self, group: Group, least: int, stop: Callable[[], bool]) -> Group:
        """A group with words that begin almost as it was begun."""
        meant = likely_beginnings(self._segments, group.asked, least, stop)
        words = group.words
        for near in meant:
            words = _united(words, beginning(self._segments, near, stop))
        return replace(group, words=words, repaired=tuple(dict.fromkeys(meant.values())))

    def apart(self, word: str) -> list[tuple[str, str]]:
        """Words that one may be made of which do occur, the likeliest first."""
        cuts = range(HALF, len(word) - HALF + 1)
        pairs = [(word[:cut], word[cut:]) for cut in cuts] if len(word) <= LONGEST else []
        counts: Counter[str] = Counter()
        for segment in self._segments:
            for part, count in segment.among({part for pair in pairs for part in pair}):
                counts[part] += count
        rated = [(min(counts[a], counts[b]), a, b) for a, b in pairs]
        likely = heapq.nlargest(REPAIRS, (pair for pair in rated if pair[0]))
        return [(a, b) for _count, a, b in likely]

    def together(self, group: Group, other: str) -> Group:
        """A group with a word that says the same, if it occurs."""
        if not any(numbers for _segment, numbers in self._exact([other])):
            return group
        words = _united(group.words, self._kin([other]))
        return replace(group, words=words, synonyms=(*group.synonyms, other))

    def almost(self, word: str, limit: int, stop: Callable[[], bool] = never) -> list[str]:
        """Words spelt almost like one, whether it occurs or not; see ``spelling``."""
        return almost(self._segments, word, limit, stop)

    def _saying_the_same(self, word: str) -> tuple[str, ...]:
        """Synonyms of a word, or of one with the same stem: ``chercheurs`` has a singular's."""
        if word in self._synonyms or len(word) <= SHORT:
            return self._synonyms.get(word) or self._synonyms.get(stem(word, "en"), ())
        if self._by_stem is None:
            # Made late: the stems of long words are made by Whoosh, those of short ones are not.
            self._by_stem = {
                root: others for known, others in self._synonyms.items() for root in stems_of(known)
            }
        found = (self._by_stem[root] for root in stems_of(word) if root in self._by_stem)
        return tuple(other for other in next(found, ()) if other != word)

    def _kin(self, words: Iterable[str]) -> Words:
        found = []
        for segment in self._segments:
            numbers: set[int] = set()
            for word in words:
                numbers.update(segment.exact(word))
                for language in ("en", "fr"):
                    numbers.update(segment.kin(f"{stem(word, language)}{MARK}{language}".encode()))
            found.append((segment, sorted(numbers)))
        return found

    def _exact(self, words: Iterable[str]) -> Words:
        found = [{n for word in words for n in segment.exact(word)} for segment in self._segments]
        return [(segment, sorted(n)) for segment, n in zip(self._segments, found, strict=True)]


def synonym_table(rows: Iterable[Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Folded words with those that say the same; only single words can stand for one another."""
    table: dict[str, tuple[str, ...]] = dict(BUILT_IN)
    for row in rows:
        single = [found[0] for word in row if len(found := words(word)) == 1][:SYNONYMS]
        for word in single:
            known = table.get(word, ())
            if len(known) < SYNONYMS:
                others = (other for other in single if other != word)
                table[word] = tuple(dict.fromkeys((*known, *others)))
    return table


def _united(first: Words, second: Words) -> Words:
    return [
        (segment, sorted({*numbers, *others}))
        for (segment, numbers), (_same, others) in zip(first, second, strict=True)
    ]
