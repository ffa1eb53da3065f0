"""Quoted parts that rank where next to nothing has them."""

from __future__ import annotations

import pytest
from whoosh.query import Query

from milatui.i18n import set_language
from milatui.index.analysis.tokenizer import words
from milatui.index.query.parser import parse
from milatui.index.query.quoted_phrases import MIN_QUESTION_DOCS, RelaxedQuote, relax_quotes
from milatui.index.query.syntax import BooleanQuery, FieldRestriction, Required, WordPhrase
from tests.index.query.shapes import Shape, shape

TEXTS = [
    "heat transfer on a flat plate in slow flow",
    "flow of heat around a wing",
    "a green light for robots",
    "robots and wings",
    "robots build walls",
]
KIND = "event"


def has(query: Query, text: list[str]) -> bool:
    """Whether a text matches a query of the kinds that are used here."""
    match query:
        case BooleanQuery():
            return all(has(clause, text) for clause in query.required) and not any(
                has(clause, text) for clause in query.prohibited
            )
        case Required():
            return has(query.child, text)
        case FieldRestriction():
            return query.value == KIND
        case WordPhrase():
            return f" {' '.join(query.words)} " in f" {' '.join(text)} "
        case _ if query.is_leaf():
            return query.text in text
        case _:
            return any(has(child, text) for child in query.children())


def relaxed(query: str) -> tuple[Shape, tuple[RelaxedQuote, ...]]:
    found, notes = relax_quotes(
        parse(query).query, lambda asked: sum(has(asked, words(text)) for text in TEXTS)
    )
    return shape(found), notes


@pytest.mark.parametrize(
    ("query", "expected", "counts"),
    [
        ('robots "green light"', ("robots", ('"', ["green", "light"])), []),
        ('robots "red light"', ("robots", "red", "light"), [0]),
        ('robots "red"', ("robots", "red"), [0]),
        # Nothing to rank by: no plain word, or none that something has.
        ('"red light"', (('"', ["red", "light"]),), []),
        ('nowhere "red light"', ("nowhere", ('"', ["red", "light"])), []),
        ('"green light" "red light"', (('"', ["green", "light"]), ('"', ["red", "light"])), []),
        # What is required restricts, in any case.
        ('robots +"red light"', ("robots", ("+", ["red", "light"])), []),
        ('robots AND "red light"', (("+", "robots"), ("+", ["red", "light"])), []),
        # The rest is what else is required: the kind, and quotes that more texts have.
        ('robots "green light" kind:event', None, []),
        ('robots "green light" kind:figure', None, []),
        ('robots "wings" "green light"', ("robots", ('"', "wings"), "green", "light"), [0]),
        ('robots "green light" -light', ("robots", "green", "light", ("-", "light")), [0]),
        # A question: its quotes have to stand beside its words, in more than one text.
        (
            'how does heat move on a "flat plate" in slow air flow',
            (
                *("how", "does", "heat", "move", "on", "a"),
                "flat",
                "plate",
                "in",
                "slow",
                "air",
                "flow",
            ),
            [1],
        ),
        ('heat wing robots flow "robots"', ("heat", "wing", "robots", "flow", ('"', "robots")), []),
    ],
)
def test_a_quote_that_next_to_nothing_has_ranks(
    query: str, expected: Shape, counts: list[int]
) -> None:
    found, notes = relaxed(query)
    assert found == (shape(parse(query).query) if expected is None else expected)
    assert [note.doc_count for note in notes] == counts
    quoted = [part.strip() for part in query.split('"')[1::2]]
    assert all(query[note.start : note.end] in quoted for note in notes)


def test_a_question_needs_more_texts_than_one() -> None:
    assert MIN_QUESTION_DOCS > 1


def test_it_is_told_in_both_languages() -> None:
    try:
        for language, none, one in (
            ("en", "no record has it", "only 1 record has it"),
            ("fr", "aucune fiche", "seule 1 fiche"),
        ):
            set_language(language)
            assert none in RelaxedQuote(3, 5, 0).message("a “bc” d")
            assert one in RelaxedQuote(3, 5, 1).message("a “bc” d")
            assert "bc" in RelaxedQuote(3, 5, 2).message("a “bc” d")
            assert "2" in RelaxedQuote(3, 5, 2).message("a “bc” d")
    finally:
        set_language("en")
