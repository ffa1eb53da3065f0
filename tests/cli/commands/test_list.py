"""``milatui list``: what it prints of partners, people and figures, and in which order."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milatui.archive.sectors import SECTOR_NAMES
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.cli.main import main
from milatui.i18n import set_language
from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ended

SECTORS = {
    "amgen": "biotech",
    "amgen-canada": "biotech",
    "deep-genomics": "pharmaceuticals",
    "denso": "transport",
    "google": "it",
}


@pytest.fixture(scope="module")
def ours(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A sample archive whose partners have sectors, which tests only read."""
    root = write_sample(tmp_path_factory.mktemp("sectors") / "ours")
    for path in (root / "partners").iterdir():
        text = path.read_text(encoding="utf-8")
        for partner, sector in SECTORS.items():
            text = text.replace(f"{{id: {partner}, ", f"{{id: {partner}, sector: {sector}, ")
        path.write_text(text, encoding="utf-8")
    return str(root)


TWO_ROLES = (
    "as_of: '2021'}]}",
    "as_of: '2021'}, {title: Scientific director, organisation: Mila, partner: mila,"
    " as_of: '2023'}]}",
)
"""A second source for the role of a person, two years later."""


def _listed(ended: Ended) -> set[str]:
    assert ended.code == 0
    return {str(item["id"]) for item in ended.lines}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("pharma", {"amgen", "amgen-canada", "deep-genomics"}),
        ("pharmaceuticals", {"deep-genomics"}),
        ("biotechnology", {"amgen", "amgen-canada"}),
        ("biotech,transport", {"amgen", "amgen-canada", "denso"}),
        ("drug maker", {"amgen", "amgen-canada", "deep-genomics"}),
        ("Drug Makers", {"amgen", "amgen-canada", "deep-genomics"}),
        ("fabricants de médicaments", {"amgen", "amgen-canada", "deep-genomics"}),
        ("it", {"google"}),
        ("information technology", {"google"}),
    ],
)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_partners_are_listed_by_sector(
    run: Callable[..., Ended], ours: str, language: str, asked: str, found: set[str]
) -> None:
    words = ("--archive", ours, "--ui-lang", language, "list", "partners", "--jsonl")
    assert _listed(run(*words, "--sector", asked)) == found


def test_sectors_are_understood_as_they_are_printed(run: Callable[..., Ended], ours: str) -> None:
    for language in ("en", "fr"):
        for sector in SECTORS.values():
            set_language(language)
            words = ("--archive", ours, "--ui-lang", language, "list", "partners", "--jsonl")
            by_label = run(*words, "--sector", sector_label(sector))
            assert by_label.out == run(*words, "--sector", sector).out


def test_several_sectors_and_other_filters_go_together(
    run: Callable[..., Ended], ours: str
) -> None:
    words = ("--archive", ours, "list", "partners", "--jsonl", "--sector", "biotech")
    assert _listed(run(*words, "--sector", "it")) == {"amgen", "amgen-canada", "google"}
    assert _listed(run(*words, "--from", "2023", "--kind", "company")) == {"amgen"}


def test_a_list_of_partners_says_since_when_and_when_last(
    run: Callable[..., Ended], ours: str
) -> None:
    words = ("--archive", ours, "list", "partners")
    dates: dict[str, list[str]] = {}
    for kind in ("events", "documents"):
        for item in run("--archive", ours, "list", kind, "--jsonl").lines:
            if "mila" in item["partners"] and item["date"]:
                for partner in item["partners"]:
                    dates.setdefault(partner, []).append(item["date"])
    assert len(dates) > 3
    for item in run(*words, "--jsonl").lines:
        known = sorted(dates.get(item["id"], []), key=lambda date: ("X" in date, date))
        assert item["since"] == (known[0] if known else "")
        assert item["last"] == item["date"]
        assert item["sector"] == SECTORS.get(item["id"], "")
    later = run(*words, "--from", "2022", "--jsonl").lines
    assert later
    assert all(item["since"] >= "2022" for item in later)
    header, *_rows = run(*words, "--csv").out.splitlines()
    assert "sector,since,last,status,last_confirmed,announced_end" in header
    statuses = {item["id"]: item["status"] for item in run(*words, "--jsonl").lines}
    assert (statuses["amgen"], statuses["cifar"]) == ("current", "unknown")


def test_columns_of_partners_have_headings_beside_the_data(
    run: Callable[..., Ended], ours: str
) -> None:
    ended = run("--archive", ours, "list", "partners", "--sector", "biotech")
    heading = ended.err.splitlines()[0]
    assert [word for word in ("name", "sector", "since", "last", "id") if word not in heading] == []
    row = next(line for line in ended.out.splitlines() if line.endswith(" amgen"))
    assert row.index("biotechnology") == heading.index("sector")
    assert row.index("amgen") == heading.index("id", heading.index("last"))
    french = run("--archive", ours, "--ui-lang", "fr", "list", "partners").err.splitlines()[0]
    assert "secteur" in french
    assert "depuis" in french


def test_a_typo_in_a_sector_is_exit_code_2_with_the_nearest_and_the_valid_values(
    run: Callable[..., Ended], ours: str
) -> None:
    ended = run("--archive", ours, "list", "partners", "--sector", "biotehc")
    assert (ended.code, ended.out) == (2, "")
    assert "did you mean biotech" in ended.err
    assert ended.err.splitlines()[1] == "There are: biotech, it, pharmaceuticals, transport"
    assert run("--archive", ours, "list", "partners", "--sector", "mining").code == 1


def test_other_lists_and_searches_are_of_the_partners_of_a_sector(
    run: Callable[..., Ended], ours: str
) -> None:
    pharma = ("--archive", ours, "list", "events", "--jsonl", "--sector", "pharma")
    assert _listed(run(*pharma)) == {"amgen-partner", "amgen-lab-opens", "deep-partner"}
    found = run("--archive", ours, "search", "partner", "--sector", "drug maker", "--jsonl")
    assert "event/deep-partner" in {item["location"] for item in found.lines}
    assert "google" not in found.out


@pytest.mark.parametrize("query", ["drug maker", "drug makers", "fabricant de médicaments"])
def test_a_search_finds_partners_by_everyday_names_of_their_sector(
    run: Callable[..., Ended], ours: str, query: str
) -> None:
    found = run("--archive", ours, "search", *query.split(), "--kind", "partner", "--jsonl")
    assert _listed(found) == {"amgen", "amgen-canada", "deep-genomics"}


def test_labels_of_sectors_are_among_their_names(capsys: pytest.CaptureFixture[str]) -> None:
    for sector, names in SECTOR_NAMES.items():
        for language in ("en", "fr"):
            set_language(language)
            assert sector_label(sector) in names
            assert sector_label(sector) != sector or language == "en" or sector in names
    set_language("en")
    assert main(["list", "partners", "--help"]) == 0
    assert "--sector" in capsys.readouterr().out


def test_figures_are_listed_by_measure_as_the_explorer_does(
    run: Callable[..., Ended], ours: str
) -> None:
    words = ("--archive", ours, "list", "figures", "--sort", "measure")
    lines = run(*words).out.splitlines()
    measures = [line.split("  ")[0] for line in lines]
    assert measures[:5] == ["researchers"] * 5
    assert "≠" in next(line for line in lines if line.endswith("founded-2009"))
    # The same figures, in the same order, for programs.
    ids = [item["id"] for item in run(*words, "--jsonl").lines]
    assert ids == [line.split()[-1] for line in lines]
    assert set(ids) == _listed(run(*words[:-2], "--jsonl"))
    assert run("--archive", ours, "list", "events", "--sort", "measure").code == 2


def test_people_are_listed_with_their_roles_each_with_its_years_once(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    archive = write_sample(tmp_path / "roles")
    (path,) = (archive / "people").iterdir()
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(*TWO_ROLES), encoding="utf-8")
    words = ("--archive", str(archive), "list", "people")
    ended = run(*words)
    heading = ended.err.splitlines()[0]
    named = ("name", "role", "years", "organisation", "said", "last", "id")
    assert [word for word in named if word not in heading] == []
    row = next(line for line in ended.out.splitlines() if line.endswith(" yoshua-bengio"))
    assert [cell for cell in re.split(" {2,}", row) if cell] == [
        *("Yoshua Bengio", "Scientific director +1", "2021–2023", "Mila"),
        *("2", "20 Sep 2021", "yoshua-bengio"),
    ]
    bengio = next(item for item in run(*words, "--jsonl").lines if item["id"] == "yoshua-bengio")
    assert (bengio["statements"], bengio["last"]) == (2, "2021-09-20")
    mila = {"organisation": "Mila", "partner": "mila"}
    assert bengio["roles"] == [
        {"title": "Scientific director", **mila, "since": "2021", "last": "2023"},
        {"title": "Founder", **mila, "since": "1993", "last": "1993"},
    ]
    csv = run(*words, "--csv").out
    assert '"Scientific director, Mila (2021–2023); Founder, Mila (1993)"' in csv


def test_a_figure_is_listed_with_whom_it_is_about(run: Callable[..., Ended], ours: str) -> None:
    words = ("--archive", ours, "list", "figures")
    lines = run(*words).out.splitlines()
    grant = next(line for line in lines if line.endswith(" grant-2016"))
    assert " grant · Google  " in grant
    # The archive's own organisation is understood.
    assert " floor area  " in next(line for line in lines if line.endswith(" area"))
    figures = {item["id"]: item for item in run(*words, "--jsonl").lines}
    assert (figures["grant-2016"]["title"], figures["grant-2016"]["partner"]) == (
        *("grant", "google"),
    )
    assert figures["google-grant:1"]["partner"] == ""


def test_people_are_sorted_by_statements_name_or_the_newest_record(
    run: Callable[..., Ended], ours: str
) -> None:
    words = ("--archive", ours, "list", "people", "--jsonl")
    by_count = run(*words).lines
    assert [item["statements"] for item in by_count] == sorted(
        (item["statements"] for item in by_count), reverse=True
    )
    names = [item["title"] for item in run(*words, "--sort", "name").lines]
    assert names == sorted(names)
    dates = [item["last"] for item in run(*words, "--sort", "activity").lines]
    assert dates == sorted(dates, reverse=True)
    assert run(*words, "--sort", "newest").code == 2


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_what_lists_print_their_filters_take(
    run: Callable[..., Ended], ours: str, spoken: str
) -> None:
    def listed(*words: str) -> set[str]:
        return _listed(run("--archive", ours, "--ui-lang", spoken, "list", *words, "--jsonl"))

    samsung = listed("events", "--partner", "samsung")
    assert listed("events", "--partner", "Samsung") == samsung != set()
    assert listed("people", "--partner", "Amgen") == {"peter-grandsard"}
    printed = run("--archive", ours, "--ui-lang", spoken, "list", "events").out.splitlines()
    newest = printed[0].split("  ")[0]
    assert not newest.isdigit()
    assert "amgen-lab-opens" in listed("events", "--from", newest)
    assert "amgen-lab-opens" in listed("events", "--to", newest)
    kinds = {re.split(" {2,}", line)[1] for line in printed if line[0] != " "}
    assert len(kinds) > 3
    for kind in kinds:
        assert listed("events", "--kind", kind)


def test_a_name_that_several_partners_begin_with_is_an_error_with_their_ids(
    run: Callable[..., Ended], ours: str
) -> None:
    assert run("--archive", ours, "list", "events", "--partner", "Sams").code == 0
    ended = run("--archive", ours, "list", "events", "--partner", "Amge")
    assert ended.code == 2
    assert "amgen, amgen-canada" in ended.err


@pytest.mark.parametrize("spoken", ["en", "fr"])
def test_partners_are_listed_by_how_their_partnership_stands(
    run: Callable[..., Ended], ours: str, spoken: str
) -> None:
    words = ("--archive", ours, "--ui-lang", spoken, "list", "partners")
    every = {item["id"]: item["status"] for item in run(*words, "--jsonl").lines}
    assert {"current", "unknown"} <= set(every.values())
    for state in set(every.values()):
        assert _listed(run(*words, "--jsonl", "--status", state)) == {
            partner for partner, status in every.items() if status == state
        }
    # What the table prints is taken, too.
    row = next(line for line in run(*words).out.splitlines() if line.endswith(" amgen"))
    label = re.split(" {2,}", row)[-2]
    assert "amgen" in _listed(run(*words, "--jsonl", "--status", label))


def test_a_status_is_of_partners_and_one_of_five(run: Callable[..., Ended], ours: str) -> None:
    ended = run("--archive", ours, "list", "partners", "--status", "endet")
    assert ended.code == 2
    assert "current, ended, past-end, silent, unknown" in ended.err
    assert "did you mean ended" in ended.err
    assert run("--archive", ours, "list", "events", "--status", "ended").code == 2
