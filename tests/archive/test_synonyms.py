"""The optional list of synonyms: whatever the file is, it costs moments and never the program."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from milatui.archive.synonyms import LARGEST, load_synonyms
from milatui.index.query.term_expansion import MAX_SYNONYMS, synonym_table


def test_lists_of_words_are_read_and_all_else_is_left_out(tmp_path: Path) -> None:
    text = "- [lab, atelier, [odd], {a: b}]\n- odd\n- []\n- {a: [b]}\n"
    (tmp_path / "synonyms.yaml").write_text(text, "utf-8")
    assert load_synonyms(tmp_path) == [["lab", "atelier"], []]


@pytest.mark.parametrize(
    "text",
    [
        *("", "a: [b]\n", "[", "- [a]\n- &x [b]\n- *x\n", "- [" + "a," * LARGEST + "]", "- [\x00]"),
        *("[" * 900_000, "- " * 400_000, "? " * 400_000, "{a: " * 200_000),
    ],
    ids=range(10),
)
def test_what_is_no_list_of_lists_is_none(tmp_path: Path, text: str) -> None:
    # PyYAML's C parser crashes the process where it is let into such a depth.
    (tmp_path / "synonyms.yaml").write_text(text, "utf-8")
    assert load_synonyms(tmp_path) == []


def test_a_pipe_does_not_hold_up_the_program(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "synonyms.yaml")
    assert load_synonyms(tmp_path) == []


def test_words_have_a_bounded_number_of_synonyms(long: bool) -> None:
    # Every query would look for all of them, and a list of n words has n * n pairs.
    words = [f"w{number}" for number in range(100_000 if long else 20_000)]
    table = synonym_table([words, *(["lab", word] for word in words)])
    assert max(map(len, table.values())) <= 2 * MAX_SYNONYMS
    assert table["lab"][0] == "w0"
