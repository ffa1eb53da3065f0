"""What differs between two texts, word by word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.diff.word_diff import WordRun, diff_words

TEXTS = st.lists(
    st.lists(
        st.sampled_from(["a", "the", "lab", "opens", "été", "人", "智能", "x,"]),
        min_size=1,
        max_size=12,
    ).map(" ".join),
    max_size=6,
).map("\n\n".join)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_the_runs(old: str, new: str) -> None:
    found = diff_words(old, new)
    if not found.runs:
        assert old.split() == new.split()
        return
    for fate, text in (("removed", old), ("added", new)):
        kept = "".join(run.text for run in found.runs if run.fate in ("same", fate))
        assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("old", "new", "runs"),
    [
        ("one two three", "one 2 three", [("same", "one "), ("removed", "two "), ("added", "2 "),
                                          ("same", "three \n\n")]),
        ("a\n\nb", "a\n\nc\n\nb", [("same", "a\n\n"), ("added", "c\n\n"), ("same", "b\n\n")]),
        ("人工智能", "人工智慧", [("same", "人工智 "), ("removed", "能 "), ("added", "慧 "),
                              ("same", "\n\n")]),
    ],
)  # fmt: skip
def test_changed_words_stand_between_the_same_ones(
    old: str, new: str, runs: list[tuple[str, str]]
) -> None:
    assert diff_words(old, new).runs == tuple(WordRun(*run) for run in runs)  # type: ignore[arg-type]


def test_white_space_is_not_compared() -> None:
    assert diff_words("one\ntwo\n\nthree", "one two\n \nthree\n").runs == ()


def test_a_long_text_of_one_word_counts_as_replaced() -> None:
    found = diff_words("x a " * 30_000 + "end", "a x " * 29_000 + "END")
    assert found.removed > 29_000
    assert found.added > 28_000
