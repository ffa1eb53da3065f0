"""Recognises what the text of a document says."""

from __future__ import annotations

import re
from textwrap import shorten
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.folding import fold
from milatui.index.analysis.language import count_function_words
from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.boilerplate import FoundBoilerplate, find_boilerplate, heading_cuts
from milatui.ingest.recognise.document_fields import find_dateline_field, find_type
from milatui.ingest.recognise.employers import EmployerFinder
from milatui.ingest.recognise.events import FoundEvent, find_dated_events, find_event
from milatui.ingest.recognise.figures.find_figures import find_figures
from milatui.ingest.recognise.findings import (
    Boilerplate,
    EventFinding,
    FieldFinding,
    FigureFinding,
    Findings,
    OrganisationMention,
    PartnerMention,
    PersonFinding,
    PersonRole,
    QuotationFinding,
    TextSpan,
)
from milatui.ingest.recognise.known_names import meant_names
from milatui.ingest.recognise.lost_breaks import glue_cuts, title_spans
from milatui.ingest.recognise.name_phrases import NamePhrase, find_name_phrases, is_geographic
from milatui.ingest.recognise.organisations import OrganisationFinder, OrganisationRecord
from milatui.ingest.recognise.people import PeopleFinder, PersonRecord
from milatui.ingest.recognise.plain_body import PlainBody, fold_signs
from milatui.ingest.recognise.quotations import Attribution, SpeakerFinder
from milatui.ingest.recognise.roles import is_public_office

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.records import Document
    from milatui.ingest.recognise.name_index import KnownName, NameIndex

_WORD: Final = re.compile(r"[^\W\d_]+")
_LANGUAGES: Final = ("en", "fr")
MAX_LENGTH: Final = 200_000
"""Characters of a body that are read; what comes after is left unrecognised."""
_LEAD: Final = 1_200
"""Characters of a text in which those who take part in what it announces are named."""


_TITLE: Final = 110
"""Characters of a sentence that are proposed as the title of an event."""


def recognise(document: Document, names: NameIndex) -> Findings:
    """Returns what is recognised in a document, given the names that the archive knows."""
    return _Recogniser(document, names).findings()


class _Recogniser:
    """The parts of one recognition, in the order in which they need each other."""

    def __init__(self, document: Document, names: NameIndex) -> None:
        self._document = document
        self._names = names
        self._body = PlainBody(document.body[:MAX_LENGTH])
        self._boilerplate = find_boilerplate(self._body)
        text = self._body.folded
        cuts = [*heading_cuts(self._boilerplate), *glue_cuts(text)]
        titles = list(title_spans(text, fold_signs(document.title)))
        phrases = find_name_phrases(self._body, cuts, titles)
        meant = meant_names(self._body.folded, names.find(self._body.folded), phrases)
        self._known = [name for name, _sure in meant]
        self._sure = dict(meant)
        self._phrases = _with_known_names(phrases, self._known, self._body)
        self._people = PeopleFinder(self._body, self._phrases)
        for name in self._known:
            if name.is_person:
                person = self._people.add(name.start, name.end, Confidence.CERTAIN)
                person.identifier = name.identifier
        self._people.merge_short_names()
        self._people.find_other_mentions()
        speakers = SpeakerFinder(self._body, self._phrases, self._people)
        self._attributions = speakers.attribute()
        self._people.merge_short_names()
        self._people.find_other_mentions()
        self._organisations = self._find_organisations()
        self._employers = EmployerFinder(text, self._named_organisations(), self._boilerplate)

    def findings(self) -> Findings:
        """Returns all findings, with spans of the body."""
        partners = self._partner_mentions()
        organisations = tuple(map(self._organisation_mention, self._organisations))
        people = self._person_findings()
        return Findings(
            fields=self._fields(),
            partners=partners,
            organisations=organisations,
            people=people,
            quotations=tuple(map(self._quotation, self._attributions)),
            figures=self._figures(),
            events=self._events(partners, organisations, people),
            boilerplate=tuple(map(self._boilerplate_finding, self._boilerplate)),
        )

    def _find_organisations(self) -> list[OrganisationRecord]:
        finder = OrganisationFinder(
            self._body.folded, self._phrases, self._document.title, self._body.lower_words
        )
        titles: list[tuple[int, int]] = []
        for person in self._people.people.values():
            for role in person.roles:
                titles.append(role.title)
                title = self._body.words(*role.title)
                if role.organisation and not is_public_office(title):
                    finder.add_evidence(role.organisation[0], 4)
        for passage in self._boilerplate:
            if passage.subject:
                for start in _phrase_starts(self._body, *passage.subject):
                    finder.add_evidence(start, 4)
        taken = [(name.start, name.end) for name in self._known]
        taken.extend(titles)
        dateline = find_dateline_field(self._body)
        if dateline:
            taken.append((dateline.start, dateline.end))
        taken.extend(span for person in self._people.people.values() for span in person.mentions)
        return finder.find(taken, self._people.people)

    def _named_organisations(self) -> list[list[tuple[int, int]]]:
        """Returns the mentions of each organisation and each partner of the archive."""
        by_partner: dict[str, list[tuple[int, int]]] = {}
        for name in self._known:
            if not name.is_person:
                by_partner.setdefault(name.identifier, []).append((name.start, name.end))
        found = [record.mentions for record in self._organisations]
        return [*by_partner.values(), *found]

    def _span(self, start: int, end: int) -> TextSpan:
        return self._body.body_span(start, end)

    def _spans(self, spans: Sequence[tuple[int, int]]) -> tuple[TextSpan, ...]:
        return tuple(dict.fromkeys(self._span(*each) for each in sorted(spans)))

    def _partner_mentions(self) -> tuple[PartnerMention, ...]:
        by_partner: dict[str, list[KnownName]] = {}
        for name in self._known:
            if not name.is_person:
                by_partner.setdefault(name.identifier, []).append(name)
        return tuple(
            PartnerMention(
                partner,
                self._body.words(found[0].start, found[0].end),
                self._span(found[0].start, found[0].end),
                max(self._sure[name] for name in found),
                self._spans([(name.start, name.end) for name in found]),
            )
            for partner, found in by_partner.items()
        )

    def _organisation_mention(self, record: OrganisationRecord) -> OrganisationMention:
        named = {self._body.words(*span): span for span in sorted(record.mentions, reverse=True)}
        first = named.get(record.name) or next(
            (span for words, span in reversed(named.items()) if record.name in words),
            min(record.mentions),
        )
        return OrganisationMention(
            self._body.words(*first),
            self._span(*first),
            record.confidence,
            self._spans(record.mentions),
            tuple(record.short_names),
        )

    def _person_findings(self) -> tuple[PersonFinding, ...]:
        people = sorted(self._people.people.values(), key=lambda person: person.mentions[0])
        return tuple(
            PersonFinding(
                person.name,
                self._span(person.start, person.end),
                self._person_confidence(person),
                self._spans(person.mentions),
                tuple(
                    PersonRole(
                        self._body.words(*role.title),
                        self._body.words(*role.organisation) if role.organisation else "",
                        self._span(*role.title),
                        self._partner_at(role.organisation),
                    )
                    for role in map(self._employers.complete, person.roles)
                ),
                person.credentials,
                person.identifier,
            )
            for person in people
        )

    def _person_confidence(self, person: PersonRecord) -> Confidence:
        """Returns how sure a person is; an organisation that is concluded makes it less so."""
        concluded = any(self._employers.complete(role) != role for role in person.roles)
        return min(person.confidence, Confidence.LIKELY) if concluded else person.confidence

    def _partner_at(self, span: tuple[int, int] | None) -> str:
        """Returns the id of the partner that a span of the text names, or empty text."""
        if span is None:
            return ""
        for name in self._known:
            if not name.is_person and span[0] <= name.start and name.end <= span[1]:
                return name.identifier
        return ""

    def _quotation(self, found: Attribution) -> QuotationFinding:
        quoted = found.quoted
        words = self._body.words(quoted.start, quoted.end)
        return QuotationFinding(
            words,
            self._span(quoted.start, quoted.end),
            self._language(words),
            found.person.name if found.person else "",
            self._span(*found.speaker_span) if found.speaker_span else None,
            found.confidence,
            found.person.identifier if found.person else "",
        )

    def _language(self, words: str) -> str:
        """Returns the language of quoted words by their function words, else the document's."""
        english, french = count_function_words(_WORD.findall(fold(words[:1_000])))
        if english != french:
            return "en" if english > french else "fr"
        primary = self._document.language[:2].lower()
        return primary if primary in _LANGUAGES else ""

    def _figures(self) -> tuple[FigureFinding, ...]:
        text = self._body.folded
        partners = [name for name in self._known if not name.is_person]
        return tuple(
            FigureFinding(
                figure.value,
                figure.unit,
                figure.qualifier,
                self._document_words(figure.measure),
                self._span(figure.start, figure.end),
                figure.confidence,
                figure.currency,
                figure.upper,
                figure.as_of,
                _subject_of(text, figure.start, partners),
            )
            for figure in find_figures(text, self._document.language[:2].lower())
        )

    @staticmethod
    def _document_words(words: str) -> str:
        return " ".join(words.split())

    def _fields(self) -> tuple[FieldFinding, ...]:
        found: list[FieldFinding] = []
        dateline = find_dateline_field(self._body)
        if dateline:
            span = self._span(dateline.start, dateline.end)
            found.append(FieldFinding("dateline", dateline.value, span, dateline.confidence))
        about = [each for each in self._boilerplate if each.kind == "about"]
        kind = find_type(
            self._document, self._body, quoted=bool(self._attributions), about=bool(about)
        )
        if kind:
            kind_span = self._span(kind.start, kind.end) if kind.start >= 0 else None
            found.append(FieldFinding("type", kind.value, kind_span, kind.confidence))
        publisher = self._publisher(about)
        if publisher:
            found.append(publisher)
        return tuple(found)

    def _publisher(self, about: list[FoundBoilerplate]) -> FieldFinding | None:
        """Returns who publishes a release: the first "About X", if X is named at its beginning."""
        if self._document.publisher:
            return None
        for passage in about:
            if passage.subject is None:
                continue
            words = self._body.words(*passage.subject)
            lead = self._body.folded[: passage.start][:_LEAD]
            short = words.split()[0] if words.split() else ""
            if words and (words in lead or words in self._document.title or short in lead):
                sure = Confidence.LIKELY if len(about) == 1 else Confidence.UNSURE
                return FieldFinding("publisher", words, self._span(*passage.subject), sure)
        return None

    def _events(
        self,
        partners: tuple[PartnerMention, ...],
        organisations: tuple[OrganisationMention, ...],
        people: tuple[PersonFinding, ...],
    ) -> tuple[EventFinding, ...]:
        found = find_event(self._document.title, self._body)
        dated = self._dated_events(found, partners, organisations, people)
        if found is None:
            return dated
        end = found.end if found.end > 0 else min(_LEAD, len(self._body.text))
        limit = self._span(0, max(end, 1)).end if self._body.text.strip() else 0
        return (
            EventFinding(
                self._document.title,
                found.kind,
                self._document.date,
                self._span(found.start, found.end) if found.start >= 0 else None,
                found.confidence,
                tuple(each.partner for each in partners if each.span.start < limit),
                tuple(each.name for each in organisations if each.span.start < limit),
                tuple(each.name for each in people if each.roles),
            ),
            *dated,
        )

    def _dated_events(
        self,
        announced: FoundEvent | None,
        partners: tuple[PartnerMention, ...],
        organisations: tuple[OrganisationMention, ...],
        people: tuple[PersonFinding, ...],
    ) -> tuple[EventFinding, ...]:
        """Returns what the text dates apart, with those whom its sentence names."""
        apart = [(each.start, each.end) for each in self._boilerplate if each.kind != "about"]
        return tuple(
            EventFinding(
                shorten(self._document.body[slice(*span)], _TITLE, placeholder="…"),
                found.kind,
                found.date,
                span,
                found.confidence,
                tuple(each.partner for each in partners if _is_named(each.mentions, span)),
                tuple(each.name for each in organisations if _is_named(each.mentions, span)),
                tuple(each.name for each in people if _is_named(each.mentions, span)),
            )
            for found in find_dated_events(self._body.folded, announced, apart)
            if found.date != self._document.date
            for span in (self._span(self._after_heading(found), found.end),)
        )

    def _after_heading(self, found: FoundEvent) -> int:
        """Returns where a sentence begins behind a heading of its line: ``About Acme``."""
        start = found.start
        for passage in self._boilerplate:
            if passage.subject and start <= passage.start < found.end:
                start = passage.subject[1]
        rest = self._body.folded[start : found.end]
        return start + len(rest) - len(rest.lstrip(" :.-–"))

    def _boilerplate_finding(self, found: FoundBoilerplate) -> Boilerplate:
        subject = self._body.words(*found.subject) if found.subject else ""
        return Boilerplate(
            found.kind,
            subject,
            self._span(found.start, found.end),
            found.confidence,
            self._partner_at(found.subject),
        )


def _is_named(mentions: Sequence[TextSpan], span: TextSpan) -> bool:
    return any(span.start <= mention.start < span.end for mention in mentions)


def _with_known_names(
    phrases: list[NamePhrase], known: list[KnownName], body: PlainBody
) -> list[NamePhrase]:
    """Puts names of the archive in the place of the phrases that they overlap."""
    if not known:
        return phrases
    result: list[NamePhrase] = []
    at = 0
    for phrase in phrases:
        while at < len(known) and known[at].end <= phrase.start:
            at += 1
        overlapping = [
            name
            for name in known[max(0, at - 1) : at + 8]
            if name.start < phrase.end and phrase.start < name.end
        ]
        if not overlapping or any(
            name.start >= phrase.start and name.end < phrase.end for name in overlapping
        ):
            whole = len(overlapping) <= 1 and not _is_joined(phrase, overlapping, body)
            if whole or not overlapping:
                result.append(phrase)
                continue
    result.extend(
        NamePhrase(name.start, name.end, body.folded[name.start : name.end], initial=False)
        for name in known
    )
    unique = {phrase.start: phrase for phrase in sorted(result, key=lambda each: each.end)}
    return sorted(unique.values(), key=lambda phrase: phrase.start)


def _is_joined(phrase: NamePhrase, overlapping: list[KnownName], body: PlainBody) -> bool:
    return any(
        not name.is_person
        or name.end == phrase.end
        or is_geographic(body.folded[name.end : phrase.end])
        for name in overlapping
    )


def _phrase_starts(body: PlainBody, start: int, end: int) -> tuple[int, ...]:
    """Returns where the name of a subject may begin: with or without an article."""
    words = body.folded[start:end]
    article = re.match(r"(?:[Tt]he |[Ll]a |[Ll]e |[Ll]'|[Ll]es )", words)
    return (start, start + article.end()) if article else (start,)


def _subject_of(text: str, at: int, partners: list[KnownName]) -> str:
    """Returns the partner named last before a number in its sentence, or empty text."""
    floor = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at), at - 300)
    named = [name.identifier for name in partners if floor <= name.start < at]
    return named[-1] if named and len(set(named)) == 1 else ""
