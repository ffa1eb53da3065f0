"""Relations are drawn as far as they are known."""

from __future__ import annotations

from datetime import date

import pytest

from milatui.archive.records import Relation
from milatui.catalogue.timeline.relation_spans import RelationSpan, relation_spans

SEEN = date(2023, 5, 1).toordinal()


def _day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


@pytest.mark.parametrize(
    ("relation", "first", "known_first", "known_last", "last"),
    [
        # From a day on: known until the last record, then nobody says.
        (Relation("home", "partner", start="2021-03-16"), "2021-03-16", "2021-03-16", "", None),
        (Relation("home", "partner", announced="2021-03-16"), "2021-03-16", "2021-03-16", "", None),
        # A year of which nobody says the day.
        (Relation("home", "partner", start="2021"), "2021-01-01", "2021-12-31", "", None),
        (
            Relation("home", "member", start="2018", end="2020-06"),
            "2018-01-01",
            "2018-12-31",
            "2020-06-01",
            "2020-06-30",
        ),
    ],
)
def test_the_days_of_a_relation(
    relation: Relation, first: str, known_first: str, known_last: str, last: str | None
) -> None:
    [span] = relation_spans([relation], "home", SEEN)
    assert span == RelationSpan(
        _day(first),
        _day(known_first),
        _day(known_last) if known_last else SEEN,
        None if last is None else _day(last),
    )


def test_what_is_of_another_partner_or_without_a_date_is_not_drawn() -> None:
    others = [
        Relation("other", "partner", start="2021"),
        Relation("home", "partner"),
        Relation("home", "partner", end="2021"),
        Relation("home", "partner", start="not a date"),
    ]
    assert not list(relation_spans(others, "home", SEEN))


def test_a_relation_is_not_known_to_end_before_it_begins() -> None:
    [late] = relation_spans([Relation("home", "partner", start="2024")], "home", SEEN)
    assert late.known_last == late.known_first > SEEN
    [odd] = relation_spans([Relation("home", "partner", start="2024", end="2020")], "home", SEEN)
    assert odd.first <= odd.known_first <= odd.known_last <= (odd.last or 0)
