"""A person accepts, corrects, rejects and takes back; nothing that was decided is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.ingest.confidence import Confidence
from milatui.ingest.review.candidate import Candidate, candidates_of, choices_of
from milatui.ingest.review.review_session import (
    WHOLE,
    Change,
    Decision,
    ReviewDocument,
    ReviewSession,
    Subject,
)
from milatui.ingest.review.session_store import SessionInUseError, SessionStore, latest_files
from milatui.ingest.review.similar_names import nearest_name
from tests.ingest.review.findings import FINDINGS, release


def _first(document: ReviewDocument, kind: str) -> Candidate:
    return next(each for each in document.candidates if each.kind == kind)


def test_quoted_words_outside_of_quotation_marks_are_no_candidate() -> None:
    quoted = [each for each in release().candidates if each.kind == "quotation"]
    assert [each.values["text"] for each in quoted] == ["We expect first results within a year,"]


def test_keys_are_unique_and_stay_if_the_text_before_changes() -> None:
    document = release()
    keys = [each.key for each in document.candidates]
    assert len(set(keys)) == len(keys)
    assert keys == [each.key for each in release("elsewhere").candidates]


def test_a_partner_of_a_similar_name_is_proposed_for_an_alias() -> None:
    document = release()
    found = candidates_of(document.proposal, FINDINGS, lambda name: f"like-{name[:8]}")
    organisation = next(each for each in found if each.kind == "organisation")
    assert choices_of(organisation, "alias_of") == ("like-Northern",)
    assert "startup" in choices_of(organisation, "kind")
    names = {"samsung": "samsung", "example institute": "ei"}
    assert nearest_name("samsung canada", names) == "samsung"
    assert nearest_name("exemple institute", names) == "ei"
    assert nearest_name("northern robotics", names) == ""
    names = {"universite de montreal": "udem", "fondation trottier": "trottier"}
    assert nearest_name("university of montreal", names) == "udem"
    assert nearest_name("trottier foundation", names) == "trottier"
    assert nearest_name("university of toronto", names) == ""


def test_a_step_is_taken_back_as_it_was() -> None:
    document = release()
    session = ReviewSession([document])
    whole = session.remaining()
    figure = _first(document, "figure")
    session.decide(document.id, figure.key, Decision("corrected", {"value": "45"}))
    assert session.values(document.id, figure)["value"] == "45"
    session.decide(document.id, figure.key, Decision("rejected"))
    assert session.remaining() == whole - 1
    assert session.undo() == Subject(document.id, figure.key)
    assert session.values(document.id, figure)["value"] == "45"
    session.undo()
    assert session.remaining() == whole
    assert session.undo() is None


def test_an_organisation_is_decided_in_all_documents_at_once_and_taken_back_so() -> None:
    documents = [release("a"), release("b")]
    session = ReviewSession(documents)
    organisation = _first(documents[0], "organisation")
    assert session.documents_with_name(organisation) == 2
    session.decide("a", organisation.key, Decision("accepted"))
    assert session.decision("b", organisation.key) == Decision("accepted")
    session.undo()
    assert session.decision("b", organisation.key) is None


def test_all_of_a_confidence_are_accepted_if_they_are_complete() -> None:
    document = release()
    session = ReviewSession([document])
    assert session.accept_all(Confidence.CERTAIN, [document]) == 5
    assert {each.confidence for each in session.undecided(document)} == {Confidence.LIKELY}
    assert session.accept_all(Confidence.LIKELY, [document], "figure") == 1
    event = _first(document, "event")
    session.decide(document.id, event.key, Decision("corrected", {"kind": ""}))
    assert "missing" in session.problem(document, event)
    session.undo()
    session.accept_all(Confidence.UNSURE, [document])
    assert session.remaining() == 0


def test_a_document_is_left_out_and_taken_again() -> None:
    documents = [release("a"), release("b")]
    session = ReviewSession(documents)
    session.leave_out("a")
    assert session.is_left_out("a")
    found = session.next_undecided("a", WHOLE)
    assert found is not None
    assert found.document == "b"
    session.leave_out("a")
    assert not session.is_left_out("a")


def test_what_is_decided_about_a_field_is_in_the_document() -> None:
    document = release()
    session = ReviewSession([document])
    fields = [each for each in document.candidates if each.kind == "field"]
    date = next(each for each in fields if "date" in each.values)
    title = next(each for each in fields if "title" in each.values)
    session.decide(document.id, date.key, Decision("rejected"))
    session.decide(document.id, title.key, Decision("corrected", {"title": "Another"}))
    decided = session.document_as_decided(document)
    assert (decided.title, decided.date) == ("Another", "")
    statement = _first(document, "quotation")
    assert "no date" in session.problem(document, statement)


def test_the_next_undecided_one_is_found_round_to_the_beginning() -> None:
    document = release()
    session = ReviewSession([document])
    keys = [each.key for each in document.candidates]
    session.decide(document.id, keys[-1], Decision("accepted"))
    found = session.next_undecided(document.id, keys[-1])
    assert found == Subject(document.id, keys[0])
    figure = session.next_undecided(document.id, keys[0], "figure")
    assert figure is not None
    assert figure.key == _first(document, "figure").key


@pytest.fixture
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.usefixtures("_state")
def test_a_session_goes_on_after_a_crash_in_the_middle_of_a_line(tmp_path: Path) -> None:
    store = SessionStore(tmp_path, ["/a.md"])
    document = release()
    session = ReviewSession([document], store.record)
    session.accept_all(Confidence.CERTAIN, [document])
    figure = document.candidates[-1]
    session.decide(document.id, figure.key, Decision("corrected", {"value": "3 é\ud800"}))
    session.undo()
    store.record_written(document.id, "documents/x.md")
    store.close()
    (journal,) = (tmp_path / "state").rglob("decisions.jsonl")
    journal.write_bytes(journal.read_bytes() + b'{"changes": [{"docum')
    again = SessionStore(tmp_path, ["/a.md"])
    assert again.written == {document.id: "documents/x.md"}
    resumed = _resumed([document], again.steps)
    assert resumed.remaining() == session.remaining()
    assert resumed.verdicts() == session.verdicts()
    again.record([(Subject(document.id, figure.key), Decision("accepted"))])
    again.close()
    assert len(SessionStore(tmp_path, ["/a.md"]).steps) == 4


def _resumed(documents: list[ReviewDocument], steps: list[list[Change]]) -> ReviewSession:
    session = ReviewSession(documents)
    for changes in steps:
        session.replay(changes)
    return session


@pytest.mark.usefixtures("_state")
def test_sessions_are_of_one_archive_and_its_files_and_of_one_process(tmp_path: Path) -> None:
    assert latest_files(tmp_path) == ()
    store = SessionStore(tmp_path, ["/a.md", "/b.md"])
    with pytest.raises(SessionInUseError):
        SessionStore(tmp_path, ["/a.md", "/b.md"])
    assert SessionStore(tmp_path / "other", ["/a.md", "/b.md"]).is_new
    assert latest_files(tmp_path) == ("/a.md", "/b.md")
    with store:
        store.remove()
    assert latest_files(tmp_path) == ()
