"""A new archive: ready for documents, with examples that are not in their way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import yaml
from jsonschema import Draft7Validator

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


def test_a_new_archive_is_valid_and_names_the_next_steps(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = tmp_path / "our press"
    made = run("new", str(ours))
    assert (made.code, made.out) == (0, f"{ours}\n")
    assert f"milatui add --archive '{ours}' FILE..." in made.err
    checked = run("check", "--archive", str(ours), "--json").json
    assert checked["faults"] == []
    assert checked["counts"]["document"] == 1
    assert "title: our press\n" in (ours / "archive.yaml").read_text()
    assert "originals/** -text" in (ours / ".gitattributes").read_text()
    assert "*~" in (ours / ".gitignore").read_text()


@pytest.mark.parametrize(
    ("options", "left"), [((), ["mine"]), (("--example",), ["example-announcement", "mine"])]
)
def test_examples_give_way_to_the_first_document(
    run: Callable[..., Ended], tmp_path: Path, options: tuple[str, ...], left: list[str]
) -> None:
    ours, text = tmp_path / "ours", tmp_path / "mine.md"
    text.write_text("# Mine\n\nA bridge.\n")
    run("new", str(ours), *options)
    run("add", "--archive", str(ours), "--dry-run", str(text))
    assert (ours / "partners" / "example-works.yaml").exists()
    assert run("add", "--archive", str(ours), "--accept", str(text)).code == 0
    items = run("list", "documents", "--archive", str(ours), "--json").json["items"]
    assert sorted(item["id"] for item in items) == left
    assert (ours / "partners" / "example-works.yaml").exists() == (len(left) == 2)
    assert run("check", "--archive", str(ours)).code == 0


def test_an_example_that_was_changed_stays_with_all_others(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours, text = tmp_path / "ours", tmp_path / "mine.md"
    text.write_text("# Mine\n\nA bridge.\n")
    run("new", str(ours))
    partner = ours / "partners" / "example-works.yaml"
    partner.write_text(partner.read_text() + "# mine\n")
    run("add", "--archive", str(ours), "--accept", str(text))
    counts = run("check", "--archive", str(ours), "--json").json["counts"]
    assert (counts["document"], counts["partner"]) == (2, 2)


def test_an_archive_can_begin_empty(run: Callable[..., Ended], tmp_path: Path) -> None:
    run("new", "--empty", str(tmp_path / "ours"))
    checked = run("check", "--archive", str(tmp_path / "ours"), "--json").json
    assert checked["faults"] == []
    assert sum(checked["counts"].values()) == 0


def test_a_repository_without_files_can_become_an_archive(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    (tmp_path / "ours" / ".git").mkdir(parents=True)
    assert run("new", str(tmp_path / "ours"), "--title", "Press: 2024").code == 0
    assert 'title: "Press: 2024"' in (tmp_path / "ours" / "archive.yaml").read_text().replace(
        "'", '"'
    )


def test_the_examples_are_valid_by_the_schemas_that_their_first_lines_name(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    ours = tmp_path / "ours"
    run("new", "--example", str(ours))
    assert run("check", "--archive", str(ours), "--json").json["faults"] == []
    for path in ours.rglob("*.yaml"):
        text = path.read_text()
        named = text.partition("\n")[0].removeprefix("# yaml-language-server: $schema=")
        schema = json.loads((path.parent / named).read_text())
        assert Draft7Validator(schema).is_valid(
            yaml.safe_load(text.replace("2024-03-08", "'2024-03-08'"))
        )
