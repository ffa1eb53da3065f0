"""Tokenizing in batches gives the words that the tokenizer gives, text by text."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.analysis.amounts import CLEAR_UNITS
from milatui.index.analysis.tokenizer import plain_words, words
from milatui.index.builder import token_pieces
from milatui.index.builder.token_pieces import PADDING, PieceTable

if TYPE_CHECKING:
    from collections.abc import Sequence

PIECES = (
    *(
        "lab",
        "Labs",
        "MUSD",
        "USD",
        "US",
        "CA",
        "de",
        "dollars",
        "euros",
        "M",
        "Mio.",
        "md",
        "bn",
        "k",
    ),
    *(
        "1",
        "12",
        "000",
        "1,000",
        "3.5",
        "5M",
        "$",
        "€",
        "£5",
        "%",
        "&",
        "R",
        "D",
        "U.S.",
        "l’",
        "d'",
    ),
    *(
        "été",
        "e\u0301",
        "\u0301",
        "研究所",
        "שלום",
        "ד״ר",
        "ﷺ",
        "½",
        "ŀ",
        "\u00ad",
        "\u200b",
        "😀",
        "ß",
    ),
    *(
        " ",
        "  ",
        "\n",
        "\t",
        "\u00a0",
        "\u202f",
        "\u3000",
        "\x85",
        "\x00",
        "\x1c",
        "\x7f",
        "\u2028",
    ),
    *(
        "-",
        "(",
        ")",
        '"',
        "'",
        ".",
        ",",
        ":",
        "/",
        "@",
        "#",
        "+",
        "_",
        "*",
        "!",
        "x" * 63,
        "x" * 70,
    ),
)
PHRASES = (
    *("“new” 5 M $", "l’été’s", "…a–b", "«x»"),
    *("integrating R & D manufacturing", "cost 5 M de dollars now", "paid US$ 5 M in", "A & B"),
    *(
        "about 1 000 people",
        "the 5M dollars of",
        "from 12 Mio. on",
        "5 M € more",
        "the AR & VR wear",
    ),
    *("worth CAD 5 bn each", "a 1 350 000 b", "$ 5 m is", "in 2024 200 came", "été & R & D d’été"),
)
TEXTS = (
    st.lists(st.sampled_from((*PHRASES, " ", " and ", "\u00a0", "\n")), max_size=4).map("".join)
    | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
    | st.text(max_size=30)
)


class Numbering:
    """Numbers words as they come."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self._numbers: dict[str, int] = {}

    def number(self, word: str) -> int:
        if word not in self._numbers:
            self._numbers[word] = len(self.words)
            self.words.append(word)
        return self._numbers[word]


def tokenized(table: PieceTable, numbering: Numbering, texts: Sequence[str]) -> list[list[str]]:
    """The words of texts of one line each, tokenized as one batch."""
    batch, bounds = b"\n", []
    for text in texts:
        batch += text.encode("utf-8", "surrogatepass") + b"\n"
        bounds.append(len(batch))
    tokens = table.tokenize(batch + PADDING)
    found: list[list[str]] = [[] for _text in texts]
    at = 0
    for number, offset in zip(tokens.numbers.tolist(), tokens.offsets.tolist(), strict=True):
        while offset >= bounds[at]:
            at += 1
        found[at].append(numbering.words[number])
    return found


@given(st.lists(TEXTS, max_size=6))
def test_a_batch_has_the_words_of_its_texts(texts: list[str]) -> None:
    numbering = Numbering()
    table = PieceTable(numbering.number)
    for _again in range(2):
        assert tokenized(table, numbering, texts) == [words(text) for text in texts]


def test_every_unit_behind_a_number_is_met() -> None:
    numbering = Numbering()
    units = [unit.replace("s?", "s") for unit in CLEAR_UNITS.split("|")]
    texts = [f"about 46 {form} users" for unit in units for form in (unit, unit.upper())]
    texts += [*PHRASES, "the R. & D. office"]
    assert tokenized(PieceTable(numbering.number), numbering, texts) == list(map(words, texts))


@pytest.mark.parametrize(("most", "slots"), [(0, 16), (50, 16), (1 << 20, 16)])
def test_a_table_grows_and_stops_growing(
    monkeypatch: pytest.MonkeyPatch, most: int, slots: int
) -> None:
    monkeypatch.setattr(token_pieces, "MOST_PIECES", most)
    monkeypatch.setattr(token_pieces, "_FIRST_SLOTS", slots)
    chance = random.Random(5)
    numbering = Numbering()
    table = PieceTable(numbering.number)
    for _batch in range(10):
        texts = [
            " ".join(f"w{chance.randrange(3000)}{'y' * chance.randrange(20)}" for _ in range(50))
            for _text in range(20)
        ]
        assert tokenized(table, numbering, texts) == [words(text) for text in texts]


LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(st.text(f"{LETTERS}0123456789.,'&%_`", min_size=1, max_size=12))
def test_the_case_of_ascii_letters_tells_nothing(text: str) -> None:
    assert words(text) == words(text.lower())


@given(
    st.sampled_from(("", "l", "quelqu", "MUSD", "US", "5")),
    st.text(f"{LETTERS}0123456789é", max_size=3),
    st.sampled_from(("", "'s", "'S", "'s's", "’s", "'t")),
)
def test_plain_words_are_words(start: str, text: str, end: str) -> None:
    assert plain_words(start + text + end) in ((), tuple(words(start + text + end)))


def test_letters_digits_and_owners_are_plain() -> None:
    found = [plain_words(text) for text in ("Lab", "2024", "company's", "L's", "3.5", "été")]
    assert found == [("lab",), ("2024",), ("company",), (), (), ()]


def test_an_empty_batch_has_no_words() -> None:
    numbering = Numbering()
    assert tokenized(PieceTable(numbering.number), numbering, ["", " ", "()"]) == [[], [], []]
