"""Arrays of an index: terms, frequencies and postings against the documents themselves."""

from __future__ import annotations

import random
from collections import Counter
from typing import TYPE_CHECKING

import numpy as np
import pytest

from milatui.index.search import index_arrays
from milatui.index.search.index_arrays import IndexArrays, Leaf
from tests.index.search.random_index import FIELDS, WORDS, RandomIndex, random_index
from tests.rounds import with_ci

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = with_ci(range(5), range(5, 12))


def opened(made: RandomIndex) -> IndexArrays:
    return IndexArrays.of_reader(made.index.reader())


def with_dead_doc_freqs(made: RandomIndex, everything: RandomIndex) -> IndexArrays:
    """The arrays with what the build keeps of deleted documents."""
    arrays = opened(made)
    leaves = []
    for leaf, offset in zip(arrays.leaves, arrays.offsets, strict=True):
        dead = {}
        for name, reader in leaf.fields.items():
            counts: Counter[int] = Counter()
            for doc in leaf.deleted:
                tokens = everything.documents[offset + doc]
                assert tokens is not None
                for word in set(tokens.get(name, ())):
                    number = reader.term_number(word.encode())
                    assert number is not None
                    counts[number] += 1
            numbers = sorted(counts)
            dead[name] = (
                np.array(numbers, np.uint32),
                np.array([counts[number] for number in numbers], np.uint32),
            )
        leaves.append(Leaf(leaf.fields, leaf.doc_count, leaf.deleted, dead))
    return IndexArrays(leaves)


@pytest.fixture(params=SEEDS)
def chance(request: pytest.FixtureRequest) -> random.Random:
    return random.Random(request.param)


@pytest.fixture
def made(chance: random.Random, tmp_path: Path) -> RandomIndex:
    return random_index(chance, tmp_path)


def test_postings_are_those_of_the_living_documents(
    made: RandomIndex, chance: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrays, documents = opened(made), made.living()
    assert arrays.doc_count == len(documents)
    for sparse in (0, 10**9):  # added up by sorting, or by counting
        monkeypatch.setattr(index_arrays, "_SPARSE", sparse)
        monkeypatch.setattr(index_arrays, "FEW_DEAD", sparse)
        for name in ("body", "title", "bare"):
            words = chance.sample(WORDS, chance.randint(1, 5))
            postings = arrays.postings(name, arrays.term_numbers(name, map(str.encode, words)))
            expected = {
                n: sum(tokens[name].count(word) for word in words)
                for n, tokens in documents.items()
                if not set(words).isdisjoint(tokens[name])
            }
            found = zip(postings.docs.tolist(), postings.weights.tolist(), strict=True)
            assert dict(found) == expected
            assert postings.docs.tolist() == sorted(expected)
            assert postings.complete


def test_frequencies_leave_out_deleted_documents(made: RandomIndex, chance: random.Random) -> None:
    living, everything = made.living(), RandomIndex(made.index, made.documents)
    everything.documents = [
        tokens if tokens is not None else made.deleted[n] for n, tokens in enumerate(made.documents)
    ]
    arrays = with_dead_doc_freqs(made, everything)
    for name in FIELDS:
        counts = Counter(word for tokens in living.values() for word in set(tokens[name]))
        terms = [word.encode() for word in (*WORDS, "nowhere")]
        freqs = arrays.term_doc_freqs(name, terms).tolist()
        assert freqs == [counts[word] for word in (*WORDS, "nowhere")]
        prefixes = ["", "l", "ro", "robots", "zz", "é"]
        sums = arrays.prefix_doc_freqs(name, [prefix.encode() for prefix in prefixes]).tolist()
        assert sums == [
            sum(count for word, count in counts.items() if word.startswith(prefix))
            for prefix in prefixes
        ]
        word = chance.choice(WORDS)
        numbers = arrays.term_numbers(name, [word.encode()])
        assert any(map(len, numbers)) == bool(counts[word])
        assert arrays.doc_freq(name, numbers) == counts[word]
        assert arrays.doc_freq_of(name, word.encode()) == counts[word]


def test_words_of_deleted_documents_alone_are_unknown(made: RandomIndex) -> None:
    """Also where nobody counted what the deleted documents hold."""
    arrays, living = opened(made), made.living()
    for word in WORDS:
        known = any(map(len, arrays.term_numbers("body", [word.encode()])))
        if not known:
            assert not any(word in tokens["body"] for tokens in living.values())
    total = sum(len(leaf.deleted) for leaf in arrays.leaves)
    assert arrays.size - arrays.doc_count == total


def test_the_mean_length_is_that_of_the_living(made: RandomIndex) -> None:
    arrays, living = opened(made), made.living()
    expected = sum(len(tokens["body"]) for tokens in living.values()) / max(1, len(living))
    # Lengths are as exact as Whoosh's codes: above ten they are rounded.
    assert arrays.average_length("body") == pytest.approx(expected, rel=0.1)
    assert arrays.average_length("missing") == 0


def test_many_terms_are_read_in_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    arrays = opened(random_index(chance, tmp_path))
    numbers = [
        list(range(len(leaf.fields["body"]))) if "body" in leaf.fields else []
        for leaf in arrays.leaves
    ]
    whole = arrays.postings("body", numbers)
    monkeypatch.setattr(index_arrays, "CACHED_POSTINGS", 0)
    arrays = index_arrays.IndexArrays(arrays.leaves)
    monkeypatch.setattr(index_arrays, "CHUNK", 3)
    monkeypatch.setattr(index_arrays, "BLOCK", 3)
    monkeypatch.setattr(index_arrays, "_SLICED", 2)
    monkeypatch.setattr(index_arrays, "_SPARSE", 10**9)
    chunked = arrays.postings("body", numbers)
    assert chunked.docs.tolist() == whole.docs.tolist()
    assert chunked.weights.tolist() == whole.weights.tolist()
    asked: list[int] = []

    def stop() -> bool:
        asked.append(len(asked))
        return len(asked) > 4

    # So little is read however late it is.
    assert arrays.postings("body", numbers, stop).docs.tolist() == whole.docs.tolist()
    assert not asked
    monkeypatch.setattr(index_arrays, "LEAST", 0)
    stopped = arrays.postings("body", numbers, stop)
    assert not stopped.complete
    assert len(asked) == 6  # once more to know whether that is the same next time
    assert set(stopped.docs.tolist()) < set(whole.docs.tolist())
