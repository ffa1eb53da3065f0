"""Ranks texts for the words of a query: BM25 over groups, titles, feedback."""

from __future__ import annotations

import heapq
from collections import Counter
from typing import TYPE_CHECKING, Final

from milatui.index.engine import formula
from milatui.index.engine.functionwords import SILENT
from milatui.index.engine.spelling import never
from milatui.index.engine.splitting import words as words_of
from milatui.index.engine.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from milatui.index.engine.groups import Group, Lexicon
    from milatui.index.engine.kernel import Kernel, Postings, Tally

FEEDBACK_TEXTS: Final = 8
FEEDBACK_TERMS: Final = 20
FEEDBACK_ORIGINAL: Final = 0.75
"""Share of the query's own words in the second round."""
FEEDBACK_CHARACTERS: Final = 6000
FEEDBACK_SMOOTHING: Final = 100
"""Words that every text is lengthened by, so that a very short one does not decide alone."""
KNOWN_TEXTS: Final = 30
"""Texts with all words of a short query up to which it seems to look for one it knows."""
FEEDBACK_FROM: Final = 1000
"""Texts that an archive needs for feedback to help."""

Text = tuple[str, str, str]
"""Title, body and the language it was read in (``en fr xx``)."""


class Ranker:
    """Scores texts for groups of words."""

    def __init__(self, kernel: Kernel, lexicon: Lexicon) -> None:
        self._kernel = kernel
        self._lexicon = lexicon

    def rank(
        self,
        groups: Sequence[Group],
        stop: Callable[[], bool] = never,
    ) -> Tally:
        """The scores of all texts for the groups; repeated words count repeatedly.

        Once ``stop`` is true, the words so far decide.
        """
        kernel = self._kernel
        tally = kernel.tally()
        asked = Counter(group.asked for group in groups)
        distinct = list({group.asked: group for group in groups}.values())
        terms = len(distinct)
        coordinated = 1 < terms <= formula.SHORT
        for group in distinct:
            if stop():
                break
            postings = self._add(tally, group, asked[group.asked], terms)
            if coordinated:
                tally.count(postings)
        if coordinated:
            tally.coordinate(terms, begun=any(group.prefix for group in distinct))
        if not stop():
            self._add_titles(tally, distinct, asked, stop)
        return tally

    def _add(self, tally: Tally, group: Group, weight: float, terms: int) -> Postings:
        """Add a group's BM25, and a share of that of the asked word itself."""
        kernel = self._kernel
        postings = kernel.merged(group.words, "post")
        if len(postings):
            tally.add(postings, weight * formula.idf(kernel.records, len(postings)))
        exact = kernel.merged(group.exact, "post")
        if len(exact):
            share = formula.exact_share(terms, begun=group.prefix)
            tally.add(exact, share * weight * formula.idf(kernel.records, len(exact)))
        return postings

    def _add_titles(
        self,
        tally: Tally,
        groups: Sequence[Group],
        weights: Mapping[str, float],
        stop: Callable[[], bool],
    ) -> None:
        kernel = self._kernel
        short = len(groups) <= formula.SHORT
        for group in groups:
            if stop():
                break
            postings = kernel.merged(group.words, "title")
            if not len(postings):
                continue
            if short:
                rarity = formula.idf(kernel.records, len(postings))
                share = formula.TITLE_SHARE * weights[group.asked]
                tally.add(postings, share * rarity, title=True)
            tally.cover(postings)
        tally.reward_titles(len(groups))

    def with_feedback(
        self,
        groups: Sequence[Group],
        tally: Tally,
        text_of: Callable[[int], Text],
        stop: Callable[[], bool] = never,
    ) -> Tally:
        """A second round with the words that mark the best texts of the first.

        If ``stop`` becomes true on the way, the first round stands.
        """
        kernel = self._kernel
        best = tally.best(tally.matching(), FEEDBACK_TEXTS)
        if not best or self._points_at_few(groups):
            return tally
        groups_of = self.related(best, text_of, stop)
        related: list[tuple[float, Postings]] = []
        for weight, group in groups_of:
            if stop():
                return tally
            postings = kernel.merged(group.words, "post")
            if len(postings):
                related.append((weight, postings))
        total = len(groups)
        asked = Counter(group.asked for group in groups)
        shares = {word: FEEDBACK_ORIGINAL * count / total for word, count in asked.items()}
        distinct = list({group.asked: group for group in groups}.values())
        again = kernel.tally()
        for group in distinct:
            if stop():
                return tally
            self._add(again, group, shares[group.asked], len(distinct))
        weights = sum(weight for weight, _postings in related) or 1.0
        for weight, postings in related:
            share = (1 - FEEDBACK_ORIGINAL) * weight / weights
            again.add(postings, share * formula.idf(kernel.records, len(postings)))
        self._add_titles(again, distinct, shares, stop)
        return tally if stop() else again

    def _points_at_few(self, groups: Sequence[Group]) -> bool:
        """Whether few texts have all of a short query's words: one of them is looked for."""
        distinct = {group.asked: group for group in groups}.values()
        if not 1 < len(distinct) <= formula.SHORT:
            return False
        holding = self._kernel.everything()
        for group in distinct:
            postings = self._kernel.merged(group.words, "post")
            holding = holding & self._kernel.holding(postings)
        return 0 < self._kernel.size(holding) <= KNOWN_TEXTS

    def related(
        self,
        best: Sequence[tuple[int, float]],
        text_of: Callable[[int], Text],
        stop: Callable[[], bool] = never,
    ) -> list[tuple[float, Group]]:
        """The most telling words of the best texts (numbers and scores), with their weights.

        Once ``stop`` is true, those of some of them.
        """
        total = sum(score for _doc, score in best)
        weights: dict[str, float] = {}
        seen: Counter[str] = Counter()
        example: dict[str, str] = {}
        for doc, score in best:
            if stop():
                break
            title, body, language = text_of(doc)
            counts: Counter[str] = Counter()
            for word in words_of(f"{title} {body}"[:FEEDBACK_CHARACTERS]):
                if word not in SILENT and len(word) > 1 and not word.isdigit():
                    root = stem(word, language)
                    counts[root] += 1
                    example.setdefault(root, word)
            size = sum(counts.values())
            for root, count in counts.items():
                share = count * score / total / (size + FEEDBACK_SMOOTHING)
                weights[root] = weights.get(root, 0.0) + share
                seen[root] += 1
        least = min(2, len(best))
        # Cut by weight first: the rarity of every word would take a look-up for each.
        likely = heapq.nsmallest(
            3 * FEEDBACK_TERMS,
            ((-weight, root) for root, weight in weights.items() if seen[root] >= least),
        )
        rated = []
        for weight, root in likely:
            if stop():
                break
            group = self._lexicon.group(example[root], repair=False)
            holding = group.holding
            if holding:
                rarity = formula.idf(self._kernel.records, min(holding, self._kernel.records))
                rated.append((-weight * rarity**0.5, root, group))
        chosen = heapq.nlargest(FEEDBACK_TERMS, rated, key=lambda item: (item[0], item[1]))
        return [(weight, group) for weight, _root, group in chosen]
