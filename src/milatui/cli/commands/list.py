"""``milatui list KIND``: all records of a kind, as a table, CSV or JSON."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

from milatui.archive.kinds import FOLDERS, KIND_BY_FOLDER
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import count_label, format_number, kind_label
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.lists.activity_rows import PARTNER_SORTS
from milatui.catalogue.lists.people import PEOPLE_SORTS, HeldRole
from milatui.catalogue.lists.rows import RECORD_SORTS
from milatui.catalogue.lists.status import STATES
from milatui.catalogue.location import Location
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg, did_you_mean
from milatui.cli.errors import CommandError, Exit
from milatui.cli.filter_options import add_filters, scope_of, whole_number
from milatui.cli.filter_values import resolve_scope
from milatui.cli.output import write_csv, write_json, write_jsonl, write_table
from milatui.i18n import _, pgettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Event
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lists.activity_rows import PartnerRow, PartnerSort
    from milatui.catalogue.lists.people import PeopleSort, PersonActivity
    from milatui.catalogue.lists.rows import RecordRow, RecordSort
    from milatui.catalogue.lists.status import State
    from milatui.catalogue.scope import Scope
    from milatui.cli.argument_parser import CommandParser
    from milatui.cli.output import Json

    Item: TypeAlias = dict[str, Json]

SCHEMA = "milatui.list/1"


@dataclass(frozen=True, slots=True)
class TableColumns:
    """Columns of the table and the CSV of a kind; indexes in ``right`` are right-aligned."""

    kind: Kind
    columns: tuple[str, ...]
    csv: tuple[str, ...]
    right: frozenset[int] = frozenset()


_RECORD = ("id", "kind", "title", "date", "detail", "language", "partners", "flags", "location")
_FIGURE = (*_RECORD[:4], "value", "unit", "qualifier", "partners", "flags", "location", "partner")
_PARTNER = (*_RECORD[:5], "count", "location", "sector", "since", "last")
_STATUS = ("status", "last_confirmed", "announced_end")
_PARTNERS = TableColumns(
    "partner",
    ("title", "detail", "sector", "count", "since", "last", "status", "id"),
    (*_PARTNER, *_STATUS),
    frozenset({3}),
)
_PEOPLE = TableColumns(
    "person",
    ("title", "more", "years", "employer", "statements", "last", "id"),
    (*_RECORD, "role", "organisation", "roles", "statements", "last"),
    frozenset({4}),
)
BY_MEASURE = "measure"
"""The order of figures that the explorer has: by measure and subject, each in time."""
_SERIES = TableColumns(
    "figure",
    ("title", "date", "detail", "source", "against", "id"),
    _FIGURE,
    frozenset({2}),
)
_LAYOUTS: dict[Kind, TableColumns] = {
    "person": _PEOPLE,
    "event": TableColumns("event", ("date", "detail", "title", "id"), _RECORD),
    "document": TableColumns("document", ("date", "language", "detail", "title", "id"), _RECORD),
    "figure": TableColumns("figure", ("date", "title", "detail", "id"), _FIGURE),
    "statement": TableColumns("statement", ("date", "detail", "title", "id"), _RECORD),
}


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
        return _give_series(args, catalogue, scope)
    sort = _sort(args.sort, _sorts(what))
    as_table = not (args.json or args.jsonl or args.csv)
    if what == "partners":
        lines = catalogue.partners(scope, cast("PartnerSort", sort))
        if args.status:
            lines = _of_state(catalogue, lines, _state(args.status))
        items = _partner_items(catalogue, scope, lines[: args.limit], local=as_table)
        return _give(args, _PARTNERS, items, len(lines))
    if args.status:
        raise CommandError(_("--status applies to partners: milatui list partners --status silent"))
    if what == "people":
        people = catalogue.people_activity(scope, cast("PeopleSort", sort))
        if not people:
            _advise(catalogue, "person", scope)
        as_items = _people_items if args.json or args.jsonl else _people_cells
        items = as_items(catalogue, people[: args.limit])
        return _give(args, _PEOPLE, items, len(people))
    kind = KIND_BY_FOLDER[what]
    numbers = catalogue.list_records(kind, scope, cast("RecordSort", sort))
    if not numbers:
        _advise(catalogue, kind, scope)
    rows = [catalogue.row(number) for number in numbers[: args.limit]]
    if as_table:
        items = [{**_item(row), "title": row.label} for row in rows]
    elif what == "figures":
        items = [_figure_item(catalogue, _item(row)) for row in rows]
    elif what == "events" and not args.csv:
        items = _event_items(catalogue, rows)
    else:
        items = [_item(row) for row in rows]
    return _give(args, _LAYOUTS[kind], items, len(numbers))


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


def _give_series(args: argparse.Namespace, catalogue: Catalogue, scope: Scope) -> int:
    """Lists figures by measure and subject, as the explorer does."""
    found = catalogue.figures(scope)
    if not found.total:
        _advise(catalogue, "figure", scope)
    rows = [(series.title, row) for series in found.series for row in series.rows]
    rows = rows[: args.limit]
    items: list[Item] = []
    for title, row in rows:
        item = _item(row.row)
        if args.json or args.jsonl or args.csv:
            items.append(_figure_item(catalogue, item))
        else:
            against = f"≠ {', '.join(row.against)}" if row.against else ""
            items.append({**item, "title": title, "source": row.source, "against": against})
    return _give(args, _SERIES, items, found.total)


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


def _item(row: RecordRow) -> Item:
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "date": row.date,
        "detail": row.detail,
        "language": row.language,
        "partners": list(row.partners),
        "flags": list(row.flags),
        "location": str(Location(row.kind, row.id)),
    }


def _event_items(catalogue: Catalogue, rows: Sequence[RecordRow]) -> list[Item]:
    """Events as items, with the dates of their announcement and first publication."""
    from milatui.catalogue.timeline.event_dates import event_dates

    store = catalogue.store()
    items: list[Item] = []
    for row in rows:
        dates = event_dates(store, cast("Event", store.record("event", row.id)))
        given_dates = {"announced": dates.announced, "published": dates.published}
        items.append({**_item(row), **given_dates})
    return items


def _figure_item(catalogue: Catalogue, item: Item) -> Item:
    """Replaces labels of a figure by its measure, value, unit and qualifier as written.

    ``partner`` is the one that it is about.
    """
    figure = catalogue.record("figure", str(item["id"]))
    names = ("measure", "value", "unit", "qualifier", "partner")
    values = {name: getattr(figure, name) for name in names}
    values["title"] = values.pop("measure").replace("_", " ")
    return {key: value for key, value in {**item, **values}.items() if key != "detail"}


def _people_items(catalogue: Catalogue, people: Sequence[PersonActivity]) -> list[Item]:
    """Returns people as items; ``role`` and ``organisation`` are of the latest role."""
    items: list[Item] = []
    for person in catalogue.people_summaries(people):
        latest = person.roles[0] if person.roles else None
        items.append(
            {
                **_item(person.row),
                "role": latest.title if latest else "",
                "organisation": latest.organisation if latest else "",
                "roles": [
                    {
                        "title": role.title,
                        "organisation": role.organisation,
                        "partner": role.partner,
                        "since": role.years[0] if role.years else "",
                        "last": role.years[-1] if role.years else "",
                    }
                    for role in person.roles
                ],
                "statements": person.statements,
                "last": person.last,
            }
        )
    return items


def _people_cells(catalogue: Catalogue, people: Sequence[PersonActivity]) -> list[Item]:
    """Returns people as what a table or CSV shows: roles in words, each with its years once.

    In the table the latest role stands for all, with their number; its organisation has the name
    of the partner in the interface's language.
    """
    items: list[Item] = []
    for person in catalogue.people_summaries(people):
        latest, *others = person.roles or (HeldRole("", "", "", ()),)
        name = catalogue.store().title("partner", latest.partner) if latest.partner else ""
        items.append(
            {
                **_item(person.row),
                "role": latest.title,
                "more": f"{latest.title} +{len(others)}" if others else latest.title,
                "years": latest.period,
                "organisation": latest.organisation,
                "employer": name or latest.organisation,
                "roles": "; ".join(map(_role_text, person.roles)),
                "statements": person.statements,
                "last": person.last,
            }
        )
    return items


def _role_text(role: HeldRole) -> str:
    words = f"{role.title}, {role.organisation}"
    return f"{words} ({role.period})" if role.years else words


def _partner_items(
    catalogue: Catalogue, scope: Scope, lines: Sequence[PartnerRow], *, local: bool
) -> list[Item]:
    """Returns partners as items; ``date`` and ``last`` are of the newest event or document.

    With ``local`` their names are those in the interface's language.
    """
    numbers = [line.number for line in lines]
    since = catalogue.partners_since(scope, numbers)
    items: list[Item] = [
        {
            "id": line.id,
            "kind": "partner",
            "title": line.name if local else line.title,
            "date": line.last,
            "detail": line.kind,
            "count": line.count,
            "location": str(Location("partner", line.id)),
            "sector": line.sector,
            "since": since.get(line.number, ""),
            "last": line.last,
        }
        for line in lines
    ]
    from milatui.catalogue.pages.common import state_label

    for item, status in zip(items, catalogue.statuses(numbers), strict=True):
        item["status"] = state_label(status.state) if local else status.state
        item["last_confirmed"] = status.last.date if status.last else ""
        item["announced_end"] = status.end.date if status.end else ""
    return items


def _give(args: argparse.Namespace, layout: TableColumns, items: Sequence[Item], total: int) -> int:
    if args.json:
        write_json({"schema": SCHEMA, "total": total, "items": items})
    elif args.jsonl:
        write_jsonl(items)
    elif args.csv:
        write_csv(layout.csv, ([_cell(item[name]) for name in layout.csv] for item in items))
    else:
        rows = [[_shown(item, column) for column in layout.columns] for item in items]
        write_table(rows, right=layout.right, headings=_headings(layout))
        sys.stdout.flush()
        print(_summary(total, len(items), layout.kind), file=sys.stderr)
    return Exit.DONE if total else Exit.NO_RESULTS


def _headings(layout: TableColumns) -> list[str]:
    """Returns the headings of a table; those of partners and people have dates that need them."""
    if layout.kind == "person":
        return [
            _("name"),
            pgettext("column", "role"),
            pgettext("column", "years"),
            _("organisation"),
            pgettext("column", "said"),
            pgettext("date", "last"),
            _("id"),
        ]
    if layout.kind != "partner":
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
