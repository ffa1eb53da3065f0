"""Renders events, statements and people: the quotes, then a table of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.figures.event_figures import event_figure_id
from milatui.catalogue.labels.dates import format_date, format_range, format_since, format_until
from milatui.catalogue.labels.labels import format_value, kind_label
from milatui.catalogue.labels.vocabulary import place_label, subject_label
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import FieldTable, TextRun, comma_separated
from milatui.catalogue.pages.common import (
    confidence_flag,
    record_link,
    record_links,
    rows_by_kind,
    write_section,
    write_sections,
)
from milatui.catalogue.pages.quotes import quoting_location, write_quotes
from milatui.catalogue.timeline.event_dates import event_dates
from milatui.i18n import _
from milatui.index.record_relations import sources_of
from milatui.index.sort_order import date_sort, role_sort

if TYPE_CHECKING:
    from milatui.archive.kinds import Kind
    from milatui.archive.records import Event, Measurement, Person, Role, Statement
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.store import RecordStore
    from milatui.catalogue.timeline.event_dates import EventDates


def write_event(store: RecordStore, page: PageBuilder, event: Event) -> None:
    """Writes an event: what, when and who; the quotes; our summary, the figures, what names it."""
    partners = record_links(store, "partner", event.partners)
    page.head(
        event.title,
        [TextRun(format_date(event.date))],
        [TextRun(kind_label(event.kind), "kind")],
        confidence_flag(event.confidence),
        comma_separated(partners),
        [TextRun(", ".join(map(place_label, event.places)))],
    )
    here = Location("event", event.id)
    beside = write_quotes(store, page, here, sources_of(event))
    if event.summary:
        page.heading(_("Summary in our words"))
        page.line(event.summary)
    card = FieldTable(page)
    _add_dates(card, event_dates(store, event), here)
    card.add_list(_("Partners"), partners)
    card.add_list(_("People"), record_links(store, "person", event.people))
    card.add_text(_("Places"), ", ".join(map(place_label, event.places)))
    naming = _naming(store, here)
    inside = [event_figure_id(event.id, number) for number in range(1, len(event.figures) + 1)]
    for figure, identifier in zip(event.figures, inside, strict=True):
        location = Location("figure", identifier)
        card.add(_measure(store, event, figure), *_measured(figure, location))
    for row in naming["figure"]:
        if row.id not in inside:
            value = TextRun(row.detail, "strong", Location("figure", row.id))
            card.add(row.label, value, TextRun(f"  {format_date(row.date)}", "dim"))
    card.add_text(_("Note"), event.note)
    card.write(beside)
    write_sections(page, naming, ("statement", "event", "document"), here, beside)


def _add_dates(card: FieldTable, dates: EventDates, here: Location) -> None:
    """Adds when an event happened, was announced and first published, if one of these is known."""
    if not dates.announced and dates.publication is None:
        return
    card.add_text(_("Happened"), format_date(dates.happened, short=False))
    if dates.announced:
        card.add_text(_("Announced"), format_date(dates.announced, short=False))
    if dates.publication is not None:
        location = quoting_location(dates.publication.id, here)
        card.add(
            _("First published"),
            TextRun(format_date(dates.published, short=False)),
            TextRun("  "),
            TextRun(dates.publication.label, None, location),
        )


def _measure(store: RecordStore, event: Event, figure: Measurement) -> str:
    """Returns the measure of a figure; with whom it is about, where others take part."""
    others = set(event.partners) - {figure.partner, store.info.home}
    is_named = bool(figure.partner and others)
    return subject_label(figure.measure, store.title("partner", figure.partner) if is_named else "")


def _measured(figure: Measurement, location: Location) -> list[TextRun]:
    value = format_value(figure.value, figure.qualifier, figure.unit)
    pieces = [TextRun(value, "strong", location)]
    if figure.as_of:
        pieces.append(TextRun(f"  {format_date(figure.as_of)}", "dim"))
    if figure.note:
        pieces.append(TextRun(f"  {figure.note}"))
    return pieces


def _naming(store: RecordStore, here: Location) -> dict[Kind, list[RecordRow]]:
    """Returns the rows of the records that name this one."""
    number = store.find(here.kind, here.id) if here.kind else None
    return rows_by_kind(store, store.records_naming(number) if number is not None else ())


def write_statement(store: RecordStore, page: PageBuilder, statement: Statement) -> None:
    """Writes a statement, which is a paraphrase: what was said, when and by whom; the quote."""
    speaker = record_link(store, "person", statement.speaker)
    page.head(
        statement.text,
        [TextRun(format_date(statement.date))],
        [TextRun(_("paraphrase"), "kind")],
        [speaker],
        confidence_flag(statement.confidence),
    )
    here = Location("statement", statement.id)
    beside = write_quotes(store, page, here, sources_of(statement))
    card = FieldTable(page)
    role = speaker_role(store, statement)
    card.add(_("Said by"), speaker, TextRun(f", {role}" if role else ""))
    if statement.organisation:
        card.add(_("For"), record_link(store, "partner", statement.organisation))
    card.add_text(_("About"), statement.about)
    if statement.event:
        card.add(_("Event"), record_link(store, "event", statement.event))
    card.add_text(_("Note"), statement.note)
    card.write(beside)


def speaker_role(store: RecordStore, statement: Statement) -> str:
    """Returns the speaker's role nearest in time, preferably at the statement's organisation."""
    from milatui.archive.records import Person

    if store.find("person", statement.speaker) is None:
        return ""
    person = store.record("person", statement.speaker)
    roles = person.roles if isinstance(person, Person) else ()
    at = date_sort(statement.date).first

    def distance(role: Role) -> tuple[bool, int]:
        return role.partner != statement.organisation, abs(date_sort(role.as_of).first - at)

    role = min(roles, key=distance, default=None)
    return f"{role.title}, {role.organisation}" if role else ""


def _held(role: Role) -> str:
    """Returns when a role was held: from start to end, or as of the dates of its sources."""
    if role.start and role.end:
        return format_range(role.start, role.end)
    if role.start:
        return format_since(role.start)
    return format_until(role.end) if role.end else format_date(role.as_of)


def write_person(store: RecordStore, page: PageBuilder, person: Person) -> None:
    """Writes a person: roles in order of time, then events, statements and quotes."""
    roles = sorted(person.roles, key=role_sort, reverse=True)
    latest = f"{roles[0].title}, {roles[0].organisation}" if roles else ""
    page.head(
        person.name,
        [TextRun(kind_label("person"), "kind")],
        confidence_flag(person.confidence),
        [TextRun(latest)],
    )
    card = FieldTable(page)
    for role in roles:
        date = _held(role) or _("undated")
        where = TextRun(role.organisation)
        if role.partner and store.find("partner", role.partner) is not None:
            where = TextRun(role.organisation, None, Location("partner", role.partner))
        card.add(date, TextRun(role.title), TextRun(", "), where)
    card.add_text(_("Credentials"), person.credentials)
    card.add_text(_("Note"), person.note)
    card.write()
    here = Location("person", person.id)
    number = store.find("person", person.id)
    if number is not None:
        rows = rows_by_kind(store, store.records_naming(number))
        write_section(page, _("Statements"), rows["statement"], here, with_detail=False)
        write_section(page, _("Events"), rows["event"], here, anchor=page.head_end)
    write_quotes(store, page, here, sources_of(person))
