"""Defines review candidates: findings as proposals that a person accepts, corrects or rejects."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Final, Literal

from milatui.archive.edtf import is_edtf
from milatui.archive.schema import EVENT_KINDS, PARTNER_KINDS, QUALIFIERS
from milatui.i18n import _
from milatui.index.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from milatui.archive.records import Document
    from milatui.ingest.confidence import Confidence
    from milatui.ingest.proposal import Proposal
    from milatui.ingest.recognise.findings import (
        EventFinding,
        FigureFinding,
        Findings,
        OrganisationMention,
        PersonFinding,
        PersonRole,
        QuotationFinding,
        TextSpan,
    )

CandidateKind = Literal[
    "field", "event", "partner", "organisation", "person", "quotation", "figure", "related"
]
CANDIDATE_KINDS: Final[tuple[CandidateKind, ...]] = (
    "field",
    "event",
    "partner",
    "organisation",
    "person",
    "quotation",
    "figure",
    "related",
)
"""The kinds in the order in which they are shown."""
_OPENING: Final = "\"“„«‹‘'\N{LEFT DOUBLE QUOTATION MARK}"
_CLOSING: Final = "\"”“»›’'"
_LEGAL_FORM: Final = (
    "inc|incorporated|ltd|limited|ltee|llc|llp|corp|corporation|company|gmbh|plc|sas|sarl|s\\.?a"
    "|a/s|n\\.?v|b\\.?v|oyj?"
)
_BUSINESS: Final = (
    "bank|banque|group|groupe|holdings?|industries|enterprises|technolog(?:y|ies)|systems|software"
    "|solutions|robotics|pharma|pharmaceuticals?|motors|therapeutics|biosciences|biotech|genomics"
    "|airlines|insurance|assurances|studios|brands|logistics|telecom|interactive|entertainment"
)
_KIND_OF_NAME: Final = (
    ("university", r"universit|college|cegep|polytechnique|\bhec\b|\becole\b|\bschool of\b"),
    ("research-institute", r"institut|\bcentre\b|\bcenter\b|laborator|research council"),
    (
        "public-body",
        r"government|gouvernement|minist|agency|agence|\bdepartment of\b|\bcity of\b|\bville de\b",
    ),
    ("funder", r"\bfund\b|\bfonds\b|foundation|fondation"),
    ("investor", r"\bventures?\b|\bcapital\b"),
    ("network", r"association|alliance|network|reseau|consortium|society|federation|coalition"),
    ("company", rf"(?<![\w.])(?:{_LEGAL_FORM})(?!\w)|\b(?:{_BUSINESS})$"),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposal about one document.

    Attributes:
        key: Names the finding within its document; it stays if the text around it changes.
        kind: What kind of finding it is.
        confidence: How sure it is.
        spans: Where the body says it, the most telling place first.
        values: What would be written, by name; a person may correct each of them.
        links: Ids of records that values refer to.
        target: The id of the record that it extends; empty if it makes one.
    """

    key: str
    kind: CandidateKind
    confidence: Confidence
    spans: tuple[TextSpan, ...]
    values: Mapping[str, str]
    links: Mapping[str, str] = field(default_factory=dict)
    target: str = ""

    @property
    def headline(self) -> str:
        """The value that names it in a list."""
        return next((value for value in self.values.values() if value), "")


def candidates_of(
    proposal: Proposal, findings: Findings, nearest: Callable[[str], str] = lambda name: ""
) -> tuple[Candidate, ...]:
    """Returns the candidates of a document, in the order of their kinds and of the text.

    Args:
        proposal: The document.
        findings: What was recognised in it.
        nearest: Returns the id of the partner whose name is most like a name.
    """
    found: list[Candidate] = []
    seen: set[str] = set()
    for candidate in _candidates(proposal, findings, nearest):
        key = candidate.key
        number = 1
        while key in seen:
            number += 1
            key = f"{candidate.key}-{number}"
        seen.add(key)
        found.append(
            Candidate(
                key,
                candidate.kind,
                candidate.confidence,
                candidate.spans,
                candidate.values,
                candidate.links,
                candidate.target,
            )
        )
    return tuple(sorted(found, key=lambda each: CANDIDATE_KINDS.index(each.kind)))


def _candidates(
    proposal: Proposal, findings: Findings, nearest: Callable[[str], str]
) -> Iterator[Candidate]:
    document = proposal.document
    for name, how in proposal.recognised.items():
        if name != "id":
            value = str(getattr(document, name, ""))
            spans = (how.span,) if how.span else ()
            yield _candidate("field", how.confidence, spans, {name: value})
    for each in findings.fields:
        present = str(getattr(document, each.field, ""))
        if each.field != "dateline" and not present and each.value:
            spans = (each.span,) if each.span else ()
            yield _candidate("field", each.confidence, spans, {each.field: each.value})
    for event in findings.events:
        yield _event(event, document)
    for partner in findings.partners:
        yield _candidate(
            "partner",
            partner.confidence,
            partner.mentions or (partner.span,),
            {"name": partner.name},
            target=partner.partner,
        )
    for organisation in findings.organisations:
        yield _organisation(organisation, nearest(organisation.name))
    for person in findings.people:
        for role in person.roles or (None,):
            yield _person(person, role)
    for quotation in findings.quotations:
        if is_quoted(document.body, quotation.span):
            yield _quotation(quotation)
    for figure in findings.figures:
        yield _figure(figure)
    for related in findings.related:
        spans = (related.span,) if related.span else ()
        values = {"document": related.document, "relation": related.relation}
        yield _candidate("related", related.confidence, spans, values)


def _candidate(
    kind: CandidateKind,
    confidence: Confidence,
    spans: tuple[TextSpan, ...],
    values: Mapping[str, str],
    links: Mapping[str, str] | None = None,
    target: str = "",
) -> Candidate:
    words = "\0".join((kind, *values, *values.values()))
    digest = blake2b(words.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return Candidate(f"{kind}-{digest}", kind, confidence, spans, values, links or {}, target)


def _event(event: EventFinding, document: Document) -> Candidate:
    values = {
        "title": event.title,
        "kind": event.kind,
        "date": event.date or document.date,
        "partners": "; ".join((*event.partners, *event.organisations)),
        "people": "; ".join(event.people),
    }
    return _candidate("event", event.confidence, (event.span,) if event.span else (), values)


def _organisation(organisation: OrganisationMention, nearest: str) -> Candidate:
    values = {
        "name": organisation.name,
        "kind": guess_partner_kind(organisation.name),
        "also": "; ".join(organisation.short_names),
        "alias_of": "",
    }
    spans = organisation.mentions or (organisation.span,)
    links = {"nearest": nearest} if nearest else {}
    return _candidate("organisation", organisation.confidence, spans, values, links)


def _person(person: PersonFinding, role: PersonRole | None) -> Candidate:
    """Returns the candidate of a person in one of their roles."""
    values = {
        "name": person.name,
        "role": role.title if role else "",
        "organisation": role.organisation if role else "",
        "credentials": person.credentials,
    }
    role_spans = (role.span,) if role else ()
    mentions = person.mentions or (person.span,)
    links = {"partner": role.partner} if role and role.partner else {}
    spans = (*role_spans, *(each for each in mentions if each not in role_spans))
    return _candidate("person", person.confidence, spans, values, links, person.person)


def _quotation(quotation: QuotationFinding) -> Candidate:
    speaker = (quotation.speaker_span,) if quotation.speaker_span else ()
    values = {"text": quotation.words, "speaker": quotation.speaker, "about": ""}
    links = {"person": quotation.person} if quotation.person else {}
    return _candidate("quotation", quotation.confidence, (quotation.span, *speaker), values, links)


def _figure(figure: FigureFinding) -> Candidate:
    value = figure.value
    if figure.upper:
        value = _("{lower} to {upper}").format(lower=figure.value, upper=figure.upper)
    values = {
        "measure": figure.measure,
        "value": value,
        "unit": figure.currency or figure.unit,
        "qualifier": figure.qualifier,
        "as_of": figure.as_of,
    }
    links = {"partner": figure.partner} if figure.partner else {}
    return _candidate("figure", figure.confidence, (figure.span,), values, links)


def is_quoted(body: str, span: TextSpan) -> bool:
    """Returns whether a passage stands within quotation marks: only then are its words published.

    Marks may be set off by spaces, as in French.
    """
    before = body[: span.start].rstrip()[-1:]
    after = body[span.end :].lstrip()[:1] or body[span.start : span.end].rstrip()[-1:]
    return bool(before) and before in _OPENING and (after in _CLOSING or not after.isalnum())


def guess_partner_kind(name: str) -> str:
    """Returns the kind of partner that a name sounds like; ``organisation`` if it shows none."""
    folded = fold(name)
    return next((kind for kind, form in _KIND_OF_NAME if re.search(form, folded)), "organisation")


def name_key(name: str) -> str:
    """Returns the form of a name by which the same one is found again."""
    return " ".join(re.findall(r"[^\W_]+", fold(name)))


def missing_value(candidate: Candidate, values: Mapping[str, str], document: Document) -> str:
    """Returns why no record can be made of a candidate's values as they are; empty if one can.

    Args:
        candidate: The candidate.
        values: Its values, corrected or not.
        document: The document that it is about.
    """
    needed = {
        "organisation": ("name", "kind"),
        "person": ("name",),
        "quotation": ("text", "speaker"),
        "figure": ("measure", "value", "unit"),
        "event": ("title", "kind", "date"),
        "related": ("document", "relation"),
    }.get(candidate.kind, ())
    for name in needed:
        if not values.get(name, "").strip() and not (name == "kind" and values.get("alias_of")):
            return _("{value} is missing: correct it first").format(value=value_label(name))
    if candidate.kind == "quotation" and not document.date:
        return _("the document has no date, so the statement would have none")
    if candidate.kind == "person" and values.get("role") and not values.get("organisation"):
        return _("{value} is missing: correct it first").format(value=value_label("organisation"))
    for name, choices in (("kind", _kinds(candidate)), ("qualifier", QUALIFIERS)):
        if choices and values.get(name) and values[name] not in choices:
            message = _("“{text}” is not one of: {values}")
            return message.format(text=values[name], values=", ".join(choices))
    for name in ("date", "as_of"):
        if values.get(name) and not is_edtf(values[name]):
            return _("“{text}” is not a date (EDTF, like 2024-03-08)").format(text=values[name])
    return ""


def choices_of(candidate: Candidate, name: str) -> tuple[str, ...]:
    """Returns the texts that a value of a candidate may be, or is likely to be; none for all.

    Args:
        candidate: The candidate.
        name: The name of the value.
    """
    if name == "alias_of":
        nearest = candidate.links.get("nearest", "")
        return (nearest,) if nearest else ()
    return _kinds(candidate) if name == "kind" else QUALIFIERS if name == "qualifier" else ()


def _kinds(candidate: Candidate) -> tuple[str, ...]:
    by_kind = {"organisation": PARTNER_KINDS, "event": EVENT_KINDS}
    return by_kind.get(candidate.kind, ())


def value_label(name: str) -> str:
    """Returns the label of a value of a candidate in the interface language."""
    return {
        "title": _("title"),
        "date": _("date"),
        "language": _("language"),
        "publisher": _("publisher"),
        "type": _("type"),
        "name": _("name"),
        "kind": _("kind"),
        "also": _("also called"),
        "alias_of": _("alias of"),
        "role": _("role"),
        "organisation": _("organisation"),
        "credentials": _("credentials"),
        "text": _("words"),
        "speaker": _("speaker"),
        "about": _("about"),
        "measure": _("measure"),
        "value": _("value"),
        "unit": _("unit"),
        "qualifier": _("qualifier"),
        "as_of": _("as of"),
        "partners": _("partners"),
        "people": _("people"),
        "document": _("document"),
        "relation": _("relation"),
        "source": _("source"),
    }.get(name, name)
