"""Tests that spans are right, and that no text crashes or delays recognition."""

from __future__ import annotations

import time
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milatui.ingest.recognise.findings import Finding, Findings, TextSpan
from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.plain_body import PlainBody
from milatui.ingest.recognise.recognise import recognise
from tests.ingest.recognise.texts import ENGLISH, FRENCH, INLINE, PARTNERS, document
from tests.rounds import quota, some

INDEX = NameIndex(PARTNERS)
PIECES = st.sampled_from(
    [
        *"“”«»\"'()[]*_>#-–:,.!&\t",
        "&amp;",
        "<b>",
        "\n\n",
        " ",
        "\n",
        "\u00a0",
        "Mila",
        "University of Oslo",
        "Ana Diaz",
        "said",
        "a déclaré",
        "CEO of",
        "ministre de l'",
        "About",
        "À propos de ",
        "1,000",
        "12 %",
        "$5 million",
        "Inc.",
        "and",
        "et",
        "e\u0301",
        "İ",
        "\U0001f600",
        "[Mila](https://mila.example)",
    ]
)


def findings_of(found: Findings) -> list[Finding]:
    """Returns the findings of all kinds."""
    return [each for field in fields(found) for each in getattr(found, field.name)]


def spans_of(finding: Finding) -> list[TextSpan]:
    """Returns all spans of a finding."""
    spans: list[TextSpan] = []
    for field in fields(finding):
        value = getattr(finding, field.name)
        if isinstance(value, TextSpan):
            spans.append(value)
        elif isinstance(value, tuple):
            spans.extend(item for item in value if isinstance(item, TextSpan))
    return spans


@pytest.mark.parametrize("body", [ENGLISH, FRENCH, INLINE])
def test_words_stand_at_their_spans(body: str) -> None:
    found = recognise(document(body), INDEX)
    named = [(each.name, each.span) for each in found.partners]
    named += [(each.name, each.span) for each in found.organisations]
    named += [(each.name, each.span) for each in found.people]
    assert named
    for name, span in named:
        assert " ".join(body[slice(*span)].split()) == name
    for quotation in found.quotations:
        assert " ".join(body[slice(*quotation.span)].split()) == quotation.words
    for figure in found.figures:
        assert any(map(str.isalnum, body[slice(*figure.span)]))


@settings(max_examples=quota(60), deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)))
def test_any_text_has_spans_within_it(body: str) -> None:
    found = recognise(document(body, title=body[:40]), INDEX)
    for finding in findings_of(found):
        for span in spans_of(finding):
            assert 0 <= span.start < span.end <= len(body), (finding, body)


@settings(max_examples=quota(60), deadline=None)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_plain_text_is_the_body_without_signs(body: str) -> None:
    plain = PlainBody(body)
    assert len(plain.text) == len(plain.folded)
    for at, char in enumerate(plain.text):
        if char.isalnum():
            start, end = plain.body_span(at, at + 1)
            assert char in body[start:end] or body[start] == "&"


HOSTILE = (
    "A ",
    "Aa ",
    "Aa, ",
    "Aa Bb and ",
    "“Aa. ",
    "“ ",
    "” ",
    "« ",
    '"',
    "said Aa Bb, CEO of ",
    "a déclaré ",
    "1 ",
    "1,",
    "1,000",
    "1 million ",
    "University of ",
    "Institut de ",
    "(",
    "[",
    "[a](",
    "<a ",
    "<!-- ",
    "&amp;",
    "*",
    "_a",
    "About ",
    "About Aa Aa ",
    "Ministre de la ",
    "chief ",
    "two ",
    "\n",
    "> ",
    "Mila ",
    "–",
    "'",
    "Xx% Yy%, ",
    "the Xx% Group and ",
    "“Aa b c d e.” said Xx% Yy%, CEO of Zz%. ",
    "Xx% Yy% Inc. (“XY%”) and ",
    "« Aa b c d e », a dit M. Yy%. ",
    "About Xx% Xx% is a company. ",
    "Xx% Group appoints Yy% Zz% as CEO. ",
)


@pytest.mark.parametrize("piece", some(HOSTILE, 6, len(HOSTILE)))
def test_time_grows_with_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        text = "".join(piece.replace("%", str(number)) for number in range(size // len(piece)))
        began = time.process_time()
        recognise(document(text), INDEX)
        return time.process_time() - began

    seconds(1_000)
    small, large = seconds(3_000), seconds(24_000)
    assert large < max(24 * small, 0.5)


def test_of_a_very_long_text_the_beginning_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("milatui.ingest.recognise.recognise.MAX_LENGTH", 40)
    found = recognise(document("It has 12 clinics. " * 10), INDEX).figures
    assert [each.span.start for each in found] == [7, 26]
