"""Sectors and measures have a name in both languages; those of an archive's own are left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.archive.loader import LoadedArchive, load_archive
from milatui.archive.records import Figure, Partner
from milatui.catalogue.labels.vocabulary import measure_label, sector_label
from milatui.i18n import set_language

SHIPPED = Path(__file__).parents[2] / "data"


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


def test_measures_carry_no_year_and_common_ones_a_french_name(loaded: LoadedArchive) -> None:
    figures = [r.record for r in loaded.records["figure"] if isinstance(r.record, Figure)]
    measures = {figure.measure for figure in figures}
    assert [m for m in measures if any(c.isdigit() for c in m)] == []
    assert (measure_label("google_grant"), measure_label("of_its_own")) == (
        "Google grant",
        "of its own",
    )
    set_language("fr")
    assert measure_label("google_grant") == "subvention de Google"
    plain = [m for m in measures if measure_label(m) == m.replace("_", " ")]
    assert len(plain) < len(measures) / 5, plain
