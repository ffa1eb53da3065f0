"""What a word of a query stands for: stems, synonyms, beginnings, patterns."""

from __future__ import annotations

import pytest

from milatui.index.query import prefix_expansion
from milatui.index.query.prefix_expansion import common_words, fuzzy_prefixes
from milatui.index.query.term_expansion import TermExpander, synonym_table
from tests.index.query.fake_terms import FakeTerms

TEXTS = [
    ("en", "Two laboratories opened at the university"),
    ("fr", "Un laboratoire de l’université génère des idées"),
    ("en", "The lab labels everything and others"),
    ("xx", "laboratorium"),
    ("en", "AI labs"),
]


def docs(expander: TermExpander, texts: FakeTerms, word: str) -> set[int]:
    return texts.docs(expander.word(word))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("laboratory", {0}),
        ("laboratoires", {1}),
        ("universites", {1}),
        ("laboratorium", {3}),
        ("laboratoriums", set()),
        ("genere", {1}),
        ("ia", {4}),
        ("lab", {2, 4}),
        ("nothing", set()),
    ],
)
@pytest.mark.parametrize("cut", [None, 1, 3], ids=["one segment", "1+4", "3+2"])
def test_words_find_their_inflections(word: str, expected: set[int], cut: int | None) -> None:
    texts = FakeTerms(TEXTS) if cut is None else FakeTerms(TEXTS[:cut], TEXTS[cut:])
    expander = TermExpander(texts)
    assert docs(expander, texts, word) == expected
    assert bool(expander.word(word)) == bool(expected)


def test_exact_terms_are_the_word_itself() -> None:
    texts = FakeTerms([("en", "laboratory laboratories")])
    term = TermExpander(texts).word("laboratories")
    assert texts.segment_terms("text", 0, term.exact[0]) == [b"laboratories"]
    assert texts.segment_terms("stem", 0, term.numbers[0]) == [b"en:laboratori"]
    assert TermExpander(texts).doc_freq(term) == 1


def test_synonyms_hold_for_all_inflections() -> None:
    table = synonym_table(
        [["chercheur", "researcher"], ["lab", "atelier", "two words"], ["lab", "studio"]]
    )
    assert table["lab"] == ("atelier", "studio")
    assert table["atelier"] == ("lab",)
    assert table["ai"] == ("ia",)
    texts = FakeTerms([("en", "Researchers met"), ("fr", "un atelier")])
    expander = TermExpander(texts, table)
    assert docs(expander, texts, "chercheurs") == {0}
    assert docs(expander, texts, "labs") == {1}
    assert expander.highlights(expander.word("lab")) == ("lab", "atelier", "studio")


def test_a_list_of_synonyms_is_bounded() -> None:
    table = synonym_table([[f"w{number}" for number in range(500)]])
    assert max(map(len, table.values())) <= 64


def test_a_prefix_stands_for_the_words_that_begin_so() -> None:
    texts = FakeTerms(TEXTS)
    expander = TermExpander(texts)
    assert texts.docs(expander.prefix("lab")) == {0, 1, 2, 3, 4}
    assert texts.docs(expander.prefix("labora")) == {0, 1, 3}
    assert texts.docs(expander.prefix("i")) == {1}
    assert expander.highlights(expander.prefix("lab")) == ("lab*",)
    assert not expander.prefix("labz")


@pytest.mark.parametrize("knows_stems", [True, False])
def test_a_prefix_stands_for_inflections_of_the_words(knows_stems: bool) -> None:
    texts = FakeTerms(
        [("en", "laboratory"), ("en", "a laborious task; laboratories")], knows_stems=knows_stems
    )
    # ``laboratories`` does not begin so.
    assert texts.docs(TermExpander(texts).prefix("laboratory")) == {0, 1}


def test_stop_words_are_no_expansions() -> None:
    texts = FakeTerms([("en", "the then there theory")])
    assert common_words(texts, "the") == ["theory"]
    assert fuzzy_prefixes(texts, "thxo") == {"theo": "theory"}


def test_a_prefix_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    many = [("en", f"ab{number:04} abc{number % 7}") for number in range(300)]
    texts = FakeTerms(many[:150], many[150:])
    words = common_words(texts, "ab")
    assert len(words) == prefix_expansion.MAX_EXPANSIONS
    assert words[:7] == sorted(f"abc{digit}" for digit in range(7))
    monkeypatch.setattr(prefix_expansion, "MAX_POSTINGS", 100)
    term = TermExpander(texts).prefix("ab")
    assert TermExpander(texts).doc_freq(term) <= 100
    monkeypatch.setattr(prefix_expansion, "MAX_POSTINGS", 1)
    # The commonest is there whatever it takes.
    assert len(texts.docs(TermExpander(texts).prefix("ab"))) == 43


@pytest.mark.parametrize("cut", [1, 50, 149])
def test_segments_make_no_difference(cut: int) -> None:
    many = [
        ("en", f"word{number % 40} wordy{number % 3} {'word7 ' * (number % 2)}")
        for number in range(150)
    ]
    whole, parts = FakeTerms(many), FakeTerms(many[:cut], many[cut:])
    for prefix in ("w", "word", "word1", "wordy"):
        names = common_words(whole, prefix)
        assert common_words(parts, prefix) == names
        assert whole.docs(TermExpander(whole).prefix(prefix)) == parts.docs(
            TermExpander(parts).prefix(prefix)
        )
    assert fuzzy_prefixes(whole, "wrd1") == fuzzy_prefixes(parts, "wrd1")


def test_prefixes_of_any_length_are_answered() -> None:
    expander = TermExpander(FakeTerms(TEXTS))
    for length in (40, 41, 10_000):
        assert not expander.prefix("x" * length, correct=True)
        assert not expander.word("x" * length, correct=True)


def test_an_unknown_beginning_is_taken_for_another() -> None:
    texts = FakeTerms([("en", "artificial intelligence and intelligent machines")])
    term = TermExpander(texts).prefix("inteligen", correct=True)
    assert term.corrections == ("intelligence",)
    assert term.prefix
    assert TermExpander(texts).highlights(term) == ("intelligen*",)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("lab.*", {"lab", "labels", "laboratories", "laboratoire", "laboratorium", "labs"}),
        ("LAB", {"lab"}),
        ("labo(ratories|ratoire)", {"laboratories", "laboratoire"}),
        ("lab|ai", {"lab", "ai"}),
        ("labx?s", {"labs"}),
        ("labo{0,2}s", {"labs"}),
        (".{3}", {"two", "the", "des", "lab", "and"}),
        ("x+", set()),
    ],
)
def test_a_pattern_stands_for_the_terms_it_matches(source: str, expected: set[str]) -> None:
    texts = FakeTerms(TEXTS)
    expander = TermExpander(texts)
    term = expander.regex(source)
    assert {t.decode() for t in texts.segment_terms("text", 0, term.numbers[0])} == expected
    assert expander.highlights(term) == tuple(sorted(expected))
    assert term.asked == f"/{source}/"


def test_a_pattern_stops_when_asked() -> None:
    assert not TermExpander(FakeTerms(TEXTS)).regex(".*", lambda: True)


def test_terms_too_long_for_patterns_are_left_out() -> None:
    texts = FakeTerms([("en", "a" * 50 + " aaa")])
    assert TermExpander(texts).highlights(TermExpander(texts).regex("a+")) == ("aaa",)
