"""A key in an index that grew by single changes costs hardly more than in one built at once."""

from __future__ import annotations

import os
import random
import statistics
import time
from typing import TYPE_CHECKING, Final

from benchmarks.test_screen import said
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from milatui.index.index_reader import IndexReader

if TYPE_CHECKING:
    from pathlib import Path

TEXTS: Final = 3_000
WORDS: Final = 200
"""Words of each text."""
VOCABULARY: Final = 20_000
CHANGES: Final = 24
MOST: Final = 2.0
"""What a key may cost, as a multiple of the same in an index of one segment."""
ROUNDS: Final = 5


def _words(chance: random.Random) -> list[str]:
    letters = "abcdefghilmnoprstu"
    return [
        "".join(chance.choice(letters) for _letter in range(chance.randint(3, 10)))
        for _word in range(VOCABULARY)
    ]


def _write(path: Path, chance: random.Random, words: list[str], weights: list[float]) -> None:
    text = chance.choices(words, cum_weights=weights, k=WORDS)
    path.write_text(f"---\ntitle: {' '.join(text[:5])}\nlanguage: en\n---\n\n{' '.join(text)}\n")


def _key(catalogue: Catalogue, query: str) -> float:
    start = time.process_time()
    catalogue.search(query, Scope(), limit=200, typing=True)
    return time.process_time() - start


def test_keys_in_a_grown_index(tmp_path: Path) -> None:
    chance = random.Random(9)
    words = _words(chance)
    total, weights = 0.0, []
    for rank in range(VOCABULARY):
        total += 1 / (rank + 2)
        weights.append(total)
    archive, grown, whole = (tmp_path / name for name in ("archive", "grown", "whole"))
    (archive / "documents").mkdir(parents=True)
    (archive / "archive.yaml").write_text("title: Texts\nlanguages: [en]\n")
    paths = [archive / f"documents/d{number:05d}.md" for number in range(TEXTS)]
    for path in paths:
        _write(path, chance, words, weights)
    build(archive, grown, processes=1)
    for change in range(CHANGES):
        path = chance.choice(paths)
        _write(path, chance, words, weights)
        os.utime(path, ns=(0, change + 1))
        assert build(archive, grown).incremental
    build(archive, whole, processes=1)
    segments = IndexReader.open(grown).manifest.segments
    assert sum(len(segment.deleted) for segment in segments) > 0
    catalogues = (Catalogue.open(grown), Catalogue.open(whole))
    queries = [word[:end] for word in chance.sample(words[:2_000], 12) for end in (1, 2, 3)]
    best = [dict.fromkeys(queries, float("inf")) for _catalogue in catalogues]
    for _round in range(ROUNDS):
        for query in queries:
            for known, catalogue in zip(best, catalogues, strict=True):
                known[query] = min(known[query], _key(catalogue, query))
    ours, once = (statistics.median(known.values()) for known in best)
    said(
        f"a key in {len(segments)} segments, and in one: CPU",
        f"{ours * 1e3:.2f} {once * 1e3:.2f} ms",
    )
    assert ours <= MOST * once
