"""Whatever an index has been through, it answers as one built at once: records, order, scores."""

from __future__ import annotations

import os
import random
from itertools import product
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.builder import base_generation
from milatui.index.builder.build import build
from milatui.index.codec import terms
from milatui.index.index_reader import IndexReader
from milatui.index.query import prefix_expansion
from milatui.index.scoring import feedback
from tests.rounds import some

if TYPE_CHECKING:
    from pathlib import Path

WORDS = (
    *("lab", "labs", "laboratory", "laboratories", "partner", "partners", "partnership", "robot"),
    *("robots", "health", "research", "researcher", "researchers", "fund", "funding", "funds"),
    *("particle", "parts", "parties", "parking", "robust", "royal", "healing", "labour", "the"),
)
RARE = tuple(f"{start}{end}" for start, end in product(("part", "rob", "hea"), "abcdefgh"))
QUERIES = (
    *("robots", "parta", "partners health", "the royal labs", "laboratry", "robotx", "healf"),
    *("p", "pa", "part", "labs ro", "the research pa", "rob fund", "partn", "/part.*/", "rob*"),
)


def write(archive: Path, number: int, chance: random.Random, stamp: int) -> None:
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    title = " ".join(chance.choices(WORDS, weights, k=chance.randint(1, 4)))
    body = " ".join(
        [*chance.choices(WORDS, weights, k=chance.randint(1, 60)), *chance.sample(RARE, 2)]
    )
    path = archive / f"documents/d{number:02d}.md"
    date = f"20{number:02d}-01-01"
    language = chance.choice(("en", "en", "fr"))
    path.write_text(
        f"---\ntitle: {title}\ndate: {date}\nlanguage: {language}\n---\n\n{body}\n", "utf-8"
    )
    os.utime(path, ns=(0, stamp))


def answers(index_dir: Path) -> list[tuple[str, list[tuple[str, float]]]]:
    """All that every query finds, typed and entered, with scores."""
    catalogue = Catalogue.open(index_dir)
    found = []
    for query, typing in product(QUERIES, (False, True)):
        answer = catalogue.search(query, Scope(), limit=100, typing=typing)
        ranked = [(hit.row.id, hit.score) for hit in answer.hits]
        found.append((f"{query} {typing} {answer.corrected_query} {answer.terms}", ranked))
    catalogue.close()
    return found


@pytest.mark.parametrize("seed", some(range(6), 1, 3))
def test_an_index_that_grew_answers_like_a_new_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    # So that 40 texts have feedback, and prefixes more words than they may stand for.
    monkeypatch.setattr(feedback, "MIN_INDEX_SIZE", 10)
    monkeypatch.setattr(prefix_expansion, "MAX_EXPANSIONS", 5)
    monkeypatch.setattr(prefix_expansion, "MAX_POSTINGS", 60)
    chance = random.Random(seed)
    # Segments stay apart or are put together; their terms are bisected or read whole.
    monkeypatch.setattr(base_generation, "MERGED", (0, 32)[seed % 2])
    monkeypatch.setattr(terms, "SMALL", (0, 4096, 200)[seed % 3])
    archive, grown, fresh = (tmp_path / name for name in ("archive", "grown", "fresh"))
    (archive / "documents").mkdir(parents=True)
    (archive / "archive.yaml").write_text("title: Texts\nlanguages: [en, fr]\n")
    for number in range(40):
        write(archive, number, chance, 1)
    build(archive, grown)
    for step in range(2, 5):
        for number in chance.sample(range(50), 4):
            write(archive, number, chance, step * 1_000_000_000)
        for path in chance.sample(sorted(archive.glob("documents/*.md")), 2):
            path.unlink()
        build(archive, grown)
    build(archive, fresh)
    parts = [len(IndexReader.open(folder).manifest.segments) for folder in (grown, fresh)]
    assert parts[0] > parts[1]
    for ours, theirs in zip(answers(grown), answers(fresh), strict=True):
        assert ours[0] == theirs[0]
        assert [n for n, _score in ours[1]] == [n for n, _score in theirs[1]], ours[0]
        expected = [score for _n, score in theirs[1]]
        assert [score for _n, score in ours[1]] == pytest.approx(expected, abs=1e-9, rel=1e-9)
