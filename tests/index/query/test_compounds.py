"""Words written as one that are two, and two that are one elsewhere."""

from __future__ import annotations

import pytest

from milatui.index.query.compounds import split_compound
from milatui.index.query.syntax import Word
from milatui.index.query.term_expansion import TermExpander
from tests.index.query.asking import ask
from tests.index.query.fake_terms import FakeTerms

SPLIT = [
    ("deeplearning", "on deep learning", "deep learning"),
    ("machinelearning robots", "machine learning", "machine learning robots"),
    ("deeplearnig", "deep learning, deeplearning", "deeplearning"),  # one letter is less
]
WHOLE = [
    ("learningdeep", "deep learning"),
    ("deeplearning", "deep seas; learning to swim"),
    ("offin", "off in"),  # parts of two letters
    ("x" * 5000, "x"),
]
JOINED = [
    ("cyber security", "a cybersecurity firm"),
    ("cyber security firms", "a cybersecurity firm"),
    ("data base", "a database"),
    ("start up", "a startup"),
    ("Start-up", "a startup"),
    ("e-mail", "an email"),
    ("Covid-19", "the covid19 wave"),
    ("covid 19", "the covid19 wave"),
]
APART = [
    ("vis-à-vis", "une visa"),
    ("vis à vis", "une visa"),
    ("the rapist", "a therapist"),
    ("cyber  security", "a cybersecurity firm"),
    ("20 19", "in 2019"),
    ("cyber security", "x"),
    ("of the", "offthe ofthe"),
]
MIXED = [
    ("covid19", "the Covid-19 wave", ["covid", "19"]),
    ("covid19", "the covid 19 wave", ["covid", "19"]),
    ("gpt4", "GPT-4 is there", ["gpt", "4"]),
    ("gpt4", "gpt4, not GPT-4", ["gpt4"]),
    ("covid19", "covid19 and Covid-19", ["covid", "19"]),
    ("b2b", "a b2b firm", ["b2b"]),
    ("covid19", "19 people had covid", ["covid19"]),
    ("1a2b3c4d5e", "1 a 2 b 3 c 4 d 5 e", ["1a2b3c4d5e"]),
]


@pytest.mark.parametrize(("query", "text", "taken"), SPLIT)
def test_a_word_that_is_two_is_split(query: str, text: str, taken: str) -> None:
    asked = ask(query, FakeTerms([("en", text)]))
    assert (asked.docs, asked.taken) == ({0}, taken)


@pytest.mark.parametrize(("query", "text"), WHOLE)
def test_other_words_are_not_split(query: str, text: str) -> None:
    asked = ask(query, FakeTerms([("en", text)]))
    assert (asked.docs, asked.taken) == (set(), query)


@pytest.mark.parametrize(("query", "text"), JOINED)
def test_two_words_find_them_as_one(query: str, text: str) -> None:
    asked = ask(query, FakeTerms([("en", text)]))
    assert (asked.docs, asked.taken) == ({0}, query)
    assert asked.unknown == []


@pytest.mark.parametrize(("query", "text"), APART)
def test_two_words_stay_two(query: str, text: str) -> None:
    asked = ask(query, FakeTerms([("en", text)]))
    assert (asked.docs, asked.taken) == (set(), query)


@pytest.mark.parametrize(("word", "text", "parts"), MIXED)
def test_letters_and_digits_are_split(word: str, text: str, parts: list[str]) -> None:
    texts = FakeTerms([("en", text)])
    split = split_compound(Word(word, 3, 9), texts, TermExpander(texts), texts.phrase_exists)
    assert [part.text for part in split] == parts
    assert {(part.startchar, part.endchar) for part in split} == {(3, 9)}


def test_letters_and_digits_find_both_ways_to_write_them() -> None:
    texts = FakeTerms([("en", "the covid19 wave"), ("en", "the Covid-19 wave"), ("en", "a wave")])
    for query in ("covid19", "Covid-19", "covid 19", "COVID19"):
        asked = ask(query, texts)
        assert (asked.docs, asked.taken) == ({0, 1}, query)


def test_three_words_are_joined_both_ways() -> None:
    asked = ask("data base line", FakeTerms([("en", "database baseline")]))
    assert [term.synonyms for term in asked.terms] == [
        ("database",),
        ("database", "baseline"),
        ("baseline",),
    ]
