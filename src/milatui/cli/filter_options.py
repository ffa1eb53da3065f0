"""Filter options of ``search`` and ``list``, and the scope they describe."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.kinds import KIND_BY_FOLDER
from milatui.catalogue.scope import Scope
from milatui.cli.argument_parser import decode_arg
from milatui.cli.errors import CommandError
from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.cli.argument_parser import CommandParser


def add_filters(parser: CommandParser) -> None:
    """Adds the filter options."""
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
        "--partner", metavar="ID", type=decode_arg, default="", help=_("about this partner only")
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
        metavar="LANG",
        type=decode_arg,
        default="",
        help=_("texts in this language only: en, fr"),
    )
    group.add_argument(
        "--publisher",
        metavar="NAME",
        type=decode_arg,
        default="",
        help=_("documents of this publisher only: betakit"),
    )


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
    language: str = args.language
    partner: str = args.partner
    publisher: str = args.publisher
    given: list[str] = args.kind
    words = (word.strip() for text in given for word in text.split(","))
    kinds = (KIND_BY_FOLDER.get(word, word) for word in words)
    sectors: list[str] = args.sector
    scope = Scope(
        sectors=frozenset(
            sector.strip() for text in sectors for sector in text.split(",") if sector.strip()
        ),
        partner=partner.removeprefix("partner/"),
        since=_date("--from", since),
        until=_date("--to", until),
        kinds=frozenset(kind for kind in kinds if kind),
        language=language,
        publisher=publisher,
        query=query,
    )
    check_range(scope)
    return scope


def filter_words(scope: Scope) -> list[str]:
    """Returns the options that describe a scope, without its query."""
    given = {
        "partner": scope.partner,
        "sector": ",".join(sorted(scope.sectors)),
        "from": scope.since,
        "to": scope.until,
        "kind": ",".join(sorted(scope.kinds)),
        "lang": scope.language,
        "publisher": scope.publisher,
    }
    return [f"--{option}={value}" for option, value in given.items() if value]


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


def _date(option: str, text: str) -> str:
    if text:
        try:
            parse_edtf(text)
        except DateError as error:
            raise CommandError(
                _("{option}: {message}").format(option=option, message=error),
                hint=_("Dates are written 2021, 2021-05, 2021-05-17 (EDTF)."),
            ) from None
    return text
