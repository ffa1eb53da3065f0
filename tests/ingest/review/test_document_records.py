"""Accepted candidates become records that `milatui check` has nothing to say about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.archive.checks import check
from milatui.archive.loader import LoadedArchive, load_archive
from milatui.archive.records import (
    Document,
    Event,
    Figure,
    Partner,
    Person,
    Record,
    Role,
    Source,
    Statement,
)
from milatui.archive.writer import document_file_text, write_in_archive
from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.findings import FieldFinding, Findings, RelatedDocument
from milatui.ingest.review import record_edits
from milatui.ingest.review.document_records import DocumentRecords
from milatui.ingest.review.record_edits import RecordEdits
from milatui.ingest.review.review_session import Decision, ReviewDocument, ReviewSession
from milatui.ingest.review.source_words import sentence_around, source_of
from tests.ingest.review.findings import BODY, release, span, write_archive

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.archive.kinds import Kind


def _take(root: Path, session: ReviewSession) -> RecordEdits:
    """Writes documents and records, as ``add`` does."""
    edits = RecordEdits(root)
    for reviewed in session:
        document = session.document_as_decided(reviewed)
        path = f"documents/{document.id}.md"
        if not (root / path).exists():
            write_in_archive(root, path, document_file_text(document, document.id), None)
        DocumentRecords(edits, document, path, lambda identifier: identifier == "first").add(
            session.accepted(reviewed)
        )
    edits.write()
    return edits


def _accepted(*documents: ReviewDocument) -> ReviewSession:
    session = ReviewSession(documents)
    session.accept_all(Confidence.UNSURE, documents)
    return session


def _loaded(root: Path) -> LoadedArchive:
    loaded = load_archive(root)
    assert [str(fault) for fault in (*loaded.diagnostics, *check(loaded))] == []
    return loaded


def _only(loaded: LoadedArchive, kind: Kind, identifier: str = "") -> Record:
    (found,) = (each.record for each in loaded.records[kind] if identifier in ("", each.record.id))
    return found


def test_all_that_is_accepted_becomes_records_without_a_fault(tmp_path: Path) -> None:
    root = write_archive(tmp_path)
    assert _take(root, _accepted(release())).refused == []
    loaded = _loaded(root)
    partner = _only(loaded, "partner", "northern-robotics")
    assert isinstance(partner, Partner)
    assert (partner.kind, partner.names[0].value) == ("company", "NR")
    person = _only(loaded, "person")
    assert isinstance(person, Person)
    role = person.roles[0]
    assert (role.title, role.partner, role.as_of) == (
        "director of research",
        "northern-robotics",
        "2024-03-08",
    )
    statement = _only(loaded, "statement")
    assert isinstance(statement, Statement)
    assert (statement.speaker, statement.organisation) == ("zoe-roy", "northern-robotics")
    assert statement.text == "We expect first results within a year,"
    assert statement.source is not None
    assert statement.source.prefix or statement.source.suffix  # the words occur twice
    event = _only(loaded, "event")
    assert isinstance(event, Event)
    assert list(event.partners) == ["example-institute", "northern-robotics"]
    assert (event.kind, event.people) == ("lab-opening", ("zoe-roy",))
    figures = [each.record for each in loaded.records["figure"]]
    assert [
        (each.value, each.unit, each.qualifier) for each in figures if isinstance(each, Figure)
    ] == [("40", "people", "about"), ("2000000", "USD", "exact")]
    assert loaded.records["document"][0].record.subject == (  # type: ignore[union-attr]
        "example-institute",
        "northern-robotics",
    )


def test_files_that_were_there_only_get_what_is_new(tmp_path: Path) -> None:
    root = write_archive(tmp_path)
    mine = root / "people" / "zoe.yaml"
    mine.parent.mkdir()
    mine.write_text("# Mine.\n- id: zoe\n  name: Zoé  Roy  # twice\n\n- id: b\n  name: B\n")
    before = (root / "partners" / "example.yaml").read_bytes()
    _take(root, _accepted(release()))
    assert (root / "partners" / "example.yaml").read_bytes() == before
    text = mine.read_text()
    assert text.startswith("# Mine.\n- id: zoe\n  name: Zoé  Roy  # twice\n  roles:\n  - title: ")
    assert text.endswith("\n\n- id: b\n  name: B\n")
    assert len(_loaded(root).records["person"]) == 2


def test_the_same_candidates_make_nothing_a_second_time(tmp_path: Path) -> None:
    root = write_archive(tmp_path)
    _take(root, _accepted(release()))
    before = {path: path.read_bytes() for path in root.rglob("*.*")}
    assert _take(root, _accepted(release())).refused == []
    assert {path: path.read_bytes() for path in root.rglob("*.*")} == before


def test_documents_share_the_partner_that_one_of_them_makes(tmp_path: Path) -> None:
    root = write_archive(tmp_path)
    _take(root, _accepted(release("a"), release("b")))
    loaded = _loaded(root)
    assert len(loaded.records["partner"]) == 2
    assert len(loaded.records["person"]) == 1
    assert {each.record.id for each in loaded.records["event"]} == {
        "northern-robotics-opens-a-laboratory",
        "northern-robotics-opens-a-laboratory-2",
    }


def test_an_organisation_becomes_an_alias_of_a_partner(tmp_path: Path) -> None:
    root = write_archive(tmp_path)
    document = release()
    session = ReviewSession([document])
    organisation = next(each for each in document.candidates if each.kind == "organisation")
    corrected = Decision("corrected", {"alias_of": "example-institute", "also": ""})
    session.decide(document.id, organisation.key, corrected)
    _take(root, session)
    partner = _only(_loaded(root), "partner")
    assert isinstance(partner, Partner)
    assert [(each.value, each.source) for each in partner.names] == [
        ("Northern Robotics", "north-lab")
    ]
    assert "relation: home   # of this archive" in (root / "partners/example.yaml").read_text()


def test_an_organisation_that_has_another_name_of_a_partner_is_that_partner(
    tmp_path: Path,
) -> None:
    root = write_archive(tmp_path)
    document = release()
    session = ReviewSession([document])
    organisation = next(each for each in document.candidates if each.kind == "organisation")
    corrected = Decision("corrected", {"also": "Example Institute"})
    session.decide(document.id, organisation.key, corrected)
    _take(root, session)
    partner = _only(_loaded(root), "partner")
    assert isinstance(partner, Partner)
    assert [each.value for each in partner.names] == ["Northern Robotics"]


def test_what_cannot_become_a_record_is_refused_with_its_reason(tmp_path: Path) -> None:
    root = write_archive(tmp_path)
    document = release()
    session = ReviewSession([document])
    organisation = next(each for each in document.candidates if each.kind == "organisation")
    session.decide(document.id, organisation.key, Decision("corrected", {"alias_of": "nobody"}))
    (refused,) = _take(root, session).refused
    assert "nobody" in refused
    _loaded(root)


def test_sources_quote_sentences_without_markdown_and_name_a_passage_alone() -> None:
    first = sentence_around(BODY, span("Northern Robotics"))
    assert source_of("d", BODY, *first) == Source(
        "d", "The Example Institute and Northern Robotics open a laboratory today."
    )
    words = span("We expect first results within a year,", 2)
    source = source_of("d", BODY, *words)
    assert source is not None
    assert source.prefix.endswith("“") or source.suffix
    assert source_of("d", BODY, 0, 0) is None


def test_a_document_names_the_one_that_it_follows_if_that_is_there(tmp_path: Path) -> None:
    root = write_archive(tmp_path)
    first = Document("first", "F", "F.", date="2024-03-01")
    write_in_archive(root, "documents/first.md", document_file_text(first, "first"), None)
    kept = release("kept", Findings(related=(_follows("first"),)))
    refused = release("refused", Findings(related=(_follows("nobody"),)))
    for document in (kept, refused):
        plain = document.proposal.document
        path = f"documents/{plain.id}.md"
        write_in_archive(root, path, document_file_text(plain, plain.id), None)
        edits = RecordEdits(root)
        records = DocumentRecords(edits, plain, path, lambda identifier: identifier == "first")
        records.add(_accepted(document).accepted(document))
        edits.write()
        assert bool(edits.refused) is (document is refused)
    assert "follows: first\n" in (root / "documents" / "kept.md").read_text()
    _loaded(root)


def _follows(identifier: str) -> RelatedDocument:
    return RelatedDocument("follows", identifier, None, Confidence.LIKELY)


def test_values_of_a_document_that_is_there_are_set_if_it_lacks_them_or_they_were_corrected(
    tmp_path: Path,
) -> None:
    root = write_archive(tmp_path)
    found = FieldFinding("type", "press-release", None, Confidence.LIKELY)
    document = release("there", Findings(fields=(found,)))
    _take(root, ReviewSession([document]))
    session = _accepted(document)
    title = next(each for each in document.candidates if "title" in each.values)
    session.decide("there", title.key, Decision("corrected", {"title": "Another: title"}))
    plain = document.proposal.document
    edits = RecordEdits(root)
    DocumentRecords(edits, plain, "documents/there.md", lambda _id: False).add(
        session.accepted(document)
    )
    edits.write()
    text = (root / "documents" / "there.md").read_text()
    assert text.startswith("---\ntitle: 'Another: title'\ndate: ")
    assert "type: press-release\n" in text
    _loaded(root)


def test_records_of_many_documents_come_many_into_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_edits, "MAX_GROUPED", 3)
    root = write_archive(tmp_path)
    (root / "people").mkdir(exist_ok=True)
    (root / "people" / "part-001.yaml").write_text("- id: there\n  name: There\n")
    edits = RecordEdits(root)
    for number in range(4):
        edits.make(Person(f"p-{number}", f"Person {number}"), f"p-{number}")
    role = Role("CEO", organisation="Acme")
    _give_role(edits, "p-0", role)
    assert edits.write(grouped=True) == ["people/part-002.yaml", "people/part-003.yaml"]
    edits.make(Person("p-4", "Person 4"), "p-4")
    for identifier in ("p-1", "there"):
        _give_role(edits, identifier, role)
    assert len(edits.write(grouped=True)) == 3
    edits.make(Person("p-5", "Person 5"), "p-5")
    assert edits.write() == ["people/p-5.yaml"]
    files = {path.name: path.read_text() for path in (root / "people").glob("p*.yaml")}
    assert [text.count("- id: ") for _name, text in sorted(files.items())] == [1, 1, 3, 2]
    people = [each.record for each in load_archive(root).records["person"]]
    with_role = {each.id for each in people if isinstance(each, Person) and each.roles}
    assert with_role == {"p-0", "p-1", "there"}


def _give_role(edits: RecordEdits, identifier: str, role: Role) -> None:
    person = edits.person(identifier)
    assert person is not None
    edits.append_role(person, role)
