"""Quotes: the passage a source means is found, however its document's lines are wrapped."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.quotes.text_quote import collapse_whitespace, find_spans
from milatui.archive.records import Source

WORDS = st.lists(st.sampled_from(["a", "b", "ab", "ba", "."]), min_size=1, max_size=8)
GAPS = st.sampled_from([" ", "\n", "  ", "\n> ".replace("> ", "  "), "\u00a0", "\t"])


def source(exact: str, prefix: str = "", suffix: str = "") -> Source:
    return Source(document="d", exact=exact, prefix=prefix, suffix=suffix)


def test_a_passage_is_found_across_line_ends_and_no_break_spaces() -> None:
    body = "It gave\nmore than\u00a01,000  grants."
    assert find_spans(body, source("gave more than 1,000 grants")) == [(3, len(body) - 1)]


def test_nothing_quoted_and_nothing_found_are_no_span() -> None:
    assert find_spans("some text", source("")) == []
    assert find_spans("some text", source(" \n")) == []
    assert find_spans("some text", source("some words")) == []
    assert find_spans("sometext", source("some text")) == []
    assert find_spans("", source("a")) == []


def test_prefix_and_suffix_choose_between_equal_passages() -> None:
    body = "In 2017 it paid US$1. In\n2018 it paid US$1, then nothing."
    assert len(find_spans(body, source("it paid US$1"))) == 2
    second = (body.rindex("it paid"), body.rindex(", then"))
    assert find_spans(body, source("it paid US$1", prefix="In 2018 ")) == [second]
    assert find_spans(body, source("it paid US$1", suffix=",\nthen")) == [second]
    assert find_spans(body, source("it paid US$1", prefix="In 2019")) == []
    assert find_spans(body, source("it paid US$1", prefix="2017", suffix=", then")) == []


def test_overlapping_passages_are_both_found() -> None:
    assert find_spans("a b a b a", source("a b a")) == [(0, 5), (4, 9)]


def test_the_number_of_passages_is_limited() -> None:
    assert find_spans("a a a a", source("a"), limit=3) == [(0, 1), (2, 3), (4, 5)]


def test_a_prefix_after_much_white_space_still_counts() -> None:
    body = "before" + "\n" * 50 + "words"
    assert find_spans(body, source("words", prefix="before")) == [(56, 61)]


@given(WORDS, WORDS, WORDS, st.data())
def test_any_passage_of_a_rewrapped_body_is_found_and_reads_the_same(
    before: list[str], quoted: list[str], after: list[str], data: st.DataObject
) -> None:
    words = [*before, *quoted, *after]
    body = "".join(word + data.draw(GAPS) for word in words)
    exact = " ".join(quoted)
    (span,) = find_spans(body, source(exact), limit=1)
    assert collapse_whitespace(body[slice(*span)]) == exact


@given(WORDS, st.text(alphabet="ab. \n", max_size=20))
def test_found_spans_are_exactly_where_the_folded_words_stand(words: list[str], body: str) -> None:
    exact = " ".join(words)
    expected = [
        (start, end)
        for start in range(len(body))
        for end in range(start + 1, len(body) + 1)
        if not body[start].isspace()
        and not body[end - 1].isspace()
        and collapse_whitespace(body[start:end]) == exact
    ]
    assert find_spans(body, source(exact), limit=100) == expected
