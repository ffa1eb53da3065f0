"""How two documents belong together follows from what they share, their dates and their titles."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from milatui.archive.records import Document
from milatui.ingest.near_duplicates.relations import DocumentFacts, relate
from milatui.ingest.near_duplicates.resemblance import Resemblance

WIRE, OTHER = "Power (NYSE: PWR) moves on with three parks", "Power to present at a conference"


@pytest.mark.parametrize(
    ("shared", "numbers", "days", "title", "expected"),
    [
        (0.98, 1.0, 3, WIRE, ("reprint", False)),
        (0.98, 1.0, 0, WIRE, ("reprint", True)),
        # Phone numbers of another wire are not another occasion.
        (0.98, 0.2, 1, WIRE, ("reprint", False)),
        # Other news above the same description of a company.
        (0.92, 0.9, 2, OTHER, ("other-date", False)),
        (0.98, 0.2, 0, OTHER, ("other-date", False)),
        (0.99, 1.0, 30, "Power moves on with three parks", ("other-date", False)),
        (0.85, 1.0, 1, "Correction: Power moves on with three parks", ("version", True)),
        (0.60, 1.0, 1, OTHER, ("version", False)),
        (0.60, 1.0, 30, OTHER, ("follow-up", False)),
        (0.40, 1.0, 0, WIRE, None),
    ],
)
def test_documents_are_related(
    shared: float, numbers: float, days: int, title: str, expected: tuple[str, bool] | None
) -> None:
    old = Document("old", "Power moves on with three parks", "", date="2024-03-03")
    later = date(2024, 3, 3) + timedelta(days)
    new = Document("new", title, "", date=later.isoformat())
    alike = Resemblance(shared, shared, 0.9, 0.9, numbers, 0 if numbers == 1.0 else 9)
    assert relate(DocumentFacts.of(new), DocumentFacts.of(old), alike) == expected
    # Texts whose news differs share what stands below it.
    apart = alike._replace(first_lead=0.1, second_lead=0.1)
    assert relate(DocumentFacts.of(new), DocumentFacts.of(old), apart) is None
