"""Query classes: stock Whoosh runs what is parsed, on an index of its own."""

from __future__ import annotations

import copy
import pickle
import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query as whoosh_query
from whoosh.fields import KEYWORD, TEXT, Schema
from whoosh.filedb.filestore import FileStorage

from milatui.index.analysis.analyzers import WordAnalyzer
from milatui.index.query.parser import parse
from milatui.index.query.syntax import (
    BooleanQuery,
    FieldRestriction,
    Near,
    Quoted,
    Required,
    Word,
    WordPattern,
    WordPhrase,
    WordPrefix,
    significant_words,
)
from tests.rounds import quota

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.searching import Searcher

TEXTS = [
    *("mila robots in mile ex", "amgen labs robots", "drug discovery", "mile end robots mila"),
    *("amgen drug mila", "labs labs labs", "ex mile", "discovery of a drug by amgen labs", "in"),
    *("robots by mila robots", "a", "lab"),
]
KINDS = ["event", "document", "figure"]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """Stock Whoosh's searcher of two segments of the texts.

    None is deleted: at times Whoosh's ``Not`` finds a deleted document.
    """
    schema = Schema(text=TEXT(analyzer=WordAnalyzer(), stored=True), kind=KEYWORD(stored=True))
    index = FileStorage(str(tmp_path_factory.mktemp("stock"))).create_index(schema)
    for numbers in (range(7), range(7, len(TEXTS))):
        writer = index.writer()
        for number in numbers:
            writer.add_document(text=TEXTS[number], kind=KINDS[number % 3])
        writer.commit(merge=False)
    with index.searcher() as searcher:
        yield searcher


WORDS = st.sampled_from(["mila", "robots", "amgen", "drug", "labs", "mile", "ex", "by", "nowhere"])
PHRASES = st.lists(WORDS, min_size=2, max_size=3).map(" ".join)
LEAVES = st.one_of(
    WORDS,
    WORDS.map(lambda word: word[:2] + "*"),
    PHRASES.map('"{}"'.format),
    WORDS.map('"{}"'.format),
    st.sampled_from(["/l.b.*/", "/M.{3,4}/", "/[^a]+/", "/mila?e?/", "/mil{0,2}a/"]),
    st.sampled_from(["kind:event", "kind:figure"]),
    st.tuples(WORDS, st.integers(1, 4), WORDS)
    .filter(lambda near: near[0] != near[2])
    .map(lambda near: f"{near[0]} near/{near[1]} {near[2]}"),
    st.just("mile-e*").map("-{}".format),
)
QUERIES = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.lists(parts, min_size=1, max_size=3).map(" ".join).map("({})".format),
        st.lists(parts, min_size=1, max_size=3).map(" ".join),
        st.lists(parts.map("({})".format), min_size=2, max_size=3).map(" OR ".join),
        st.tuples(parts, parts).map(" AND ".join),
        parts.map("-({})".format),
        parts.map("+({})".format),
    ),
    max_leaves=8,
)


@settings(
    max_examples=quota(150),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(QUERIES)
def test_stock_whoosh_runs_what_is_parsed(searcher: Searcher, text: str) -> None:
    parsed = parse(text)
    hits = searcher.search(parsed.query, limit=None)
    expected = {TEXTS[number] for number in matching(parsed.query)}
    assert {hit["text"] for hit in hits} == expected
    assert {
        hit["text"] for hit in searcher.search(parsed.query.normalize(), limit=None)
    } == expected


def matching(query: whoosh_query.Query) -> set[int]:
    """The texts that a query matches, by its definition."""
    everything = set(range(len(TEXTS)))
    match query:
        case FieldRestriction():
            found = {number for number in everything if KINDS[number % 3] == query.value}
        case Word() | WordPrefix() | WordPattern() | WordPhrase():
            found = {number for number in everything if spans(query, TEXTS[number].split())}
        case Near():
            found = {number for number in everything if is_near(query, TEXTS[number].split())}
        case whoosh_query.Not():
            found = everything - matching(query.query)
        case Required():
            found = matching(query.child)
        case whoosh_query.Or():
            found = {number for part in query.subqueries for number in matching(part)}
        case BooleanQuery():
            found = matching_clauses(query, everything)
        case _:
            raise AssertionError(query)
    return found


def matching_clauses(query: BooleanQuery, everything: set[int]) -> set[int]:
    if not query.subqueries:
        return set()
    found = set(everything)
    for clause in query.required:
        found &= matching(clause)
    for clause in query.prohibited:
        found -= matching(clause)
    if query.optional and not any(map(has_content, query.required)):
        words = significant_words(query.optional)
        found &= {number for word in words for number in matching(word)}
    return found


def has_content(clause: whoosh_query.Query) -> bool:
    """Whether there is more than fields, what is excluded left out."""
    if isinstance(clause, whoosh_query.Not):
        return False
    if clause.is_leaf() or isinstance(clause, Near):
        return not isinstance(clause, FieldRestriction)
    return any(map(has_content, clause.children()))


def spans(query: whoosh_query.Query, text: list[str]) -> set[tuple[int, int]]:
    """The first and last positions in a text where a word or phrase stands."""
    match query:
        case WordPhrase():
            starts = [{start for start, _end in spans(part, text)} for part in query.parts]
            size = len(starts)
            return {
                (at, at + size - 1)
                for at in range(len(text))
                if all(at + place in starts[place] for place in range(size))
            }
        case WordPrefix():
            return {(at, at) for at, word in enumerate(text) if word.startswith(query.text)}
        case WordPattern():
            pattern = re.compile(query.text, re.IGNORECASE)
            return {(at, at) for at, word in enumerate(text) if pattern.fullmatch(word)}
        case _:
            return {(at, at) for at, word in enumerate(text) if word == query.text}


def is_near(query: Near, text: list[str]) -> bool:
    return any(
        0 < max(start - other_end, other_start - end) <= query.distance
        for start, end in spans(query.left, text)
        for other_start, other_end in spans(query.right, text)
    )


def test_phrases_and_nearness_are_found_near_phrases(searcher: Searcher) -> None:
    for text in ('"mile ex" near/3 mila', 'mila near/2 "mile ex"', '"drug discovery" near/5 amgen'):
        query = parse(text).query
        found = {hit["text"] for hit in searcher.search(query, limit=None)}
        assert found == {TEXTS[number] for number in matching(query)}


def test_a_pattern_must_match_the_whole_word(searcher: Searcher) -> None:
    assert {hit["text"] for hit in searcher.search(WordPattern("LAB"))} == {"lab"}


def test_queries_walk_and_copy_as_whooshs_do() -> None:
    query = parse('mila "deep learning" -(samsung OR lab*) +x a near/3 b title:y').query
    assert {text for _field, text in query.iter_all_terms()} >= {"mila", "deep", "samsung", "x"}
    assert ("title", "y") in query.all_terms()
    offsets = [(token.text, token.startchar) for token in query.all_tokens()]
    assert offsets[:3] == [("mila", 0), ("deep", 6), ("learning", 11)]
    for other in (copy.deepcopy(query), pickle.loads(pickle.dumps(query)), query.accept(_same)):  # noqa: S301
        assert other == query
        assert hash(other) == hash(query)
    changed = query.replace("text", "deep", "machine")
    assert changed != query
    assert ("text", "machine") in changed.all_terms()
    assert ("text", "machine") not in query.all_terms()
    assert query.with_boost(2.0).boost == 2.0


def _same(query: whoosh_query.Query) -> whoosh_query.Query:
    return query


def test_queries_are_normalized_without_losing_clauses() -> None:
    assert BooleanQuery([]).normalize() is whoosh_query.NullQuery
    assert BooleanQuery([Word("a")]).normalize() == Word("a")
    assert BooleanQuery([Word("a"), Word("a")]).normalize() == BooleanQuery([Word("a"), Word("a")])
    assert WordPhrase([Word("a")]).normalize() == Word("a")
    nested = BooleanQuery([Word("a"), BooleanQuery([Word("b"), Word("c")])])
    assert nested.normalize() == nested
    assert Quoted(BooleanQuery([])).normalize() is whoosh_query.NullQuery


def test_fields_that_are_alternatives_leave_words_required() -> None:
    assert not parse("(partner:amgen OR partner:samsung) robots").query.has_required_content
    assert parse("(partner:amgen OR drug) robots").query.has_required_content


def test_words_are_equal_wherever_they_stand() -> None:
    assert Word("a", 3, 4, capitals=True) == Word("a")
    assert Word("a") != WordPrefix("a")
    assert Required(Word("a")) != Quoted(Word("a"))
    assert WordPhrase([Word("a"), Word("b")]) != WordPhrase([Word("a"), WordPrefix("b")])
    assert BooleanQuery([]) == BooleanQuery([])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the robots of mila", ["robots", "mila"]),
        ("who is it", ["who", "is", "it"]),
        ("WHO report", ["who", "report"]),
        ("THE WHO REPORT", ["report"]),
        ("a 5 b", ["5"]),
        ("a b*", ["b"]),
    ],
)
def test_words_that_count(text: str, expected: list[str]) -> None:
    words = parse(text).query.optional
    assert [word.text for word in significant_words(words)] == expected
