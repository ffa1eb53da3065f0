"""What a query may cost: no 400 letters are dear, and a search that is told to stop does."""

from __future__ import annotations

import random
import sys
import time
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.catalogue.search import query_gate
from milatui.catalogue.search.suggestions import MAX_UNKNOWN
from milatui.index.builder.build import build
from tests.hostile_queries import LETTERS, hostile_queries
from tests.peak_memory import peak_memory
from tests.rounds import some

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

MOST_WORK = 500_000
"""Calls that a search may take.  One of a few words takes some thousand."""
MOST_BETWEEN = 150_000
"""Calls between two questions whether to stop: some 15 ms, in which a text is tokenized."""
MOST_MEMORY = 6_000_000
"""Bytes that a search may need at a time."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _vocabulary() -> list[str]:
    """Words of which many begin alike and many are one letter apart."""
    chance = random.Random(3)
    words: set[str] = set()
    while len(words) < 6_000:
        word = chance.choice(("in", "pa", "re", "co")) + "".join(
            chance.choice(_LETTERS[:8]) for _letter in range(chance.randrange(3, 12))
        )
        words |= {word, word[:-1] + chance.choice(_LETTERS)}
    return sorted(words)


VOCABULARY = _vocabulary()
QUERIES = hostile_queries(VOCABULARY)


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    """A catalogue of many words."""
    root = tmp_path_factory.mktemp("wordy")
    folder = root / "archive" / "documents"
    folder.mkdir(parents=True)
    (root / "archive" / "archive.yaml").write_text("title: Words\nlanguages: [en]\n")
    chance = random.Random(4)
    for number in range(150):
        words = " ".join(f"the {chance.choice(VOCABULARY)} of" for _word in range(120))
        text = f"---\ntitle: Number {number}\ndate: '{1990 + number % 30}'\n---\n{words}\n"
        (folder / f"d{number}.md").write_text(text)
    build(root / "archive", root / "index")
    catalogue = Catalogue.open(root / "index")
    # What the first search loads and remembers is no part of the others.
    first = (query[:8] for query in QUERIES.values())
    for query in ("laboratory", "in*", '"the of"', "/.*x/", *first):
        catalogue.search(query, Scope(), typing=True)
    return catalogue


class Work:
    """Counts the calls that Python makes, and the most of them between two ``ask``."""

    def __init__(self, stops_at: int = sys.maxsize) -> None:
        self.all = self.asked = self.most = self.since = 0
        self._stops_at = stops_at

    def ask(self) -> bool:
        """Whether to stop: from the question of this number on."""
        self.asked += 1
        self.most, self.since = max(self.most, self.since), 0
        return self.asked >= self._stops_at

    def _count(self, _frame: FrameType, event: str, _argument: object) -> None:
        if event in ("call", "c_call"):
            self.all += 1
            self.since += 1

    def of(self, catalogue: Catalogue, query: str, *, typing: bool) -> None:
        """Count those of a search."""
        before = sys.getprofile()
        sys.setprofile(self._count)
        try:
            catalogue.search(query, Scope(), limit=200, typing=typing, cancelled=self.ask)
        finally:
            sys.setprofile(before)
        self.most = max(self.most, self.since)


@pytest.mark.parametrize("typing", [True, False], ids=["typing", "enter"])
@pytest.mark.parametrize("name", some(list(QUERIES), 2, 12))
def test_no_400_letters_are_dear(wordy: Catalogue, name: str, typing: bool) -> None:
    for letters in (40, LETTERS - 1, LETTERS):
        work = Work()
        work.of(wordy, QUERIES[name][:letters], typing=typing)
        assert work.all <= MOST_WORK, letters
        assert work.most <= MOST_BETWEEN, letters


PASTED = {
    "any word": "/.*/",
    "words with a letter": "/.*c.*/",
    "words": " ".join(VOCABULARY[:1_000]),
    "misspelt words": " ".join(f"{word[:-2]}xz" for word in VOCABULARY[::20]),
    "one word": "a" * 10_000,
    "words begun": " ".join(f"{word[:2]}*" for word in VOCABULARY[::60]),
}


@pytest.mark.parametrize("typing", [True, False], ids=["typing", "enter"])
@pytest.mark.parametrize("name", some(list(PASTED), 2, len(PASTED)))
def test_no_pasted_text_is_dear(wordy: Catalogue, name: str, typing: bool) -> None:
    work = Work()
    work.of(wordy, PASTED[name], typing=typing)
    assert work.all <= MOST_WORK
    assert work.most <= MOST_BETWEEN


def test_of_many_unknown_words_the_first_are_told(wordy: Catalogue) -> None:
    answer = wordy.search(f"{VOCABULARY[0]} {PASTED['misspelt words']}", Scope())
    assert len(answer.notes) == MAX_UNKNOWN + 1
    assert answer.notes[-1].startswith("No text has 2")


@pytest.mark.parametrize("typing", [True, False], ids=["typing", "enter"])
@pytest.mark.parametrize("name", some(list(QUERIES), 2, 12))
def test_no_400_letters_need_much_memory(wordy: Catalogue, name: str, typing: bool) -> None:
    for letters in (40, LETTERS):
        query = QUERIES[name][:letters]
        most = peak_memory(partial(wordy.search, query, Scope(), limit=200, typing=typing))
        assert 0 < most <= MOST_MEMORY, letters


@pytest.mark.parametrize("typing", [True, False], ids=["typing", "enter"])
@pytest.mark.parametrize("name", some(list(QUERIES), 2, 12))
def test_a_search_that_is_told_to_stop_ends_at_once(
    wordy: Catalogue, name: str, typing: bool
) -> None:
    whole = Work()
    whole.of(wordy, QUERIES[name], typing=typing)
    for part in (0.0, 0.5):
        stopped = Work(1 + int(whole.asked * part))
        stopped.of(wordy, QUERIES[name], typing=typing)
        assert stopped.all <= whole.all * part + 2 * MOST_BETWEEN


@pytest.mark.parametrize("typing", [True, False], ids=["typing", "enter"])
def test_a_query_is_given_up_by_the_processor_time_it_takes(
    wordy: Catalogue, monkeypatch: pytest.MonkeyPatch, typing: bool
) -> None:
    def at_pace(seconds: float) -> Callable[[], float]:
        passed = iter(range(10**9))
        return lambda: next(passed) * seconds

    # A busy machine: time passes, but not ours.
    clock = SimpleNamespace(perf_counter=lambda: 0.0, thread_time=at_pace(0.0))
    monkeypatch.setattr(query_gate, "time", clock)
    query = QUERIES["different phrases"]
    assert not wordy.search(query, Scope(), typing=typing).partial
    clock.thread_time = at_pace(query_gate.CPU_LIMIT / 2)
    answer = wordy.search(query, Scope(), typing=typing)
    assert answer.partial
    assert answer.notes == ("The search took too long: this is what it found so far.",)


def test_the_first_search_has_time_to_load_what_all_need(
    wordy: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(perf_counter=lambda: 0.0, thread_time=iter(range(10**9)).__next__)
    monkeypatch.setattr(query_gate, "time", clock)
    monkeypatch.setattr(query_gate, "FIRST_CPU_LIMIT", 10**9)
    assert wordy.search(VOCABULARY[0], Scope()).partial
    monkeypatch.setattr(wordy._reader.searcher, "has_searched", False)
    assert not wordy.search(VOCABULARY[0], Scope()).partial


def test_what_was_not_looked_for_is_not_called_unknown(
    wordy: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = SimpleNamespace(perf_counter=lambda: 0.0, thread_time=time.perf_counter)
    monkeypatch.setattr(query_gate, "time", clock)
    monkeypatch.setattr(query_gate, "CPU_LIMIT", -1.0)
    answer = wordy.search(f"{VOCABULARY[0]} {VOCABULARY[9]} qqqqq", Scope(), typing=True)
    assert answer.partial
    assert len(answer.suggestions) == 1
    assert not answer.corrected_query


def test_a_long_word_is_found_and_lit(tmp_path: Path) -> None:
    folder = tmp_path / "archive" / "documents"
    folder.mkdir(parents=True)
    (tmp_path / "archive" / "archive.yaml").write_text("title: Long\nlanguages: [en]\n")
    long = "acgt" * 40
    (folder / "gene.md").write_text(f"---\ntitle: A gene\n---\nIt reads {long} to its end.\n")
    build(tmp_path / "archive", tmp_path / "index")
    catalogue = Catalogue.open(tmp_path / "index")
    for query in (long, f'"reads {long} to"'):
        (hit,) = catalogue.search(query, Scope()).hits
        lit = [hit.snippet.text[start:end] for start, end in hit.snippet.highlights]
        assert long in lit


def test_of_many_words_and_expressions_the_first_are_looked_for(wordy: Catalogue) -> None:
    (misread,) = wordy.search("a " * 1_001 + VOCABULARY[0], Scope()).warnings
    assert (misread.start, misread.message) == (2_000, "only the first 1000 words are looked for")
    answer = wordy.search(" ".join(f"/x{letter}/" for letter in _LETTERS[:5]), Scope())
    assert [answer.query[part.start : part.end] for part in answer.warnings] == ["/xe/"]
