"""Cleaning: no text from an archive can command a terminal."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milatui.archive.sanitize import MAX_COMBINING_MARKS, escape_json, sanitize

ANY_TEXT = st.text(st.characters(), max_size=60) | st.text(
    st.characters(categories=["Cc", "Cf", "Cs", "Zl", "Zp"]), max_size=20
)
MARKS = ("\u0301", "\u0489", "\u05b0", "\u064b", "\u0e47", "\u0f74", "\u20dd", "\ufe0f")
RARE_MARKS = ("\U0001d167", "\U000e0100", "\u1161")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b]52;c;aGk=\x07", "␛[31mred␛]52;c;aGk=␇"),
        ("a\x00b\x7f", "a␀b␡"),
        ("\x9b31m", "\ufffd31m"),
        ("user\u202etxt.exe", "usertxt.exe"),
        ("zero\u200bwidth\ufeff", "zerowidth"),
        ("lone\ud800", "lone\ufffd"),
        ("tag\U000e0041", "tag"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("col\tumn\nline", "col\tumn\nline"),
        ("l’été\u00a0: 1\u202f000 €, 東京 😀", "l’été\u00a0: 1\u202f000 €, 東京 😀"),
    ],
)
def test_what_a_terminal_would_obey_is_shown_or_dropped(text: str, shown: str) -> None:
    assert sanitize(text) == shown


def test_one_line_has_neither_tabs_nor_line_ends() -> None:
    assert sanitize("a\r\nb\tc\nd\u2029e", multiline=False) == "a b c d e"


@given(ANY_TEXT, st.booleans())
@example("\x85\u2028\xad", True)
@example("\ud83d\ude00", False)
def test_nothing_that_controls_is_left(text: str, multiline: bool) -> None:
    allowed = {"\n", "\t"} if multiline else set()
    for character in sanitize(text, multiline=multiline):
        category = unicodedata.category(character)
        assert character in allowed or category not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(character) not in (
            *("LRE", "RLE", "LRO", "RLO", "PDF"),
            *("LRI", "RLI", "FSI", "PDI"),
        )
    sanitize(text, multiline=multiline).encode()


def test_every_control_is_found_among_the_letters_of_many_alphabets() -> None:
    # All of them stand in the first plane; surrogates are one like the other.
    for code in (*range(0xD802), *range(0xDFFE, 0x10000)):
        char = chr(code)
        if char not in "\n\t" and unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp"):
            for letters in ("plain", "été’s –\u00a0", "ạ한字🙂ع"):
                assert char not in sanitize(letters + char)


@given(ANY_TEXT, st.booleans())
def test_clean_text_stays_as_it_is(text: str, multiline: bool) -> None:
    once = sanitize(text, multiline=multiline)
    assert sanitize(once, multiline=multiline) == once


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_letters_numbers_and_signs_are_never_touched(text: str) -> None:
    assert sanitize(text) == text
    assert sanitize(text, multiline=False) == text


@pytest.mark.parametrize("before", range(12))
def test_no_letter_carries_a_tower_of_marks(before: int) -> None:
    tower = "é" * before + "a" + "\u0336\u0301" * 500 + "b"
    for multiline in (True, False):
        assert sanitize(tower, multiline=multiline) == "é" * before + "a" + "\u0336\u0301" * 4 + "b"


def test_the_marks_languages_use_stay() -> None:
    for text in ("e\u0301", "Việt Nam", "ṩ́", "ที่นี่", "a" + "\u0301" * 8):
        assert sanitize(text) == text


@given(
    st.lists(st.sampled_from([*MARKS, *RARE_MARKS, "\u200b", "\u202e", "a"]), max_size=60).map(
        "".join
    ),
    st.booleans(),
)
@example("a" + "\u0301" * 8 + "\u200b" + "\u0301" * 8, True)
def test_no_letter_carries_a_tower(text: str, multiline: bool) -> None:
    shown = sanitize(text, multiline=multiline)
    carried = 0
    for character in shown:
        carried = carried + 1 if character in (*MARKS, *RARE_MARKS) else 0
        assert carried <= MAX_COMBINING_MARKS
    assert sanitize(shown, multiline=multiline) == shown


@pytest.mark.parametrize("mark", [*MARKS, *RARE_MARKS])
def test_marks_of_every_script_are_counted(mark: str) -> None:
    assert sanitize("a" + mark * MAX_COMBINING_MARKS) == "a" + mark * MAX_COMBINING_MARKS
    assert sanitize("a" + mark * 300 + "b") == "a" + mark * MAX_COMBINING_MARKS + "b"


@given(ANY_TEXT | st.just("a" + "\u0301" * 40 + "\U000e0100" * 40 + "\U0001d173\u2028"))
def test_json_loses_nothing_and_commands_nothing(text: str) -> None:
    shown = escape_json(json.dumps({text: [text]}, ensure_ascii=False, indent=1))
    # Two halves of a character side by side are one in every JSON.
    assert json.loads(shown) == json.loads(json.dumps({text: [text]}))
    assert sanitize(shown) == shown
