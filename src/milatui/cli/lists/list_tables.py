"""Writes lists: as JSON, as CSV, or as a table with the columns of the kind."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import count_label, format_number, kind_label
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.cli.errors import Exit
from milatui.cli.output import write_csv, write_json, write_jsonl, write_table
from milatui.i18n import _, pgettext

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milatui.archive.kinds import Kind
    from milatui.cli.lists.list_items import Item
    from milatui.cli.output import Json

SCHEMA = "milatui.list/1"


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Columns of the table and the CSV of a kind; indexes in ``right`` are right-aligned."""

    kind: Kind
    table: tuple[str, ...]
    csv: tuple[str, ...]
    right: frozenset[int] = frozenset()


_RECORD = ("id", "kind", "title", "date", "detail", "language", "partners", "flags", "location")
_FIGURE = (*_RECORD[:4], "value", "unit", "qualifier", "partners", "flags", "location", "partner")
_PARTNER = (*_RECORD[:5], "count", "location", "sector", "since", "last")
_STATUS = ("status", "last_confirmed", "announced_end")
PARTNER_COLUMNS = TableColumns(
    "partner",
    ("title", "detail", "sector", "count", "since", "last", "status", "id"),
    (*_PARTNER, *_STATUS),
    frozenset({3}),
)
PEOPLE_COLUMNS = TableColumns(
    "person",
    ("title", "more", "years", "employer", "statements", "last", "id"),
    (*_RECORD, "role", "organisation", "roles", "statements", "last"),
    frozenset({4}),
)
SERIES_COLUMNS = TableColumns(
    "figure",
    ("title", "date", "detail", "source", "against", "id"),
    _FIGURE,
    frozenset({2}),
)
COLUMNS_OF_KIND: dict[Kind, TableColumns] = {
    "person": PEOPLE_COLUMNS,
    "event": TableColumns("event", ("date", "detail", "title", "id"), _RECORD),
    "document": TableColumns("document", ("date", "language", "detail", "title", "id"), _RECORD),
    "figure": TableColumns("figure", ("date", "title", "detail", "id"), _FIGURE),
    "statement": TableColumns("statement", ("date", "detail", "title", "id"), _RECORD),
}


def write_list(
    args: argparse.Namespace, columns: TableColumns, items: Sequence[Item], total: int
) -> int:
    """Writes a list in the form that the command line asks for.

    Args:
        args: The command line.
        columns: The columns of its table and CSV.
        items: The rows that are written.
        total: The number of rows that there are.

    Returns:
        The exit code: 1 if there are none.
    """
    if args.json:
        write_json({"schema": SCHEMA, "total": total, "items": items})
    elif args.jsonl:
        write_jsonl(items)
    elif args.csv:
        write_csv(columns.csv, ([_cell(item[name]) for name in columns.csv] for item in items))
    else:
        rows = [[_shown(item, column) for column in columns.table] for item in items]
        write_table(rows, right=columns.right, headings=_headings(columns))
        sys.stdout.flush()
        print(_summary(total, len(items), columns.kind), file=sys.stderr)
    return Exit.DONE if total else Exit.NO_RESULTS


def _headings(columns: TableColumns) -> list[str]:
    """Returns the headings of a table; those of partners and people have dates that need them."""
    if columns.kind == "person":
        return [
            _("name"),
            pgettext("column", "role"),
            pgettext("column", "years"),
            _("organisation"),
            pgettext("column", "said"),
            pgettext("date", "last"),
            _("id"),
        ]
    if columns.kind != "partner":
        return []
    return [
        _("name"),
        _("kind"),
        _("sector"),
        pgettext("number of records", "records"),
        pgettext("date", "since"),
        pgettext("date", "last"),
        _("status"),
        _("id"),
    ]


def _cell(value: Json) -> str | int:
    """Returns a value as a cell of CSV; the ids of a list are separated by spaces."""
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return value if isinstance(value, int) else str(value)


def _shown(item: Item, column: str) -> str:
    value = item[column]
    if column == "sector":
        return sector_label(str(value))
    if column in ("date", "since", "last"):
        return format_date(str(value))
    if column == "detail" and item["kind"] in ("partner", "event", "document"):
        return kind_label(str(value))
    return format_number(str(value)) if column in ("count", "statements") else str(value)


def _summary(total: int, shown: int, kind: Kind) -> str:
    found = count_label(kind, total)
    if shown == total:
        return found
    return _("{n} of {found}").format(n=format_number(str(shown)), found=found)
