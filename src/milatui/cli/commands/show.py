"""``milatui show LOCATION``: prints a record with its quoted sources as text or JSON."""

from __future__ import annotations

import textwrap
from bisect import bisect_right
from dataclasses import fields, is_dataclass
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, TypeVar

from milatui import CITE_STYLES
from milatui.archive.kinds import KIND_BY_FOLDER
from milatui.archive.quotes.document_text import document_text, find_quotes
from milatui.archive.records import Event, Source
from milatui.archive.serialize import record_to_dict, with_original
from milatui.catalogue.location import (
    PAGE_VIEWS,
    Location,
    LocationError,
    parse_location,
    scope_pairs,
)
from milatui.catalogue.pages.model import Indent, Span
from milatui.catalogue.store import NotFound
from milatui.catalogue.timeline.event_dates import event_dates
from milatui.cli import options, registry
from milatui.cli.argument_parser import CommandParser, decode_arg, did_you_mean
from milatui.cli.errors import CommandError, Exit
from milatui.cli.output import emphasis_delimiters, terminal_width, write_json
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Record
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.pages.model import Page
    from milatui.cli.output import Json

_Range = TypeVar("_Range", Span, Indent)

SCHEMA = "milatui.show/1"
_WIDEST = 88
"""Maximum columns of text: longer lines are hard to read."""
_BAR = "▎ "
"""Stands beside the lines of a passage."""
_BEGIN, _END = "\ue000", "\ue001"
"""Placeholders for the emphasis while lines are wrapped (private use characters)."""


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``show``."""
    parser.describe(
        _("Print what stands at a location, with the passages that prove it."),
        (
            ("milatui show partner/amgen", _("a partner")),
            ("milatui show document/amgen-2023 | less", _("a document")),
            ("milatui show event/amgen-lab-2023 --json", _("the whole record with its sources")),
            ("milatui show event/amgen-lab-2023 --cite markdown", _("its passage with a footnote")),
            ("milatui show 'timeline?partner=amgen'", _("any address that the explorer copies")),
        ),
        "milatui show KIND/ID [--json | --cite STYLE]",
        (
            _("Kinds: partner, person, event, figure, statement, document."),
            _("Views: figures, people, documents, compare?a=ID&b=ID, timeline, search?q=WORD."),
        ),
    )
    group = parser.add_argument_group(_("What"))
    text = _("as 'search' and 'list' print it")
    group.add_argument("location", metavar="LOCATION", type=decode_arg, help=text)
    group = parser.add_argument_group(_("Output"))
    choice = group.add_mutually_exclusive_group()
    choice.add_argument("--json", action="store_true", help=_("the record and its sources as JSON"))
    choice.add_argument(
        "--cite",
        metavar="STYLE",
        choices=CITE_STYLES,
        help=_("the passage with its footnote: {styles}").format(styles=", ".join(CITE_STYLES)),
    )
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Prints a record or view; exit code 1 if there is none at the location."""
    from milatui.cli.index_access import open_catalogue

    location = _parse(args.location)
    if args.cite:
        return _cite(location, args)
    if location.kind is None and location.view not in PAGE_VIEWS:
        return _run_list(location, args)
    kind = location.kind
    catalogue = open_catalogue(args)
    try:
        if not args.json:
            print_page(catalogue.page(location))
        elif kind is None:
            write_json(_view(catalogue.page(location)))
        else:
            write_json(_whole(catalogue, location, kind))
    except NotFound as missing:
        raise _nothing_at(location, missing) from None
    return Exit.DONE


def _nothing_at(location: Location, missing: NotFound) -> CommandError:
    """Returns the error for a location without a record, with the nearest ones."""
    message = _("there is nothing at {location}").format(location=location)
    kind = location.kind or "partner"
    near = [str(Location(kind, identifier)) for identifier in missing.near]
    found = did_you_mean(near[0], near) if near else ""
    look = _("'milatui search' looks for words in all records and documents.")
    return CommandError(message + found, Exit.NO_RESULTS, hint="" if near else look)


def _cite(location: Location, args: argparse.Namespace) -> int:
    """Prints the citation of what stands at a location.

    Raises:
        CommandError: there is nothing, or the style needs what is not installed.
    """
    from milatui.catalogue.citations.citation_formats import format_citation
    from milatui.catalogue.citations.csl_styles import INSTALL, StyleUnavailable
    from milatui.cli.index_access import open_catalogue

    today = date.today()  # noqa: DTZ011 - the user's own day is meant
    try:
        citation = open_catalogue(args).cite(location)
        if citation is not None:
            print(format_citation(citation, args.cite, today))
    except NotFound as missing:
        raise _nothing_at(location, missing) from None
    except StyleUnavailable as missing:
        hint = _("To install it: {command}").format(command=INSTALL)
        raise CommandError(str(missing), hint=hint) from None
    return Exit.DONE


def _parse(text: str) -> Location:
    """Parses any location that the explorer copies."""
    try:
        return parse_location(text)
    except LocationError as error:
        hint = _("Nearest: {location}").format(location=error.suggestion)
        raise CommandError(str(error), hint=hint if error.suggestion else "") from None


def _run_list(location: Location, args: argparse.Namespace) -> int:
    """Prints a view that is a list, as the command does that makes this list."""
    name, words = list_command(location)
    command = registry.load(name)
    parser = CommandParser(f"milatui {name}")
    command.configure(parser)
    return command.run(parser.read(words, args))


def list_command(location: Location) -> tuple[str, list[str]]:
    """Returns the command, and its arguments, that prints what a list of the explorer holds.

    A list that a query narrows is a search for records of its kinds.
    """
    view, scope, sort = location.view, location.scope, location.get("sort")
    if view == "help":
        return "help", []
    listed = "events" if view == "timeline" else view
    kinds = sorted(scope.kinds)
    if scope.query and not kinds and listed != "search":
        kinds = [KIND_BY_FOLDER[listed]]
    given = (*scope_pairs(scope._replace(query="", kinds=frozenset(kinds))), ("sort", sort))
    options = [f"--{option}={value}" for option, value in given if value]
    if listed == "search" or scope.query:
        return "search", [*options, *(("--", scope.query) if scope.query else ())]
    return "list", [listed, *options]


def print_page(page: Page) -> None:
    """Prints a page with its highlights emphasized; in a terminal wrapped at words."""
    terminal = terminal_width()
    width = min(terminal, _WIDEST) if terminal else None
    whole = [span for span in page.spans if span.role in ("code", "table")]
    passages = [span for span in page.spans if span.role == "passage"]
    text = _highlighted(page.text.rstrip("\n"), page.highlights)
    begin, end = emphasis_delimiters()
    at = 0
    for line in text.split("\n"):
        shown = line
        bar = _BAR if _within(passages, at) else ""
        if width and line and _within(whole, at) is None:
            indent = _within(page.indents, at)
            hanging = bar or " " * (indent.hanging if indent else 0)
            # Text without spaces is left to the terminal; textwrap is quadratic in it.
            shown = textwrap.fill(
                line,
                width,
                initial_indent=bar,
                subsequent_indent=hanging,
                break_long_words=False,
            )
        elif line:
            shown = bar + line
        print(shown.replace(_BEGIN, begin).replace(_END, end))
        at += len(line) + 1 - line.count(_BEGIN) - line.count(_END)


def _highlighted(text: str, highlights: Sequence[tuple[int, int]]) -> str:
    """Puts placeholders around the highlights; removes those already in ``text``."""
    text = text.replace(_BEGIN, " ").replace(_END, " ")
    parts: list[str] = []
    at = 0
    for start, end in sorted(highlights):
        if start >= at:
            parts += [text[at:start], _BEGIN, text[start:end], _END]
            at = end
    return "".join((*parts, text[at:]))


def _within(ranges: Sequence[_Range], at: int) -> _Range | None:
    """Returns the range that contains ``at``, if any; ranges are sorted and do not overlap."""
    index = bisect_right(ranges, at, key=itemgetter(0)) - 1
    return ranges[index] if index >= 0 and at < ranges[index].end else None


def _view(page: Page) -> dict[str, Json]:
    """Returns a view as JSON data: its text and links."""
    links: list[Json] = [
        {"start": link.start, "end": link.end, "location": str(link.target)} for link in page.links
    ]
    return {
        "schema": SCHEMA,
        "location": str(page.location),
        "title": page.title,
        "text": page.text,
        "links": links,
    }


def _whole(catalogue: Catalogue, location: Location, kind: Kind) -> dict[str, Json]:
    record = catalogue.record(kind, location.id)
    return {
        "schema": SCHEMA,
        "location": str(Location(kind, location.id)),
        "kind": kind,
        # What a brief has from its original stands in both places, for those who read the old one.
        "record": dict(with_original(record_to_dict(record))),
        **_dates(catalogue, record),
        "sources": _evidence(catalogue, location, record),
        "citation": catalogue.citation(location),
    }


def _dates(catalogue: Catalogue, record: Record) -> dict[str, Json]:
    """Returns the three dates of an event; nothing for other records."""
    if not isinstance(record, Event):
        return {}
    dates = event_dates(catalogue.store(), record)
    return {
        "dates": {
            "happened": dates.happened,
            "announced": dates.announced,
            "published": dates.published,
        }
    }


def _evidence(catalogue: Catalogue, location: Location, record: Record) -> list[Json]:
    """Returns each source of a record once, with its document and whether the quote was found."""
    found: dict[tuple[str, ...], Json] = {}
    for source in _sources(record):
        quote = {
            "document": source.document,
            "exact": source.exact,
            "prefix": source.prefix,
            "suffix": source.suffix,
            "locator": source.locator,
            "url": source.url,
        }
        key = tuple(quote.values())
        if key not in found:
            found[key] = {**quote, **_published(catalogue, location, source)}
    return list(found.values())


def _published(catalogue: Catalogue, location: Location, source: Source) -> dict[str, Json]:
    try:
        document = catalogue.document(source.document)
    except NotFound:
        return {"found": False}
    origin = (("from", f"{location.view}/{location.id}"),)
    return {
        "title": document.title,
        "date": document.date,
        "publisher": document.publisher,
        "language": document.language,
        "source": document.source,
        "location": str(Location("document", source.document, origin)),
        "found": bool(find_quotes(document_text(document), source, limit=1)),
    }


def _sources(value: object) -> Iterator[Source]:
    """Yields all sources in a record, in the order of its fields."""
    if isinstance(value, Source):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from _sources(getattr(value, field.name))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _sources(item)
