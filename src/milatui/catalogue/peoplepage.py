"""The view of people: who said what, in which role."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.records import Statement
from milatui.catalogue import wording
from milatui.catalogue.location import Location
from milatui.catalogue.related import write_flags, write_view_head
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lines import Row
    from milatui.catalogue.pagewriter import PageWriter
    from milatui.catalogue.scope import Scope

MOST: Final = 500
"""People of each section; the rest is counted."""
MOST_SAID: Final = 2000
"""Statements that are looked at, the newest."""
_INDENT: Final = 2


def write_people(catalogue: Catalogue, writer: PageWriter, scope: Scope) -> None:
    """Write those who spoke, with their statements, then the others that are named."""
    statements = catalogue.listing("statement", scope)
    said = _by_speaker(catalogue, statements)
    people = list(dict.fromkeys((*catalogue.listing("person", scope, "title"), *said)))
    facts = (
        wording.count_of("person", len(people)),
        wording.count_of("statement", len(statements)),
    )
    write_view_head(catalogue, writer, _("People"), facts, scope)
    if not people:
        writer.blank()
        writer.line(_("Nobody is named in this scope."))
    spoke = sorted((n for n in people if n in said), key=lambda n: -len(said[n]))
    silent = [n for n in people if n not in said]
    if spoke:
        writer.heading(_("Who said what"))
    for number in spoke[:MOST]:
        writer.blank()
        person = catalogue.row(number)
        writer.outline(3, person.title)
        _write_person(writer, person)
        for statement in said[number]:
            _write_statement(writer, statement)
    _write_more(writer, len(spoke))
    if silent:
        writer.heading(_("Others named"))
    for number in silent[:MOST]:
        _write_person(writer, catalogue.row(number))
    _write_more(writer, len(silent))


def _by_speaker(catalogue: Catalogue, statements: Sequence[int]) -> dict[int, list[Row]]:
    """Statements, newest first, by the record number of who made them."""
    said: dict[int, list[Row]] = {}
    for number in statements[:MOST_SAID]:
        row = catalogue.row(number)
        record = catalogue.record("statement", row.id)
        speaker = (
            catalogue.find("person", record.speaker) if isinstance(record, Statement) else None
        )
        if speaker is not None:
            said.setdefault(speaker, []).append(row)
    return said


def _write_person(writer: PageWriter, row: Row) -> None:
    start = writer.at
    writer.add(row.title, "strong", Location("person", row.id))
    writer.add(f"  {row.detail}" if row.detail else "", "dim")
    write_flags(writer, row)
    writer.end_line()
    writer.hang(start, writer.at, _INDENT)


def _write_statement(writer: PageWriter, row: Row) -> None:
    start, cells = writer.at, wording.date_cells() + 2 * _INDENT
    date = wording.date_words(row.date)
    writer.raw(" " * _INDENT)
    writer.add(date, "dim")
    writer.raw(" " * max(1, cells - _INDENT - len(date)))
    writer.add(row.title, None, Location("statement", row.id))
    write_flags(writer, row)
    writer.end_line()
    writer.hang(start, writer.at, cells)


def _write_more(writer: PageWriter, total: int) -> None:
    if total > MOST:
        text = ngettext("and {n} more", "and {n} more", total - MOST)
        writer.line(text.format(n=wording.count_words(total - MOST)), "dim")
