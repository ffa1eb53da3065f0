"""Writes links to records, and sections that list records."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, Final, cast

from milatui.archive.kinds import KINDS
from milatui.archive.records import Partner
from milatui.catalogue.labels.dates import date_width, format_date
from milatui.catalogue.labels.labels import format_count, kind_symbol
from milatui.catalogue.labels.vocabulary import country_label, place_label
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import TextRun
from milatui.i18n import _, ngettext
from milatui.index.record_relations import references

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Record
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.lists.status import Evidence, PartnerStatus, State
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.store import RecordStore

MAX_ROWS: Final = 100
"""Records a section lists; the rest is counted."""

_MENTIONS: Final = ("event", "document")
"""Kinds whose records mention others; what is said and counted stays in the text."""

_GAP: Final = 2
"""Columns between a date and a title."""


def record_link(store: RecordStore, kind: Kind, identifier: str) -> TextRun:
    """Returns the name of a record as a link; its bare id if there is no such record."""
    number = store.find(kind, identifier)
    if number is None:
        return TextRun(identifier)
    return TextRun(store.row(number).label, None, Location(kind, identifier))


def record_links(store: RecordStore, kind: Kind, identifiers: Iterable[str]) -> list[TextRun]:
    """Returns the names of several records as links."""
    return [record_link(store, kind, identifier) for identifier in identifiers]


def read_related(store: RecordStore, kind: Kind, record: Record) -> None:
    """Reads the rows of the records that a record names and of those that name it, in batches."""
    numbers = [number for number in (store.find(kind, record.id),) if number is not None]
    naming = [other for number in numbers for other in store.records_naming(number)]
    store.prefetch(_named_records(record), [*numbers, *naming])


def _named_records(record: Record) -> Iterator[tuple[Kind, str]]:
    for reference in references(record):
        kind, _slash, identifier = reference.partition("/")
        yield cast("Kind", kind), identifier
    if isinstance(record, Partner):
        yield from (("document", name.source) for name in record.names if name.source)


def read_documents(store: RecordStore, identifiers: Iterable[str]) -> None:
    """Reads the documents that exist among ``identifiers``, with their rows, in batches."""
    keys: list[tuple[Kind, str]] = [("document", identifier) for identifier in identifiers]
    store.prefetch(keys)
    store.records([number for number in store.find_all(keys) if number is not None])


def rows_by_kind(store: RecordStore, numbers: Iterable[int]) -> dict[Kind, list[RecordRow]]:
    """Returns the rows of records by kind, newest first."""
    rows: dict[Kind, list[RecordRow]] = {kind: [] for kind in KINDS}
    for row in store.rows(sorted(set(numbers))):
        rows[row.kind].append(row)
    return rows


def write_view_header(
    store: RecordStore, page: PageBuilder, title: str, facts: Sequence[str], scope: Scope
) -> None:
    """Writes the header of a view: its title, its size, and its restrictions."""
    chips = [chip.label for chip in scope.chips(partial(store.title, "partner"))]
    page.head(title, *([TextRun(fact)] for fact in (*facts, *chips)))


def write_section(
    page: PageBuilder,
    title: str,
    rows: Sequence[RecordRow],
    origin: Location | None = None,
    total: int | None = None,
    *,
    with_detail: bool = True,
    anchor: int | None = None,
    anchors: Sequence[int] = (),
) -> None:
    """Writes a section of dates and linked titles; nothing if there are no rows.

    With ``origin`` a link to a document highlights what that record quotes of it.  ``total``
    is how many rows there are if only the first ``MAX_ROWS`` of them are given.  Without
    ``with_detail`` speakers and roles are left out: the page says them already.
    With ``anchor`` it stands beside that offset where there is a margin; with ``anchors`` each
    row does, with the sign of its kind, and the heading is left out there.
    """
    if not rows:
        return
    total = len(rows) if total is None else total
    page.blank()
    start = page.at
    page.heading(f"{title} ({format_count(total)})")
    if anchors:
        page.note(start, None)
    dated = any(row.date for row in rows[:MAX_ROWS])
    for row, beside in zip_longest(rows[:MAX_ROWS], anchors):
        begin = page.at
        _write_row(page, row, dated, origin, with_detail=with_detail, signed=bool(anchors))
        if anchors:
            page.note(begin, beside)
    if total > MAX_ROWS:
        more = total - MAX_ROWS
        text = ngettext("and {n} more", "and {n} more", more)
        page.line(text.format(n=format_count(more)), "dim")
    if anchor is not None:
        page.note(start, anchor)


def _write_row(
    page: PageBuilder,
    row: RecordRow,
    dated: bool,
    origin: Location | None,
    *,
    with_detail: bool,
    signed: bool,
) -> None:
    start = page.at
    indent = date_width() + _GAP if dated else _GAP
    if dated:
        date = format_date(row.date)
        page.add(date, "dim")
        page.write_clean(" " * max(1, indent - len(date)))
    fragment: tuple[tuple[str, str], ...] = ()
    if origin is not None and row.kind == "document":
        fragment = (("from", f"{origin.view}/{origin.id}"),)
    target = Location(row.kind, row.id, fragment)
    if signed:
        page.add(kind_symbol(row.detail if row.kind == "event" else row.kind), "kind")
        page.write_clean(" ")
    page.add(row.label, None, target)
    if with_detail and row.kind in ("figure", "person", "statement") and row.detail:
        page.add(f"  {row.detail}", "dim" if row.kind != "figure" else "strong")
    write_flags(page, row)
    page.end_line()
    page.hanging_indent(start, page.at, indent)


def write_flags(page: PageBuilder, row: RecordRow) -> None:
    """Writes the flags of a row after its title."""
    for flag in row.flags:
        words = flag_words(flag)
        if words:
            page.add("  ")
            page.add(words, "flag")


def confidence_flag(confidence: str) -> list[TextRun]:
    """Returns the warning for a record of low confidence; nothing for others."""
    return [TextRun(flag_words("low-confidence"), "flag")] if confidence == "low" else []


def flag_words(flag: str) -> str:
    """Returns the label of a flag; empty for a flag that does not warn."""
    return {
        "low-confidence": _("low confidence"),
        "contradicted": _("contradicted"),
        "deprecated": _("superseded"),
    }.get(flag, "")


def partner_place(partner: Partner) -> str:
    """Returns city and country of a partner in the interface's language."""
    parts = (place_label(partner.city), country_label(partner.country))
    return ", ".join(part for part in parts if part)


def evidence_run(evidence: Evidence) -> TextRun:
    """Returns a date as a link to the record that it is from."""
    kind, _slash, identifier = evidence.record.partition("/")
    return TextRun(format_date(evidence.date), None, Location(kind, identifier))


def state_label(state: State) -> str:
    """Returns the state of a partnership in one or two words."""
    return {
        "current": _("current"),
        "ended": _("ended"),
        "past-end": _("past its end"),
        "silent": _("silent"),
        "unknown": _("no dated record"),
    }[state]


def status_words(status: PartnerStatus) -> str:
    """Returns how a partnership stands, in words; the archive's newest date is its today."""
    last = format_date(status.last.date) if status.last else ""
    end = format_date(status.end.date) if status.end else ""
    return {
        "current": _("current"),
        "ended": _("ended {end}, nothing since").format(end=end),
        "past-end": _("past its end {end}, seen since").format(end=end),
        "silent": _("nothing since {last}").format(last=last),
        "unknown": _("no dated record"),
    }[status.state]


def write_sections(
    page: PageBuilder,
    rows: dict[Kind, list[RecordRow]],
    kinds: Sequence[Kind],
    origin: Location,
    anchor: int,
) -> None:
    """Writes one section for each kind that has records.

    Args:
        rows: Rows of the records by kind.
        kinds: Kinds in the order of their sections.
        origin: The record that they name.
        anchor: What events and documents stand beside where there is a margin.
    """
    titles = {
        "partner": _("Partners"),
        "person": _("People"),
        "event": _("Events"),
        "figure": _("Figures"),
        "statement": _("Statements"),
        "document": _("Documents"),
    }
    for kind in kinds:
        beside = anchor if kind in _MENTIONS else None
        write_section(page, titles[kind], rows[kind], origin, anchor=beside)
