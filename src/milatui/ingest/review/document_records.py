"""Makes records of the accepted candidates of a document, each with the words that prove it.

What the archive has already is not made again: the same candidates can be taken twice.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from milatui.archive.edit.yaml_edit import EditError
from milatui.archive.files import UnreadableFileError
from milatui.archive.records import (
    Event,
    Figure,
    Name,
    Partner,
    Person,
    Role,
    Source,
    Statement,
)
from milatui.archive.serialize import kind_of
from milatui.i18n import _
from milatui.ingest.detect import slug
from milatui.ingest.recognise.findings import TextSpan
from milatui.ingest.review.candidate import missing_value, name_key
from milatui.ingest.review.source_words import sentence_around, source_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from milatui.archive.records import Document
    from milatui.ingest.review.candidate import Candidate, CandidateKind
    from milatui.ingest.review.record_edits import RecordEdits

_ORDER: Final[tuple[CandidateKind, ...]] = (
    "field",
    "related",
    "partner",
    "organisation",
    "person",
    "event",
    "figure",
    "quotation",
)
"""Names first: what else is made refers to them."""
_FAR: Final = 200
"""Characters between a name and a role beyond which they are not quoted together."""


class DocumentRecords:
    """Makes the records of one document.

    Args:
        edits: Collects what is to be written.
        document: The document as it is in the archive.
        path: Its path there.
        is_document: Returns whether the archive has a document with an id.
    """

    def __init__(
        self,
        edits: RecordEdits,
        document: Document,
        path: str,
        is_document: Callable[[str], bool],
    ) -> None:
        self._edits = edits
        self._document = document
        self._path = path
        self._is_document = is_document
        self._subjects = list(document.subject)
        self._event = ""

    def add(self, accepted: Sequence[tuple[Candidate, Mapping[str, str]]]) -> None:
        """Makes records of candidates and their values; what cannot become one is refused.

        Args:
            accepted: Candidates, each with its values as a person left them.
        """
        makers: dict[CandidateKind, Callable[[Candidate, Mapping[str, str]], None]] = {
            "field": self._set_field,
            "related": self._add_related,
            "partner": lambda candidate, _values: self._add_subject(candidate.target),
            "organisation": self._add_organisation,
            "person": self._add_person,
            "event": self._add_event,
            "figure": self._add_figure,
            "quotation": self._add_statement,
        }
        for kind in _ORDER:
            for candidate, values in accepted:
                if candidate.kind != kind:
                    continue
                reason = missing_value(candidate, values, self._document)
                if reason:
                    self._refuse(values, reason)
                    continue
                try:
                    makers[kind](candidate, values)
                except EditError as error:
                    self._refuse(values, error.message)
                except UnreadableFileError as error:
                    self._refuse(values, str(error.diagnostic))

    def _refuse(self, values: Mapping[str, str], reason: str) -> None:
        what = next((value for value in values.values() if value), "")
        self._edits.refuse(self._document.id, what, reason)

    # Documents ---------------------------------------------------------------------------

    def _set_field(self, _candidate: Candidate, values: Mapping[str, str]) -> None:
        """Gives the document a value that it lacks, or that was corrected since it was written."""
        document = self._document
        present = {
            "title": document.title,
            "date": document.date,
            "language": document.language,
            "publisher": document.publisher,
            "type": document.type,
        }
        for name, value in values.items():
            if value and present.get(name, value) != value and document.original is None:
                self._edits.set_value(self._path, document, name, value)

    def _add_related(self, _candidate: Candidate, values: Mapping[str, str]) -> None:
        """Sets the name of the other document, if it is there and this one names none yet."""
        relation, other = values["relation"], values["document"]
        present = {
            "translation_of": self._document.translation_of,
            "version_of": self._document.version_of,
            "follows": self._document.follows,
        }
        if not present.get(relation, other) and other != self._document.id:
            if not self._is_document(other):
                raise EditError(_("there is no document “{id}”").format(id=other))
            self._edits.set_value(self._path, self._document, relation, other)

    # Partners ----------------------------------------------------------------------------

    def _add_subject(self, partner: str) -> None:
        if partner and partner not in self._subjects:
            self._subjects.append(partner)
            self._edits.append_subject(self._path, self._document, partner)

    def _add_organisation(self, candidate: Candidate, values: Mapping[str, str]) -> None:
        name = values["name"].strip()
        wanted = values.get("alias_of", "").strip()
        names = [each.strip() for each in values.get("also", "").split(";")]
        known = self._edits.partner_id(wanted or name)
        partner = known or ("" if wanted else self._known_by_another_name(names))
        if wanted and not partner:
            raise EditError(_("there is no partner “{id}”").format(id=wanted))
        if partner:
            self._add_aliases(partner, [name, *names])
        else:
            partner = self._make_partner(candidate, name, values["kind"], names)
        self._add_subject(partner)

    def _known_by_another_name(self, names: Sequence[str]) -> str:
        """Returns the id of the partner that has one of these names; acronyms do not count."""
        found = {self._edits.partner_id(each) for each in names if not each.isupper()} - {""}
        return found.pop() if len(found) == 1 else ""

    def _add_aliases(self, partner: str, names: Sequence[str]) -> None:
        for name in names:
            record = self._edits.partner(partner)
            known = self._edits.partner_id(name)
            if name and not known and record is not None:
                alias = Name(name, kind="alias", source=self._document.id)
                self._edits.append_name(record, alias)

    def _make_partner(
        self, candidate: Candidate, name: str, kind: str, names: Sequence[str]
    ) -> str:
        source = self._sentence_source(candidate)
        aliases = [each for each in names if each and name_key(each) != name_key(name)]
        partner = Partner(
            id=self._edits.free_id("partner", slug(name)),
            name=name,
            kind=kind,
            relation=self._relation(),
            names=[
                Name(each, kind="acronym" if each.isupper() else "alias", source=self._document.id)
                for each in aliases
            ],
            sources=[source] if source else [],
        )
        self._edits.make(partner, partner.id)
        return partner.id

    def _relation(self) -> str:
        """Returns what a new partner is to the archive, until a person says more."""
        dated = _("named in “{title}”, {date}")
        form = dated if self._document.date else _("named in “{title}”")
        return form.format(title=self._document.title, date=self._document.date)

    # People ------------------------------------------------------------------------------

    def _add_person(self, candidate: Candidate, values: Mapping[str, str]) -> None:
        name = values["name"].strip()
        roles = []
        if values.get("role"):
            source = self._role_source(candidate)
            if source is None:
                raise EditError(_("its words cannot be found again in the document"))
            organisation = values["organisation"].strip()
            partner = self._edits.partner_id(organisation)
            if not partner and organisation == candidate.values.get("organisation"):
                partner = candidate.links.get("partner", "")
            roles = [
                Role(
                    title=values["role"].strip(),
                    organisation=organisation,
                    partner=partner,
                    as_of=self._document.date,
                    source=source,
                )
            ]
        target = candidate.target if name == candidate.values["name"] else ""
        self._person(name, target, roles, values.get("credentials", ""))

    def _person(
        self, name: str, target: str = "", roles: Sequence[Role] = (), credentials: str = ""
    ) -> str:
        """Returns the id of a person with these roles, made or extended as needed."""
        identifier = target or self._edits.person_id(name)
        record = self._edits.person(identifier)
        if record is None:
            identifier = self._edits.free_id("person", slug(name))
            made = Person(identifier, name, roles=tuple(roles), credentials=credentials)
            self._edits.make(made, identifier)
            return identifier
        for role in roles:
            known = {(name_key(each.title), name_key(each.organisation)) for each in record.roles}
            if (name_key(role.title), name_key(role.organisation)) not in known:
                self._edits.append_role(record, role)
        return identifier

    def _role_source(self, candidate: Candidate) -> Source | None:
        """Returns the passage with name and role, or with the role if the name is far from it."""
        spans = candidate.spans
        if not candidate.values.get("role"):
            return self._sentence_source(candidate)
        role = spans[0]
        near = [each for each in spans[1:] if abs(each.start - role.start) < _FAR]
        start = min(each.start for each in (role, *near[:1]))
        end = max(each.end for each in (role, *near[:1]))
        return self._source(start, end) or self._source(role.start, role.end)

    # Events, figures, statements ---------------------------------------------------------

    def _add_event(self, candidate: Candidate, values: Mapping[str, str]) -> None:
        title = values["title"].strip()
        source = self._sentence_source(candidate)
        if source is None:
            raise EditError(_("its words cannot be found again in the document"))
        partners = [self._edits.partner_id(name) for name in _listed(values.get("partners", ""))]
        people = [self._edits.person_id(name) for name in _listed(values.get("people", ""))]
        event = Event(
            id=slug(title),
            date=values["date"],
            title=title,
            kind=values["kind"],
            partners=[each for each in dict.fromkeys(partners) if each],
            people=[each for each in dict.fromkeys(people) if each],
            sources=[source],
        )
        made = self._make(event)
        self._event = self._event or made

    def _add_figure(self, candidate: Candidate, values: Mapping[str, str]) -> None:
        source = self._sentence_source(candidate)
        if source is None:
            raise EditError(_("its words cannot be found again in the document"))
        partner = candidate.links.get("partner", "")
        self._make(
            Figure(
                id=f"{self._document.id}-{slug(values['measure'])}",
                measure=values["measure"].strip(),
                value=values["value"].strip(),
                unit=values["unit"].strip(),
                qualifier=values.get("qualifier") or "exact",
                as_of=values.get("as_of") or self._document.date,
                partner=partner if self._edits.partner(partner) else "",
                event=self._event,
                source=source,
            )
        )

    def _add_statement(self, candidate: Candidate, values: Mapping[str, str]) -> None:
        words = candidate.spans[0]
        source = self._source(words.start, words.end)
        if source is None:
            raise EditError(_("its words cannot be found again in the document"))
        speaker = values["speaker"].strip()
        target = candidate.links.get("person", "")
        identifier = self._person(speaker, target if speaker == candidate.values["speaker"] else "")
        person = self._edits.person(identifier)
        roles = person.roles if person else ()
        self._make(
            Statement(
                id=f"{self._document.id}-statement",
                speaker=identifier,
                date=self._document.date,
                text=values["text"].strip(),
                organisation=next((role.partner for role in reversed(roles) if role.partner), ""),
                about=values.get("about", ""),
                event=self._event,
                source=source,
            )
        )

    def _make(self, record: Event | Figure | Statement) -> str:
        """Makes a record, unless the archive has the same one; returns its id there."""
        present = self._edits.find_same(record, record.id)
        if present:
            return present
        free = replace(record, id=self._edits.free_id(kind_of(record), record.id))
        self._edits.make(free, self._document.id)
        return free.id

    # Sources -----------------------------------------------------------------------------

    def _sentence_source(self, candidate: Candidate) -> Source | None:
        """Returns the sentence that says it; of a candidate without a passage, the first one."""
        body = self._document.body
        span = candidate.spans[0] if candidate.spans else _first_words(body)
        return self._source(*sentence_around(body, span)) or self._source(span.start, span.end)

    def _source(self, start: int, end: int) -> Source | None:
        return source_of(self._document.id, self._document.body, start, end)


def _listed(names: str) -> list[str]:
    return [name.strip() for name in names.split(";") if name.strip()]


def _first_words(body: str) -> TextSpan:
    """Returns the first line with words that is not a heading."""
    at = 0
    for line in body.splitlines(keepends=True):
        words = line.strip()
        if words and not words.startswith("#") and any(map(str.isalnum, words)):
            start = at + line.index(words)
            return TextSpan(start, start + len(words))
        at += len(line)
    return TextSpan(0, 0)
