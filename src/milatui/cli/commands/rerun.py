"""``milatui rerun FILE``: runs the searches of a memo again and says what differs now."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_count, quote_text
from milatui.cli import options
from milatui.cli.errors import CommandError, Exit
from milatui.cli.output import Json, write_json
from milatui.cli.text_input import read_text_file
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milatui.catalogue.location import Location
    from milatui.catalogue.trail.memo_rerun import (
        RecordOutcome,
        RecordStatus,
        Rerun,
        SearchOutcome,
    )
    from milatui.cli.argument_parser import CommandParser

SCHEMA: Final = "milatui.rerun/1"
_MOST_NAMED: Final = 10
"""Maximum number of new and gone hits that are named."""


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``rerun``."""
    parser.describe(
        _("Run the searches of a research memo again, and say what differs now."),
        (
            ("milatui trail --output memo.md", _("the memo of the last visit")),
            ("milatui rerun memo.md", _("new and gone hits, changed and gone records")),
            ("milatui rerun memo.docx --archive NEWER", _("against another archive")),
            ("milatui rerun memo.md --json | jq .differs", _("for a program")),
        ),
        "milatui rerun FILE [--json]",
        (_("Exit status: 0 if nothing differs, 1 if something does, 2 if FILE is not a memo."),),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument(
        "file", metavar="FILE", help=_("the memo, Markdown, HTML, plain text or DOCX; - is stdin")
    )
    group = parser.add_argument_group(_("Output"))
    group.add_argument("--json", action="store_true", help=_("every search and record as JSON"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Runs a memo again; exit code 1 if something differs."""
    from milatui.catalogue.trail.memo_rerun import rerun
    from milatui.catalogue.trail.memo_text import read_memo
    from milatui.cli.index_access import open_catalogue

    text, _paragraphs = read_text_file(args.file)
    memo = read_memo(text)
    if not memo.searches and not memo.opened:
        message = _("{file} has no search or opened record of a research memo")
        hint = _("To write one: milatui trail --output FILE")
        raise CommandError(message.format(file=args.file), hint=hint)
    with closing(open_catalogue(args)) as catalogue:
        found = rerun(catalogue, memo)
    if args.json:
        write_json(_json(found))
    else:
        for search in found.searches:
            _print_search(search)
        for record in found.opened:
            _print(_record_line(record))
        sys.stdout.flush()
        print(_summary(found), file=sys.stderr)
    return Exit.NO_RESULTS if found.differs else Exit.DONE


def _print(line: str) -> None:
    print(sanitize(line, multiline=False))


def _print_search(outcome: SearchOutcome) -> None:
    location = outcome.search.location
    query = quote_text(location.get("q")) if location.get("q") else str(location)
    then, now = format_count(outcome.search.found), format_count(outcome.now)
    if not outcome.differs:
        _print(_("same: {query}: {n} found").format(query=query, n=now))
        return
    _print(
        _("differs: {query}: {then} found then, {now} now").format(query=query, then=then, now=now)
    )
    if outcome.partial:
        _print("  " + _("The search took too long: this is what it found so far."))
    new = _("new: {location}") if outcome.complete else _("new among the first: {location}")
    _print_hits(new, outcome.new)
    _print_hits(_("gone: {location}"), outcome.gone)


def _print_hits(form: str, hits: Sequence[Location]) -> None:
    for hit in hits[:_MOST_NAMED]:
        print("  " + sanitize(form.format(location=hit), multiline=False))
    more = len(hits) - _MOST_NAMED
    if more > 0:
        text = ngettext("{n} more", "{n} more", more).format(n=format_count(more))
        print("  " + sanitize(form.format(location=text), multiline=False))


def _record_line(outcome: RecordOutcome) -> str:
    line = f"{_label(outcome.status)}: {outcome.record.location}"
    if outcome.status == "moved" and outcome.now is not None:
        line += _("; now {location}").format(location=outcome.now)
    return line


def _label(status: RecordStatus) -> str:
    return {
        "same": _("same"),
        "changed": _("changed"),
        "moved": _("moved"),
        "gone": _("gone"),
    }[status]


def _summary(found: Rerun) -> str:
    searches = sum(each.differs for each in found.searches)
    records = sum(each.status != "same" for each in found.opened)
    total = len(found.searches)
    words = ngettext("{n} of {total} search differs", "{n} of {total} searches differ", total)
    opened = len(found.opened)
    more = ngettext("{n} of {total} record differs", "{n} of {total} records differ", opened)
    archive = _("the archive has changed")
    if found.same_archive:
        archive = _("the archive is the same")
    return "; ".join(
        (
            words.format(n=format_count(searches), total=format_count(total)),
            more.format(n=format_count(records), total=format_count(opened)),
            archive,
        )
    )


def _json(found: Rerun) -> dict[str, Json]:
    return {
        "schema": SCHEMA,
        "differs": found.differs,
        "same_archive": found.same_archive,
        "fingerprint": found.fingerprint,
        "searches": [
            {
                "location": str(each.search.location),
                "then": each.search.found,
                "now": each.now,
                "new": [str(hit) for hit in each.new],
                "gone": [str(hit) for hit in each.gone],
                "complete": each.complete,
                "partial": each.partial,
            }
            for each in found.searches
        ],
        "opened": [
            {
                "location": str(each.record.location),
                "status": each.status,
                "now": "" if each.now is None else str(each.now),
            }
            for each in found.opened
        ],
    }
