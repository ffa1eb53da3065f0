"""The formula: known values, bounds, the same for numbers and arrays."""

from __future__ import annotations

import math

import numpy as np
import pytest
from whoosh.scoring import bm25 as whoosh_bm25

from milatui.index.scoring import bm25

LENGTHS = (0.0, 1.0, 40.0, 100.0, 599.0, 601.0, 100_000.0)
FREQUENCIES = (1.0, 2.0, 7.0, 255.0)


@pytest.mark.parametrize("tf", FREQUENCIES)
@pytest.mark.parametrize("length", [1.0, 40.0, 100.0, 599.0])
def test_a_term_scores_as_whooshs_bm25(tf: float, length: float) -> None:
    ours = 1.7 * bm25.tf_saturation(tf, bm25.length_norm(length, 100.0))
    assert ours == pytest.approx(whoosh_bm25(1.7, tf, length, 100.0, bm25.B, bm25.K1))


def test_numbers_and_arrays_give_the_same() -> None:
    norms = bm25.length_norm(np.array(LENGTHS), 100.0)
    assert norms.tolist() == [bm25.length_norm(length, 100.0) for length in LENGTHS]
    for tf in FREQUENCIES:
        gains = bm25.tf_saturation(np.full(len(LENGTHS), tf), norms)
        assert gains.tolist() == [bm25.tf_saturation(tf, norm) for norm in norms.tolist()]
    matched = np.arange(5.0)
    for prefix in (False, True):
        factors = bm25.coord_factor(matched, 4, prefix=prefix)
        assert factors.tolist() == pytest.approx(
            [bm25.coord_factor(float(n), 4, prefix=prefix) for n in range(5)]
        )
    places = bm25.query_position_weight(np.arange(9.0), 9)
    assert places.tolist() == [bm25.query_position_weight(float(n), 9) for n in range(9)]
    coverage = bm25.title_coverage(matched, np.full(5, 2.0), 4)
    assert coverage.tolist() == [bm25.title_coverage(float(n), 2.0, 4) for n in range(5)]


def test_rare_terms_weigh_more_and_none_weighs_nothing() -> None:
    weights = [bm25.idf(1000, freq) for freq in range(1001)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] > 0
    assert bm25.idf(1000, 10) == pytest.approx(math.log(1 + 990.5 / 10.5))


def test_long_fields_count_as_a_bounded_number_of_average_ones() -> None:
    longest = bm25.MAX_LENGTH_RATIO * 100
    assert bm25.length_norm(longest, 100.0) == bm25.length_norm(1e9, 100.0)
    assert bm25.length_norm(longest - 1, 100.0) < bm25.length_norm(longest, 100.0)
    assert bm25.length_norm(3.0, 0.0) == bm25.length_norm(3.0, 1.0)


def test_a_title_that_is_the_query_counts_double() -> None:
    assert bm25.title_coverage(2.0, 2.0, 2) == 2
    assert bm25.title_coverage(0.0, 2.0, 2) == 1
    # A word that stands twice in a title covers no more than all of it.
    assert bm25.title_coverage(3.0, 2.0, 3) == 2


def test_the_words_themselves_count_in_short_queries() -> None:
    short, long = bm25.SHORT_QUERY, bm25.SHORT_QUERY + 1
    assert bm25.exact_match_weight(short, prefix=False) == bm25.EXACT_WEIGHT
    assert bm25.exact_match_weight(short, prefix=True) == bm25.EXACT_WEIGHT_LOOSE
    assert bm25.exact_match_weight(long, prefix=False) == bm25.EXACT_WEIGHT_LOOSE


def test_the_last_words_of_a_long_query_weigh_less() -> None:
    short, long = bm25.SHORT_QUERY, bm25.SHORT_QUERY + 1
    assert {bm25.query_position_weight(float(n), short) for n in range(short)} == {1}
    weights = [bm25.query_position_weight(float(n), long) for n in range(long)]
    assert weights[0] == 1
    assert weights[-1] == pytest.approx(1 - bm25.POSITION_DISCOUNT)
    assert weights == sorted(set(weights), reverse=True)
