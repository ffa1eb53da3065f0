"""Documents as CSL-JSON items: nothing is invented, dates keep their precision."""

from __future__ import annotations

from typing import Any

import pytest

from milatui.archive.records import Document, Original
from milatui.catalogue.citations.csl_json import csl_date, document_item


@pytest.mark.parametrize(
    ("date", "wanted"),
    [
        ("2023", {"date-parts": [[2023]]}),
        ("2023-01", {"date-parts": [[2023, 1]]}),
        ("2023-01-18", {"date-parts": [[2023, 1, 18]]}),
        ("2023-01-18T10:00:00Z", {"date-parts": [[2023, 1, 18]]}),
        ("2023-01-XX", {"date-parts": [[2023, 1]]}),
        ("2023-XX-XX", {"date-parts": [[2023]]}),
        ("2021-23", {"date-parts": [[2021]], "season": 3}),
        ("2019~", {"date-parts": [[2019]], "circa": True}),
        ("2019-05?", {"date-parts": [[2019, 5]], "circa": True}),
        ("2018/2020-03", {"date-parts": [[2018], [2020, 3]]}),
        ("201X", {"literal": "2010s"}),
        ("2021-34", {"literal": "2nd quarter 2021"}),
        ("2018/..", {"literal": "2018–"}),
        ("2021-21/2021-22", {"literal": "spring 2021–summer 2021"}),
        ("20XX", {"literal": "undated"}),
        ("soon\x1b", {"literal": "soon␛"}),
    ],
)
def test_a_date_keeps_its_precision(date: str, wanted: dict[str, Any]) -> None:
    assert csl_date(date) == wanted


def test_a_press_release_is_a_page_of_its_publisher() -> None:
    document = Document(
        "lab",
        "A lab",
        date="2023-01",
        publisher="Amgen",
        language="en",
        type="press-release",
        source="https://example.org/lab",
    )
    assert document_item(document) == {
        "id": "lab",
        "type": "webpage",
        "title": "A lab",
        "container-title": "Amgen",
        "genre": "press release",
        "language": "en",
        "URL": "https://example.org/lab",
        "issued": {"date-parts": [[2023, 1]]},
    }


def test_a_brief_is_cited_as_its_page_with_the_day_it_was_read() -> None:
    original = Original(title="Un labo", language="fr", accessed="2026-11-02")
    document = Document(
        "lab",
        "A lab (brief)",
        publisher="Amgen",
        language="en",
        type="report",
        source="archive box 3",
        original_language="fr",
        original=original,
    )
    assert document_item(document) == {
        "id": "lab",
        "type": "report",
        "title": "Un labo",
        "publisher": "Amgen",
        "language": "fr",
        "accessed": {"date-parts": [[2026, 11, 2]]},
    }


def test_a_supplied_title_stands_in_brackets() -> None:
    original = Original(title="About the lab", title_supplied="true")
    assert document_item(Document("lab", "Brief", original=original))["title"] == "[About the lab]"
    assert document_item(Document("lab", "Brief", original=Original()))["title"] == "[Brief]"
