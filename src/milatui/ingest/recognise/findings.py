"""Defines findings: what was recognised in a document, where it stands there, and how sure it is.

All spans are in characters of ``document.body``, as Python counts them.  The texts of a finding
(``name``, ``words``, ``title``) are as they read: without Markdown signs and line breaks, which
the body may have within the span.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from milatui.ingest.confidence import Confidence


class TextSpan(NamedTuple):
    """A passage of the body: ``start`` (included) to ``end`` (not)."""

    start: int
    end: int


DocumentField: TypeAlias = Literal["dateline", "publisher", "type"]


@dataclass(frozen=True, slots=True)
class FieldFinding:
    """A value of the document itself; ``span`` is None where no passage alone says it.

    The places of a dateline are separated by semicolons.
    """

    field: DocumentField
    value: str
    span: TextSpan | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class PartnerMention:
    """A partner of the archive that the document names.

    Attributes:
        partner: The id of its record.
        name: The name as it stands at ``span``.
        span: Where it is named first.
        mentions: Where it is named, ``span`` included, in the order of the text.
    """

    partner: str
    name: str
    span: TextSpan
    confidence: Confidence
    mentions: tuple[TextSpan, ...]


@dataclass(frozen=True, slots=True)
class OrganisationMention:
    """An organisation that no record of the archive has.

    Attributes:
        name: The fullest form of its name in the document, without a description behind a dash.
        span: Where that stands first.
        mentions: Where it is named, ``span`` included, in the order of the text.
        short_names: Other forms that the document uses for it, such as an acronym in brackets.
    """

    name: str
    span: TextSpan
    confidence: Confidence
    mentions: tuple[TextSpan, ...]
    short_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonRole:
    """What a person is at an organisation, as the document says.

    Attributes:
        title: ``Executive Vice-President``.
        organisation: The organisation's name as it stands in the text; empty if none is named.
        span: The title and the organisation.
        partner: The id of the organisation's record; empty if there is none.
    """

    title: str
    organisation: str
    span: TextSpan
    partner: str = ""


@dataclass(frozen=True, slots=True)
class PersonFinding:
    """A person that the document names.

    Attributes:
        name: The fullest form of the name, without titles (``Dr.``) and degrees (``PhD``).
        span: Where that stands first.
        mentions: Where the person is named, ``span`` included, in the order of the text.
        roles: What the person is, in the order of the text.
        credentials: Degrees after the name: ``PhD, FRSC``.
        person: The id of the person's record; empty if there is none.
    """

    name: str
    span: TextSpan
    confidence: Confidence
    mentions: tuple[TextSpan, ...]
    roles: tuple[PersonRole, ...] = ()
    credentials: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class QuotationFinding:
    """Words that somebody is quoted with.

    A quotation that goes on after ``he added`` is two findings with the same speaker.

    Attributes:
        words: What stands between the quotation marks.
        span: The words, without the marks.
        language: ``en`` or ``fr``; empty if it is not known.
        speaker: The name of the speaker as in the ``PersonFinding``; empty if nobody is named.
        speaker_span: Where the text names the speaker of these words.
        person: The id of the speaker's record; empty if there is none.
    """

    words: str
    span: TextSpan
    language: str
    speaker: str
    speaker_span: TextSpan | None
    confidence: Confidence
    person: str = ""


FigureQualifier: TypeAlias = Literal["exact", "about", "nearly", "over", "at-least", "at-most"]


@dataclass(frozen=True, slots=True)
class FigureFinding:
    """A number that the document gives for something.

    Attributes:
        value: Digits with a decimal point (``2500000``), or a word that stands for a number
            (``hundreds``).
        unit: ``people``, ``percent``, ``years``, ``dollars`` (where the text does not say whose),
            an ISO 4217 code, or ``count``.
        qualifier: How exact the value is.
        measure: The words that say what is counted: ``researchers``.
        span: The number with its qualifier and unit.
        currency: ISO 4217 code, of an amount of money whose currency is known.
        upper: The upper end of a range (``1 % to 3 %``); ``value`` is its lower end.
        as_of: The year that the text gives for the value, as EDTF; empty if it gives none.
        partner: The id of the partner that the sentence is about; empty if it is not clear.
    """

    value: str
    unit: str
    qualifier: FigureQualifier
    measure: str
    span: TextSpan
    confidence: Confidence
    currency: str = ""
    upper: str = ""
    as_of: str = ""
    partner: str = ""


@dataclass(frozen=True, slots=True)
class EventFinding:
    """What the document announces.

    Attributes:
        title: The title of the event.
        kind: One of the kinds of events of an archive; empty if none is clear.
        date: EDTF; the date of the document where the text gives no other.
        span: The sentence that announces it; None if only the title of the document does.
        partners: Ids of the partners that take part.
        organisations: Names of further organisations, as in their ``OrganisationMention``.
        people: Names of the people that take part, as in their ``PersonFinding``.
    """

    title: str
    kind: str
    date: str
    span: TextSpan | None
    confidence: Confidence
    partners: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    people: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """A passage that is not part of the announcement.

    Attributes:
        kind: ``about`` (``About X``, ``À propos de X``), ``contact`` or ``legal`` (cautions on
            forward-looking statements).
        subject: Whom an ``about`` passage is about; empty for others.
        span: The passage with its heading.
        partner: The id of the subject's record; empty if there is none.
    """

    kind: Literal["about", "contact", "legal"]
    subject: str
    span: TextSpan
    confidence: Confidence
    partner: str = ""


RelatedField = Literal["translation_of", "version_of", "follows"]
"""The field of a document that names another one."""


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A document of the archive that this one belongs to.

    Attributes:
        relation: The field of the record that names the other document.
        document: The id of the other document.
        span: The passage that says so; None if the texts are alike.
    """

    relation: RelatedField
    document: str
    span: TextSpan | None
    confidence: Confidence


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was recognised in one document, each kind in the order of the text."""

    fields: tuple[FieldFinding, ...] = ()
    partners: tuple[PartnerMention, ...] = ()
    organisations: tuple[OrganisationMention, ...] = ()
    people: tuple[PersonFinding, ...] = ()
    quotations: tuple[QuotationFinding, ...] = ()
    figures: tuple[FigureFinding, ...] = ()
    events: tuple[EventFinding, ...] = ()
    boilerplate: tuple[Boilerplate, ...] = ()
    related: tuple[RelatedDocument, ...] = field(default=())


Finding: TypeAlias = (
    FieldFinding
    | PartnerMention
    | OrganisationMention
    | PersonFinding
    | QuotationFinding
    | FigureFinding
    | EventFinding
    | Boilerplate
    | RelatedDocument
)
