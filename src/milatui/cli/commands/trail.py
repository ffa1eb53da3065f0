"""``milatui trail``: writes what was searched and opened in a visit as a memo."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.cli import options
from milatui.cli.errors import CommandError, Exit
from milatui.cli.file_output import add_file_output, output_file, write_output
from milatui.cli.filter_options import whole_number
from milatui.cli.folder_options import archive_dir
from milatui.cli.output import Json, write_json, write_table
from milatui.i18n import _, ngettext
from milatui.report.report_formats import REPORT_FORMATS, report_format, write_report

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milatui.catalogue.trail.steps import Visit
    from milatui.cli.argument_parser import CommandParser

SCHEMA: Final = "milatui.trail/1"


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``trail``."""
    parser.describe(
        _("Write what you have searched and opened in the explorer as a memo, to be run again."),
        (
            ("milatui trail", _("the last visit, as Markdown")),
            ("milatui trail --list", _("all visits, the newest first")),
            ("milatui trail --visit 2 --output memo.html", _("the one before the last")),
            ("milatui rerun memo.md", _("what differs now")),
            ("milatui trail --off", _("record nothing from now on")),
        ),
        "milatui trail [options]",
        (
            _("The trail stays in your own files (XDG state folder); nothing is sent anywhere."),
            _("Read-only sessions have none. The oldest steps go when it becomes too long."),
        ),
    )
    group = parser.add_argument_group(_("What"))
    choice = group.add_mutually_exclusive_group()
    choice.add_argument(
        "--visit",
        type=whole_number,
        default=1,
        metavar="N",
        help=_("the Nth visit, the newest first (default: 1)"),
    )
    choice.add_argument("--all", action="store_true", help=_("all visits in one memo"))
    choice.add_argument("--list", action="store_true", help=_("list the visits"))
    choice.add_argument("--delete", action="store_true", help=_("delete the trail of the archive"))
    choice.add_argument("--off", action="store_true", help=_("record nothing from now on"))
    choice.add_argument("--on", action="store_true", help=_("record again"))
    group = parser.add_argument_group(_("Output"))
    form = group.add_mutually_exclusive_group()
    form.add_argument(
        "--format",
        choices=REPORT_FORMATS,
        default="",
        help=_("html or markdown (default: as FILE ends, else markdown)"),
    )
    form.add_argument("--json", action="store_true", help=_("the steps as JSON"))
    add_file_output(group)
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Writes a memo, or what else is asked; exit code 1 if nothing is recorded."""
    from milatui.catalogue.trail.trail_store import TrailStore, switch_trail, trail_file

    if args.on or args.off:
        try:
            switch_trail(on=args.on)
        except OSError as error:
            message = _("the trail cannot be switched: {reason}")
            raise CommandError(message.format(reason=error.strerror or error)) from None
        answer = _("Visits are recorded.") if args.on else _("Visits are not recorded.")
        print(answer, file=sys.stderr)
        return Exit.DONE
    store = TrailStore(trail_file(archive_dir(args)))
    try:
        if args.delete:
            store.delete()
            print(_("The trail is deleted."), file=sys.stderr)
            return Exit.DONE
        visits = store.visits()[::-1]
    except OSError as error:
        message = _("the trail cannot be read or deleted: {reason}")
        raise CommandError(message.format(reason=error.strerror or error)) from None
    chosen = visits if args.all or args.list else visits[args.visit - 1 : args.visit]
    if not chosen and not args.json:
        print(_nothing(visits), file=sys.stderr)
        return Exit.NO_RESULTS
    if args.json:
        write_json({"schema": SCHEMA, "visits": [_json(visit) for visit in chosen]})
    elif args.list:
        _list(chosen)
    else:
        _write_memo(args, chosen[::-1])
    return Exit.DONE if chosen else Exit.NO_RESULTS


def _nothing(visits: Sequence[Visit]) -> str:
    from milatui.catalogue.trail.trail_store import is_switched_off

    if visits:
        text = ngettext("{n} visit is recorded", "{n} visits are recorded", len(visits))
        return text.format(n=len(visits))
    if is_switched_off():
        return _("Nothing is recorded: the trail is off. To record visits: milatui trail --on")
    return _("Nothing is recorded yet: search and open records in the explorer.")


def _write_memo(args: argparse.Namespace, visits: Sequence[Visit]) -> None:
    from milatui.cli.index_access import open_catalogue
    from milatui.report.colophon import memo_colophon, present_day
    from milatui.report.research_memo import ResearchMemo

    output = output_file(args)
    catalogue = open_catalogue(args)
    today = present_day()
    memo = ResearchMemo(catalogue, today).build(visits, memo_colophon(catalogue, today))
    write_output(args, write_report(memo, report_format(args.format, output)), "report")
    searches = sum(len(visit.searches) for visit in visits)
    opened = sum(len(visit.opened) for visit in visits)
    words = ngettext("{n} search", "{n} searches", searches).format(n=searches)
    more = ngettext("{n} record opened", "{n} records opened", opened).format(n=opened)
    print(sanitize(f"{words}, {more}", multiline=False), file=sys.stderr)


def _list(visits: Sequence[Visit]) -> None:
    from milatui.report.research_memo import clock_label, day_label

    rows = []
    for number, visit in enumerate(visits, 1):
        first, last = visit.steps[0].at, visit.steps[-1].at
        queries = [step.location.get("q") for step in visit.searches]
        rows.append(
            (
                str(number),
                f"{day_label(first)} {clock_label(first)}–{clock_label(last)}",
                str(len(visit.searches)),
                str(len(visit.opened)),
                " · ".join(query for query in queries if query),
            )
        )
    headings = (_("visit"), _("time"), _("searches"), _("opened"), _("queries"))
    write_table(rows, right=frozenset({0, 2, 3}), headings=headings)


def _json(visit: Visit) -> dict[str, Json]:
    return {
        "began": visit.steps[0].at,
        "searches": [
            {
                "at": step.at,
                "location": str(step.location),
                "found": step.total,
                "hits": [str(hit) for hit in step.hits],
            }
            for step in visit.searches
        ],
        "opened": [
            {
                "at": step.at,
                "location": str(step.location),
                "title": step.title,
                "digest": step.digest,
            }
            for step in visit.opened
        ],
    }
