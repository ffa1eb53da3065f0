"""``milatui search``: ranked records and passages, for people, as JSON, or as a stream."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import format_number, found_label, kind_label
from milatui.catalogue.location import Location
from milatui.catalogue.search.query_help import query_examples
from milatui.catalogue.search.results import SEARCH_SORTS, Suggestion
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg
from milatui.cli.errors import CommandError, Exit
from milatui.cli.filter_options import add_filters, scope_of, whole_number
from milatui.cli.filter_values import resolve_scope
from milatui.cli.output import columns, strong, write_json, write_jsonl
from milatui.cli.search_json import hit_json, result_json
from milatui.cli.search_modes.saved import (
    add_saved_options,
    expand_saved_search,
    manage_searches,
    manages_searches,
    save_search,
)
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse

    from milatui.catalogue.scope import Scope
    from milatui.catalogue.search.hits import Hit, Snippet
    from milatui.catalogue.search.results import SearchResult
    from milatui.cli.argument_parser import CommandParser
    from milatui.index.query.syntax import QueryWarning

_LIMIT = 20
_MAX_WARNINGS = 3
"""Maximum number of query warnings shown."""
_CONTEXT = 30
"""Characters of the query shown before and after the part that a warning is about."""
_FLAGS = {
    "partners": "--partner",
    "sectors": "--sector",
    "since": "--from",
    "until": "--to",
    "kinds": "--kind",
    "languages": "--lang",
    "publishers": "--publisher",
}
"""The option for each field of a scope."""


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``search``."""
    parser.describe(
        _("Find records and passages by words, best first. English finds French, and back."),
        (
            ("milatui search corporate lab", _("any of the words, best first")),
            ("milatui search amgen --from 2021 --to 2023", _("within three years")),
            ("milatui search robots --kind document --lang fr", _("French documents only")),
            ("milatui search --partner samsung --sort newest", _("all about one partner")),
            ("milatui search laboratoire --json | jq '.hits[].location'", _("for a program")),
            ("milatui search --stdin < queries.jsonl", _("a query per line, an answer per line")),
            ("milatui search quantum annealing --absence", _("an absence to quote")),
            ("milatui search drug OR drugs --save drugs", _("kept, to be run again:")),
            ("milatui search @drugs --from 2024", _("with other filters, too")),
        ),
        "milatui search [WORD ...] [options]",
        (_("A query has words, and also:"), *query_lines()),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument(
        "words", metavar="WORD", nargs="*", type=decode_arg, help=_("what to look for")
    )
    add_filters(parser)
    _add_answer(parser)
    add_saved_options(parser)
    options.add_shared(parser, has_language_filter=True)


def _add_answer(parser: CommandParser) -> None:
    group = parser.add_argument_group(_("Answer"))
    group.add_argument(
        "--sort",
        choices=SEARCH_SORTS,
        default="",
        help=_("the order (default: relevance)"),
    )
    group.add_argument(
        "-n",
        "--limit",
        type=whole_number,
        default=_LIMIT,
        metavar="N",
        help=_("at most N hits (default: {n})").format(n=_LIMIT),
    )
    group.add_argument(
        "--typing",
        action="store_true",
        help=_("the last word is only begun: labo finds laboratory"),
    )
    form = group.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help=_("the whole answer as one JSON object"))
    form.add_argument("--jsonl", action="store_true", help=_("one JSON object per hit and line"))
    form.add_argument(
        "--absence",
        action="store_true",
        help=_("if nothing is found, say what was searched, as text to quote"),
    )
    group.add_argument(
        "--stdin",
        action="store_true",
        help=_('a query {"id", "query"} per line of stdin, an answer per line'),
    )
    form.add_argument(
        "--queries",
        type=Path,
        metavar="FILE",
        help=_("a table: for every line of a file how many records match, and the first"),
    )


def query_lines() -> list[str]:
    """Returns the syntax of the query language as lines of the help."""
    forms = query_examples()[1:]
    cells = max(len(form) for form, _meaning in forms)
    return [f"  {form:<{cells}}  {meaning}" for form, meaning in forms]


def run(args: argparse.Namespace) -> int:
    """Runs one query, or those of stdin or a file.

    Raises:
        CommandError: options exclude each other, or nothing is looked for.
    """
    from milatui.cli.index_access import open_catalogue

    scope = expand_saved_search(args, scope_of(args))
    if manages_searches(args):
        return manage_searches(open_catalogue(args), args)
    _check_exclusive(args)
    if args.stdin or args.queries:
        return _run_many(args, scope)
    if not args.words and scope.is_empty:
        raise CommandError(
            _("there is nothing to look for"), hint=_("See 'milatui search --help'.")
        )
    return _run_one(args, scope)


def _check_exclusive(args: argparse.Namespace) -> None:
    """Refuses what does not go with many queries; argparse knows no exclusion across groups."""
    if args.stdin and args.words:
        raise CommandError(_("--stdin takes its queries from stdin, not from the command line"))
    if args.queries and args.words:
        raise CommandError(_("--queries takes its queries from a file"))
    excluded = (
        ("--stdin", args.stdin, ("queries", "jsonl", "absence", "save")),
        ("--queries", args.queries, ("save",)),
    )
    for option, given, others in excluded:
        for other in others:
            if given and getattr(args, other):
                message = _("{option} and {other} exclude each other")
                raise CommandError(message.format(option=option, other=f"--{other}"))


def _run_many(args: argparse.Namespace, scope: Scope) -> int:
    from milatui.cli.index_access import open_catalogue
    from milatui.cli.search_modes.batch import answer_lines, count_queries

    catalogue = open_catalogue(args)
    scope = resolve_scope(catalogue, scope)
    return (answer_lines if args.stdin else count_queries)(catalogue, scope, args)


def _run_one(args: argparse.Namespace, scope: Scope) -> int:
    from milatui.cli.index_access import open_recent_catalogue

    catalogue, note = open_recent_catalogue(args)
    scope = resolve_scope(catalogue, scope)
    if args.save:
        save_search(args, scope)
    query = " ".join(args.words)
    answer = catalogue.search(query, scope, limit=args.limit, typing=args.typing, sort=args.sort)
    if note:
        answer = answer._replace(suggestions=(*answer.suggestions, Suggestion(note)))
    absence = catalogue.absence(query, scope) if args.absence else None
    if absence is not None:
        print(absence.text(date.today()))  # noqa: DTZ011 - the user's own day is meant
        return Exit.NO_RESULTS
    if args.json:
        write_json(result_json(answer))
    elif args.jsonl:
        write_jsonl(hit_json(hit) for hit in answer.hits)
        for line in answer.notes if answer.partial or note else ():
            print(sanitize(line), file=sys.stderr)
    else:
        _print(answer, scope)
    return Exit.DONE if answer.total else Exit.NO_RESULTS


def _print(answer: SearchResult, scope: Scope) -> None:
    for hit in answer.hits:
        _print_hit(hit)
    sys.stdout.flush()
    if answer.total:
        text = found_label(answer.total, answer.texts)
        if answer.listed < answer.texts:
            text = _("{n} of {found}").format(n=format_number(str(answer.listed)), found=text)
        if answer.related:
            more = ngettext("and {n} related", "and {n} related", answer.related)
            text = f"{text} {more.format(n=answer.related)}"
    else:
        text = _("nothing found")
    if answer.corrected_query:
        found = _("looked for: {query}").format(query=answer.corrected_query)
        text = f"{text} · {found}"
    print(sanitize(text), file=sys.stderr)
    for part in answer.warnings[:_MAX_WARNINGS]:
        _print_warning(answer.query, part)
    for suggestion in answer.suggestions:
        print(sanitize(suggestion.text), file=sys.stderr)
        change = _command_change(suggestion, scope)
        if change:
            print(f"  {sanitize(change, multiline=False)}", file=sys.stderr)


def _command_change(suggestion: Suggestion, scope: Scope) -> str:
    """Returns how to change the command line to apply a suggestion."""
    lifted = (field for field in _FLAGS if field in suggestion.lift and getattr(scope, field))
    flags = " ".join(_FLAGS[field] for field in lifted)
    left_out = _("leave out {options}").format(options=flags) if flags else ""
    command = f"milatui search {quote(suggestion.query)}" if suggestion.query else ""
    return ", ".join(part for part in (left_out, command) if part)


def _print_warning(query: str, part: QueryWarning) -> None:
    """Prints the query (an excerpt of a long one), the part that was not understood marked."""
    begin = max(0, part.start - _CONTEXT)
    piece = sanitize(query[begin : part.end + _CONTEXT].replace("\n", " "), multiline=False)
    before = sanitize(query[begin : part.start].replace("\n", " "), multiline=False)
    marked = sanitize(query[part.start : part.end].replace("\n", " "), multiline=False)
    print(piece, file=sys.stderr)
    mark = " " * columns(before) + "^" * max(1, columns(marked))
    print(mark + " " + sanitize(part.message, multiline=False), file=sys.stderr)


def _print_hit(hit: Hit) -> None:
    row = hit.row
    in_words = row.kind in ("partner", "event", "document")
    detail = kind_label(row.detail) if in_words else row.detail
    facts = (kind_label(row.kind), format_date(row.date), detail)
    print(strong(sanitize(row.label, multiline=False)))
    print("  " + sanitize(" · ".join(fact for fact in facts if fact), multiline=False))
    if hit.snippet.text:
        print("  " + _highlighted(hit.snippet))
    print("  " + sanitize(str(Location(row.kind, row.id)), multiline=False))
    if hit.same_ids:
        others = ", ".join(str(Location(row.kind, other)) for other in hit.same_ids)
        text = _("the same text: {places}").format(places=others)
        print("  " + sanitize(text, multiline=False))


def _highlighted(snippet: Snippet) -> str:
    """Returns the snippet with its highlights emphasized; sanitized in parts, as offsets shift."""
    parts: list[str] = []
    at = 0
    for start, end in snippet.highlights:
        parts.append(sanitize(snippet.text[at:start], multiline=False))
        parts.append(strong(sanitize(snippet.text[start:end], multiline=False)))
        at = end
    parts.append(sanitize(snippet.text[at:], multiline=False))
    return "".join(parts)
