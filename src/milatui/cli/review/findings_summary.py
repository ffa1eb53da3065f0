"""Counts what was recognised in documents, for the summary of ``add`` and its JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _, ngettext
from milatui.ingest.confidence import Confidence
from milatui.ingest.review.candidate import CANDIDATE_KINDS, missing_value

if TYPE_CHECKING:
    from milatui.cli.output import Json
    from milatui.ingest.review.candidate import Candidate, CandidateKind
    from milatui.ingest.review.review_session import ReviewDocument


class FindingsSummary:
    """Counts candidates by kind and confidence, and those that lack a value."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[CandidateKind, Confidence]] = Counter()
        self._incomplete: Counter[CandidateKind] = Counter()

    def add(self, document: ReviewDocument) -> None:
        """Counts the candidates of a document; those of its own fields are not findings."""
        for each in document.candidates:
            if each.kind != "field":
                self._counts[each.kind, each.confidence] += 1
                lacks = missing_value(each, each.values, document.proposal.document)
                self._incomplete[each.kind] += bool(lacks)

    def lines(self) -> list[str]:
        """Returns a line for each kind that was recognised, by confidence.

        What lacks a value becomes a record only when the review has given it one.
        """
        lines = []
        for kind in CANDIDATE_KINDS:
            counts = {each: self._counts[kind, each] for each in sorted(Confidence, reverse=True)}
            total = sum(counts.values())
            if total:
                parts = [
                    f"{format_count(number)} {confidence_label(confidence)}"
                    for confidence, number in counts.items()
                    if number
                ]
                lacking = self._incomplete[kind]
                if lacking:
                    form = ngettext("{n} lacks a value", "{n} lack a value", lacking)
                    parts.append(form.format(n=format_count(lacking)))
                lines.append(f"{kind_count(kind, total)}: {', '.join(parts)}")
        return lines


def confidence_label(confidence: Confidence) -> str:
    """Returns the word for a confidence in the interface language."""
    return {
        Confidence.CERTAIN: _("certain"),
        Confidence.LIKELY: _("likely"),
        Confidence.UNSURE: _("unsure"),
    }[confidence]


def kind_count(kind: CandidateKind, number: int) -> str:
    """Formats a number of candidates of a kind."""
    forms = {
        "event": ngettext("{n} event", "{n} events", number),
        "partner": ngettext("{n} partner", "{n} partners", number),
        "organisation": ngettext(
            "{n} organisation without a record", "{n} organisations without a record", number
        ),
        "person": ngettext("{n} person", "{n} people", number),
        "quotation": ngettext("{n} quotation", "{n} quotations", number),
        "figure": ngettext("{n} figure", "{n} figures", number),
        "related": ngettext("{n} related document", "{n} related documents", number),
    }
    form = forms.get(kind, ngettext("{n} value", "{n} values", number))
    return form.format(n=format_count(number))


def candidate_json(candidate: Candidate, body: str) -> dict[str, Json]:
    """Returns a candidate as JSON, with the words at its first span.

    Args:
        candidate: The candidate.
        body: The text of its document.
    """
    span = candidate.spans[0] if candidate.spans else None
    return {
        "key": candidate.key,
        "kind": candidate.kind,
        "confidence": candidate.confidence.word,
        "values": dict(candidate.values),
        "links": dict(candidate.links),
        "record": candidate.target,
        "words": body[span.start : span.end] if span else "",
        "spans": [list(each) for each in candidate.spans],
    }
