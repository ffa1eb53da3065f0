"""Proposals of what readers found: nothing is lost for the sake of a value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.ingest.complete import build_proposal
from milatui.ingest.confidence import Confidence
from milatui.ingest.readers.raw_document import GivenValue, RawDocument

if TYPE_CHECKING:
    from milatui.archive.kinds import Data
    from milatui.ingest.proposal import Proposal


def _proposal(
    given: dict[str, Data], body: str = "Body.", stem: str = "a", folders: tuple[str, ...] = ()
) -> Proposal:
    values = {key: GivenValue(value) for key, value in {"title": "T", **given}.items()}
    return build_proposal(RawDocument(values, body, "a.md", stem=stem, folders=folders))


@pytest.mark.parametrize(
    "key",
    [
        *("Date", "published", "publishDate", "pubDate", "published_at", "date_published"),
        *("Publié le", "date de création"),
        *("dc.date", "article:published_time", "release-date", "created", "created_at"),
    ],
)
def test_a_date_is_found_under_whatever_key_a_generator_keeps_it(key: str) -> None:
    proposal = _proposal({key: "March 5, 2024", "expiryDate": "2030-01-01", "lastmod": "2025"})
    assert (proposal.document.date, proposal.notes) == ("2024-03-05", ())


def test_the_order_is_header_then_name_then_dateline_then_last_change() -> None:
    body = "Paris, le 4 mars 2024 – Le laboratoire ouvre ses portes."
    given: dict[str, Data] = {"date": "2024-03-01", "published": "2024-03-02", "lastmod": "2024-06"}
    found = []
    for stem in ("2024-03-03-a", "a"):
        for left in range(3):
            kept = dict(list(given.items())[left:])
            found.append(_proposal(kept, body, stem).document.date[-2:])
    assert found == ["01", "02", "03", "01", "02", "04"]
    changed = _proposal({"last_modified_at": "2024-06-01"})
    assert changed.document.date == "2024-06-01"
    assert changed.recognised["date"].confidence == Confidence.UNSURE
    assert "last change" in changed.notes[0].message


@pytest.mark.parametrize("key", ["path", "permalink", "url", "slug"])
def test_a_path_of_publication_has_a_date(key: str) -> None:
    proposal = _proposal({key: "/news/2024/03/05/lab.html"}, "Paris, 1 mai 2023 - Le labo ouvre.")
    assert proposal.document.date == "2024-03-05"


@pytest.mark.parametrize("date", ["05/06/2024", "soon", "2024-02-30"])
def test_a_date_that_is_not_sure_is_none_and_told(date: str) -> None:
    proposal = _proposal({"date": date})
    assert (proposal.document.date, proposal.document.extra) == ("", {"date_given": date})
    (note,) = proposal.notes
    assert (note.severity, note.path) == ("warning", "date")
    named = _proposal({"date": date}, stem="2024-06-05-a")
    assert named.document.date == "2024-06-05"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", {"a": "b"}),
        ("description", ["a", "b"]),
        ("language", "not a tag"),
        ("created", "yesterday"),
        ("locators", "page 4"),
        ("original", ["x"]),
        ("follows", "a\0b"),
        ("id", ["a", "b"]),
        ("subject", {"a": "b"}),
        ("body", "x"),
    ],
)
def test_a_value_that_its_field_cannot_hold_is_kept_and_told(key: str, value: Data) -> None:
    proposal = _proposal({key: value})
    kept = proposal.document.extra[f"{key}_given"]
    assert kept == ([value] if key == "subject" else value)
    assert [note.path for note in proposal.notes] == ([] if key == "body" else [key])


def test_lists_of_names_become_one_text() -> None:
    document = _proposal({"creator": ["A", {"name": "B"}], "publisher": {"name": "C"}}).document
    assert (document.creator, document.publisher) == ("A; B", "C")


@pytest.mark.parametrize(
    ("stem", "folders", "language"),
    [("a.fr", (), "fr"), ("a", ("content", "fr", "news"), "fr"), ("a", ("en", "fr"), "")],
)
def test_a_language_is_marked_by_names(stem: str, folders: tuple[str, ...], language: str) -> None:
    assert _proposal({}, "1", stem, folders).document.language == language
