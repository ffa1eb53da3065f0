"""Renders the comparison of two partners: side by side, then what they have in common."""

from __future__ import annotations

import textwrap
from itertools import zip_longest
from typing import TYPE_CHECKING, Final

from milatui.archive.records import Partner
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import (
    format_count,
    format_value,
    kind_label,
    relation_label,
)
from milatui.catalogue.labels.vocabulary import sector_label, subject_label
from milatui.catalogue.lists.comparison import in_common, money_sums
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import TextRun
from milatui.catalogue.pages.common import (
    MAX_ROWS,
    partner_place,
    record_link,
    rows_by_kind,
    state_label,
    write_section,
)
from milatui.catalogue.pages.lane_chart import write_lanes
from milatui.catalogue.pages.partner import relation_facts
from milatui.catalogue.scope import Scope
from milatui.catalogue.store import NotFound
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.lists.comparison import MoneySum, Rows
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.lists.status import Evidence
    from milatui.catalogue.pages.builder import PageBuilder
    from milatui.catalogue.store import RecordStore

_CELL: Final = (10, 32)
"""Least and most columns for what is said of each partner."""
_ROOMY: Final = 60
"""Columns of the page from which labels of several words are not wrapped."""
_GAP: Final = 2
"""Blank columns behind a column where there is room for more than the least."""
_LABEL: Final = 10
"""Columns for a label; one of several words is wrapped."""
_MOST_LINES: Final = 40
"""Maximum number of lines of a cell."""


def write_comparison(store: RecordStore, page: PageBuilder, one: str, other: str) -> str:
    """Writes the comparison of two partners and returns its title.

    Raises:
        NotFound: there is no such partner.
    """
    if not one or not other:
        page.head(_("Compare"))
        page.line(_("Name two partners: compare?a=ID&b=ID"))
        return _("Compare")
    store.prefetch((("partner", one), ("partner", other)))
    partners = (_partner(store, one), _partner(store, other))
    _read_related(store, partners)
    names = [store.title("partner", partner.id) for partner in partners]
    title = _("{one} and {other}").format(one=names[0], other=names[1])
    page.head(title, [TextRun(_("compared"))])
    rows = [_rows(store, partner) for partner in partners]
    write_lanes(page, list(zip(names, (each["event"] for each in rows), strict=True)))
    _write_table(store, page, partners, names, rows)
    _write_money(store, page, partners, names)
    for partner in partners:
        page.blank()
        page.add_runs((record_link(store, "partner", partner.id), TextRun("  ")))
        page.add(partner.relation)
        page.end_line()
    _write_relations(store, page, partners)
    _write_common(page, rows)
    for name, mine, theirs in zip(names, rows, rows[::-1], strict=True):
        known = {row.number for row in theirs["event"]}
        alone = [row for row in mine["event"] if row.number not in known]
        write_section(page, _("Events of {name} only").format(name=name), alone)
    return title


def _partner(store: RecordStore, identifier: str) -> Partner:
    record = store.record("partner", identifier)
    if not isinstance(record, Partner):
        raise NotFound("partner", identifier, ())
    return record


def _read_related(store: RecordStore, partners: Sequence[Partner]) -> None:
    """Reads the rows of all records that name one of the partners, and of related partners."""
    numbers = store.find_all([("partner", partner.id) for partner in partners])
    related = [r.to for partner in partners for r in partner.relations]
    store.prefetch(
        [("partner", identifier) for identifier in related],
        [
            other
            for number in numbers
            if number is not None
            for other in store.records_naming(number)
        ],
    )


def _rows(store: RecordStore, partner: Partner) -> Rows:
    number = store.find("partner", partner.id)
    return rows_by_kind(store, store.records_naming(number) if number is not None else ())


def _write_table(
    store: RecordStore,
    page: PageBuilder,
    partners: tuple[Partner, Partner],
    names: list[str],
    rows: Sequence[Mapping[Kind, Sequence[RecordRow]]],
) -> None:
    """Writes a row per field, with a column for each partner."""
    numbers = [store.find("partner", partner.id) for partner in partners]
    statuses = store.statuses([number for number in numbers if number is not None])
    table: list[tuple[str, list[str]]] = [
        ("", names),
        (_("Status"), [state_label(status.state) for status in statuses]),
        (_("First together"), [_date(status.first) for status in statuses]),
        (_("Last together"), [_date(status.last) for status in statuses]),
        (_("Announced end"), [_date(status.end) for status in statuses]),
        (_("Kind"), [kind_label(partner.kind) for partner in partners]),
        (_("Sector"), [sector_label(partner.sector) for partner in partners]),
        (_("Place"), [partner_place(x) for x in partners]),
        (_("Founded"), [format_date(partner.founded) for partner in partners]),
        (_("First event"), [_end(each, -1) for each in rows]),
        (_("Latest event"), [_end(each, 0) for each in rows]),
    ]
    titles: dict[Kind, str] = {
        "event": _("Events"),
        "document": _("Documents"),
        "person": _("People"),
        "statement": _("Statements"),
        "figure": _("Figures"),
    }
    table += [
        (title, [format_count(len(each[kind])) for each in rows]) for kind, title in titles.items()
    ]
    doubtful = [sum("contradicted" in row.flags for row in each["figure"]) for each in rows]
    if any(doubtful):
        table.append((_("Contradicted"), [format_count(number) for number in doubtful]))
    page.blank()
    labels = [words for words, _cells in table]
    whole = page.columns >= _ROOMY
    label = max(_LABEL, *(len(part) for x in labels for part in ([x] if whole else x.split())))
    widest = max(len(cell) for _words, cells in table for cell in cells)
    least, most = _CELL
    cell = min(most, max(least, widest), (page.columns - label - 2 * _GAP) // 2)
    for words, cells in table:
        if any(cells):
            _write_line(page, words, cells, (label, max(least, cell)))


def _date(evidence: Evidence | None) -> str:
    return format_date(evidence.date) if evidence else ""


def _end(rows: Mapping[Kind, Sequence[RecordRow]], which: int) -> str:
    """Returns the date of the newest (0) or the oldest (-1) dated event."""
    dated = [row for row in rows["event"] if row.date] or [r for r in rows["document"] if r.date]
    return format_date(dated[which].date) if dated else ""


def _write_line(
    page: PageBuilder, label: str, cells: Sequence[str], widths: tuple[int, int]
) -> None:
    """Writes a label and what is said of each partner in columns of ``widths``."""
    width, room = widths
    gap = " " * (_GAP if room > _CELL[0] else 1)
    heads = textwrap.wrap(label, width)
    wrapped = [
        textwrap.wrap(cut_words(cell, room), room, max_lines=_MOST_LINES, placeholder="…") or ["–"]
        for cell in cells
    ]
    start = page.at
    for head, *parts in zip_longest(heads, *wrapped, fillvalue=""):
        at = page.at
        line = gap.join((head.ljust(width), *(part.ljust(room) for part in parts)))
        page.line(line.rstrip())
        page.add_span(at, at + len(head), "label")
        if not label:
            page.add_span(at + width + len(gap), page.at, "strong")
    page.add_span(start, page.at, "table")


def cut_words(text: str, room: int) -> str:
    """Truncates words that are longer than ``room``: a line would break them anywhere."""
    return " ".join(word if len(word) <= room else f"{word[: room - 1]}…" for word in text.split())


def _write_relations(
    store: RecordStore, page: PageBuilder, partners: tuple[Partner, Partner]
) -> None:
    """Writes the relations that each partner states to the other."""
    lines = [
        (partner, relation)
        for partner, other in (partners, partners[::-1])
        for relation in partner.relations
        if relation.to == other.id
    ]
    if lines:
        page.heading(_("Relations"))
    for partner, relation in lines:
        words = f"{store.title('partner', partner.id)} {relation_label(relation.kind)} "
        other = record_link(store, "partner", relation.to)
        page.add_runs((TextRun(words), other, *relation_facts(relation)))
        page.end_line()


def _write_money(
    store: RecordStore, page: PageBuilder, partners: Sequence[Partner], names: Sequence[str]
) -> None:
    """Writes the sums of money that are recorded of each partner, by measure and currency."""
    sums = [
        money_sums(store.figures(Scope(partners=frozenset({partner.id}))).rows, partner.id)
        for partner in partners
    ]
    if not any(sums):
        return
    page.heading(_("Money that is recorded"))
    for partner, name, mine in zip(partners, names, sums, strict=True):
        page.line(name, "strong")
        if not mine:
            page.line(_("  none"), "dim")
        for money in mine:
            subject = money.subject if money.subject != partner.id else ""
            _write_sum(page, money, store.title("partner", subject) if subject else "")
    if any(money.left_out for mine in sums for money in mine):
        page.line(_("Figures that may be about the same money are counted once."), "dim")


def _write_sum(page: PageBuilder, money: MoneySum, subject: str) -> None:
    """Writes a sum and what it is made of; ``subject`` names whom it is about, if another one."""
    start = page.at
    amount = format_value(_digits(money.amount), "", money.currency)
    page.write_clean("  ")
    page.add(subject_label(money.measure, subject), "label")
    page.write_clean("  ")
    one = money.figures[0] if len(money.figures) == 1 else None
    target = Location("figure", one.row.id) if one else None
    words = (
        one.row.detail
        if one
        else amount
        if money.is_exact
        else _("about {value}").format(value=amount)
    )
    page.add(words, "strong", target)
    if one is None:
        page.add(" = ", "dim")
        for number, row in enumerate(money.figures):
            page.add(" + " if number else "", "dim")
            page.add(row.row.detail, None, Location("figure", row.row.id))
    dates = list(dict.fromkeys(format_date(row.figure.as_of) for row in money.figures))
    page.add(f"  {', '.join(date for date in dates if date)}", "dim")
    if money.left_out:
        text = ngettext("{n} figure left out", "{n} figures left out", len(money.left_out))
        page.add(f"  {text.format(n=format_count(len(money.left_out)))}", "dim")
    page.end_line()
    page.hanging_indent(start, page.at, 4)


def _digits(amount: float) -> str:
    return f"{amount:.2f}".rstrip("0").rstrip(".")


def _write_common(page: PageBuilder, rows: Sequence[Rows]) -> None:
    """Writes the events, documents and people that both have in common."""
    page.heading(_("In common"))
    shared = in_common(rows[0], rows[1])
    total = sum(map(len, shared.values()))
    text = ngettext("{n} record names both.", "{n} records name both.", total)
    page.line(text.format(n=format_count(total)) if total else _("No record names both."))
    write_section(page, _("Events of both"), shared["event"][:MAX_ROWS])
    write_section(page, _("Documents of both"), shared["document"][:MAX_ROWS])
    write_section(page, _("People of both"), shared["person"][:MAX_ROWS])
