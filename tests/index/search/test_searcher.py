"""The ranked search: what comes first, phrases and nearness, feedback, segments, stopping."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pytest
from whoosh.filedb.filestore import RamStorage

from milatui.index.analysis.tokenizer import words
from milatui.index.query.term_expansion import synonym_table
from milatui.index.scoring import feedback
from milatui.index.scoring.feedback import FeedbackText
from milatui.index.scoring.weighting import BM25
from milatui.index.search import expanded_queries, index_arrays, ranking
from milatui.index.search.collector import ArrayCollector
from milatui.index.search.doc_set import DocSet
from milatui.index.search.index_arrays import IndexArrays
from milatui.index.search.keywords import keywords
from milatui.index.search.searcher import Matches, Searcher, SearchRequest
from tests.index.search.text_index import Text, write_index
from tests.rounds import with_ci

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from milatui.index.query.term_expansion import ExpandedTerm
    from milatui.index.search.collector import ArrayContext, Matched
    from milatui.index.search.ranking import TermScores


@dataclass
class Made:
    """An index and its searcher."""

    searcher: Searcher
    texts: list[Text]

    def search(
        self,
        query: str,
        *,
        typing: bool = False,
        feedback: bool = False,
        stop: Callable[[], bool] = lambda: False,
    ) -> Matches:
        request = SearchRequest(
            query,
            lambda _name, _value: "no fields here",
            typing=typing,
            text_of=self.text_of if feedback else None,
            stop=stop,
        )
        return self.searcher.search(request)

    def found(self, query: str, *, typing: bool = False) -> set[int]:
        return set(self.search(query, typing=typing).matching)

    def order(self, query: str, *, typing: bool = False) -> list[int]:
        matches = self.search(query, typing=typing)
        return [number for number, _score in matches.best(matches.matching, len(self.texts))]

    def text_of(self, number: int) -> FeedbackText:
        return FeedbackText(*self.texts[number])


def made(*segments: Sequence[Text | str], deleted: Sequence[int] = ()) -> Made:
    """An index of texts (``title / body``) in segments; of records those that are not deleted."""
    texts = [[_text(text) for text in segment] for segment in segments]
    storage = RamStorage()
    write_index(storage, texts, deleted)
    index = storage.open_index()
    every = [text for segment in texts for text in segment]
    living = [number for number in range(len(every)) if number not in deleted]
    whoosh_searcher = index.searcher()
    arrays = IndexArrays.of_reader(whoosh_searcher.reader())
    whoosh_searcher.weighting = BM25(arrays)
    docs = np.array(living, np.uint32)
    searcher = Searcher(arrays, docs, synonym_table([]), whoosh_searcher)
    return Made(searcher, [every[number] for number in living])


def _text(text: Text | str) -> Text:
    return text if isinstance(text, Text) else Text(*text.split(" / "))


FIRST = [
    # query, the text that comes first, one that comes later (title / body)
    ("robot", "A robot / It walks.", "A walk / It is a robot."),
    ("robots health", "x / robots in health", "x / robots robots robots and robots"),
    ("partner", "x / one partner of many", "x / partners of partners of partners"),
    ("laboratories", "x / one of many laboratories", "x / laboratory by laboratory"),
    ("quebec labratory", "x / quebec laboratory", "x / quebec laboratories"),
]
WHILE_TYPING = [
    ("robots hea", "x / robots in health", "x / robots robots robots and robots"),
    ("loan", "x / two loans, each a loan", "x / a loan of a certain kind"),
    ("company part", "x / a company as a partner", "x / it took part, took part, took part"),
]
OTHERS = ("x / Nothing of it.", "x / Another text on work.", "x / A company works.") * 4


@pytest.mark.parametrize(("query", "first", "later"), FIRST)
def test_the_better_text_comes_first(query: str, first: str, later: str) -> None:
    # Of equals the lower number comes first: the better text stands behind.
    assert made([later, first, *OTHERS]).order(query)[0] == 1


@pytest.mark.parametrize(("query", "first", "later"), WHILE_TYPING)
def test_the_better_text_comes_first_while_typing(query: str, first: str, later: str) -> None:
    assert made([later, first, *OTHERS]).order(query, typing=True)[0] == 1


VOCABULARY = ("lab", "labs", "mila", "robot", "health", "drug", "the", "quebec", "fund", "of")


def random_texts(chance: random.Random, count: int) -> list[Text]:
    def some(most: int) -> str:
        weights = [1 / (rank + 1) for rank in range(len(VOCABULARY))]
        return " ".join(chance.choices(VOCABULARY, weights, k=chance.randint(0, most)))

    return [Text(some(5), some(30), chance.choice(["en", "fr", "xx"])) for _n in range(count)]


def chance_of(seed: int) -> random.Random:
    return random.Random(seed)


def split(chance: random.Random, texts: list[Text]) -> list[list[Text]]:
    cut = chance.randint(0, len(texts))
    return [part for part in (texts[:cut], texts[cut:]) if part]


@pytest.mark.parametrize("seed", with_ci(range(3), range(3, 25)))
def test_phrases_and_nearness_are_those_of_the_words(seed: int) -> None:
    chance = chance_of(seed)
    texts = random_texts(chance, chance.choice([5, 80]))
    index = made(*split(chance, texts))
    for _query in range(12):
        phrase = chance.choices(VOCABULARY, k=chance.randint(2, 3))
        expected = {n for n, text in enumerate(texts) if _has_phrase(text, phrase)}
        assert index.found(f'+"{" ".join(phrase)}"') == expected
        left, right = chance.choices(("robot", "mila", "health", "quebec", "of"), k=2)
        distance = chance.choice([1, 3, 60])
        expected = {n for n, text in enumerate(texts) if _near(text, left, right, distance)}
        assert index.found(f"{left} near/{distance} {right}") == expected, (left, right, distance)


def _has_phrase(text: Text, phrase: list[str]) -> bool:
    joined = f" {' '.join(phrase)} "
    return any(joined in f" {' '.join(words(part))} " for part in (text.title, text.body))


def _near(text: Text, left: str, right: str, distance: int) -> bool:
    for part in (words(text.title), words(text.body)):
        for at, word in enumerate(part):
            if word == left and any(
                other == right and abs(at - n) <= distance for n, other in enumerate(part)
            ):
                return True
    return False


QUERIES = (
    *(
        "lab",
        "robots health",
        '+"drug lab"',
        "+mila -lab",
        "lab near/3 robot",
        "(lab OR drug) fund",
    ),
    *("/la.*/", "rob*", "+quebec mila", "title:lab robots", "laab", "the", "+lab +robot +fund"),
)


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("typing", [False, True])
def test_segments_and_deleted_documents_do_not_matter(query: str, typing: bool) -> None:
    """The living texts in one segment, and among deleted ones in three: the same answer."""
    chance = chance_of(11)
    texts = random_texts(chance, 90)
    deleted = sorted(chance.sample(range(90), 20))
    grown = made(texts[:40], texts[40:41], texts[41:], deleted=deleted)
    whole = made([text for number, text in enumerate(texts) if number not in deleted])
    answers = []
    for index in (grown, whole):
        matches = index.search(query, typing=typing)
        best = matches.best(matches.matching, 100)
        answers.append([(number, pytest.approx(score)) for number, score in best])
    assert answers[0] == answers[1]


@pytest.mark.parametrize("query", QUERIES)
def test_whooshs_own_collectors_give_the_same_order(query: str) -> None:
    chance = chance_of(5)
    texts = random_texts(chance, 80)
    index = made(texts[:30], texts[30:])
    asked = keywords(query)
    searcher = index.searcher.whoosh_searcher
    theirs = [(hit.docnum, hit.score) for hit in searcher.search(asked, limit=None)]
    collector = ArrayCollector(None)
    searcher.search_with_collector(asked, collector)
    ours = [(hit.docnum, hit.score) for hit in collector.results()]
    assert ours == theirs
    matches = index.search(query)
    best = matches.best(matches.matching, 100)
    assert [(number, pytest.approx(score)) for number, score in best] == ours


def test_a_words_forms_count_as_one_word() -> None:
    both = "x / lab labs"
    index = made([both, "x / lab lab", *OTHERS])
    scores = dict(index.search("labs").best(DocSet.everything(len(index.texts)), 2))
    assert index.found("labs") == {0, 1}
    assert scores[0] > scores[1]


def test_feedback_finds_texts_without_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feedback, "MIN_INDEX_SIZE", 10)
    texts = [f"x / zygote embryo cell number{n}" for n in range(4)]
    index = made([*texts, "x / an embryo and a cell", "x / work on loans", *OTHERS])
    plain, wider = index.search("zygote"), index.search("zygote", feedback=True)
    assert not plain.related
    assert set(wider.matching) == set(plain.matching) == set(range(4))
    assert set(wider.related) == {4}
    assert not index.search("zygo", typing=True, feedback=True).related
    shared = index.searcher.feedback_terms(wider, index.text_of)
    assert {found.term.asked for found in shared} >= {"embryo", "cell"}
    assert 0 < sum(found.weight for found in shared) < feedback.MAX_SHARE


@pytest.mark.parametrize(("ratio", "is_known"), [(10, False), (4, True)])
def test_what_somebody_remembers_of_a_document_is_not_widened(
    ratio: int, is_known: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feedback, "MIN_INDEX_SIZE", 10)
    monkeypatch.setattr(feedback, "MAX_KNOWN_ITEMS", 1)
    monkeypatch.setattr(feedback, "KNOWN_ITEM_RATIO", ratio)
    texts = [f"x / zygote embryo cell number{n}" for n in range(4)]
    index = made([*texts, "x / a cell of another", *OTHERS])
    assert bool(index.search("zygote embryo", feedback=True).related) != is_known


@pytest.mark.parametrize("query", ["zygote", "zygote zygote zygote", "zygote embryo"])
def test_feedback_has_its_share_whatever_the_query_scores(query: str) -> None:
    index = made(["x / zygote embryo", "x / glacier", "x / glacier and a walrus", *OTHERS])
    arrays, ranker = index.searcher.arrays, ranking.Ranker(index.searcher.arrays)
    found = ranker.score_terms(index.search(query).terms)
    related = arrays.postings("stem", index.searcher.expander.word("glacier").numbers)
    own = ranker.combine_feedback(found, [])
    both = ranker.combine_feedback(found, [(0.25, related), (0.15, related)])
    assert own.argmax() == both.argmax() == 0
    assert both[0] == pytest.approx(0.6 * own[0])
    assert both[1] == pytest.approx(0.4 * own[0])


def test_stop_words_of_a_short_query_count_in_titles_that_hold_another_word() -> None:
    index = made(["Zygote and cells / x", "Zygote on loans / x", "On and on / x", *OTHERS])
    assert index.search("zygote on").best(index.search("zygote on").matching, 9)[0][0] == 1
    matches = index.search("zygote and")
    assert [number for number, _score in matches.best(matches.matching, 9)] == [0, 1]
    even = index.search("zygote")
    (_one, first), (_other, second) = even.best(even.matching, 9)
    assert first == second


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("zygote loans embryo cell walrus", 0),
        ("walrus loans embryo cell zygote", 1),
    ],
)
def test_questions_begin_with_what_they_are_about(query: str, first: int) -> None:
    index = made(["x / zygote", "x / walrus", "x / cell", "x / loans", "x / embryo"])
    matches = index.search(query)
    assert matches.best(matches.matching, 1)[0][0] == first


def test_why_a_text_is_found() -> None:
    index = made(["Lab / labs and a laboratory", "x / nothing"], ["x / a lab"])
    (term,) = index.search("labs").terms
    assert index.searcher.frequency(term, 0) == 3
    assert index.searcher.frequency(term, 0, in_title=True) == 1
    assert index.searcher.frequency(term, 1) == 0
    assert index.searcher.doc_freq(term) == 2
    assert sorted(index.searcher.forms_in(term, 0)) == ["lab", "labs"]
    assert index.searcher.forms_in(term, 2) == ["lab"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("labo", "labo*"),
        ("lab", "lab*"),
        ("laboratory", "laboratory"),
        ("zzz", "zzz"),
        ("a lab ", "a lab "),
        ("", ""),
    ],
)
def test_a_query_is_completed_as_it_is_kept(typed: str, kept: str) -> None:
    assert made(["x / lab", "x / laboratory"]).searcher.complete_query(typed) == kept


def test_what_is_not_understood_is_pointed_at() -> None:
    matches = made(["x / lab mila"]).search("kind:lab mila")
    (warning,) = matches.warnings
    assert (warning.start, warning.end, warning.message) == (0, 8, "no fields here")
    assert set(matches.matching) == {0}


def test_the_value_of_a_restriction_that_means_nothing_is_not_corrected() -> None:
    index = made(["food / mila food", "x / food lab", "y / food lab mila"])
    assert index.search("foodd").corrections
    for query in ("kind:foodd", "kind:foodd mila", "mila kind:foodd"):
        assert not index.search(query).corrections


@pytest.mark.parametrize("after", [0, 1, 3])
def test_a_stopped_search_says_so(after: int) -> None:
    index = made(random_texts(chance_of(2), 60))
    left = after

    def stop() -> bool:
        nonlocal left
        left -= 1
        return left < 0

    matches = index.search('lab robots +"of the"', stop=stop)
    assert not matches.complete
    assert set(matches.matching) <= index.found('lab robots +"of the"')


def test_a_pattern_reads_a_bounded_number_of_postings(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = random_texts(chance_of(3), 200)
    index = made(texts[:50], texts[50:])
    whole = index.search("/.*/")
    assert whole.complete
    monkeypatch.setattr(index_arrays, "MAX_POSTINGS", 300)
    part = made(texts[:50], texts[50:]).search("/.*/")
    assert not part.complete
    assert part.matching - whole.matching == DocSet.nothing(200)
    assert part.matching


def test_what_cannot_match_any_more_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    index = made(random_texts(chance_of(4), 60))
    looked: list[int] = []
    find = expanded_queries.ExpandedPhraseQuery.matched

    def counted(self: expanded_queries.ExpandedPhraseQuery, context: ArrayContext) -> Matched:
        looked.append(1)
        return find(self, context)

    monkeypatch.setattr(expanded_queries.ExpandedPhraseQuery, "matched", counted)
    assert not index.found(" ".join(f'"{word} zygote{word}"' for word in VOCABULARY))
    assert len(looked) == 1


def test_a_pasted_text_is_searched_by_its_rarest_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking, "MAX_TERMS", 2)
    common = "lab robot health drug"
    index = made([f"x / {common} zygote", f"x / {common} embryo", f"x / {common}", *OTHERS])
    read: list[str] = []
    add_word = ranking.Ranker._add_word

    def counted(
        self: ranking.Ranker, found: TermScores, word: ExpandedTerm, *a: int, **b: object
    ) -> None:
        read.append(word.asked)
        add_word(self, found, word, *a, **b)  # type: ignore[arg-type]

    monkeypatch.setattr(ranking.Ranker, "_add_word", counted)
    matches = index.search(f"embryo {common} zygote")
    assert read == ["embryo", "zygote"]
    assert set(matches.matching) == {0, 1}


def test_threads_get_the_same_answers() -> None:
    texts = random_texts(chance_of(8), 120)
    index = made(texts[:70], texts[70:])
    expected = {query: index.order(query) for query in QUERIES}
    wrong: list[str] = []

    def ask(seed: int) -> None:
        queries = chance_of(seed).sample(QUERIES, len(QUERIES))
        wrong.extend(query for query in queries if fresh.order(query) != expected[query])

    fresh = made(texts[:70], texts[70:])
    threads = [threading.Thread(target=ask, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_an_empty_index_finds_nothing() -> None:
    index = made([])
    assert index.order("lab") == []
    assert index.found('"lab mila"') == set()
    assert index.search("/.*/").complete
