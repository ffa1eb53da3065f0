"""Measures of a ranking against judgements."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Quality(NamedTuple):
    """Means over queries: nDCG@10, average precision, recall at 100, reciprocal rank at 10."""

    ndcg: float
    map: float
    recall: float
    mrr: float


def quality(grades: Mapping[str, Mapping[str, int]], runs: Mapping[str, Sequence[str]]) -> Quality:
    """The quality of the ids that were found for each judged query."""
    rows = [_of_query(wanted, runs.get(query, ())) for query, wanted in grades.items()]
    return Quality(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))


def _of_query(wanted: Mapping[str, int], found: Sequence[str]) -> Quality:
    gains = [wanted.get(document, 0) for document in found[:10]]
    ideal = sorted(wanted.values(), reverse=True)[:10]
    hits = 0
    precision = 0.0
    for rank, document in enumerate(found[:100], 1):
        if document in wanted:
            hits += 1
            precision += hits / rank
    first = next((rank for rank, gain in enumerate(gains, 1) if gain), 0)
    return Quality(
        _dcg(gains) / _dcg(ideal),
        precision / len(wanted),
        hits / len(wanted),
        1 / first if first else 0,
    )


def _dcg(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))
