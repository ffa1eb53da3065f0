"""`add` makes records of what is recognised, as far as it is told to; nothing waits for a key."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.conversion.converted import ConvertedDocument, Format
from milatui.ingest.conversion.converter import Converter
from milatui.tui.review.review_options import ReviewOutcome
from tests.ingest.review.findings import BODY, FINDINGS, write_archive

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milatui.ingest.review.review_session import ReviewSession
    from tests.cli.conftest import Ended


@pytest.fixture
def ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive; in each document that is added the same is recognised."""
    monkeypatch.setattr(
        "milatui.ingest.review.record_collector.recognise", lambda _document, _names: FINDINGS
    )
    return write_archive(tmp_path / "ours")


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "north-lab.md"
    path.write_text(
        f"---\ntitle: A laboratory in the north\ndate: 2024-03-08\nlanguage: en\n---\n\n{BODY}"
    )
    return str(path)


def _counts(run: Callable[..., Ended], archive: Path) -> dict[str, int]:
    checked = run("check", "--archive", str(archive), "--json").json
    assert checked["faults"] == []
    counts: dict[str, int] = checked["counts"]
    return {kind: counts[kind] for kind in ("document", "partner", "event", "figure", "statement")}


def test_accept_alone_writes_documents_as_it_always_did(
    run: Callable[..., Ended], ours: Path, file: str
) -> None:
    for words in (("--accept", file), ("--accept", file, file)):
        assert run("add", "--archive", str(ours), *words).code == 0
    assert _counts(run, ours) == {
        **dict.fromkeys(("event", "figure", "statement"), 0),
        "document": 1,
        "partner": 1,
    }


def test_what_lacks_a_value_is_counted_apart(run: Callable[..., Ended], tmp_path: Path) -> None:
    ours, money = write_archive(tmp_path / "ours"), tmp_path / "money.md"
    text = "The work took over three years. Northern Robotics has 25 partners."
    money.write_text(f"---\ntitle: Money\ndate: 2023-05-04\n---\n{text}\n")
    ended = run("add", "--archive", str(ours), "--accept", "likely", str(money))
    assert "2 figures: 1 certain, 1 likely, 1 lacks a value" in ended.err
    assert _counts(run, ours)["figure"] == 1


@pytest.mark.parametrize(("confidence", "events"), [("certain", 0), ("likely", 1)])
def test_accept_with_a_confidence_makes_records_of_what_is_so_sure(
    run: Callable[..., Ended], ours: Path, file: str, confidence: str, events: int
) -> None:
    ended = run("add", "--archive", str(ours), "--accept", confidence, file)
    assert ended.code == 0
    assert "1 quotation: 1 certain" in ended.err
    counts = _counts(run, ours)
    assert counts == {
        "document": 1,
        "partner": 1 + events,
        "event": events,
        "figure": 1 + events,
        "statement": 1,
    }


def test_records_that_an_interrupted_import_lacks_are_made_by_the_next(
    run: Callable[..., Ended], ours: Path, file: str
) -> None:
    run("add", "--archive", str(ours), "--accept", file)
    run("add", "--archive", str(ours), "--accept", "likely", file)
    once = {path: path.read_bytes() for path in ours.rglob("*.*")}
    assert _counts(run, ours)["event"] == 1
    run("add", "--archive", str(ours), "--accept", "likely", file)
    assert {path: path.read_bytes() for path in ours.rglob("*.*")} == once


def test_a_reference_to_a_later_document_is_resolved_in_a_file_that_got_a_subject(
    run: Callable[..., Ended], ours: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("milatui.ingest.review.record_collector._BATCH", 1)
    lines = tmp_path / "docs.jsonl"
    documents = (
        {"id": "later", "follows": "first", "date": "2024-03-09", "title": "L", "text": BODY},
        {"id": "first", "date": "2024-03-08", "title": "F", "text": f"Before it.\n\n{BODY}"},
    )
    lines.write_text("\n".join(map(json.dumps, documents)))
    assert run("add", "--archive", str(ours), "--accept", "certain", str(lines)).code == 0
    text = (ours / "documents" / "later.md").read_text()
    assert "follows: first\n" in text
    assert "subject:\n- example-institute\n" in text


def test_all_findings_are_in_the_json_of_a_dry_run(
    run: Callable[..., Ended], ours: Path, file: str
) -> None:
    (document,) = run("add", "--archive", str(ours), "--dry-run", "--json", file).json["documents"]
    kinds = [each["kind"] for each in document["findings"]]
    assert kinds == ["event", "partner", "organisation", "person", "quotation", "figure", "figure"]
    figure = document["findings"][-1]
    assert (figure["confidence"], figure["words"]) == ("likely", "US$2 million")
    assert figure["values"]["unit"] == "USD"
    start, end = figure["spans"][0]
    assert BODY[start:end] == "US$2 million"


@pytest.fixture
def reviews(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[Callable[..., ReviewOutcome]]:
    """What a person does in each review, in turn, on what passes for a terminal."""
    steps: list[Callable[..., ReviewOutcome]] = []
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr("milatui.cli.review.terminal_review.can_review", lambda _files: True)
    monkeypatch.setattr(
        "milatui.tui.review.review_app.run", lambda session, _options: steps.pop(0)(session)
    )
    return steps


def test_a_review_goes_on_where_it_was_left_and_is_over_when_all_is_decided(
    run: Callable[..., Ended],
    ours: Path,
    file: str,
    reviews: list[Callable[..., ReviewOutcome]],
    tmp_path: Path,
) -> None:
    def leave(session: ReviewSession) -> ReviewOutcome:
        assert session.accept_all(Confidence.CERTAIN, session.documents) == 4
        return ReviewOutcome(save=False)

    def save(session: ReviewSession) -> ReviewOutcome:
        assert session.remaining() == 3
        return ReviewOutcome(save=True)

    def finish(session: ReviewSession) -> ReviewOutcome:
        session.accept_all(Confidence.UNSURE, session.documents)
        return ReviewOutcome(save=True)

    reviews += [leave, save, finish]
    before = sorted(ours.rglob("*"))
    first = run("add", "--archive", str(ours), file)
    assert "1 document to review" in first.out
    assert "add --resume --archive" in first.err
    assert sorted(ours.rglob("*")) == before
    second = run("add", "--archive", str(ours), file)
    assert "1 document written" in second.err
    assert (_counts(run, ours)["statement"], _counts(run, ours)["event"]) == (1, 0)
    third = run("add", "--archive", str(ours), "--resume")
    assert "undecided" not in third.err
    assert _counts(run, ours) == {
        "document": 1,
        "partner": 2,
        "event": 1,
        "figure": 2,
        "statement": 1,
    }
    assert not list((tmp_path / "state").rglob("*.jsonl"))
    assert run("add", "--archive", str(ours), "--resume").code == 1


def test_a_save_that_was_interrupted_after_the_document_is_finished_by_the_next(
    run: Callable[..., Ended],
    ours: Path,
    file: str,
    reviews: list[Callable[..., ReviewOutcome]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def save(session: ReviewSession) -> ReviewOutcome:
        session.accept_all(Confidence.UNSURE, session.documents)
        return ReviewOutcome(save=True)

    def interrupt(*_given: object) -> None:
        raise KeyboardInterrupt

    reviews += [save, save]
    store = "milatui.ingest.review.session_store.SessionStore"
    with monkeypatch.context() as interrupted:
        interrupted.setattr(f"{store}.record_written", interrupt)
        assert run("add", "--archive", str(ours), file).code == 130
    assert len(list(ours.rglob("*.md"))) == 1
    assert run("add", "--archive", str(ours), file).code == 0
    assert _counts(run, ours)["statement"] == 1


def test_a_document_that_is_left_out_is_not_written(
    run: Callable[..., Ended],
    ours: Path,
    file: str,
    reviews: list[Callable[..., ReviewOutcome]],
) -> None:
    def leave_out(session: ReviewSession) -> ReviewOutcome:
        session.leave_out("north-lab")
        return ReviewOutcome(save=True)

    reviews.append(leave_out)
    assert run("add", "--archive", str(ours), file).code == 0
    assert _counts(run, ours)["document"] == 0


def test_off_a_terminal_nothing_waits_and_resuming_says_why_it_cannot(
    run: Callable[..., Ended], ours: Path, file: str
) -> None:
    assert run("add", "--archive", str(ours), file).code == 0
    refused = run("add", "--archive", str(ours), "--resume")
    assert (refused.code, "terminal" in refused.err) == (2, True)
    assert run("add", "--archive", str(ours)).code == 2


def test_a_review_that_goes_on_converts_only_files_that_have_changed(
    run: Callable[..., Ended],
    ours: Path,
    reviews: list[Callable[..., ReviewOutcome]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    converted: list[bytes] = []
    convert = Converter.convert

    def noting(converter: Converter, kind: Format, data: bytes) -> tuple[ConvertedDocument, ...]:
        converted.append(data)
        return convert(converter, kind, data)

    def leave(session: ReviewSession) -> ReviewOutcome:
        session.accept_all(Confidence.CERTAIN, session.documents[:1])
        return ReviewOutcome(save=False)

    monkeypatch.setattr(Converter, "convert", noting)
    pages = [tmp_path / name for name in ("a.html", "b.html")]
    for page in pages:
        page.write_text(f"<html lang='en'><h1>The news of {page.stem}</h1><p>{BODY}</p></html>")
    reviews += [leave, leave, leave]
    assert run("add", "--archive", str(ours), *map(str, pages)).code == 0
    assert len(converted) == 2
    assert run("add", "--archive", str(ours), "--resume").code == 0
    assert len(converted) == 2
    pages[1].write_text(pages[1].read_text().replace("news", "latest news"))
    assert run("add", "--archive", str(ours), "--resume").code == 0
    assert converted[2:] == [pages[1].read_bytes()]
