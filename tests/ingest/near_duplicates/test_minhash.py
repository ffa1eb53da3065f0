"""Texts that share much meet in the table; memory and looks are bounded."""

from __future__ import annotations

import numpy as np

from milatui.ingest.near_duplicates.minhash import BANDS, LshIndex, band_keys
from milatui.ingest.near_duplicates.repeated_paragraphs import ShingleCounts


def _hashes(count: int, seed: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.random.default_rng(seed).integers(0, 2**64, count, dtype=np.uint64)


def test_texts_meet_as_often_as_their_similarity_says() -> None:
    met = {0.15: 0, 0.5: 0, 0.8: 0}
    rounds = 60
    for similarity in met:
        common = round(200 * 2 * similarity / (1 + similarity))
        for seed in range(rounds):
            base = _hashes(200, seed)
            other = np.concatenate((base[:common], _hashes(200 - common, seed + 10_000)))
            index = LshIndex()
            index.add(band_keys(base))
            met[similarity] += len(index.candidates(band_keys(other)))
    assert met[0.15] <= rounds // 3
    assert met[0.5] >= rounds - 2
    assert met[0.8] == rounds


def test_few_hashes_fill_all_bands() -> None:
    keys = band_keys(_hashes(1, 1))
    assert len(keys) == BANDS
    assert len(set(band_keys(_hashes(9, 2)).tolist())) == BANDS


def test_documents_are_found_after_the_table_has_grown() -> None:
    index = LshIndex()
    keys = [band_keys(_hashes(50, seed)) for seed in range(1_500)]
    assert [index.add(each) for each in keys] == list(range(1_500))
    for number in range(0, 1_500, 37):
        assert number in index.candidates(keys[number]).tolist()[:1]


def test_a_crowd_with_the_same_keys_is_not_walked_to_its_end() -> None:
    index = LshIndex()
    keys = band_keys(_hashes(50, 1))
    for _ in range(500):
        index.add(keys)
    found = index.candidates(keys)
    assert 10 <= len(found) <= 50
    assert found[0] == 499


def test_boilerplate_is_what_many_documents_have() -> None:
    counts = ShingleCounts()
    shared = _hashes(200, 1)
    own = [_hashes(100, seed + 2) for seed in range(12)]
    for part in own[:-1]:
        counts.add(np.concatenate((part, shared)))
    core = counts.core(np.concatenate((own[-1], shared)))
    assert core is not None
    assert core[:90].all()
    assert not core[115:].any()
    # A text of nothing else is compared as a whole.
    assert counts.core(shared) is None
    assert counts.core(shared.astype(np.uint32)) is None
