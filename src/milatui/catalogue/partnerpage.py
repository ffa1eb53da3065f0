"""The page of a partner: who it is and how that is known, what it did, and the passages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.records import Partner
from milatui.catalogue import wording
from milatui.catalogue.evidence import is_address, write_evidence
from milatui.catalogue.location import Location
from milatui.catalogue.pagewriter import Card, Piece
from milatui.catalogue.provenance import field_words, write_provenance
from milatui.catalogue.related import by_kind, flag_words, name_piece, write_section
from milatui.i18n import _
from milatui.index.record_relations import sources_of

if TYPE_CHECKING:
    from milatui.archive.records import Relation
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.pagewriter import PageWriter

_ADDRESSES: Final = {
    "wikidata": "https://www.wikidata.org/wiki/",
    "ror": "https://ror.org/",
    "isni": "https://isni.org/isni/",
}


def write_partner(catalogue: Catalogue, writer: PageWriter, partner: Partner) -> None:
    """Write a partner."""
    writer.line(partner.name, "title")
    facts = (partner.sector, ", ".join(p for p in (partner.city, partner.country) if p))
    writer.add(wording.kind_word(partner.kind), "kind")
    writer.add("".join(f" · {fact}" for fact in facts if fact), "meta")
    if partner.confidence == "low":
        writer.add("  ")
        writer.add(flag_words("low-confidence"), "flag")
    writer.end_line()
    if partner.relation:
        writer.blank()
        writer.line(partner.relation)
    _write_card(writer, partner)
    _write_relations(catalogue, writer, partner)
    here = Location("partner", partner.id)
    number = catalogue.find("partner", partner.id)
    if number is not None:
        rows = by_kind(catalogue, catalogue.records_naming(number))
        write_section(writer, _("Events"), rows["event"], here)
        write_section(writer, _("Documents"), rows["document"], here)
        write_section(writer, _("People"), rows["person"], here)
        write_section(writer, _("Statements"), rows["statement"], here)
        write_section(writer, _("Figures"), rows["figure"], here)
    _write_facts(writer, partner)
    write_provenance(catalogue, writer, partner)
    write_evidence(catalogue, writer, here, sources_of(partner))


def _write_card(writer: PageWriter, partner: Partner) -> None:
    card = Card(writer)
    for name in partner.names:
        said = [name_kind_words(name.kind), wording.language_name(name.language)]
        about = ", ".join(word for word in said if word)
        card.add(_("Also"), Piece(name.value), Piece(f"  {about}", "dim"))
    card.say(_("Founded"), wording.date_words(partner.founded, short=False))
    if partner.website:
        target = partner.website if is_address(partner.website) else None
        card.add(_("Website"), Piece(partner.website, None, target))
    for scheme, value in partner.identifiers.items():
        address = value if is_address(value) else _ADDRESSES.get(scheme, "") + value
        target = address if is_address(address) else None
        card.add(field_words(scheme), Piece(value, None, target))
    card.say(_("Note"), partner.note)
    card.write()


def name_kind_words(kind: str) -> str:
    """What kind of other name it is."""
    return {
        "alias": _("other name"),
        "former": _("former name"),
        "acronym": _("acronym"),
        "official": _("official name"),
    }.get(kind, kind)


def _write_relations(catalogue: Catalogue, writer: PageWriter, partner: Partner) -> None:
    """Relations it gives itself, then those that other partners give of it."""
    card = Card(writer)
    for relation in partner.relations:
        other = name_piece(catalogue, "partner", relation.to)
        card.add(wording.relation_words(relation.kind), other, _period(relation))
    number = catalogue.find("partner", partner.id)
    naming = catalogue.records_naming(number) if number is not None else ()
    for other_number in naming:
        row = catalogue.row(other_number)
        if row.kind != "partner":
            continue
        other_partner = catalogue.record("partner", row.id)
        for relation in other_partner.relations if isinstance(other_partner, Partner) else ():
            if relation.to == partner.id:
                label = wording.relation_words(relation.kind, reverse=True)
                other = Piece(row.title, None, Location("partner", row.id))
                card.add(label, other, _period(relation))
    if partner.relations or any(catalogue.row(n).kind == "partner" for n in naming):
        writer.heading(_("Relations"))
    card.write()


def _period(relation: Relation) -> Piece:
    if relation.start and relation.end:
        return Piece(f"  {wording.span(relation.start, relation.end)}", "dim")
    if relation.start:
        return Piece(f"  {wording.since(relation.start)}", "dim")
    if relation.end:
        return Piece(f"  {wording.until(relation.end)}", "dim")
    return Piece("")


def _write_facts(writer: PageWriter, partner: Partner) -> None:
    if partner.facts:
        writer.heading(_("Facts"))
    for fact in partner.facts:
        start = writer.at
        writer.add("•", "bullet")
        writer.add(f" {fact.text}")
        writer.end_line()
        writer.hang(start, writer.at, 2)
