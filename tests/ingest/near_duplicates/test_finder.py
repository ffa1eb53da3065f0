"""Near duplicates are found among releases that share what stands below every one of them."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from milatui.archive.records import Document
from milatui.ingest.near_duplicates.finder import NearDuplicate, NearDuplicateFinder
from tests.ingest.near_duplicates.texts import ABOUT, paragraphs, planted, releases


def _take(finder: NearDuplicateFinder, document: Document) -> NearDuplicate | None:
    found = finder.find(document)
    if found is None:
        return None
    finder.add(found[0])
    return found[1]


def _finder(documents: list[Document]) -> NearDuplicateFinder:
    finder = NearDuplicateFinder()
    for document in documents:
        assert _take(finder, document) is None, document.id
    return finder


def test_planted_near_duplicates_are_found_and_nothing_else() -> None:
    originals = releases(60)
    finder = _finder(originals)
    missed, misjudged = [], []
    for number, original in enumerate(originals):
        case = planted(original, number)
        found = _take(finder, case.document)
        if found is None or found.of != case.of:
            missed.append((case, found))
        elif found.relation != case.relation:
            misjudged.append((case, found))
    assert len(missed) <= 1
    assert len(misjudged) <= 2


def test_a_family_has_the_name_of_its_first_document() -> None:
    (original,) = releases(1)
    finder = _finder([original])
    for number in range(4):
        found = _take(finder, replace(original, id=f"again-{number}"))
        assert found is not None
        assert found.family == original.id
        assert found.shared == 1.0


def test_a_translation_is_no_near_duplicate() -> None:
    english = replace(releases(1)[0], body="\n\n".join(paragraphs("en")[:6]))
    french = replace(english, id="fr", language="fr", body="\n\n".join(paragraphs("fr")[:6]))
    assert _take(_finder([english]), french) is None
    # Nor is the same text that is said to be in another language.
    assert _take(_finder([english]), replace(english, id="fr", language="fr")) is None


@pytest.mark.parametrize("count", [2, 5, 12])
def test_little_news_above_much_boilerplate_is_no_family(count: int) -> None:
    much = "\n\n".join([ABOUT, *paragraphs("en")[-6:]])
    news = [text for text in paragraphs("en") if len(text.split()) < 60][:count]
    documents = [
        Document(f"news-{number}", text[:40], f"{text}\n\n{much}", date="2024-03-03")
        for number, text in enumerate(news)
    ]
    assert len(documents) == count
    _finder(documents)


def test_a_monthly_report_is_another_document_each_month() -> None:
    text = "\n\n".join(paragraphs("en")[:3])
    months = ["January 31", "February 29", "March 31", "April 30", "May 31", "June 30", "July 31"]
    months += ["August 31", "September 30", "October 31", "November 30", "December 31"]
    finder = NearDuplicateFinder()
    relations = []
    for number, month in enumerate(months, 1):
        amount = f"{number * 7919 % 1000}.{number}"
        body = f"At {month}, 2024 the trust has paid {amount} to its owners.\n\n{text}"
        found = _take(
            finder,
            Document(f"month-{number}", f"Report of {month}", body, date=f"2024-{number:02}-28"),
        )
        relations.append(found.relation if found is not None and not found.is_sure else None)
    assert relations == [None, *["other-date"] * 11]


def test_only_what_is_sure_may_be_recorded() -> None:
    original = releases(1)[0]
    cases = {
        "same title, next day": (replace(original, date="2024-03-04"), True),
        "other title, same day": (replace(original, title="Another headline"), True),
        "other title, next day": (replace(original, title="Another", date="2024-03-04"), False),
        "undated": (replace(original, date=""), False),
        "a correction": (replace(original, title=f"CORRECTION: {original.title}"), True),
        "a month later": (replace(original, date="2024-04-03"), False),
    }
    sure = {}
    for name, (document, _expected) in cases.items():
        found = _take(_finder([original]), replace(document, id="new"))
        assert found is not None, name
        sure[name] = found.is_sure
    assert sure == {name: expected for name, (_document, expected) in cases.items()}


def test_an_excerpt_is_found_on_either_side() -> None:
    long = "\n\n".join(paragraphs("en")[:8])
    short = "\n\n".join(paragraphs("en")[:4])
    for first, second in ((long, short), (short, long)):
        found = _take(_finder([Document("one", "One", first)]), Document("two", "Two", second))
        assert found is not None
        assert found.shared > 0.95


def test_a_text_of_a_few_words_is_near_to_nothing() -> None:
    finder = NearDuplicateFinder()
    texts = ["", "Closed.", "Closed on Monday.", "We are closed on Monday, the third of March."]
    assert [_take(finder, Document(str(n), "T", text)) for n, text in enumerate(texts * 2)] == [
        None
    ] * (2 * len(texts))


def test_the_same_text_in_any_script_is_the_same() -> None:
    greek = "Η εταιρεία ανακοίνωσε σήμερα ότι θα συνεργαστεί με το πανεπιστήμιο για την έρευνα."
    han = "本公司今天宣布将与大学合作开展人工智能研究并在未来三年内投资建设新的实验室。"
    emoji = "😀 Nous lançons aujourd’hui – enfin ! – notre école d’été à l’université, dit-elle."
    for text in (greek * 2, han, emoji):
        finder = _finder([Document("one", "T", text, date="2024-01-01")])
        found = _take(finder, Document("two", "T", text.upper(), date="2024-01-01"))
        if text.startswith("Η"):  # Only Latin letters are folded.
            continue
        assert found is not None, text
        assert found.shared == 1.0


def test_the_order_of_arrival_does_not_decide_whether_a_family_is_found() -> None:
    pairs = [(each, planted(each, number).document) for number, each in enumerate(releases(10))]
    for first, second in pairs:
        both = [
            _take(_finder([one]), other) is not None
            for one, other in pairwise((first, second, first))
        ]
        assert both == [True, True]
