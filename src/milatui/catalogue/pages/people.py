"""Renders people: their roles and statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.records import Statement
from milatui.catalogue.labels.dates import date_width, format_date
from milatui.catalogue.labels.labels import count_label, format_count
from milatui.catalogue.location import Location
from milatui.catalogue.pages.common import write_flags, write_view_header
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.store import RecordStore

MAX_PEOPLE: Final = 500
"""People of each section; the rest is counted."""
MAX_STATEMENTS: Final = 2000
"""Statements that are looked at, the newest."""
_INDENT: Final = 2


def write_people(store: RecordStore, page: PageBuilder, scope: Scope) -> None:
    """Writes people with their statements, then the other people that are named."""
    statements = store.list_records("statement", scope)
    said = _by_speaker(store, statements)
    people = list(dict.fromkeys((*store.list_records("person", scope, "title"), *said)))
    facts = (
        count_label("person", len(people)),
        count_label("statement", len(statements)),
    )
    write_view_header(store, page, _("People"), facts, scope)
    if not people:
        page.blank()
        page.line(_("Nobody is named in this scope."))
    spoke = sorted((n for n in people if n in said), key=lambda n: -len(said[n]))
    silent = [n for n in people if n not in said]
    store.rows([*spoke[:MAX_PEOPLE], *silent[:MAX_PEOPLE]])
    if spoke:
        page.heading(_("Who said what"))
    for number in spoke[:MAX_PEOPLE]:
        page.blank()
        person = store.row(number)
        page.outline(3, person.title)
        _write_person(page, person)
        for statement in said[number]:
            _write_statement(page, statement)
    _write_more(page, len(spoke))
    if silent:
        page.heading(_("Others named"))
    for number in silent[:MAX_PEOPLE]:
        _write_person(page, store.row(number))
    _write_more(page, len(silent))


def _by_speaker(store: RecordStore, statements: Sequence[int]) -> dict[int, list[RecordRow]]:
    """Groups statements, newest first, by the record number of the speaker."""
    said: dict[int, list[RecordRow]] = {}
    newest = statements[:MAX_STATEMENTS]
    records = [record for record in store.records(newest) if isinstance(record, Statement)]
    speakers = store.find_all([("person", record.speaker) for record in records])
    for speaker, row in zip(speakers, store.rows(newest), strict=True):
        if speaker is not None:
            said.setdefault(speaker, []).append(row)
    return said


def _write_person(page: PageBuilder, row: RecordRow) -> None:
    start = page.at
    page.add(row.title, "strong", Location("person", row.id))
    page.add(f"  {row.detail}" if row.detail else "", "dim")
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


def _write_more(page: PageBuilder, total: int) -> None:
    if total > MAX_PEOPLE:
        text = ngettext("and {n} more", "and {n} more", total - MAX_PEOPLE)
        page.line(text.format(n=format_count(total - MAX_PEOPLE)), "dim")
