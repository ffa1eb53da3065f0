"""Records of absurd values: every page and list can still be shown, and none fills the memory."""

from __future__ import annotations

import pytest

from milatui.archive.kinds import Data
from milatui.archive.syntax.yaml_writer import dump_yaml
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.labels.labels import format_number
from milatui.catalogue.location import Location
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from tests.rounds import some

LONG = 200_000
VALUES = (
    *("1e999999", "1" + "0" * 100_000, "-" + "9" * 40, ".inf", "nan", "inf", "-0", "0x1F"),
    *("1_000", "\u0661\u0662\u0663\u0664", "1" * 30, "007654", "9" * LONG, "x" * LONG, "12.5"),
)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    root = tmp_path_factory.mktemp("absurd") / "archive"
    for folder in ("partners", "figures", "documents"):
        (root / folder).mkdir(parents=True)
    (root / "archive.yaml").write_text("title: T\nhome: p\n")
    partner: dict[str, Data] = {
        "id": "p",
        "name": "x" * LONG,
        "kind": "company",
        "relation": "y " * LONG,
        "identifiers": {"k" * LONG: "v", **{f"i{n}": "v" for n in range(2_000)}},
    }
    (root / "partners" / "p.yaml").write_text(dump_yaml([partner, {**partner, "id": "q"}]))
    figures: list[Data] = [
        {"id": f"f{n}", "measure": "m", "value": value, "unit": "u", "partner": "p"}
        for n, value in enumerate(VALUES)
    ]
    figures += [{"id": f"g{n}", "measure": "m", "value": str(n), "unit": "u"} for n in range(1_000)]
    (root / "figures" / "f.yaml").write_text(dump_yaml(figures))
    build(root, root.parent / "index")
    return Catalogue.open(root.parent / "index")


@pytest.mark.parametrize("number", some(range(len(VALUES)), 5, len(VALUES)))
def test_any_value_of_a_figure_is_shown(catalogue: Catalogue, number: int) -> None:
    page = catalogue.page(Location("figure", f"f{number}"))
    assert len(page.text) < 5 * LONG
    row = catalogue.find("figure", f"f{number}")
    assert row is not None
    assert catalogue.row(row).detail


@pytest.mark.parametrize("view", ["figures", "compare"])
def test_views_of_absurd_values_stay_small(catalogue: Catalogue, view: str) -> None:
    params = (("a", "p"), ("b", "q")) if view == "compare" else ()
    assert len(catalogue.page(Location(view, params=params)).text) < 20 * LONG


def test_a_partner_with_a_label_as_long_as_a_book(catalogue: Catalogue) -> None:
    # Lined up, every line of the card would be as long.
    assert len(catalogue.page(Location("partner", "p")).text) < 20 * LONG


@pytest.mark.parametrize("query", ["near/" + "9" * 5_000, "a near/" + "9" * 5_000 + " b"])
def test_a_number_no_computer_reads_in_a_query(catalogue: Catalogue, query: str) -> None:
    answer = catalogue.search(query, Scope(), limit=10**30)
    assert answer.total == len(answer.hits)
    assert not answer.partial


def test_numbers_nobody_reads_stay_as_they_are_written() -> None:
    assert format_number("9" * 30) == ",".join(["999"] * 10)
    for text in ("9" * 31, "9" * 5_000, "\u0661\u0662\u0663\u0664"):
        assert format_number(text) == text
