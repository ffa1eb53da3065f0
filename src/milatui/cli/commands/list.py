"""``milatui list KIND``: all records of a kind, as a table, CSV or JSON."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING, cast

from milatui.archive.kinds import FOLDERS, KIND_BY_FOLDER
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import count_label
from milatui.catalogue.lists.activity_rows import PARTNER_SORTS
from milatui.catalogue.lists.people import PEOPLE_SORTS
from milatui.catalogue.lists.rows import RECORD_SORTS
from milatui.catalogue.lists.status import STATES
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg, did_you_mean
from milatui.cli.errors import CommandError
from milatui.cli.filter_options import add_filters, scope_of, whole_number
from milatui.cli.filter_values import resolve_scope
from milatui.cli.lists.list_items import (
    event_items,
    figure_item,
    partner_items,
    people_cells,
    people_items,
    record_item,
)
from milatui.cli.lists.list_tables import (
    COLUMNS_OF_KIND,
    PARTNER_COLUMNS,
    PEOPLE_COLUMNS,
    SERIES_COLUMNS,
    write_list,
)
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lists.activity_rows import PartnerRow, PartnerSort
    from milatui.catalogue.lists.people import PeopleSort
    from milatui.catalogue.lists.rows import RecordSort
    from milatui.catalogue.lists.status import State
    from milatui.catalogue.scope import Scope
    from milatui.cli.argument_parser import CommandParser
    from milatui.cli.lists.list_items import Item

BY_MEASURE = "measure"
"""The order of figures that the explorer has: by measure and subject, each in time."""


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``list``."""
    parser.describe(
        _("List the partners, people, events, documents, figures or statements of an archive."),
        (
            ("milatui list partners", _("by latest activity")),
            ("milatui list partners --sector pharma", _("the drug makers, and since when")),
            ("milatui list partners --status past-end", _("past their announced end")),
            ("milatui list events --partner amgen", _("what happened with one partner")),
            ("milatui list documents --from 2021 --lang fr", _("French documents since 2021")),
            ("milatui list events --kind funding --csv", _("for a spreadsheet")),
            ("milatui list figures --sort measure", _("what differs is marked")),
            ("milatui list figures --jsonl | jq .title", _("for a program")),
        ),
        "milatui list {" + ",".join(KIND_BY_FOLDER) + "} [options]",
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument("what", type=_plural, metavar="KIND", help=", ".join(KIND_BY_FOLDER))
    filters = add_filters(parser)
    filters.add_argument(
        "--status",
        type=decode_arg,
        default="",
        metavar="STATE",
        help=_("only partnerships with this status: current, ended, past-end, silent, unknown"),
    )
    group = parser.add_argument_group(_("Answer"))
    group.add_argument(
        "--sort",
        default="",
        metavar="ORDER",
        help=_(
            "newest, oldest or title; partners and people: activity, name or count;"
            " partners: sector;"
            " figures: measure"
        ),
    )
    group.add_argument(
        "-n", "--limit", type=whole_number, default=None, metavar="N", help=_("at most N of them")
    )
    form = group.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("one JSON object"))
    form.add_argument("--jsonl", action="store_true", help=_("one JSON object per line"))
    form.add_argument("--csv", action="store_true", help=_("a table as CSV, with a header"))
    options.add_shared(parser, has_language_filter=True)


def _plural(text: str) -> str:
    """Returns the plural of the kind to list; the singular is understood.

    Raises:
        ArgumentTypeError: if there is no such kind.
    """
    word = decode_arg(text).lower()
    for kind, folder in FOLDERS.items():
        if word in (kind, folder):
            return folder
    near = did_you_mean(word, KIND_BY_FOLDER)
    message = _("there is no list “{name}”{near}; there are: {values}")
    values = ", ".join(KIND_BY_FOLDER)
    raise argparse.ArgumentTypeError(message.format(name=word, near=near, values=values))


def run(args: argparse.Namespace) -> int:
    """Lists the records of one kind that are in the scope of the filters."""
    from milatui.cli.index_access import open_catalogue

    what: str = args.what
    scope = scope_of(args)
    catalogue = open_catalogue(args)
    scope = resolve_scope(catalogue, scope)
    if what == "figures" and args.sort == BY_MEASURE:
        return _list_series(args, catalogue, scope)
    sort = _sort(args.sort, _sorts(what))
    as_table = not (args.json or args.jsonl or args.csv)
    if what == "partners":
        lines = catalogue.partners(scope, cast("PartnerSort", sort))
        if args.status:
            lines = _of_state(catalogue, lines, _state(args.status))
        items = partner_items(catalogue, scope, lines[: args.limit], local=as_table)
        return write_list(args, PARTNER_COLUMNS, items, len(lines))
    if args.status:
        raise CommandError(_("--status applies to partners: milatui list partners --status silent"))
    if what == "people":
        people = catalogue.people_activity(scope, cast("PeopleSort", sort))
        if not people:
            _advise(catalogue, "person", scope)
        as_items = people_items if args.json or args.jsonl else people_cells
        items = as_items(catalogue, people[: args.limit])
        return write_list(args, PEOPLE_COLUMNS, items, len(people))
    kind = KIND_BY_FOLDER[what]
    numbers = catalogue.list_records(kind, scope, cast("RecordSort", sort))
    if not numbers:
        _advise(catalogue, kind, scope)
    rows = [catalogue.row(number) for number in numbers[: args.limit]]
    if as_table:
        items = [{**record_item(row), "title": row.label} for row in rows]
    elif what == "figures":
        items = [figure_item(catalogue, record_item(row)) for row in rows]
    elif what == "events" and not args.csv:
        items = event_items(catalogue, rows)
    else:
        items = [record_item(row) for row in rows]
    return write_list(args, COLUMNS_OF_KIND[kind], items, len(numbers))


def _state(given: str) -> State:
    """Returns the state that is called so, by its name or its label."""
    from milatui.catalogue.pages.common import state_label

    called: dict[str, State] = {}
    for state in STATES:
        called |= {state: state, state_label(state): state}
    if given not in called:
        message = _("--status takes one of these: {words}").format(words=", ".join(STATES))
        raise CommandError(message + did_you_mean(given, called))
    return called[given]


def _of_state(
    catalogue: Catalogue, lines: Sequence[PartnerRow], state: State
) -> Sequence[PartnerRow]:
    """Returns the partners whose partnership stands so, in their order."""
    statuses = catalogue.statuses([line.number for line in lines])
    return [line for line, status in zip(lines, statuses, strict=True) if status.state == state]


def _sorts(what: str) -> Sequence[str]:
    """Returns the orders of a list."""
    if what == "partners":
        return PARTNER_SORTS
    if what == "people":
        return PEOPLE_SORTS
    return (*RECORD_SORTS, BY_MEASURE) if what == "figures" else RECORD_SORTS


def _list_series(args: argparse.Namespace, catalogue: Catalogue, scope: Scope) -> int:
    """Lists figures by measure and subject, as the explorer does."""
    found = catalogue.figures(scope)
    if not found.total:
        _advise(catalogue, "figure", scope)
    rows = [(series.title, row) for series in found.series for row in series.rows]
    rows = rows[: args.limit]
    items: list[Item] = []
    for title, row in rows:
        item = record_item(row.row)
        if args.json or args.jsonl or args.csv:
            items.append(figure_item(catalogue, item))
        else:
            against = f"≠ {', '.join(row.against)}" if row.against else ""
            items.append({**item, "title": title, "source": row.source, "against": against})
    return write_list(args, SERIES_COLUMNS, items, found.total)


def _advise(catalogue: Catalogue, kind: Kind, scope: Scope) -> None:
    """Prints to stderr how much would be listed without each of the restrictions."""
    for chip in scope.chips():
        wider = scope.without(chip.field)
        count = len(
            catalogue.list_records(kind, wider.without("until") if chip.field == "since" else wider)
        )
        if count:
            found = count_label(kind, count)
            text = _("Without “{restriction}”: {found}.").format(
                restriction=chip.label, found=found
            )
            print(sanitize(text), file=sys.stderr)


def _sort(given: str, known: Sequence[str]) -> str:
    if given and given not in known:
        message = _("--sort takes one of these here: {words}").format(words=", ".join(known))
        raise CommandError(message + did_you_mean(given, known))
    return given or known[0]
