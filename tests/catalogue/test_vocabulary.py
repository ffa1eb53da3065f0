"""Sectors, measures, kinds and places have a name in both languages.

Those of an archive's own are left alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milatui.archive.loader import LoadedArchive, load_archive
from milatui.archive.records import Event, Figure, Partner
from milatui.archive.schema import DOCUMENT_TYPES, EVENT_KINDS, PARTNER_KINDS
from milatui.catalogue.labels.labels import kind_label
from milatui.catalogue.labels.vocabulary import (
    measure_label,
    place_label,
    sector_label,
    subject_label,
)
from milatui.i18n import set_language
from milatui.index.analysis.tokenizer import query_words

if TYPE_CHECKING:
    from collections.abc import Callable

SHIPPED = Path(__file__).parents[2] / "data"
SAME_IN_FRENCH = {
    *("Boucherville", "Burnaby", "Davos", "Mississauga", "Ottawa", "Paris", "San Diego"),
    *("Toronto", "Vancouver"),
}
"""Places that have one name."""
SAME_MEASURES = {"budget", "contribution", "experts", "participants", "prototypes"}
"""Measures that are called the same in both languages."""


@pytest.fixture(scope="module")
def loaded() -> LoadedArchive:
    return load_archive(SHIPPED)


def test_every_sector_of_the_shipped_archive_has_a_source_and_a_french_name(
    loaded: LoadedArchive,
) -> None:
    partners = [r.record for r in loaded.records["partner"] if isinstance(r.record, Partner)]
    assert [p.id for p in partners if "sector" not in p.verified] == []
    sectors = {partner.sector for partner in partners}
    assert len(sectors) < 35
    unnamed = {s for s in sectors if sector_label(s) == s and "-" in s}
    assert unnamed == set()
    set_language("fr")
    assert sector_label("gaming") == "jeux vidéo"
    assert sector_label("a trade of its own") == "a trade of its own"


def _measures(loaded: LoadedArchive) -> set[str]:
    """Measures of figures, those inside events included."""
    figures = [r.record for r in loaded.records["figure"] if isinstance(r.record, Figure)]
    events = [r.record for r in loaded.records["event"] if isinstance(r.record, Event)]
    return {
        *(figure.measure for figure in figures),
        *(figure.measure for event in events for figure in event.figures),
    }


def test_a_measure_is_what_is_counted_without_a_year_or_a_name(loaded: LoadedArchive) -> None:
    partners = [r.record for r in loaded.records["partner"] if isinstance(r.record, Partner)]
    names = {name for p in partners for name in (p.id, *(each.value for each in p.names))}
    names |= {r.record.id.rpartition("-")[2] for r in loaded.records["person"]}
    named = {" ".join(query_words(name.replace("-", " "))) for name in names}
    found = []
    for measure in sorted(_measures(loaded)):
        words = f" {measure.replace('_', ' ')} "
        found += [(measure, name) for name in named if name and f" {name} " in words]
        found += [(measure, "digit")] if any(c.isdigit() for c in measure) else []
    assert found == []


def test_a_figure_says_whom_it_is_about_where_a_measure_has_several_values(
    loaded: LoadedArchive,
) -> None:
    events = [r.record for r in loaded.records["event"] if isinstance(r.record, Event)]
    gift = next(event for event in events if event.id == "microsoft-gift-2017")
    said = {(figure.measure, figure.partner): figure.value for figure in gift.figures}
    assert said["gift", "microsoft"] == "7000000"
    assert said["gift", "universite-de-montreal"] == "6000000"
    assert said["gift", "mcgill-university"] == "1000000"


def test_common_measures_have_a_french_name() -> None:
    assert (measure_label("floor_area"), measure_label("of_its_own")) == (
        "floor area",
        "of its own",
    )
    set_language("fr")
    assert measure_label("floor_area") == "surface des locaux"
    assert subject_label("gift", "McGill") == "don · McGill"


def test_every_measure_of_the_shipped_archive_has_a_label_in_both_languages(
    loaded: LoadedArchive,
) -> None:
    measures = _measures(loaded)
    assert len(measures) > 100
    english = {measure: measure_label(measure) for measure in measures}
    set_language("fr")
    assert _unlabelled(english, measure_label) <= SAME_MEASURES


def test_every_sector_kind_and_place_has_a_label_in_both_languages(loaded: LoadedArchive) -> None:
    records = {kind: [r.record for r in loaded.records[kind]] for kind in loaded.records}
    sectors = {p.sector for p in records["partner"] if isinstance(p, Partner)}
    places = {x for e in records["event"] if isinstance(e, Event) for x in e.places}
    kinds = {*PARTNER_KINDS, *EVENT_KINDS, *DOCUMENT_TYPES}
    sector_names = {sector: sector_label(sector) for sector in sectors}
    kind_names = {kind: kind_label(kind) for kind in kinds}
    place_names = {place: place_label(place) for place in places}
    set_language("fr")
    assert _unlabelled(sector_names, sector_label) <= {"construction", "transport"}
    assert _unlabelled(kind_names, kind_label) <= {
        "acquisition",
        "organisation",
        "programme",
        "publication",
    }
    assert _unlabelled(place_names, place_label) <= SAME_IN_FRENCH
    assert place_label("O Mile-Ex, Montreal") == "O Mile-Ex, Montréal"
    assert place_label("a place of its own") == "a place of its own"


def _unlabelled(english: dict[str, str], label: Callable[[str], str]) -> set[str]:
    """Returns what is called the same in French."""
    return {value for value, name in english.items() if label(value) == name}
