"""Lays out the candidates of a document as rows: groups, candidates, values of the current one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from milatui.i18n import _
from milatui.ingest.confidence import Confidence
from milatui.ingest.review.candidate import CANDIDATE_KINDS, value_label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.ingest.review.candidate import Candidate, CandidateKind
    from milatui.ingest.review.review_session import ReviewDocument, ReviewSession, Verdict

SIGNS: Final[dict[Verdict | None, str]] = {
    None: " ",
    "accepted": "+",
    "corrected": "~",
    "rejected": "-",
}
"""What stands before a candidate: nothing until it is decided."""
_HUES: Final = {
    "event": "place",
    "partner": "partnership",
    "organisation": "partnership",
    "person": "people",
    "quotation": "publication",
    "figure": "money",
}


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """A row of the list.

    Attributes:
        shape: The heading of a kind, a candidate, a value of the current one, what that makes, or
            what it lacks.
        label: The heading, the headline, the name of the value, or the remark.
        text: The rest: how many are undecided, what it makes, or the value itself.
        candidate: The candidate; of a heading its first one.
        verdict: What was decided about it.
        value: The name of the value.
    """

    shape: Literal["heading", "candidate", "value", "makes", "remark"]
    label: str
    text: str
    candidate: Candidate
    verdict: Verdict | None = None
    value: str = ""


def lay_out_rows(
    session: ReviewSession,
    document: ReviewDocument,
    current: str,
    kind: CandidateKind | None = None,
) -> list[CandidateRow]:
    """Returns the rows of a document's candidates.

    Args:
        session: The decisions.
        document: The document.
        current: The key of the candidate under the cursor, whose values are shown.
        kind: The only kind that is shown; None for all.
    """
    rows: list[CandidateRow] = []
    for each in CANDIDATE_KINDS:
        candidates = [one for one in document.candidates if one.kind == each]
        if not candidates or kind not in (None, each):
            continue
        left = sum(session.decision(document.id, one.key) is None for one in candidates)
        form = _("{left} left") if left == len(candidates) else _("{left} of {n} left")
        count = form.format(left=left, n=len(candidates)) if left else ""
        rows.append(CandidateRow("heading", kind_heading(each), count, candidates[0]))
        for candidate in candidates:
            rows += _candidate_rows(session, document, candidate, candidate.key == current)
    return rows


def _candidate_rows(
    session: ReviewSession, document: ReviewDocument, candidate: Candidate, current: bool
) -> list[CandidateRow]:
    decision = session.decision(document.id, candidate.key)
    verdict = decision.verdict if decision else None
    values = session.values(document.id, candidate)
    headline = next((value for value in values.values() if value), "")
    if candidate.kind == "figure":
        amount = f"{values['value']} {values['unit']}".strip()
        headline = _labelled(values["measure"], amount) if values["measure"] else amount
    elif candidate.kind == "person" and values["role"]:
        headline = f"{values['name']}, {values['role']}"
    elif candidate.kind == "field":
        name = next(iter(candidate.values))
        headline = _labelled(value_label(name), headline)
    rows = [
        CandidateRow("candidate", headline, record_label(session, candidate), candidate, verdict)
    ]
    if current:
        rows += [
            CandidateRow("value", value_label(name), value, candidate, verdict, name)
            for name, value in values.items()
        ]
        rows.append(CandidateRow("makes", _("makes"), rows[0].text, candidate, verdict))
        problem = session.problem(document, candidate)
        if problem and verdict != "rejected":
            rows.append(CandidateRow("remark", problem, "", candidate, verdict))
    return rows


def _labelled(label: str, value: str) -> str:
    return _("{label}: {value}").format(label=label, value=value)


def record_label(session: ReviewSession, candidate: Candidate) -> str:
    """Returns what a candidate makes or extends."""
    if candidate.kind == "organisation":
        count = session.documents_with_name(candidate)
        label = _("new partner, in {n} documents").format(n=count) if count > 1 else ""
        label = label or _("new partner")
        nearest = candidate.links.get("nearest", "")
        like = _("like {partner}").format(partner=nearest) if nearest else ""
        return f"{label}, {like}" if like else label
    if candidate.target:
        return f"→ {candidate.target}"
    return {
        "field": _("the document"),
        "event": _("new event"),
        "partner": _("the document"),
        "person": _("new person"),
        "quotation": _("new statement"),
        "figure": _("new figure"),
        "related": _("the document"),
    }[candidate.kind]


def kind_heading(kind: CandidateKind) -> str:
    """Returns the heading of the candidates of a kind."""
    return {
        "field": _("Document"),
        "event": _("Events"),
        "partner": _("Partners"),
        "organisation": _("Organisations without a record"),
        "person": _("People"),
        "quotation": _("Quotations"),
        "figure": _("Figures"),
        "related": _("Related documents"),
    }[kind]


def confidence_word(confidence: Confidence) -> str:
    """Returns the word for a confidence."""
    return {
        Confidence.CERTAIN: _("certain"),
        Confidence.LIKELY: _("likely"),
        Confidence.UNSURE: _("unsure"),
    }[confidence]


def hue(kind: CandidateKind) -> str:
    """Returns the role of the theme for the passages of a kind."""
    return _HUES.get(kind, "accent")


def keys_in_order(rows: Sequence[CandidateRow]) -> list[str]:
    """Returns the keys of the candidates that are shown."""
    return [row.candidate.key for row in rows if row.shape == "candidate"]
