"""``search --queries FILE``: many queries at once, and how many records each finds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize
from milatui.catalogue.location import Location
from milatui.cli.errors import CommandError, Exit
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.search.results import SearchResult


def count_queries(catalogue: Catalogue, scope: Scope, args: argparse.Namespace) -> int:
    """Print a line for every query: records, the first one's location, the query.

    Columns are set apart by tabs; lines that are blank or begin with ``#`` are left out.

    Raises:
        CommandError: the file cannot be read.
    """
    try:
        lines = args.queries.read_text("utf-8", "replace").splitlines()
    except OSError as error:
        message = _("cannot read {path}: {reason}")
        text = message.format(path=args.queries, reason=error.strerror)
        raise CommandError(text) from error
    found = 0
    print("\t".join((_("records"), _("first"), _("query"), _("looked for"))))
    for line in lines:
        query = line.strip()
        if query and not query.startswith("#"):
            answer = catalogue.search(query, scope, 1, args.typing, args.sort)
            found += bool(answer.total)
            print("\t".join(sanitize(cell, multiline=False) for cell in _cells(answer)))
    return Exit.DONE if found else Exit.NOTHING


def _cells(answer: SearchResult) -> tuple[str, ...]:
    first = ""
    if answer.total:
        row = answer.hits[0].row
        first = str(Location(row.kind, row.id))
    return str(answer.total), first, answer.query, answer.corrected_query
