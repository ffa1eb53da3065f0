"""Pairs of a word misspelt and what it is taken for, and words that are taken for nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.index.engine.engine import Engine
from milatui.index.engine.inverting import Inverter

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.index.engine.engine import Found

MEANT = [
    # as typed, a text that has what is meant, what the search says it took it for
    ("labratory", "a laboratory", "laboratory"),  # a letter left out
    ("laborattory", "a laboratory", "laboratory"),  # one too many
    ("laboratpry", "a laboratory", "laboratory"),  # a wrong one
    ("laboratoyr", "a laboratory", "laboratory"),  # two swapped, at the end
    ("alboratory", "a laboratory", "laboratory"),  # at the beginning
    ("labratary", "a laboratory", "laboratory"),  # two wrong letters of a long word
    ("generattivz", "l’IA générative", "generative"),
    ("mial", "at Mila", "mila"),  # a short word
    ("mla", "at Mila", "mila"),
    ("quebc labratory", "a Quebec laboratory", "quebec laboratory"),
    ("deeplearning", "on deep learning", "deep learning"),  # written as one
    ("machinelearning robots", "machine learning", "machine learning robots"),
    ("deeplearnig", "deep learning, deeplearning", "deeplearning"),  # one letter is less
    ('"labratory opens"', "a laboratory opens", '"laboratory opens"'),
]
BEGUN = [
    ("inteli", "artificial intelligence", "intelligence"),
    ("artificial inteli", "artificial intelligence", "artificial intelligence"),
    ("laboart", "a laboratory", "laboratory"),
    ("labrator", "a laboratory", "laboratory"),
    ("labratary", "a laboratory", "laboratory"),
]
TOGETHER = [
    ("cyber security", "a cybersecurity firm"),
    ("cyber security firms", "a cybersecurity firm"),
    ("data base", "a database"),
    ("start up", "a startup"),
    ("Start-up", "a startup"),
]
NOTHING = [
    ("milz", "at Milano"),
    ("zmila zz", "x"),
    ("mlx", "at Mila"),
    ("ila", "at Mila"),
    ("sansumg", "at Samsung"),
    ("1001", "1000 people"),
    ("learningdeep", "deep learning"),
    ("deeplearning", "deep seas; learning to swim"),
    ("cyber security", "x"),
    ("of the", "offthe ofthe"),
]


COMMON = ["a laboratory for robots", *["the laboratory"] * 60, *["the robots"] * 9]
DOUBTED = [
    # query, the texts besides the common ones, the query as it was taken
    ("labortory robots", ["once the labortory stood here"], "laboratory robots"),
    ("labortory robots", ["the labortory of robots"], "labortory robots"),  # they stand together
    ("labortory", ["once the labortory stood here"], "labortory"),  # nothing to doubt it by
    ("labortory robots", ["once the labortory stood here"] * 4, "labortory robots"),  # not rare
    ("robotz laboratory", ["one robotz"], "robotz laboratory"),  # robots are too rare
    ("labortory milan", ["once the labortory", "in Milan"], "labortory milan"),  # no better
]


def find(folder: Path, query: str, text: str, *, typing: bool = False) -> tuple[Found, int, str]:
    """What is found in one text, whether it is the text, and the query as it was taken."""
    inverter = Inverter()
    inverter.add("", text, "fr" if "’" in text else "en")
    inverter.write(folder / "one.flat")
    engine = Engine([folder / "one.flat"], [0], 1, fast=False)
    found = engine.find(query, lambda _field, _value: "no fields here", typing=typing)
    taken = query
    for start, end, word in sorted(found.evaluation.repairs, reverse=True):
        taken = taken[:start] + word + taken[end:]
    return found, engine.kernel.size(found.matching), taken


@pytest.mark.parametrize(("query", "text", "meant"), MEANT)
def test_is_taken_for(tmp_path: Path, query: str, text: str, meant: str) -> None:
    assert find(tmp_path, query, text)[1:] == (1, meant)


@pytest.mark.parametrize(("query", "text", "meant"), BEGUN)
def test_is_taken_for_while_typing(tmp_path: Path, query: str, text: str, meant: str) -> None:
    assert find(tmp_path, query, text, typing=True)[1:] == (1, meant)


@pytest.mark.parametrize(("query", "text"), TOGETHER)
def test_two_words_find_them_as_one(tmp_path: Path, query: str, text: str) -> None:
    found, size, taken = find(tmp_path, query, text)
    assert (size, taken) == (1, query)
    assert found.evaluation.unknown == []


@pytest.mark.parametrize(("query", "text"), NOTHING)
def test_is_taken_for_nothing(tmp_path: Path, query: str, text: str) -> None:
    assert find(tmp_path, query, text)[1:] == (0, query)


@pytest.mark.parametrize(("query", "texts", "meant"), DOUBTED)
@pytest.mark.parametrize("fast", [False, True], ids=["plain", "numpy"])
def test_a_rare_word_is_doubted(
    tmp_path: Path, query: str, texts: list[str], meant: str, fast: bool
) -> None:
    inverter = Inverter()
    for text in (*COMMON, *texts):
        inverter.add("", text, "en")
    inverter.write(tmp_path / "all.flat")
    size = len(COMMON) + len(texts)
    engine = Engine([tmp_path / "all.flat"], range(size), size, fast=fast)
    found = engine.find(query, lambda _field, _value: "no fields here")
    words = [word for _start, _end, word in found.evaluation.repairs]
    assert words == [word for word in meant.split() if word not in query.split()]
    holds_it = [n for n, text in enumerate(texts, len(COMMON)) if "labortory" in text]
    # Texts that do have the word as asked are found all the same.
    assert all(engine.kernel.has(found.matching, number) for number in holds_it)


def test_a_rare_beginning_is_doubted(tmp_path: Path) -> None:
    inverter = Inverter()
    for text in (*COMMON, "once the labxratory stood here"):
        inverter.add("", text, "en")
    inverter.write(tmp_path / "all.flat")
    engine = Engine([tmp_path / "all.flat"], range(71), 71, fast=False)
    found = engine.find("robots labxr", lambda _field, _value: "", typing=True)
    assert found.evaluation.repairs == [(7, 12, "laboratory")]
    assert found.tally.best(found.matching, 1)[0][0] == 0
    alone = engine.find("labxr", lambda _field, _value: "", typing=True)
    assert engine.kernel.numbers(alone.matching) == [70]
