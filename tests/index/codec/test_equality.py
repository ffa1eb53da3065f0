"""Stock Whoosh on the flat codec answers as stock Whoosh on its own codec.

Long rounds try more indexes and larger ones; ``CODEC_SEEDS=300`` that many of them
(``CODEC_SEEDS=300-600``: from one to another); 40 queries each.
"""

from __future__ import annotations

import os
import random
import tempfile
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import pytest
from whoosh.codec import default_codec
from whoosh.reading import TermNotFound

from milatui.index.codec import postings_writer
from milatui.index.codec.codec import FlatCodec
from tests.index.codec.corpus import WORDS, build, random_schema, random_sessions
from tests.index.codec.queries import (
    EXTRAS,
    WEIGHTINGS,
    WHOOSH_FAILS,
    may_never_end,
    random_query,
    scored,
)
from tests.rounds import with_ci

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from _pytest.mark import ParameterSet
    from whoosh.index import FileIndex
    from whoosh.reading import IndexReader

QUERIES: Final = 40
QUICK: Final = range(4)
ALWAYS: Final = (3,)
"""Those of the quick ones that plain ``pytest`` tries."""
LONG: Final = range(4, 24)
FEW: Final = 60
"""Documents that a session adds at most to one of the quick indexes."""
MANY: Final = 400
"""Documents that a session adds at most to one of the others."""
KINDS: Final = ("frequency", "positions", "characters", "position_boosts", "character_boosts")
FIELDS_WITH_LENGTHS: Final = ("body", "title", "stem", "chars", "nopos", "boosts")


ASKED: Final = os.environ.get("CODEC_SEEDS", "")


def seeds() -> Sequence[int | ParameterSet]:
    if not ASKED:
        return with_ci(ALWAYS, [seed for seed in QUICK if seed not in ALWAYS], LONG)
    first, _dash, last = ASKED.rpartition("-")
    return range(int(first or 0), int(last))


@pytest.fixture(params=seeds())
def pair(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[random.Random, FileIndex, FileIndex]:
    """The same random index on Whoosh's codec and on ours."""
    # Whoosh's RamStorage writes to a fixed name in the temporary folder.
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    if request.param % 2:
        # Some segments then have wide document numbers, others narrow ones.
        monkeypatch.setattr(postings_writer, "SMALL_SEGMENT", 30)
    rng = random.Random(request.param)
    in_memory = rng.random() < 0.2
    small = request.param in QUICK and not ASKED
    sessions = random_sessions(rng, FEW if small else MANY)
    options = rng.random()
    theirs, ours = (
        build(
            codec,
            random_schema(random.Random(options)),
            sessions,
            None if in_memory else tmp_path / name,
        )
        for name, codec in (("theirs", default_codec()), ("ours", FlatCodec()))
    )
    return rng, theirs, ours


def test_readers_and_searchers_agree(
    pair: tuple[random.Random, FileIndex, FileIndex],
    record_property: Callable[[str, object], None],
) -> None:
    rng, theirs, ours = pair
    with theirs.reader() as one, ours.reader() as two:
        assert_same_contents(rng, one, two)
    seen: Counter[str] = Counter()
    for _n in range(QUERIES):
        asked, weighting = random_query(rng), rng.choice(WEIGHTINGS)
        extra = rng.choice((scored, scored, *EXTRAS))
        if may_never_end(asked):
            seen["failures"] += 1
            continue
        with (
            theirs.searcher(weighting=weighting) as first,
            ours.searcher(weighting=weighting) as second,
        ):
            for question in (scored, extra):
                try:
                    expected = question(first, asked)
                except WHOOSH_FAILS:
                    seen["failures"] += 1  # Whoosh's own mistake, on its own codec
                    break
                assert question(second, asked) == expected, (asked, weighting, question)
            else:
                seen["queries"] += 1
                seen["hits"] += bool(scored(second, asked)[0])
    for kind, count in seen.items():
        record_property(kind, count)
    assert seen["failures"] <= QUERIES / 4, seen


def assert_same_contents(rng: random.Random, one: IndexReader, two: IndexReader) -> None:
    assert two.doc_count_all() == one.doc_count_all()
    assert list(two.all_doc_ids()) == list(one.all_doc_ids())
    assert sorted(two.indexed_field_names()) == sorted(one.indexed_field_names())
    terms = list(one.all_terms())
    assert list(two.all_terms()) == terms
    for term in rng.sample(terms, min(30, len(terms))):
        assert_same_term(one, two, *term)
    assert_same_documents(rng, one, two)
    for name in ("body", "stem"):
        for text in rng.sample(WORDS, 4):
            wrong = text[:-1] + "q"
            prefix = rng.randint(0, min(2, len(wrong)))
            found = list(two.terms_within(name, wrong, 2, prefix=prefix))
            assert found == list(one.terms_within(name, wrong, 2, prefix=prefix))
            assert first_id(two, name, text) == first_id(one, name, text)
            corrector = two.corrector(name)
            assert corrector.suggest(wrong, limit=3) == one.corrector(name).suggest(wrong, limit=3)
            assert list(two.expand_prefix(name, text[:1])) == list(
                one.expand_prefix(name, text[:1])
            )
        assert list(two.most_frequent_terms(name, 5)) == list(one.most_frequent_terms(name, 5))


def first_id(reader: IndexReader, name: str, text: str) -> int | None:
    try:
        found: int = reader.first_id(name, text)
    except TermNotFound:
        return None
    return found


def assert_same_term(one: IndexReader, two: IndexReader, name: str, text: bytes) -> None:
    assert (name, text) in two
    assert two.doc_frequency(name, text) == one.doc_frequency(name, text)
    assert two.frequency(name, text) == pytest.approx(one.frequency(name, text))
    theirs, ours = one.term_info(name, text), two.term_info(name, text)
    for part in ("weight", "max_weight"):
        assert getattr(ours, part)() == pytest.approx(getattr(theirs, part)()), part
    for part in ("doc_frequency", "min_length", "max_length", "min_id", "max_id"):
        assert getattr(ours, part)() == getattr(theirs, part)(), part
    assert postings(two, name, text) == postings(one, name, text)
    assert next(iter(two.iter_from(name, text)))[0] == (name, text)


def postings(reader: IndexReader, name: str, text: bytes) -> list[Any]:
    """Returns documents, weights and decoded values of a term."""
    found = []
    matcher = reader.postings(name, text)
    # Whoosh gives postings of spelling fields a value of another field's format.
    decoded = () if name.startswith("spell_") else KINDS
    while matcher.is_active():
        values = [matcher.value_as(kind) for kind in decoded if matcher.supports(kind)]
        found.append((matcher.id(), round(matcher.weight(), 5), values))
        matcher.next()
    return found


def assert_same_documents(rng: random.Random, one: IndexReader, two: IndexReader) -> None:
    living = list(one.all_doc_ids())
    for doc_id in rng.sample(living, min(20, len(living))):
        assert two.stored_fields(doc_id) == one.stored_fields(doc_id)
        for name in FIELDS_WITH_LENGTHS:
            theirs = one.doc_field_length(doc_id, name) or 0
            assert two.doc_field_length(doc_id, name) == theirs
        for name in ("body", "nopos"):
            assert two.has_vector(doc_id, name) == one.has_vector(doc_id, name)
            if one.has_vector(doc_id, name):
                for kind in ("frequency", "weight"):
                    expected = list(one.vector_as(kind, doc_id, name))
                    assert list(two.vector_as(kind, doc_id, name)) == expected
    for name in FIELDS_WITH_LENGTHS:
        assert two.field_length(name) == one.field_length(name)
    for (left, _base), (right, _same) in zip(one.leaf_readers(), two.leaf_readers(), strict=True):
        assert_same_columns(left, right)


def assert_same_columns(one: IndexReader, two: IndexReader) -> None:
    for name, kind in one.schema.items():
        if kind.column_type is None:
            continue
        assert two.has_column(name) == one.has_column(name)
        if one.has_column(name):
            theirs, ours = (r.column_reader(name, translate=False) for r in (one, two))
            assert list(ours) == list(theirs)
            assert [ours[n] for n in one.all_doc_ids()] == [theirs[n] for n in one.all_doc_ids()]
