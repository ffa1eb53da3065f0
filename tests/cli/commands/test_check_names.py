"""Organisations that documents name and no record has are queued, and become partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.findings import Findings, OrganisationMention, TextSpan
from tests.ingest.review.findings import write_archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milatui.archive.records import Document
    from tests.cli.conftest import Ended

NAMES = ("Northern Robotics", "Example Institute of Art", "Once Only")


def _recognise(document: Document, _names: object) -> Findings:
    found = []
    for name in NAMES:
        at = document.body.find(name)
        if at >= 0:
            span = TextSpan(at, at + len(name))
            found.append(OrganisationMention(name, span, Confidence.CERTAIN, (span,)))
    return Findings(organisations=tuple(found))


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("milatui.ingest.review.name_queue.recognise", _recognise)
    root = write_archive(tmp_path / "ours")
    (root / "documents").mkdir()
    for name, text in (
        ("a", "Northern Robotics and Once Only met the Example Institute of Art."),
        ("b", "The Example Institute of Art is old. Then came Northern Robotics. It is new."),
        ("c", "Northern Robotics again."),
    ):
        (root / "documents" / f"{name}.md").write_text(
            f"---\ntitle: {name}  # a letter\ndate: 2024-03-08\n---\n\n{text}\n"
        )
    return root


def test_names_of_several_documents_are_queued_with_a_passage_and_the_nearest_partner(
    run: Callable[..., Ended], ours: Path
) -> None:
    report = run("check", "--names", "--archive", str(ours), "--json").json
    first, second = report["items"]
    assert (first["name"], first["documents"]) == ("Northern Robotics", ["a", "b", "c"])
    assert first["example"]["document"] == "a"
    assert (second["name"], second["nearest"]) == ("Example Institute of Art", "example-institute")
    ended = run("check", "--names", "--archive", str(ours))
    assert "Northern Robotics  (3 documents)\n" in ended.out
    assert "like example-institute" in ended.out


def test_a_name_becomes_a_partner_by_an_edit_that_is_shown_first(
    run: Callable[..., Ended], ours: Path
) -> None:
    words = ("check", "--names", "--archive", str(ours), "--partner", "northern robotics")
    shown = run(*words)
    assert "+- id: northern-robotics\n" in shown.out
    assert "--- a/documents/c.md\n" in shown.out
    assert not (ours / "partners" / "northern-robotics.yaml").exists()
    assert run(*words, "--kind", "startup", "--accept").code == 0
    checked = run("check", "--archive", str(ours), "--json").json
    assert (checked["faults"], checked["counts"]["partner"]) == ([], 2)
    text = (ours / "documents" / "b.md").read_text()
    assert text.startswith(
        "---\ntitle: b  # a letter\ndate: 2024-03-08\nsubject:\n- northern-robotics\n---\n"
    )


def test_a_name_becomes_an_alias_or_the_command_says_why_not(
    run: Callable[..., Ended], ours: Path
) -> None:
    words = ("check", "--names", "--archive", str(ours), "--accept", "--partner")
    for name, partner in (("Nobody", "example-institute"), ("Once Only", "nobody")):
        assert run(*words, name, "--alias-of", partner).code == 1
    assert run(*words, "Once Only", "--kind", "planet").code == 2
    assert run(*words, "Once Only", "--alias-of", "example-institute").code == 0
    text = (ours / "partners" / "example.yaml").read_text()
    assert text.endswith("names:\n- value: Once Only\n  kind: alias\n  source: a\n")
    assert "relation: home   # of this archive\n" in text
    assert run("check", "--archive", str(ours), "--json").json["faults"] == []
