"""Writes names that lead to records, and sections that list the records around one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.kinds import KINDS
from milatui.catalogue import wording
from milatui.catalogue.location import Location
from milatui.catalogue.pagewriter import Piece
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lines import Row
    from milatui.catalogue.pagewriter import PageWriter
    from milatui.catalogue.scope import Scope

MOST: Final = 100
"""Records a section lists; the rest is counted."""

_GAP: Final = 2
"""Columns between a date and a title."""


def name_piece(catalogue: Catalogue, kind: Kind, identifier: str) -> Piece:
    """The name of a record as a link, or its bare id if there is no such record."""
    number = catalogue.find(kind, identifier)
    if number is None:
        return Piece(identifier)
    return Piece(catalogue.row(number).title, None, Location(kind, identifier))


def names(catalogue: Catalogue, kind: Kind, identifiers: Iterable[str]) -> list[Piece]:
    """The names of several records."""
    return [name_piece(catalogue, kind, identifier) for identifier in identifiers]


def by_kind(catalogue: Catalogue, numbers: Iterable[int]) -> dict[Kind, list[Row]]:
    """The rows of records by their kinds, newest first."""
    rows: dict[Kind, list[Row]] = {kind: [] for kind in KINDS}
    for number in sorted(set(numbers)):
        row = catalogue.row(number)
        rows[row.kind].append(row)
    return rows


def write_view_head(
    catalogue: Catalogue, writer: PageWriter, title: str, facts: Sequence[str], scope: Scope
) -> None:
    """The head of a view: its name, how much it shows, and what restricts it."""
    writer.line(title, "title")
    partner = catalogue.partner_name(scope.partner) if scope.partner else ""
    chips = [chip.label for chip in scope.chips(partner)]
    writer.line(" · ".join((*facts, *chips)), "meta")


def write_section(
    writer: PageWriter,
    title: str,
    rows: Sequence[Row],
    origin: Location | None = None,
    total: int | None = None,
) -> None:
    """Write a section of dates and linked titles; nothing if there are no rows.

    With ``origin`` a link to a document lights the words that record quotes of it.  ``total``
    is how many rows there are if only the first ``MOST`` of them are given.
    """
    if not rows:
        return
    total = len(rows) if total is None else total
    writer.heading(f"{title} ({wording.count_words(total)})")
    dated = any(row.date for row in rows[:MOST])
    for row in rows[:MOST]:
        _write_row(writer, row, dated, origin)
    if total > MOST:
        more = total - MOST
        text = ngettext("and {n} more", "and {n} more", more)
        writer.line(text.format(n=wording.count_words(more)), "dim")


def _write_row(writer: PageWriter, row: Row, dated: bool, origin: Location | None) -> None:
    start = writer.at
    indent = wording.date_cells() + _GAP if dated else _GAP
    if dated:
        date = wording.date_words(row.date)
        writer.add(date, "dim")
        writer.raw(" " * max(1, indent - len(date)))
    fragment: tuple[tuple[str, str], ...] = ()
    if origin is not None and row.kind == "document":
        fragment = (("from", f"{origin.view}/{origin.id}"),)
    target = Location(row.kind, row.id, fragment)
    writer.add(row.title, None, target)
    if row.kind in ("figure", "person", "statement") and row.detail:
        writer.add(f"  {row.detail}", "dim" if row.kind != "figure" else "strong")
    write_flags(writer, row)
    writer.end_line()
    writer.hang(start, writer.at, indent)


def write_flags(writer: PageWriter, row: Row) -> None:
    """Say what is doubtful about a record, after its title."""
    for flag in row.flags:
        words = flag_words(flag)
        if words:
            writer.add("  ")
            writer.add(words, "flag")


def flag_words(flag: str) -> str:
    """A flag of a row in words; empty if it is no doubt."""
    return {
        "low-confidence": _("low confidence"),
        "contradicted": _("other values exist"),
        "deprecated": _("superseded"),
    }.get(flag, "")


def write_sections(
    writer: PageWriter, rows: dict[Kind, list[Row]], kinds: Sequence[Kind], origin: Location
) -> None:
    """Write one section per kind that has records."""
    titles = {
        "partner": _("Partners"),
        "person": _("People"),
        "event": _("Events"),
        "figure": _("Figures"),
        "statement": _("Statements"),
        "document": _("Documents"),
    }
    for kind in kinds:
        write_section(writer, titles[kind], rows[kind], origin)
