"""Tokenizing in batches gives the words that the tokenizer gives, text by text."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.analysis.amounts import CLEAR_UNITS, CODES, COUNTRIES
from milatui.index.analysis.raw_tokens import MONEY_NAMES
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
    ends = tokens.counts_before(np.array(bounds, np.int64)).tolist()
    words_found = [numbering.words[number] for number in tokens.numbers.tolist()]
    return [words_found[begin:end] for begin, end in zip([0, *ends], ends, strict=False)]


@given(st.lists(TEXTS, max_size=6))
def test_a_batch_has_the_words_of_its_texts(texts: list[str]) -> None:
    numbering = Numbering()
    table = PieceTable(numbering.number)
    for _again in range(2):
        assert tokenized(table, numbering, texts) == [words(text) for text in texts]


def test_the_words_of_phrases_are_read_across_spaces() -> None:
    numbering = Numbering()
    texts = [*PHRASES, "the R. & D. office"]
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


def test_every_unit_and_money_is_read_across_spaces() -> None:
    units = ["M", "b", "G", "k", "MM", "Mn", "md", *CLEAR_UNITS.replace("s?", "").split("|")]
    money = ["$", "€", "d'euros", "d’euros", "de francs", *CODES, *MONEY_NAMES]
    texts = [f"at 5{gap}{unit} {name}" for gap in ("", " ") for unit in units for name in money]
    texts += [f"at {sign} 5 of" for sign in (*COUNTRIES.split("|"), *CODES, "US$", "€")]
    texts += [f"at {code} 5 {unit} of" for code in ("CAD", "$") for unit in units]
    numbering = Numbering()
    found = tokenized(PieceTable(numbering.number), numbering, texts)
    assert found == [words(text) for text in texts]
    assert found[0] == ["at", "5", "million"]


LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"


@given(st.text(f"{LETTERS}0123456789.,'&%_`", min_size=1, max_size=12))
def test_the_case_of_ascii_letters_tells_nothing(text: str) -> None:
    assert words(text) == words(text.lower())


@given(
    st.sampled_from(("", "l", "quelqu", "MUSD", "US", "5")),
    st.text(f"{LETTERS}0123456789é", max_size=3) | st.text("mkbUSD05123.,$%'", max_size=8),
    st.sampled_from(("", "'s", "'S", "'s's", "’s", "'t")),
)
def test_plain_words_are_words(start: str, text: str, end: str) -> None:
    assert plain_words(start + text + end) in ((), tuple(words(start + text + end)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lab", "lab"),
        ("2024", "2024"),
        ("company's", "company"),
        ("L's", ""),
        ("été", ""),
        ("3.50%", "3.5 percent"),
        ("1,350,000", "1350000"),
        ("$5.4M", "5.4 million"),
        ("Q4", "q4"),
        ("www.example.com", "www example com"),
        ("U.S", ""),
    ],
)
def test_letters_digits_and_owners_are_plain(text: str, expected: str) -> None:
    assert plain_words(text) == tuple(expected.split())


def test_an_empty_batch_has_no_words() -> None:
    numbering = Numbering()
    assert tokenized(PieceTable(numbering.number), numbering, ["", " ", "()"]) == [[], [], []]
