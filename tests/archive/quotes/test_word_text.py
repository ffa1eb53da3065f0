"""Texts compared by their words, whatever an editor has made of their typography."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.quotes.document_words import DocumentWords, WordRange, body_digest
from milatui.archive.quotes.word_text import WordText
from milatui.archive.records import Document

PLAIN = 'He said: "It\'s 1,000 - or more - well-known words..." And -5% at m2.'


@pytest.mark.parametrize(
    "edited",
    [
        "He said: “It’s 1,000 – or more – well-known words…” And -5% at m².",
        "He said\u00a0: «\u202fIt’s 1,000 — or more — well‑known words…\u202f» And -5% at m2.",
        "He said: \\\"It's **1,000** - or\n> more - well-\nknown _words_..\\. And -5% at m2.",
        "He said: &laquo;&nbsp;It&#39;s 1,000 -- or more -- well-known words&hellip; And -5% at m2",
        "He sa\u00adid: It's 1,000 or mo\u00ad\nre well known words; and -5% at m2".replace(
            "and", "And"
        ),
        "He\u200b said: It's 1,000\u2009or more \u201cwell-known\u201d words And -5% at m2",
    ],
)
def test_what_editors_change_makes_no_difference(edited: str) -> None:
    assert WordText(edited).words == WordText(PLAIN).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1,000", "1.000"),
        ("-5%", "5%"),
        ("5%", "5"),
        ("Mila", "mila"),
        ("$5", "€5"),
        ("résumé", "resume"),
        ("no where", "nowhere"),
    ],
)
def test_other_words_are_other_words(one: str, other: str) -> None:
    assert WordText(one).words != WordText(other).words


def test_only_whole_words_are_found() -> None:
    text = WordText("a laboratory, a lab; the lab.")
    assert text.find(["lab"]) == 3
    assert text.find(["lab"], 4) == 5
    assert text.find(["a", "lab"], 0, 3) == -1
    assert text.find([]) == -1
    assert text.text[slice(*text.span(2, 4))] == "a lab"


@given(st.text(alphabet="ab -–“”.,\n*\u00ad\u00a0&;"), st.data())
def test_words_are_found_where_they_stand(text: str, data: st.DataObject) -> None:
    words = WordText(text)
    assert len(words.words) == len(words.spans)
    for (start, end), word in zip(words.spans, words.words, strict=True):
        assert start < end
        assert WordText(text[start:end]).words == [word]
    if words.words:
        first = data.draw(st.integers(0, len(words.words) - 1))
        last = data.draw(st.integers(first + 1, len(words.words)))
        at = words.find(words.words[first:last], first)
        assert at == first
        assert words.at(words.spans[first][0]) == first


def test_the_nearest_words_are_those_most_alike() -> None:
    text = WordText("One thing is here. The lab opens in the old building of the town. Another.")
    nearest = text.nearest(WordText("The lab closes in the old building").words)
    assert nearest is not None
    assert text.text[slice(*text.span(nearest.first, nearest.last))] == (
        "The lab opens in the old building"
    )
    for words in (
        "The lab opens really in the old building of the town",
        "The lab in the old building of the town",
        "The big lab opens in the building of town",
    ):
        nearest = text.nearest(WordText(words).words)
        assert nearest is not None
        assert text.text[slice(*text.span(nearest.first, nearest.last))] == (
            "The lab opens in the old building of the town"
        )
    assert text.nearest(["nothing", "of", "it"]) is None or nearest.ratio > 0.3
    assert text.nearest(["zebra"]) is None


BODY = "# Title\n\nThe first paragraph,\nof two lines.\n\n---\n\n- one\n- two words\n\nEnd.\n"


def test_words_are_numbered_by_paragraph() -> None:
    words = DocumentWords(Document("d", "D", BODY))
    named = words.labelled("2", "2-3")
    assert named is not None
    assert words.text[slice(*words.span(*named))] == "first paragraph"
    assert words.range_label(named) == ("2", "2-3")
    assert words.labelled("3", "1-1") is None  # a rule has no words
    assert words.labelled("4", "1-1") == (7, 8)
    assert words.paragraph(3) is None
    span = words.paragraph_span(2)
    assert span is not None
    assert words.text[slice(*span)] == "The first paragraph, of two lines."


@pytest.mark.parametrize(
    ("paragraph", "numbers"),
    [
        ("", "1-2"),
        ("9", "1-2"),
        ("2", "2"),
        ("2", "3-2"),
        ("2", "1-999"),
        ("x", "1-2"),
        ("2", "0-1"),
    ],
)
def test_a_label_of_no_words_is_none(paragraph: str, numbers: str) -> None:
    assert DocumentWords(Document("d", "D", BODY)).labelled(paragraph, numbers) is None


@given(st.text(alphabet="ab \n#-*>.|"), st.data())
def test_every_range_has_a_label_that_names_it(body: str, data: st.DataObject) -> None:
    words = DocumentWords(Document("d", "D", body))
    if words.words:
        first = data.draw(st.integers(0, len(words.words) - 1))
        last = data.draw(st.integers(first + 1, len(words.words)))
        assert words.labelled(*words.range_label(WordRange(first, last))) == (first, last)
        assert words.in_span(*words.span(first, last)) == (first, last)


def test_a_digest_does_not_depend_on_line_ends() -> None:
    assert body_digest("a\n\nb  c\n") == body_digest("a b c") != body_digest("a b, c")
