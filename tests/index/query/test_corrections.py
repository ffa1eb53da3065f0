"""Words misspelt and what they are taken for, and right words that are taken for nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.query import corrections, query_corrections
from milatui.index.query.corrections import (
    SpellingCorrector,
    damerau_levenshtein,
    edits1,
    insertions,
    is_inflection,
)
from tests.index.query.asking import ask
from tests.index.query.fake_terms import FakeTerms

MEANT = [
    # as typed, a text that has what is meant, what it is taken for
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
    ('"labratory opens"', "a laboratory opens", '"laboratory opens"'),
    ("new inteligence", "new intelligence", "new intelligence"),
    ("robts laboratory", "a laboratory of robots; more robots", "robots laboratory"),
]
BEGUN = [
    ("inteli", "artificial intelligence", "intelligence"),
    ("artificial inteli", "artificial intelligence", "artificial intelligence"),
    ("laboart", "a laboratory", "laboratory"),
    ("labrator", "a laboratory", "laboratory"),
    ("labratary", "a laboratory", "laboratory"),
]
NOTHING = [
    ("milz", "at Milano"),
    ("zmila zz", "x"),
    ("mlx", "at Mila"),
    ("ila", "at Mila"),
    ("sansumg", "at Samsung"),
    ("1001", "1000 people"),
    ("tth", "the tenth"),  # nobody means a stop word
    ("tehn", "then"),
    ("vis-à-vis", "une visa"),  # a part of a compound is no word that lacks a letter
]
RIGHT_WORDS = [
    # Words that an archive merely lacks, beside others that it has, and texts with strangers.
    ("back pain", ["a pack of wolves", "no pain", "a black cat", "pain relief"], "back pain"),
    ("back pain", ["a pack of pain killers", *["no pain"] * 9], "back pain"),
    ("CNI perdue", ["un CDI", "la CNIL", "une carte perdue"], "CNI perdue"),
    ("CNI perdue", ["un CDI perdu", "la CNIL perdue", "une carte perdue"], "CNI perdue"),
    (
        "payer cash",
        ["payer au cas où", "payer le cas échéant", "un cas", *["payer"] * 3],
        "payer cash",
    ),
    ("veux préavis", ["deux préavis", "deux mois", "deux ans", "un préavis"], "veux préavis"),
    (
        "starving robots",
        ["starting up", "starting", "robots"],
        "starving robots",
    ),
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


def texts_of(*texts: str) -> FakeTerms:
    return FakeTerms([("en" if text.isascii() else "fr", text) for text in texts])


@pytest.mark.parametrize(("query", "text", "meant"), MEANT)
def test_is_taken_for(query: str, text: str, meant: str) -> None:
    asked = ask(query, texts_of(text))
    assert (asked.docs, asked.taken) == ({0}, meant)


@pytest.mark.parametrize(("query", "text", "meant"), BEGUN)
def test_is_taken_for_while_typing(query: str, text: str, meant: str) -> None:
    asked = ask(query, texts_of(text), typing=True)
    assert (asked.docs, asked.taken) == ({0}, meant)


@pytest.mark.parametrize(("query", "text"), NOTHING)
def test_is_taken_for_nothing(query: str, text: str) -> None:
    asked = ask(query, texts_of(text))
    assert (asked.docs, asked.taken) == (set(), query)


@pytest.mark.parametrize(("query", "texts", "taken"), RIGHT_WORDS)
def test_a_right_word_is_not_forced_into_another(query: str, texts: list[str], taken: str) -> None:
    asked = ask(query, texts_of(*texts))
    assert asked.taken == taken
    assert len(asked.unknown) == 1


def test_a_correction_that_alone_stands_with_the_rest_needs_less_proof() -> None:
    texts = [*["cahec round"] * 2, *["cahec"] * 2, *["a round"] * 8, *["other"] * 28]
    assert ask("cehec round", texts_of(*texts)).taken == "cahec round"
    strangers = ["cehed round", *["cehed"] * 3]
    assert ask("cehec round", texts_of(*texts, *strangers)).taken == "cehec round"


def test_an_index_of_many_words_hardly_lacks_a_right_one(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*["truck meets"] * 2, *["meets"] * 8, *["a truck"] * 3, *["other words"] * 18]
    # Together a little oftener than by chance.
    assert ask("meest truck", texts_of(*texts)).taken == "meest truck"
    monkeypatch.setattr(query_corrections, "COMPLETE_VOCABULARY", 5)
    assert ask("meest truck", texts_of(*texts)).taken == "meets truck"
    rarely = [*texts, *["meets"] * 9, *["a truck"] * 9]
    assert ask("meest truck", texts_of(*rarely)).taken == "meest truck"


def test_what_needs_no_proof() -> None:
    apart = ["a laboratory", "robots", "Quebec"]
    assert ask("robots laboratpry", texts_of(*apart)).taken == "robots laboratory"  # long
    assert ask("robots quebce", texts_of(*apart)).taken == "robots quebec"  # swapped
    assert ask("robots quebc", texts_of(*apart)).taken == "robots quebc"


def test_alone_a_word_is_taken_for_the_likeliest() -> None:
    assert ask("back", texts_of("a pack of wolves")).taken == "pack"
    assert ask("CNI", texts_of("la CNIL")).taken == "cnil"


def test_an_inflection_is_likelier_than_a_stranger() -> None:
    texts = texts_of("deux fêtes", *["une tête"] * 9, *["cet été"] * 9)
    assert ask("fête", texts).taken == "fetes"
    assert ask("fête", texts_of(*["cet été"] * 9)).docs == set()
    assert ask("pères congé", texts_of("le congé du père", "paires", "paires", "congé")).taken == (
        "pere congé"
    )


@pytest.mark.parametrize(("query", "texts", "meant"), DOUBTED)
def test_a_rare_word_is_doubted(query: str, texts: list[str], meant: str) -> None:
    asked = ask(query, texts_of(*COMMON, *texts))
    assert asked.taken == meant
    # Texts that do have the word as asked are found all the same.
    assert {n for n, text in enumerate(texts, len(COMMON)) if "labortory" in text} <= asked.docs


def test_a_rare_beginning_is_doubted() -> None:
    texts = texts_of(*COMMON, "once the labxratory stood here")
    assert ask("robots labxr", texts, typing=True).taken == "robots laboratory"
    alone = ask("labxr", texts, typing=True)
    assert (alone.taken, alone.docs) == ("labxr", {len(COMMON)})


def test_few_words_of_a_query_are_corrected() -> None:
    words = [f"laborator{letter}x" for letter in "abcdefghijklmnop"]
    asked = ask(" ".join(words), texts_of("a laboratory"))
    assert sum(bool(term.corrections) for term in asked.terms) == 8


WORD = st.text("abcd", max_size=7)


def distance(one: str, other: str) -> int:
    """The restricted Damerau-Levenshtein distance by its definition."""
    if not one or not other:
        return len(one) + len(other)
    best = min(
        distance(one[1:], other) + 1,
        distance(one, other[1:]) + 1,
        distance(one[1:], other[1:]) + (one[0] != other[0]),
    )
    if one[:2] == other[1::-1] and len(one) > 1 and len(other) > 1:
        best = min(best, distance(one[2:], other[2:]) + 1)
    return best


@given(st.text("abc", max_size=5), st.text("abc", max_size=5), st.integers(1, 3))
def test_distances_are_those_of_the_definition(one: str, other: str, limit: int) -> None:
    assert damerau_levenshtein(one, other, limit) == min(distance(one, other), limit + 1)
    assert damerau_levenshtein(other, one, limit) == damerau_levenshtein(one, other, limit)


@given(WORD, WORD)
def test_strings_one_edit_away_are_at_that_distance(word: str, other: str) -> None:
    near = edits1(word)
    assert (other in near) == (damerau_levenshtein(word, other, 1) <= 1) or word == other == ""
    assert {one for one in insertions(word) if len(one) != len(word) + 1} == set()
    assert insertions(word) <= near


@pytest.mark.parametrize(
    ("word", "other", "expected"),
    [
        ("fete", "fetes", True),
        ("fetes", "fete", True),
        ("nationale", "national", True),
        ("laboratory", "laboratories", False),
        ("opened", "open", True),
        ("fete", "ete", False),
        ("back", "pack", False),
        ("bank", "bang", False),
        ("ass", "asss", False),
        ("fels", "feld", False),
    ],
)
def test_inflections_of_a_word_are_recognised(word: str, other: str, expected: bool) -> None:
    assert is_inflection(word, other) is expected


def test_similar_terms_are_the_nearest_then_the_commonest() -> None:
    texts = texts_of("laboratory", "laboratory laborotary", "laborators", "elaborate", "the")
    corrector = SpellingCorrector(texts)
    assert corrector.similar_terms("laboratary", 5) == ["laboratory", "laborotary", "laborators"]
    assert corrector.similar_terms("laboratory", 1) == ["laborators"]
    assert corrector.similar_terms("laboratary", 5, lambda: True) == []
    assert corrector.similar_terms("x" * 10_000, 5) == []
    assert corrector.similar_terms("thee", 5) == []


def test_similar_terms_of_other_scripts() -> None:
    assert SpellingCorrector(texts_of("лаборатория")).similar_terms("лабаратория", 2) == [
        "лаборатория"
    ]


def test_no_stop_word_is_a_correction() -> None:
    texts = texts_of(" ".join(STOPWORDS))
    corrector = SpellingCorrector(texts)
    wrong = ["wich", "thier", "becuase", "dans", "leurss", "throughh"]
    assert [corrector.corrections(word) for word in wrong] == [()] * len(wrong)


def test_where_words_begin_alike_more_letters_must_be_right(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(corrections, "MAX_COMPARED", 10)
    many = " ".join(f"la{letter}xyz" for letter in "abcdefghijklmnop")
    texts = texts_of(f"{many} laboratory")
    assert SpellingCorrector(texts).similar_terms("laboratary", 3) == ["laboratory"]
