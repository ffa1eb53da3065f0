"""The array collector: right documents, Whoosh's scores, bounded work, stopping."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from whoosh import query, scoring
from whoosh.searching import Searcher

from milatui.index.scoring.weighting import BM25
from milatui.index.search.collector import ArrayCollector, best
from tests.index.search.random_index import (
    WORDS,
    expected_docs,
    random_index,
    random_query,
)
from tests.rounds import with_ci

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SEEDS = with_ci(range(2), range(2, 15), range(15, 200))
QUERIES = 60


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)


def collected(
    searcher: Searcher,
    asked: query.Query,
    limit: int | None = None,
    stop: Callable[[], bool] = lambda: False,
) -> ArrayCollector:
    collector = ArrayCollector(limit, stop=stop)
    searcher.search_with_collector(asked, collector)
    return collector


@pytest.mark.parametrize("seed", SEEDS)
def test_the_documents_are_those_that_hold_the_words(seed: int, tmp_path: Path) -> None:
    chance = chance_of(seed)
    made = random_index(chance, tmp_path)
    documents = made.living()
    with made.index.searcher(weighting=BM25()) as searcher:
        for _query in range(QUERIES):
            asked = random_query(chance)
            found = collected(searcher, asked)
            assert set(found.all_ids()) == expected_docs(asked, documents), asked
            assert found.count() == len(found.all_ids())


def scored_query(chance: random.Random, depth: int = 0) -> query.Query:
    """A query of the classes whose scores Whoosh gets right in any combination."""
    kind = chance.randint(0, 8 if depth < 2 else 4)
    if kind <= 3:
        name = chance.choice(("body", "title", "bare", "tags"))
        return query.Term(name, chance.choice(WORDS), boost=chance.choice([1.0, 1.0, 2.5]))
    if kind == 4:
        return query.Phrase("body", chance.choices(WORDS[:8], k=2), boost=chance.choice([1.0, 3.0]))
    parts = [scored_query(chance, depth + 1) for _part in range(chance.randint(2, 4))]
    boost = chance.choice([1.0, 1.0, 0.5])
    return query.Or(parts, boost) if kind <= 6 else query.And(parts, boost)


def stock_scores(searcher: Searcher, asked: query.Query) -> dict[int, float]:
    return {hit.docnum: hit.score for hit in searcher.search(asked, limit=None)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("model", [BM25, scoring.BM25F, scoring.TF_IDF])
def test_scores_are_those_of_whooshs_own_collectors(
    seed: int, model: type[Any], tmp_path: Path
) -> None:
    chance = chance_of(seed)
    made = random_index(chance, tmp_path)
    with made.index.searcher(weighting=model()) as searcher:
        for _query in range(QUERIES // 3):
            asked = scored_query(chance)
            scores = collected(searcher, asked).matched.scores
            assert scores is not None
            found = {n: scores[n] for n in np.flatnonzero(scores).tolist()}
            theirs = {n: score for n, score in stock_scores(searcher, asked).items() if score}
            assert found == pytest.approx(theirs, rel=1e-9), asked


@pytest.mark.parametrize("seed", with_ci(range(1), range(1, 10)))
def test_results_are_in_whooshs_order(seed: int, tmp_path: Path) -> None:
    chance = chance_of(seed)
    made = random_index(chance, tmp_path)
    with made.index.searcher(weighting=BM25()) as searcher:
        for _query in range(QUERIES // 3):
            asked = query.Or([query.Term("body", word) for word in chance.sample(WORDS, 3)])
            limit = chance.choice([1, 3, 10, 1000])
            ours, theirs = (
                collected(searcher, asked, limit).results(),
                searcher.search(asked, limit=limit),
            )
            assert [hit.docnum for hit in ours] == [hit.docnum for hit in theirs]
            assert [hit["key"] for hit in ours] == [hit["key"] for hit in theirs]
            assert len(ours) == len(theirs)
            assert set(ours.docs()) == set(theirs.docs())


class HalfOfOdd(BM25):
    """Changes the score of every document at the end, as Whoosh lets a model do."""

    use_final = True

    def final(self, searcher: Searcher, docnum: int, score: float) -> float:
        return score / 2 if docnum % 2 else score


def test_a_models_last_word_counts(tmp_path: Path) -> None:
    made = random_index(chance_of(1), tmp_path)
    with made.index.searcher(weighting=HalfOfOdd()) as searcher:
        asked = query.Or([query.Term("body", "lab"), query.Term("title", "mila")])
        ours = {hit.docnum: hit.score for hit in collected(searcher, asked).results()}
        assert ours == pytest.approx(stock_scores(searcher, asked))


def test_only_what_matches_is_asked_without_a_model(tmp_path: Path) -> None:
    made = random_index(chance_of(2), tmp_path)
    with made.index.searcher() as searcher:
        asked = query.Or([query.Term("body", "lab"), query.Not(query.Term("title", "mila"))])
        collector = ArrayCollector(None)
        searcher.search_with_collector(asked, collector, context=searcher.boolean_context())
        assert collector.matched.scores is None
        assert set(collector.all_ids()) == expected_docs(asked, made.living())
        assert len(collector.results()) == collector.count()


@pytest.mark.parametrize("seed", with_ci(range(3), range(3, 20)))
def test_the_best_are_the_first_of_all_in_order(seed: int) -> None:
    chance = chance_of(seed)
    size = chance.choice([0, 3, 500, 20_000])
    scores = np.array([chance.choice([0.0, 1.0, chance.random()]) for _n in range(size)])
    mask = np.array([chance.random() < 0.7 for _n in range(size)], bool)
    ordered = sorted((-scores[n], n) for n in range(size) if mask[n])
    for limit in (0, 1, 10, 300, None):
        found = best(mask, scores, limit)
        assert found == [(n, -score) for score, n in ordered[:limit]]


@pytest.mark.parametrize("seed", with_ci(range(3), range(3, 30)))
def test_a_stopped_query_gives_part_of_the_answer(seed: int, tmp_path: Path) -> None:
    """However late it is stopped: never a document that does not match."""
    chance = chance_of(seed)
    made = random_index(chance, tmp_path)
    documents = made.living()
    with made.index.searcher(weighting=BM25()) as searcher:
        for _query in range(20):
            asked = random_query(chance)
            left = chance.randint(0, 6)

            def stop() -> bool:
                nonlocal left
                left -= 1
                return left < 0

            found = collected(searcher, asked, stop=stop)
            assert set(found.all_ids()) <= expected_docs(asked, documents), asked
