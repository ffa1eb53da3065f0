"""Scores: equal to stock Whoosh's, the same with NumPy and without, the same after growing."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Any

import pytest
from whoosh import index as whoosh_index
from whoosh import query as whoosh_query
from whoosh.scoring import BM25F

from milatui.archive.records import Document
from milatui.index.analysis.stemmer import stem
from milatui.index.engine import formula
from milatui.index.engine.engine import Engine
from milatui.index.engine.segment import MARK
from milatui.index.writing import Parts, PartWriter, publish

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    *("lab", "labs", "laboratory", "laboratories", "partner", "partners", "partnership", "robot"),
    *("robots", "health", "drug", "drugs", "mila", "quebec", "research", "researcher", "fund"),
    *("researchers", "announce", "announced", "announces", "funding", "startup"),
)
TEXTS = 400


class Recipe(BM25F):  # type: ignore[misc]
    """Stock BM25F with our inverse document frequency, which Whoosh lets a model choose."""

    def idf(self, searcher: Any, fieldname: str, text: Any) -> float:
        parent = searcher.get_parent()
        return formula.idf(parent.doc_count_all(), parent.doc_frequency(fieldname, text))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of random texts; common words are common."""
    chance = random.Random(3)  # noqa: S311 - no secret
    root = tmp_path_factory.mktemp("scores")
    writer = PartWriter(root, 0, "en")
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    for number in range(TEXTS):
        title = " ".join(chance.choices(WORDS, weights, k=chance.randint(1, 6)))
        body = " ".join(chance.choices(WORDS, weights, k=chance.randint(3, 300)))
        writer.add(Document(id=str(number), title=title, body=body, language="en"))
    publish(root, Parts(), [writer.finish()], ())
    return root


def engine(folder: Path, *, fast: bool) -> Engine:
    return Engine([folder / "words-000.flat"], range(TEXTS), TEXTS, fast=fast)


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("fast", [False, True], ids=["plain", "numpy"])
def test_scores_are_those_of_stock_whoosh(folder: Path, seed: int, fast: bool) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret
    asked = chance.sample(WORDS, chance.randint(1, 4))
    searched = engine(folder, fast=fast)
    tally = searched.kernel.tally()
    stems = sorted({stem(word, "en") for word in asked})
    for root in stems:
        words = [(s, s.kin(f"{root}{MARK}en".encode())) for s in searched.segments]
        postings = searched.kernel.merged(words, "post")
        tally.add(postings, formula.idf(TEXTS, len(postings)))
    ours = tally.best(tally.matching(), TEXTS)
    terms = [whoosh_query.Term("text", f"{root}{MARK}en".encode()) for root in stems]
    index = whoosh_index.open_dir(str(folder))
    with index.searcher(weighting=Recipe(B=formula.B, K1=formula.K1)) as searcher:
        theirs = {
            hit.docnum: hit.score for hit in searcher.search(whoosh_query.Or(terms), limit=None)
        }
    assert dict(ours) == pytest.approx(theirs, rel=1e-5)


QUERIES = (
    *(
        "lab",
        "robots health",
        '"drug lab"',
        "partner -lab",
        "lab near/3 robot",
        "(lab OR drug) fund",
    ),
    *("/part.*/", "rob*", "+quebec mila", "title:lab robots", "laboratry", "the", '"lab labs lab"'),
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("typing", [False, True])
def test_with_numpy_and_without_is_the_same(folder: Path, query: str, typing: bool) -> None:
    answers = []
    for fast in (False, True):
        searched = engine(folder, fast=fast)
        found = searched.find(query, lambda _f, _v: "none", typing=typing)
        best = found.tally.best(found.matching, 50)
        answers.append((searched.kernel.size(found.matching), [(n, round(s, 9)) for n, s in best]))
    assert answers[0] == answers[1]


def test_phrases_stand_as_they_are_written(folder: Path) -> None:
    searched = engine(folder, fast=True)
    phrase = searched.find('"lab labs"', lambda _f, _v: "none")
    either = searched.find("+lab +labs", lambda _f, _v: "none")
    assert 0 < searched.kernel.size(phrase.matching) < searched.kernel.size(either.matching)


def test_a_stopped_search_gives_what_it_has(folder: Path) -> None:
    searched = engine(folder, fast=True)
    found = searched.find("lab robots", lambda _f, _v: "none", stop=lambda: True)
    assert searched.kernel.size(found.matching) == 0
