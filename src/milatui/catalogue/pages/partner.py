"""Renders the page of a partner: facts, how they are known, activity and quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.records import Partner
from milatui.catalogue.labels.dates import format_date, format_range, format_since, format_until
from milatui.catalogue.labels.labels import (
    format_count,
    format_value,
    kind_label,
    language_name,
    quote_text,
    relation_label,
)
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import FieldTable, TextRun
from milatui.catalogue.pages.common import (
    confidence_flag,
    evidence_run,
    partner_place,
    record_link,
    rows_by_kind,
    status_words,
    write_section,
)
from milatui.catalogue.pages.quotes import is_address, quote_words, write_quotes
from milatui.i18n import _, ngettext, pgettext
from milatui.index.record_relations import sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.archive.records import Relation
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.store import RecordStore

MAX_COMPANIONS: Final = 15
"""Partners that appear together with one which its page names; the rest is counted."""
_ADDRESSES: Final = {
    "wikidata": "https://www.wikidata.org/wiki/",
    "ror": "https://ror.org/",
    "isni": "https://isni.org/isni/",
}


def write_partner(store: RecordStore, page: PageBuilder, partner: Partner) -> None:
    """Writes the page of a partner."""
    page.head(
        store.title("partner", partner.id),
        [TextRun(kind_label(partner.kind), "kind")],
        [TextRun(sector_label(partner.sector))],
        [TextRun(partner.activity)],
        [TextRun(partner_place(partner))],
        confidence_flag(partner.confidence),
    )
    if partner.relation:
        page.blank()
        page.line(partner.relation)
    number = store.find("partner", partner.id)
    if number is not None and partner.id != store.info.home:
        _write_status(store, page, number)
    _write_card(page, partner)
    _write_relations(store, page, partner)
    here = Location("partner", partner.id)
    if number is not None:
        rows = rows_by_kind(store, store.records_naming(number))
        write_section(page, _("Events"), rows["event"], here)
        write_section(page, _("Documents"), rows["document"], here, anchor=page.head_end)
        write_section(page, _("People"), rows["person"], here)
        write_section(page, _("Statements"), rows["statement"], here)
        write_section(page, _("Figures"), rows["figure"], here)
        _write_companions(store, page, partner.id, number)
    _write_facts(page, partner)
    write_provenance(store, page, partner)
    write_quotes(store, page, here, sources_of(partner))


def _write_status(store: RecordStore, page: PageBuilder, number: int) -> None:
    """Writes how the partnership stands, each date as a link to its record."""
    (status,) = store.statuses([number])
    card = FieldTable(page)
    card.add(_("Partnership"), TextRun(status_words(status), "strong"))
    for label, evidence in (
        (_("First together"), status.first),
        (_("Last together"), status.last),
        (_("Announced end"), status.end),
    ):
        if evidence is not None:
            card.add(label, evidence_run(evidence))
    card.write()


def _write_companions(store: RecordStore, page: PageBuilder, own: str, number: int) -> None:
    """Writes the partners that appear together with one: how often, with a link to compare."""
    found = store.companions(number)
    if not found:
        return
    title = _("Appears together with")
    page.blank()
    begin = page.at
    page.heading(f"{title} ({format_count(len(found))})")
    shown = found[:MAX_COMPANIONS]
    rows = store.rows([other for other, _count in shown])
    width = max(len(format_count(count)) for _other, count in shown)
    for row, (_other, count) in zip(rows, shown, strict=True):
        start = page.at
        both = Location("compare", params=(("a", own), ("b", row.id)))
        page.write_clean(" " * (width - len(format_count(count))))
        page.add(format_count(count), None, both)
        page.write_clean("  ")
        page.add(row.label, None, Location("partner", row.id))
        page.end_line()
        page.hanging_indent(start, page.at, width + 2)
    if len(found) > MAX_COMPANIONS:
        more = len(found) - MAX_COMPANIONS
        text = ngettext("and {n} more", "and {n} more", more)
        page.line(text.format(n=format_count(more)), "dim")
    page.note(begin, page.head_end)


def _write_card(page: PageBuilder, partner: Partner) -> None:
    card = FieldTable(page)
    for name in partner.names:
        qualifiers = [name_kind_words(name.kind), language_name(name.language)]
        about = ", ".join(word for word in qualifiers if word)
        card.add(_("Also"), TextRun(name.value), TextRun(f"  {about}", "dim"))
    card.add_text(_("Founded"), format_date(partner.founded, short=False))
    if partner.website:
        target = partner.website if is_address(partner.website) else None
        card.add(_("Website"), TextRun(partner.website, None, target))
    for scheme, value in partner.identifiers.items():
        address = value if is_address(value) else _ADDRESSES.get(scheme, "") + value
        target = address if is_address(address) else None
        card.add(field_words(scheme), TextRun(value, None, target))
    card.add_text(_("Note"), partner.note)
    card.write(page.head_end)


def name_kind_words(kind: str) -> str:
    """Returns the label of a kind of name."""
    return {
        "label": _("name in this language"),
        "alias": _("other name"),
        "former": _("former name"),
        "acronym": _("acronym"),
        "official": _("official name"),
    }.get(kind, kind)


def _write_relations(store: RecordStore, page: PageBuilder, partner: Partner) -> None:
    """Writes the partner's own relations, then those that other partners state."""
    card = FieldTable(page)
    for relation in partner.relations:
        other = record_link(store, "partner", relation.to)
        card.add(relation_label(relation.kind), other, *relation_facts(relation))
    number = store.find("partner", partner.id)
    naming = store.records_naming(number) if number is not None else ()
    rows = [row for row in store.rows(naming) if row.kind == "partner"]
    records = store.records([row.number for row in rows])
    for row, other_partner in zip(rows, records, strict=True):
        for relation in other_partner.relations if isinstance(other_partner, Partner) else ():
            if relation.to == partner.id:
                label = relation_label(relation.kind, reverse=True)
                other = TextRun(row.title, None, Location("partner", row.id))
                card.add(label, other, *relation_facts(relation))
    card.write(page.head_end, _("Relations"))


def relation_facts(relation: Relation) -> list[TextRun]:
    """Returns when a relation holds and the money that goes with it, as far as recorded."""
    period = _relation_period(relation)
    if not relation.amount:
        return [period]
    amount = format_value(relation.amount, "", relation.currency)
    return [period, TextRun(f"  {amount}", "strong")]


def _relation_period(relation: Relation) -> TextRun:
    """Returns when a relation holds, else when it was announced; empty if neither is known."""
    if relation.start and relation.end:
        return TextRun(f"  {format_range(relation.start, relation.end)}", "dim")
    if relation.start:
        return TextRun(f"  {format_since(relation.start)}", "dim")
    if relation.end:
        return TextRun(f"  {format_until(relation.end)}", "dim")
    if relation.announced:
        period = _("announced {date}").format(date=format_date(relation.announced))
        return TextRun(f"  {period}", "dim")
    return TextRun("")


def _write_facts(page: PageBuilder, partner: Partner) -> None:
    if partner.facts:
        page.heading(_("Facts"))
    for fact in partner.facts:
        start = page.at
        page.add("•", "bullet")
        page.add(f" {fact.text}")
        page.end_line()
        page.hanging_indent(start, page.at, 2)


_GENERAL: Final = "general knowledge"
_OUTSIDE: Final = "↗"

QuotedFields = dict[str, list[str]]
"""Fields in words, each with the words quoted for it."""


def write_provenance(store: RecordStore, page: PageBuilder, partner: Partner) -> None:
    """Writes one line per source: the fields it supports, the words it is quoted for, itself."""
    sources: dict[str, QuotedFields] = {}
    for field, source, exact in _bases(partner):
        quotes = sources.setdefault(source, {}).setdefault(field, [])
        if exact and exact not in quotes:
            quotes.append(exact)
    if not sources:
        return
    page.heading(_("How this is known"))
    for source, fields in sorted(sources.items(), key=lambda item: item[0] == _GENERAL):
        start = page.at
        _write_fields(store, page, source, fields)
        page.add(" — ", "dim")
        page.add_runs(_source(store, source))
        page.end_line()
        page.hanging_indent(start, page.at, 2)


def _bases(partner: Partner) -> Iterator[tuple[str, str, str]]:
    """Yields field label, source (an id, an address or general knowledge) and quoted words."""
    for field, basis in partner.verified.items():
        source = basis.source or (_GENERAL if basis.basis == "page" else basis.basis)
        yield field_words(field), source, basis.exact
    for name in partner.names:
        if name.source:
            yield _("other names"), name.source, name.value


def field_words(field: str) -> str:
    """Returns the label of a partner's field."""
    return {
        "name": _("name"),
        "country": _("country"),
        "city": _("city"),
        "founded": pgettext("field", "founded"),
        "website": _("website"),
        "kind": _("kind"),
        "sector": _("sector"),
        "ror": "ROR",
        "wikidata": "Wikidata",
        "isni": "ISNI",
    }.get(field, field.replace("_", " "))


def _write_fields(store: RecordStore, page: PageBuilder, source: str, fields: QuotedFields) -> None:
    """Writes fields with the words that support them; published ones in quotation marks."""
    known = store.find("document", source) is not None
    document = store.document(source) if known and any(fields.values()) else None
    for number, (field, quotes) in enumerate(fields.items()):
        page.add((", " if number else "") + field)
        if quotes:
            words = (
                quote_text(q) if document is None else quote_words(document, q) for q in quotes
            )
            page.add(" " + "; ".join(words), "quote")


def _source(store: RecordStore, source: str) -> list[TextRun]:
    if source == _GENERAL:
        return [TextRun(_("general knowledge, no source recorded"), "flag")]
    if is_address(source):
        name, host = site(source)
        pieces = [TextRun(f"{name} {_OUTSIDE}", None, source)]
        return pieces if name == host else [*pieces, TextRun(f"  {host}", "dim")]
    return [record_link(store, "document", source)]


def site(address: str) -> tuple[str, str]:
    """Returns a short name of what a web address leads to, and its host."""
    # Nothing is asked of the address but what stands between its slashes: it may be any text.
    host, _slash, path = address.partition("://")[2].partition("/")
    host = host.rpartition("@")[2].removeprefix("www.")
    if host == "ror.org" or path.startswith("ror-community/ror-records"):
        return _("ROR record"), host
    if host.endswith("wikidata.org"):
        return _("Wikidata record"), host
    if host.endswith("wikipedia.org"):
        return _("Wikipedia"), host
    if host == "github.com":
        return _("GitHub record"), host
    return host, host
