"""Filter options of ``search`` and ``list``, and the scope they describe."""

from __future__ import annotations

import argparse
from datetime import date
from typing import TYPE_CHECKING

from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.kinds import KIND_BY_FOLDER
from milatui.catalogue.scope import Scope
from milatui.cli.argument_parser import decode_arg
from milatui.cli.errors import CommandError
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.cli.argument_parser import CommandParser


def add_filters(parser: CommandParser) -> argparse._ArgumentGroup:
    """Adds the filter options; returns their group."""
    group = parser.add_argument_group(_("Filters"))
    group.add_argument(
        "--kind",
        action="append",
        metavar="KIND",
        type=decode_arg,
        default=[],
        help=_("event, document, ... or funding, press-release, ... (repeatable, or a,b)"),
    )
    group.add_argument(
        "--partner",
        action="append",
        metavar="ID",
        type=decode_arg,
        default=[],
        help=_("about this partner only, by its id or name (repeatable)"),
    )
    group.add_argument(
        "--sector",
        action="append",
        metavar="SECTOR",
        type=decode_arg,
        default=[],
        help=_("about partners of a sector only: pharma, drug maker (repeatable, or a,b)"),
    )
    group.add_argument(
        "--from", dest="since", metavar="DATE", default="", help=_("not before DATE: 2021, 2021-05")
    )
    group.add_argument(
        "--to", dest="until", metavar="DATE", default="", help=_("not after DATE (whole of it)")
    )
    group.add_argument(
        "--lang",
        dest="language",
        action="append",
        metavar="LANG",
        type=decode_arg,
        default=[],
        help=_("texts in this language only: en, fr (repeatable, or a,b)"),
    )
    group.add_argument(
        "--publisher",
        action="append",
        metavar="NAME",
        type=decode_arg,
        default=[],
        help=_("documents of this publisher only: betakit (repeatable)"),
    )
    return group


def whole_number(text: str) -> int:
    """Parses an argument as a whole number from 0.

    Raises:
        ArgumentTypeError: if ``text`` is not one.
    """
    try:
        number = int(text)
    except ValueError:
        number = -1
    if number < 0:
        raise argparse.ArgumentTypeError(_("not a whole number from 0: {text}").format(text=text))
    return number


def scope_of(args: argparse.Namespace, query: str = "") -> Scope:
    """Returns the scope that the filter options in ``args`` describe.

    Raises:
        CommandError: ``--from`` or ``--to`` is not a date, or the range ends before it begins.
    """
    since: str = args.since
    until: str = args.until
    partners: list[str] = args.partner
    publishers: list[str] = args.publisher
    scope = Scope(
        sectors=frozenset(_listed(args.sector)),
        partners=frozenset(each.removeprefix("partner/") for each in partners if each),
        since=_date("--from", since, first=True),
        until=_date("--to", until, first=False),
        kinds=frozenset(KIND_BY_FOLDER.get(word, word) for word in _listed(args.kind)),
        languages=frozenset(_listed(args.language)),
        publishers=frozenset(filter(None, publishers)),
        query=query,
    )
    check_range(scope)
    return scope


def _listed(given: Sequence[str]) -> Iterator[str]:
    """Yields the values of a repeatable option that may also be separated by commas."""
    return (word.strip() for text in given for word in text.split(",") if word.strip())


def check_range(scope: Scope) -> None:
    """Refuses a range of dates that ends before it begins.

    Raises:
        CommandError: no day is in the range.
    """
    first, last = scope.days
    if first > last:
        message = _("{since} begins after the end of {until}: no date is between them")
        hint = _("The other way round: --from {until} --to {since}")
        dates = {"since": scope.since, "until": scope.until}
        raise CommandError(message.format(**dates), hint=hint.format(**dates))


def _date(option: str, text: str, *, first: bool) -> str:
    """Returns a limit as EDTF; dates in words, as lists print them, are understood, too."""
    if not text:
        return ""
    try:
        parse_edtf(text)
    except DateError as error:
        from milatui.catalogue.search.date_ranges import parse_date_range

        try:
            today = date.today()  # noqa: DTZ011 - the user's own day is meant
            found = parse_date_range(text, today)[0 if first else 1]
        except DateError:
            found = ""
        if not found:
            raise CommandError(
                _("{option}: {message}").format(option=option, message=error),
                hint=_("Dates are written 2021, 2021-05, 2021-05-17 (EDTF), or May 2021."),
            ) from None
        return found
    return text
