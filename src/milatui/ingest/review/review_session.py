"""Keeps the decisions of a review: accept, correct, reject, undo; knows no file and no screen."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

from milatui.ingest.review.candidate import missing_value, name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from milatui.archive.records import Document
    from milatui.ingest.confidence import Confidence
    from milatui.ingest.proposal import Proposal
    from milatui.ingest.review.candidate import Candidate, CandidateKind

Verdict = Literal["accepted", "corrected", "rejected"]
WHOLE: str = ""
"""The key that stands for a document itself, not for one of its candidates."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a candidate; ``values`` are those that were corrected."""

    verdict: Verdict
    values: Mapping[str, str] = field(default_factory=dict)


class Subject(NamedTuple):
    """What a decision is about: the id of a document, and the key of a candidate."""

    document: str
    key: str


Change = tuple[Subject, Decision | None]
"""A decision, or none any more."""


@dataclass(frozen=True, slots=True)
class ReviewDocument:
    """A document under review.

    Attributes:
        proposal: The document as it would be written.
        candidates: What was recognised in it.
        path: Its path in the archive, if it is there already; else empty.
    """

    proposal: Proposal
    candidates: tuple[Candidate, ...]
    path: str = ""

    @property
    def id(self) -> str:
        """The id of the document."""
        return self.proposal.document.id


class ReviewSession:
    """The decisions about the documents of one ``add``.

    Of the documents only what is decided about them is kept; they are asked for again and again.

    Args:
        documents: The documents under review.
        record: Called with the changes of each step, before they count; it may write them down.
            An undone step is given as the changes that take it back.
    """

    def __init__(
        self,
        documents: Sequence[ReviewDocument],
        record: Callable[[Sequence[Change]], None] = lambda changes: None,
    ) -> None:
        self.documents = documents
        self._record = record
        self._decisions: dict[Subject, Decision] = {}
        self._steps: list[list[Change]] = []
        self._numbers: dict[str, int] = {}
        self._left: list[int] = []
        self._verdicts: Counter[Verdict] = Counter()
        self._same_name: dict[str, list[Subject]] = {}
        for number, document in enumerate(documents):
            self._numbers[document.id] = number
            self._left.append(len(document.candidates))
            for candidate in document.candidates:
                if candidate.kind == "organisation":
                    subject = Subject(document.id, candidate.key)
                    name = name_key(candidate.values["name"])
                    self._same_name.setdefault(name, []).append(subject)
        self._remaining = sum(self._left)

    # Asking ------------------------------------------------------------------------------

    def number_of(self, document: str) -> int | None:
        """Returns the number of a document in ``documents``; None if it is not under review."""
        return self._numbers.get(document)

    def decision(self, document: str, key: str) -> Decision | None:
        """Returns what was decided about a candidate; None if nothing yet."""
        return self._decisions.get(Subject(document, key))

    def is_left_out(self, document: str) -> bool:
        """Returns whether a whole document was rejected."""
        return Subject(document, WHOLE) in self._decisions

    def values(self, document: str, candidate: Candidate) -> Mapping[str, str]:
        """Returns the values of a candidate with the corrections."""
        decision = self.decision(document, candidate.key)
        return {**candidate.values, **decision.values} if decision else candidate.values

    def problem(self, document: ReviewDocument, candidate: Candidate) -> str:
        """Returns why a candidate cannot be accepted as it is; empty if it can."""
        values = self.values(document.id, candidate)
        return missing_value(candidate, values, self.document_as_decided(document))

    def document_as_decided(self, document: ReviewDocument) -> Document:
        """Returns a document with the decisions about its own fields."""
        changed: dict[str, str] = {}
        for candidate in document.candidates:
            decision = self.decision(document.id, candidate.key)
            if candidate.kind == "field":
                for name in candidate.values:
                    rejected = decision is not None and decision.verdict == "rejected"
                    value = "" if rejected else self.values(document.id, candidate)[name]
                    if name != "title" or value:
                        changed[name] = value
            elif candidate.kind == "related" and decision and decision.verdict != "rejected":
                values = self.values(document.id, candidate)
                changed[values["relation"]] = values["document"]
        return with_fields(document.proposal.document, changed)

    def proposal_as_decided(self, document: ReviewDocument) -> Proposal:
        """Returns the proposal of a document with the decisions about its own fields."""
        return replace(document.proposal, document=self.document_as_decided(document))

    def undecided(self, document: ReviewDocument) -> list[Candidate]:
        """Returns the candidates of a document that nothing was decided about."""
        if self.is_left_out(document.id):
            return []
        return [
            candidate
            for candidate in document.candidates
            if Subject(document.id, candidate.key) not in self._decisions
        ]

    def accepted(self, document: ReviewDocument) -> list[tuple[Candidate, Mapping[str, str]]]:
        """Returns the accepted candidates of a document, each with its values.

        Returns:
            Candidates and their values by name, corrections included.
        """
        found = []
        for candidate in document.candidates:
            decision = self.decision(document.id, candidate.key)
            if decision is not None and decision.verdict != "rejected":
                found.append((candidate, self.values(document.id, candidate)))
        return found

    def remaining(self) -> int:
        """Returns the number of candidates that nothing was decided about."""
        return self._remaining

    def verdicts(self) -> Counter[Verdict]:
        """Returns how many candidates were accepted, corrected and rejected."""
        return self._verdicts

    def documents_with_name(self, candidate: Candidate) -> int:
        """Returns how many documents name the organisation of a candidate."""
        return len(self._same_name.get(name_key(candidate.values.get("name", "")), ()))

    def next_undecided(
        self, document: str, key: str, kind: CandidateKind | None = None
    ) -> Subject | None:
        """Returns the first undecided candidate after one, round to those before it.

        Args:
            document: Where to begin: the id of a document.
            key: The key of a candidate in it.
            kind: The only kind that counts; None for all.
        """
        start = self._numbers.get(document, 0)
        for number in range(len(self._left) + 1):
            at_document = (start + number) % len(self._left)
            if not self._left[at_document]:
                continue
            each = self.documents[at_document]
            keys = [one.key for one in each.candidates if kind in (None, one.kind)]
            if each.id == document and key in keys:
                # The first time what comes after it, the last time what comes before it.
                at = keys.index(key) + 1
                keys = keys[at:] if number == 0 else keys[:at]
            for found in keys:
                if Subject(each.id, found) not in self._decisions:
                    return Subject(each.id, found)
        return None

    # Deciding ----------------------------------------------------------------------------

    def decide(self, document: str, key: str, decision: Decision) -> None:
        """Decides about a candidate; about an organisation everywhere where it is undecided."""
        subject = Subject(document, key)
        changes: list[Change] = [(subject, decision)]
        candidate = self._candidate(subject)
        if candidate is not None and candidate.kind == "organisation":
            changes += [
                (other, decision)
                for other in self._same_name[name_key(candidate.values["name"])]
                if other != subject and other not in self._decisions
            ]
        self._apply(changes)

    def leave_out(self, document: str) -> None:
        """Rejects a whole document, or takes it again."""
        subject = Subject(document, WHOLE)
        taken = subject in self._decisions
        self._apply([(subject, None if taken else Decision("rejected"))])

    def accept_all(
        self,
        confidence: Confidence,
        documents: Sequence[ReviewDocument],
        kind: CandidateKind | None = None,
    ) -> int:
        """Accepts what is at least so sure, undecided, and complete; returns how many."""
        changes: list[Change] = [
            (Subject(document.id, candidate.key), Decision("accepted"))
            for document in documents
            for candidate in self.undecided(document)
            if candidate.confidence >= confidence
            and kind in (None, candidate.kind)
            and not self.problem(document, candidate)
        ]
        if changes:
            self._apply(changes)
        return len(changes)

    def undo(self) -> Subject | None:
        """Undoes the last step; returns what it was about, None if there is no step."""
        if not self._steps:
            return None
        back = self._steps[-1]
        self._record(back)
        del self._steps[-1]
        self._set(back)
        return back[0][0]

    def replay(self, changes: Sequence[Change]) -> None:
        """Takes over what an earlier session recorded, and records nothing."""
        self._steps.append([(subject, self._decisions.get(subject)) for subject, _new in changes])
        self._set(changes)

    def _apply(self, changes: Sequence[Change]) -> None:
        self._record(changes)
        self.replay(changes)

    def _set(self, changes: Sequence[Change]) -> None:
        for subject, decision in changes:
            old = self._decisions.pop(subject, None)
            if decision is not None:
                self._decisions[subject] = decision
            if subject.key != WHOLE:
                if old is not None:
                    self._verdicts[old.verdict] -= 1
                if decision is not None:
                    self._verdicts[decision.verdict] += 1
        for identifier in {subject.document for subject, _decision in changes}:
            number = self.number_of(identifier)
            if number is not None:
                left = len(self.undecided(self.documents[number]))
                self._remaining += left - self._left[number]
                self._left[number] = left

    def _candidate(self, subject: Subject) -> Candidate | None:
        number = self.number_of(subject.document)
        candidates = self.documents[number].candidates if number is not None else ()
        return next((each for each in candidates if each.key == subject.key), None)

    def __iter__(self) -> Iterator[ReviewDocument]:
        return iter(self.documents)


def with_fields(document: Document, values: Mapping[str, str]) -> Document:
    """Returns a document with other values of the fields that a review may change.

    Args:
        document: The document.
        values: The new values by field; others than those fields are left aside.
    """
    return replace(
        document,
        title=values.get("title", document.title),
        date=values.get("date", document.date),
        language=values.get("language", document.language),
        publisher=values.get("publisher", document.publisher),
        type=values.get("type", document.type),
        source=values.get("source", document.source),
        translation_of=values.get("translation_of", document.translation_of),
        version_of=values.get("version_of", document.version_of),
        follows=values.get("follows", document.follows),
    )
