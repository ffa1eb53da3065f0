"""Every kind of fault, each planted alone in a sound archive, is told with its exact place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.archive.checks import check
from milatui.archive.loader import load_archive
from tests.archive.planted import ERRORS, WARNINGS

if TYPE_CHECKING:
    from tests.archive.conftest import SmallArchive


def test_the_sound_archive_has_no_fault(small: SmallArchive) -> None:
    assert small.told() == []


@pytest.mark.parametrize(
    ("name", "severity"),
    [*((name, "error") for name in ERRORS), *((name, "warning") for name in WARNINGS)],
)
def test_a_fault_is_told_once_and_at_its_place(
    small: SmallArchive, name: str, severity: str
) -> None:
    file, old, new, told, path = (ERRORS if severity == "error" else WARNINGS)[name]
    small.replace(file, old, new)
    [diagnostic] = small.diagnostics()
    assert str(diagnostic) == f"{file}:{told}"
    assert diagnostic.path == path
    assert diagnostic.severity == severity


def test_an_event_without_sources_is_a_fault(small: SmallArchive) -> None:
    small.write("events/2023.yaml", "id: lab\ndate: 2023\ntitle: T\nkind: grant\n")
    assert small.told() == ["events/2023.yaml:1:1: the event has no source"]


def test_an_id_given_twice_in_different_files_names_the_other(small: SmallArchive) -> None:
    small.write("people/zoe.yaml", "name: Zoe\nid: bob\n")
    assert small.told() == [
        "people/zoe.yaml:2:5: another person has the id “bob” already (people/people.yaml:9)"
    ]


def test_documents_in_different_folders_may_not_share_their_name(small: SmallArchive) -> None:
    small.write("documents/zoo/brief.md", "---\ntitle: Other\n---\n")
    told = "another document has the id “brief” already (documents/brief.md:1)"
    assert small.told() == [f"documents/zoo/brief.md:2:1: {told}"]


def test_a_body_in_front_matter_is_a_fault_as_it_cannot_be_kept(small: SmallArchive) -> None:
    small.replace("documents/brief.md", "language: en\n", "language: en\nbody: x\n")
    assert [
        str(diagnostic) for diagnostic in small.diagnostics() if diagnostic.severity == "error"
    ] == ["documents/brief.md:1:1: “body” cannot be a key of front matter"]


def test_what_refers_to_a_record_in_broken_yaml_is_no_second_fault(small: SmallArchive) -> None:
    small.replace("people/people.yaml", "  name: Bob\n", "  name: [Bob\n")
    assert [diagnostic.file for diagnostic in small.diagnostics()] == ["people/people.yaml"]


def test_one_bad_record_leaves_the_others_of_its_file(small: SmallArchive) -> None:
    small.replace("people/people.yaml", "name: Ada", "nom: Ada")
    loaded = load_archive(small.root)
    assert [located.record.id for located in loaded.records["person"]] == ["bob"]
    assert loaded.rejected == {("person", "ada")}


def test_what_refers_to_a_rejected_record_is_no_second_fault(small: SmallArchive) -> None:
    small.replace("documents/brief.md", "title: Brief\n", "title: [Brief\n")
    assert [diagnostic.file for diagnostic in small.diagnostics()] == ["documents/brief.md"]


def test_one_bad_value_leaves_the_others_of_its_record(small: SmallArchive) -> None:
    small.replace("partners/amgen.yaml", "founded: '1980'", "founded: once")
    loaded = load_archive(small.root)
    [amgen] = [item.record for item in loaded.records["partner"] if item.record.id == "amgen"]
    assert (amgen.founded, amgen.country) == ("", "US")  # type: ignore[union-attr]


def test_places_are_right_after_a_bad_item_of_the_same_list(small: SmallArchive) -> None:
    small.replace("events/2023.yaml", "  - document: brief\n    exact: opens a lab", "  - exact: x")
    small.write(
        "events/2023.yaml",
        (small.root / "events/2023.yaml").read_text().replace("suffix: Amgen", "suffix: Pfizer"),
    )
    assert small.told() == [
        "events/2023.yaml:14:5: “document” is missing",
        "events/2023.yaml:16:12: the quoted words are in “brief”, but not with this prefix and"
        " suffix",
    ]
    assert [diagnostic.path for diagnostic in small.diagnostics()] == [
        "sources[0]",
        "sources[1].exact",
    ]


def test_all_faults_come_in_one_run(small: SmallArchive) -> None:
    for name in ("an impossible date in quotes", "a dangling home", "a statement without source"):
        small.replace(*ERRORS[name][:3])
    assert len(small.diagnostics()) == 3


def test_unknown_keys_are_kept(small: SmallArchive) -> None:
    small.replace("partners/mila.yaml", "name: Mila\n", "name: Mila\nx: {a: [1, ~, '~']}\n")
    loaded = load_archive(small.root)
    [mila] = [item.record for item in loaded.records["partner"] if item.record.id == "mila"]
    assert mila.extra == {"x": {"a": ["1", "", "~"]}}


def test_a_file_changed_while_it_is_checked_gives_the_place_of_the_record(
    small: SmallArchive,
) -> None:
    small.replace("statements/ada.yaml", "event: lab", "event: unveiling")
    loaded = load_archive(small.root)
    small.write("statements/ada.yaml", "[")
    assert [str(diagnostic) for diagnostic in check(loaded)] == [
        "statements/ada.yaml:1:1: there is no event “unveiling”"
    ]
