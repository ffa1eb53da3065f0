"""Regular expressions: which end soon on every word."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.query.parser import parse
from milatui.index.query.regex_guard import (
    MAX_SOURCE_LENGTH,
    MAX_TERM_LENGTH,
    MAX_TERM_SIZE,
    literal_prefix,
    regex_error,
    term_matcher,
)
from milatui.index.query.syntax import WordPattern


@pytest.mark.parametrize(
    "source",
    [
        *("(a+)+b", "(a|aa)+", "((a|b))*", "(?:.?.?){20}", "(.{2})+x", "(ab?){9}", "((ab))+"),
        *(".*.*.*.*", "a{2,}b+c*d*", "a?" * 9, "(a|b)" * 9, r"(a)\1", "(?=a)b", "(?P<n>a)", "[a"),
        *("a{99999999999}", "*a", "(a", "x" * (MAX_SOURCE_LENGTH + 1)),
    ],
)
def test_what_could_take_for_ever_is_refused(source: str) -> None:
    assert regex_error(source)
    parsed = parse(f"/{source}/ mila")
    assert not any(isinstance(clause, WordPattern) for clause in parsed.query.subqueries)
    assert [warning.start for warning in parsed.warnings] == [0]


@pytest.mark.parametrize(
    "source",
    [
        *("lab.*", "labo(ratory|ratoire)?s?", "[^aeiou]+", r"\d{4}", "(?:ab)+", "x*?y+?z"),
        *("[a-]", "[a|b]", r"[\[a]", "[a]--", "[a[]"),
        *(r"\w+[(|+*?{]", "a|b|c|d|e|f|g|h|i|j|k"),
    ],
)
def test_what_ends_soon_is_searched_for(source: str) -> None:
    (clause,) = parse(f"/{source}/").query.subqueries
    assert clause == WordPattern(source)
    assert (clause.startchar, clause.endchar) == (0, len(source) + 2)


@pytest.mark.filterwarnings("ignore::FutureWarning")
@given(st.text("(a|b?.*+{2,}[x])\\-&~^", max_size=12))
def test_what_is_accepted_has_few_ways_to_match(source: str) -> None:
    if not regex_error(source):
        # What passes is compiled and tried: it ends.
        term = "a" * MAX_TERM_LENGTH + "!"
        assert re.compile(source).fullmatch(term) is None or "." in source


TERMS = st.lists(
    st.one_of(
        st.text("abx1é", min_size=1, max_size=6),
        st.just("a" * MAX_TERM_LENGTH),
        st.just("a" * (MAX_TERM_LENGTH + 1)),
        st.just("é" * 200),
    ),
    max_size=30,
)


@pytest.mark.filterwarnings("ignore::FutureWarning")
@given(
    st.one_of(
        st.text("(aB|x?.*+{2,}[])\\dW^$1é", max_size=8), st.sampled_from(["a*", ".+", "[^b]*"])
    ),
    TERMS,
)
def test_terms_are_matched_as_one_by_one(source: str, terms: list[str]) -> None:
    if regex_error(source):
        return
    coded = [term.encode() for term in terms]
    lines = b"\n".join([term if len(term) <= MAX_TERM_SIZE else b"" for term in coded])
    found = term_matcher(source)(lines)
    pattern = re.compile(source, re.IGNORECASE)
    assert found == [
        place
        for place, term in enumerate(terms)
        if len(term) <= MAX_TERM_LENGTH and pattern.fullmatch(term)
    ]
    assert all(terms[place].startswith(literal_prefix(source)) for place in found)
