"""Renders people: their roles and statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.catalogue.labels.dates import date_width, format_date
from milatui.catalogue.labels.labels import count_label, format_count
from milatui.catalogue.location import Location
from milatui.catalogue.pages.common import write_flags, write_view_header
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from milatui.catalogue.lists.people import PersonRow
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.store import RecordStore

_INDENT: Final = 2


def write_people(store: RecordStore, page: PageBuilder, scope: Scope) -> None:
    """Writes people with their statements, then the other people that are named."""
    people = store.people(scope)
    facts = (
        count_label("person", people.total),
        count_label("statement", people.statements),
    )
    write_view_header(store, page, _("People"), facts, scope)
    if not people.total:
        page.blank()
        page.line(_("Nobody is named in this scope."))
    if people.speakers:
        page.heading(_("Who said what"))
    for person in people.speakers:
        page.blank()
        page.outline(3, person.row.title)
        _write_person(page, person)
        for statement in person.statements:
            _write_statement(page, statement)
    if people.others:
        page.heading(_("Others named"))
    for person in people.others:
        _write_person(page, person)
    _write_more(page, people.total - len(people.speakers) - len(people.others))


def _write_person(page: PageBuilder, person: PersonRow) -> None:
    start, row = page.at, person.row
    page.add(row.title, "strong", Location("person", row.id))
    details = ", ".join(part for part in (row.detail, person.period) if part)
    page.add(f"  {details}" if details else "", "dim")
    write_flags(page, row)
    page.end_line()
    page.hanging_indent(start, page.at, _INDENT)


def _write_statement(page: PageBuilder, row: RecordRow) -> None:
    start, cells = page.at, date_width() + 2 * _INDENT
    date = format_date(row.date)
    page.write_clean(" " * _INDENT)
    page.add(date, "dim")
    page.write_clean(" " * max(1, cells - _INDENT - len(date)))
    page.add(row.title, None, Location("statement", row.id))
    write_flags(page, row)
    page.end_line()
    page.hanging_indent(start, page.at, cells)


def _write_more(page: PageBuilder, more: int) -> None:
    if more > 0:
        text = ngettext("and {n} more", "and {n} more", more)
        page.line(text.format(n=format_count(more)), "dim")
