"""The query language: what is understood, and what is pointed at."""

from __future__ import annotations

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
        ("partner: mila", "", ("partner", "mila")),
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
