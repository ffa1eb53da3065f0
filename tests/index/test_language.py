"""The query language: what is understood, and what is pointed at."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.engine.language import read
from milatui.index.engine.nodes import All, Either, Field, Must, Near, Not, Pattern, Phrase, Word


def shape(node: object) -> object:
    """A node without offsets, to compare."""
    match node:
        case Word():
            return node.text + "*" * node.begun
        case Phrase():
            return [shape(word) for word in node.words]
        case Near():
            return ("near", node.distance, shape(node.left), shape(node.right))
        case Pattern():
            return ("/", node.source)
        case Field():
            return (node.name, node.value)
        case Not():
            return ("-", shape(node.node))
        case Must():
            return ("+", shape(node.node))
        case Either():
            return ("or", *map(shape, node.nodes))
        case All():
            return tuple(shape(part) for part in node.nodes)
    raise AssertionError(node)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("mila robots", ("mila", "robots")),
        ('"Machine Learning" -amgen', (["machine", "learning"], ("-", "amgen"))),
        ("«l’institut québécois»", (["institut", "quebecois"],)),
        ("(samsung OR amgen) lab*", ((("or", "samsung", "amgen"),), "lab*")),
        ("a OR b OR c", (("or", "a", "b", "c"),)),
        ("(a b)", ("a", "b")),
        ("a AND b", (("+", "a"), ("+", "b"))),
        ("NOT x +y", (("-", "x"), ("+", "y"))),
        ("drug near/5 discovery", (("near", 5, "drug", "discovery"),)),
        ('"a b" NEAR/900 c', (("near", 60, ["a", "b"], "c"),)),
        ("partner:amgen date:2021..2023", (("partner", "amgen"), ("date", "2021..2023"))),
        ('said-by:"Yoshua Bengio"', (("said-by", "Yoshua Bengio"),)),
        ("date:last year x", (("date", "last year"), "x")),
        ("date:last 3 months x", (("date", "last 3 months"), "x")),
        ("date:l’an dernier x", (("date", "l’an dernier"), "x")),
        ("date:since 2020 x", (("date", "since 2020"), "x")),
        ("date:depuis mai 2020 x", (("date", "depuis mai 2020"), "x")),
        ("date:18 January 2023 x", (("date", "18 January 2023"), "x")),
        ("date:2021 x", (("date", "2021"), "x")),
        ("title:last supper", (("title", "last"), "supper")),
        ("since:2020 avant:2022", (("since", "2020"), ("before", "2022"))),
        ("Note: mila", ("note", "mila")),
        ("/mil[ae]/ /lab(s|os)?/", (("/", "mil[ae]"), ("/", "lab(s|os)?"))),
        ("-Mile-Ex", (("-", ["mile", "ex"]),)),
        ("/mil[ae]/", (("/", "mil[ae]"),)),
        ("1 000 people", ("1000", "people")),
        ("12:30 http://mila.quebec/x", ("12", "30", "http", "mila", "quebec", "x")),
        ("titre:labo langue:fr", (("title", "labo"), ("lang", "fr"))),
    ],
)
def test_what_is_understood(query: str, expected: object) -> None:
    reading = read(query)
    assert shape(reading.root) == expected
    assert reading.misread == ()


@pytest.mark.parametrize(
    ("query", "pointed", "words"),
    [
        ("foo:bar mila", "foo:bar", ("foo", "bar", "mila")),
        ("(open mila", "(", ("open", "mila")),
        ("mila close)", ")", ("mila", "close")),
        ('"not closed', '"', ("not", "closed")),
        ("/mil[/ x", "/mil[/", ("mil", "x")),
        ("/(a+)+b/", "/(a+)+b/", ("a", "b")),
        ("near/5 mila", "near/5", ("mila",)),
        ("mila OR", "OR", ("mila",)),
        ("partner: mila", "partner:", ("partner", "mila")),
        ("partner:", "partner:", ("partner",)),
        ("OR", "OR", ("or",)),
        ("near/5", "near/5", ("near", "5")),
        ("pa*t mila", "pa*t", ("pa", "t", "mila")),
        ("!?", "!?", ()),
    ],
)
def test_what_is_broken_is_searched_as_words_and_pointed_at(
    query: str, pointed: str, words: object
) -> None:
    reading = read(query)
    assert shape(reading.root) == words
    assert [query[m.start : m.end] for m in reading.misread] == [pointed] * bool(pointed)


def test_the_last_word_is_begun_while_typing() -> None:
    assert shape(read("new lab", typing=True).root) == ("new", "lab*")
    assert shape(read("new lab ", typing=True).root) == ("new", "lab")


@pytest.mark.parametrize(
    "query", ['"labo', "lab (mi", "lab OR", "lab near/5", "partner:", "-", "+"]
)
def test_what_is_still_being_typed_is_not_pointed_at(query: str) -> None:
    assert read(query, typing=True).misread == ()
    assert len(read(query).misread) == 1


def test_prose_restricts_nothing() -> None:
    text = (
        'What is known "about the effects" of heat on a wing -dash in a /boat-tail/ and slow flow'
    )
    assert all(isinstance(node, Word) for node in read(text).root.nodes)


def test_deep_parentheses_end() -> None:
    assert read("(" * 500 + "mila" + ")" * 500).misread


@given(st.text(max_size=80), st.booleans())
def test_every_text_is_a_query(text: str, typing: bool) -> None:
    reading = read(text, typing=typing)
    for misread in reading.misread:
        assert 0 <= misread.start < misread.end <= len(text)
        assert misread.message


@pytest.mark.parametrize(
    "pattern",
    [
        *("(a+)+b", "(a|aa)+", "((a|b))*", "(?:.?.?){20}", "(.{2})+x", "(ab?){9}", "((ab))+"),
        *(".*.*.*.*", "a{2,}b+c*d*", "a?" * 9, "(a|b)" * 9, r"(a)\1", "(?=a)b", "(?P<n>a)", "[a"),
        *("a{99999999999}", "*a", "(a"),
    ],
)
def test_patterns_that_could_take_for_ever_are_refused(pattern: str) -> None:
    reading = read(f"/{pattern}/ mila")
    assert not any(isinstance(node, Pattern) for node in reading.root.nodes)
    assert [misread.start for misread in reading.misread] == [0]


@pytest.mark.parametrize(
    "pattern",
    [
        *("lab.*", "labo(ratory|ratoire)?s?", "[^aeiou]+", r"\d{4}", "(?:ab)+", "x*?y+?z"),
        *(r"\w+[(|+*?{]", "a|b|c|d|e|f|g|h|i|j|k"),
    ],
)
def test_patterns_that_end_soon_are_searched_for(pattern: str) -> None:
    assert read(f"/{pattern}/").root.nodes == (Pattern(pattern, 0, len(pattern) + 2),)


def test_a_wrong_field_is_told_the_nearest() -> None:
    assert read("partnr:amgen").misread[0].message.endswith("near it is partner")
    assert read("foo:bar").misread[0].message.endswith("date, since, until")


@pytest.mark.filterwarnings("ignore::FutureWarning")
@given(st.text("(a|b?.*+{2,}[x])\\", max_size=12))
def test_accepted_patterns_have_few_ways_to_match(pattern: str) -> None:
    for node in read(f"/{pattern}/").root.nodes:
        if isinstance(node, Pattern):
            # What passes is compiled and tried: it ends.
            assert re.compile(node.source).fullmatch("a" * 40 + "!") is None or "." in pattern
