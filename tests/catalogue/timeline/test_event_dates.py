"""An event tells when it happened, when it was announced and when that was published."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from milatui.archive.records import Event
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.pages.record import write_event
from milatui.catalogue.timeline.event_dates import event_dates

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue


def event(catalogue: Catalogue, identifier: str, announced: str = "", date: str = "") -> Event:
    found = catalogue.record("event", identifier)
    assert isinstance(found, Event)
    return replace(found, announced=announced, date=date or found.date)


def page_text(catalogue: Catalogue, found: Event) -> str:
    builder = PageBuilder()
    write_event(catalogue.store(), builder, found)
    return builder.build(Location("event", found.id), found.title).text


def test_the_first_publication_is_that_of_the_earliest_document(catalogue: Catalogue) -> None:
    found = event(catalogue, "amgen-lab-opens")
    dates = event_dates(catalogue.store(), found)
    published = [catalogue.document(source.document).date for source in found.sources]
    assert dates.published == min(published)
    assert dates.publication is not None
    assert catalogue.document(dates.publication.id).date == dates.published


def test_an_announcement_is_told_only_if_it_is_recorded(catalogue: Catalogue) -> None:
    assert event_dates(catalogue.store(), event(catalogue, "amgen-lab-opens")).announced == ""
    announced = event(catalogue, "amgen-lab-opens", "2023-01-10")
    assert event_dates(catalogue.store(), announced).announced == "2023-01-10"


def test_the_page_names_each_date(catalogue: Catalogue) -> None:
    text = page_text(catalogue, event(catalogue, "amgen-lab-opens", "2023-01-10", "2023-03"))
    lines = {line.split("  ")[0]: line for line in text.splitlines() if "  " in line}
    assert "March 2023" in lines["Happened"]
    assert "10 January 2023" in lines["Announced"]
    assert "18 January 2023" in lines["First published"]


def test_the_page_has_no_announcement_that_nobody_recorded(catalogue: Catalogue) -> None:
    assert "Announced" not in page_text(catalogue, event(catalogue, "amgen-lab-opens"))
