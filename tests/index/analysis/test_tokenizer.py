"""Words and offsets of the tokenizer: every script, numbers, money, and the two ways to them."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import strategies as st

from milatui.index.analysis.characters import marks
from milatui.index.analysis.folding import fold, fold_with_offsets
from milatui.index.analysis.raw_tokens import locate_pieces, pieces
from milatui.index.analysis.tokenizer import (
    LONGEST_WORD,
    Token,
    query_words,
    tokenize,
    tokenize_piece,
    tokenize_query,
    words,
)
from tests.rounds import examples, with_ci

SCRIPTS = (
    "aeézßœİΣςσάЖйё研究所東のガがｶﾞー서울연ㄱ가ภาษาน้ำກຳမြန်မာခ\u1039ខ្មែរहिन्दीকলামతెలుగుعَرَبِيّةپکیשָׁלוֹםאבג"
)
SIGNS = "'’ʼ‘´`′＇׳״\"«.．,，٫٬&＆%٪$€£¥￥_-/ \u00a0\u202f\n\t\u3000\u200b\u00ad\u0301\u0338\u3099"
NUMBERS = "0123456789０５५٥٣"
AMOUNTS = (
    "US$ $ € CA$ $US M$ M m k Md Mds Mio bn USD MUSD EUR million de d’ dollars 000 350 5 1 12 , . '"
    " ’ R & D R. D. thousand mille l’ aujourd’hui s t n’ x A 3D %"
)
MONEY = st.sampled_from(AMOUNTS.split()) | st.sampled_from(" \n\u202f")
TEXTS = (
    st.text(max_size=40)
    | st.text(st.sampled_from(SCRIPTS + SIGNS + NUMBERS), max_size=30)
    | st.text(st.sampled_from("aB1." + NUMBERS[:10] + SIGNS), max_size=20)
    | st.lists(MONEY, max_size=10).map("".join)
)


@examples(120, 2_000, TEXTS)
def test_pieces_have_the_words_of_the_text(text: str) -> None:
    located = locate_pieces(text, lambda _piece: True)
    assert [piece for _start, piece in located] == pieces(text)
    last = max(pieces(text), default="")
    assert locate_pieces(text, last.__eq__) == [each for each in located if each[1] == last]
    found = [
        Token(token.word, start + token.start, start + token.end)
        for start, piece in located
        for token in tokenize_piece(piece)
    ]
    assert found == tokenize(text)


@examples(120, 2_000, TEXTS)
def test_tokens_have_the_words_and_lie_in_order(text: str) -> None:
    found = tokenize(text)
    assert [token.word for token in found] == words(text)
    before = (0, 0)
    for token in found:
        assert token.word
        assert before <= (token.start, token.end)
        assert 0 <= token.start < token.end <= len(text)
        before = (token.start, token.end)


@examples(120, 2_000, TEXTS)
def test_decomposed_text_has_the_words_of_composed(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert words(unicodedata.normalize("NFD", composed)) == words(composed)


@examples(120, 2_000, TEXTS, "A\u1100.\u00ad")
def test_a_word_alone_is_itself(text: str) -> None:
    for word in words(text):
        assert [token.word for token in tokenize_query(word)] == [word]


@examples(120, 2_000, TEXTS)
def test_a_word_is_what_stands_at_its_offsets(text: str) -> None:
    """What is lit says what was sought: read alone, it has the word."""
    for token in tokenize(text):
        read_alone = words(text[token.start : token.end])
        # What follows an amount may make it one: ``5M dollars``.
        with_money = words(text[token.start : token.end + 12])
        assert token.word in (*read_alone, *with_money)


@examples(120, 2_000, TEXTS)
def test_a_query_has_the_words_of_a_text_but_the_ends_of_runs(text: str) -> None:
    indexed = words(text)
    asked = [token.word for token in tokenize_query(text)]
    side_by_side = query_words(text)
    rest = iter(indexed)
    assert all(word in rest for word in asked)
    assert side_by_side in (indexed, indexed[:-1])


@examples(120, 2_000, TEXTS, "\u1039\u00ad\u3099")
def test_folding_keeps_offsets_and_is_idempotent(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert fold(folded.text) == folded.text
    assert len(folded.starts) == len(folded.ends) == len(folded.text)
    for start, end, char in zip(folded.starts, folded.ends, folded.text, strict=True):
        assert char in fold(text[start:end])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("d’aujourd’hui, qu'aujourd'hui", "aujourdhui aujourdhui"),
        ("l'O.N.U., U.S.A.'s", "onu usa"),
        ("don't l'O'Reilly rock'n'roll", "dont o reilly rock n roll"),
        ("R&D R & D AT&T Procter&Gamble", "rd rd att procter gamble"),
        ("1.350.000 1'250 12,34,567 1 350 000,50 0,123", "1350000 1250 1234567 1350000.5 0.123"),
        ("1.350,50 1,350.50 1.350 10.0", "1350.5 1350.5 1.35 10"),
        ("US$5M $5M 5 M$ 5 M € US$ 5M MUSD 5", " ".join(["5 million"] * 5 + ["million usd 5"])),
        ("5M USD, USD 5M, 5M dollars", "5 million usd usd 5 million 5 million dollars"),
        ("3M 5G 4k 1.5k 20 k€ CAD 3D $5.5A", "3m 5g 4000 1500 20000 cad 3d 5.5a"),
        ("R. & D. A. & B.", "rd ab"),
        ("GPT3.5 GPT-3.5 PM2,5 v1.2.3", "gpt 3.5 gpt 3.5 pm 2.5 v1 2 3"),
        ("35 thousand, 35K, 3.5 thousand, 35 mille", "35000 35000 3500 35000"),
        ("1,000人 3.2億円 ２,３５１,０００人", "1000 人 3.2 億円 円 2351000 人"),
        (
            "A$17bn €18m £19mn 21 M$ 25 Md€",
            "17 billion 18 million 19 million 21 million 25 billion",
        ),
        ("R$27M USD27.5M NT$42M", "27 million usd 27.5 million 42 million"),
        (
            "1’251’000 1 234 569,89 1.234.567,89 1,23,45,678",
            "1251000 1234569.89 1234567.89 12345678",
        ),
        ("2019 250, 12, 345 5.3.2024", "2019 250 12 345 5 3 2024"),
        ("R＆D M & A dell’università", "rd ma dell universita"),
        ("研究所 所", "研究 究所 所 所"),
        ("AI研究所2024年", "ai 研究 究所 所 2024 年"),
        ("ｻｰﾊﾞｰ ガ", "サー ーバ バー ー ガ"),
        ("हिन्दी עִבְרִית صَـباح", "हिन्दी עברית صباح"),
    ],
)
def test_a_text_is_split_into_folded_words(text: str, expected: str) -> None:
    assert words(text) == expected.split()


def test_the_pairs_of_a_run_are_joined_in_a_query() -> None:
    found = tokenize_query("AI研究所 所")
    assert [(t.word, t.joined, t.prefix) for t in found] == [
        ("ai", False, False),
        ("研究", False, False),
        ("究所", True, False),
        ("所", False, True),
    ]
    assert query_words("研究所 東京") == ["研究", "究所", "所", "東京"]


def test_long_words_are_cut() -> None:
    found = tokenize("x" * 300)
    assert [(len(t.word), t.start, t.end) for t in found] == [
        (LONGEST_WORD, 0, 255),
        (45, 255, 300),
    ]


def test_all_marks_belong_to_words() -> None:
    known = re.compile(f"[{marks()}]")
    characters = "".join(map(chr, range(0x110000)))
    expected = [each for each in characters if unicodedata.category(each)[0] == "M"]
    assert known.findall(characters) == expected


@pytest.mark.parametrize(
    "piece",
    [
        "1,,",
        "'s",
        "l'",
        "1 000 ",
        "1.1.",
        "e\u0301",
        "u.s.",
        "a & ",
        "A$",
        "5M ",
        "研究",
        'א"',
        "น้ำ",
    ],
)
@pytest.mark.parametrize("length", with_ci([30_000], [100_000], [1_000_000]))
def test_no_text_takes_forever(piece: str, length: int) -> None:
    # Quadratic behaviour would take minutes, or hours.
    text = piece * (length // len(piece))
    assert words(text)
    assert tokenize_query(text[:10_000])
