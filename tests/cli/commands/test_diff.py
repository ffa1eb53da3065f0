"""``milatui diff`` on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sample import write_sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


def edited(folder: Path) -> Path:
    """The sample archive with a value, a text and a source changed, and a record gone."""
    archive = write_sample(folder)
    path = archive / "partners" / "all.yaml"
    text = path.read_text("utf-8").replace("name: Denso,", "name: DENSO,")
    path.write_text(text.replace("- {id: cifar, name: CIFAR,", "- {id: cifar2, name: X,"), "utf-8")
    path = archive / "documents" / "2018" / "samsung-fr.md"
    path.write_text(
        path.read_text("utf-8").replace("Le groupe ouvre", "Le groupe inaugure"), "utf-8"
    )
    return archive


def test_the_differences_are_printed(
    run: Callable[..., Ended], sample: Path, tmp_path: Path
) -> None:
    ended = run("diff", str(sample), str(edited(tmp_path / "new")))
    assert ended.code == 1
    assert ended.err == ""
    for line in (
        "Evidence lost: 1",
        "    sources[0]: the words are no longer in document/samsung-fr",
        "12 partners (before: 12): 1 new, 1 gone, 1 changed",
        "+ X  partner/cifar2",
        "- CIFAR  partner/cifar",
        "    name: Denso → DENSO",
        "    text: 1 word gone, 1 word new",
        "      Le groupe [-ouvre-] {+inaugure+} un laboratoire d’intelligence artificielle",
    ):
        assert line in ended.out, ended.out


def test_equal_states_are_reported_as_the_same(
    run: Callable[..., Ended], sample: Path, tmp_path: Path
) -> None:
    ended = run("diff", str(write_sample(tmp_path / "same")), "--archive", str(sample))
    assert ended.code == 0
    assert "Both states have the same records, texts and evidence." in ended.out


def test_the_differences_as_json(run: Callable[..., Ended], sample: Path, tmp_path: Path) -> None:
    found = run("diff", str(sample), str(edited(tmp_path / "new")), "--json").json
    assert found["schema"] == "milatui.diff/1"
    assert found["old"]["counts"]["partner"] == found["new"]["counts"]["partner"] == 12
    assert found["added"] == [{"kind": "partner", "id": "cifar2", "title": "X"}]
    assert found["lost"][0]["loss"] == "words-gone"
    values = [value for each in found["changed"] for value in each["values"]]
    assert values == [{"path": "name", "change": "changed", "old": "Denso", "new": "DENSO"}]
    texts = [each["text"] for each in found["changed"] if each["text"]]
    assert [(text["removed"], text["added"]) for text in texts] == [(1, 1)]


def test_what_is_no_state_is_an_error(run: Callable[..., Ended], tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    for old, message in (
        ("nowhere", "nowhere is not a folder, and "),
        (str(empty), "it has no archive.yaml"),
    ):
        ended = run("diff", old)
        assert ended.code == 3
        assert message in ended.err
