"""``search --stdin`` and ``search --queries FILE``: many queries in one process."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.catalogue.location import Location
from milatui.cli.errors import CommandError, Exit
from milatui.cli.output import json_text
from milatui.cli.search_json import result_json
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse
    from typing import BinaryIO

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.scope import Scope
    from milatui.catalogue.search.results import SearchResult
    from milatui.cli.output import Json

MAX_LINE_BYTES = 1_000_000
"""Maximum bytes of a line; longer ones are refused."""
_BYTE_ORDER_MARKS: Final = re.compile(rb"\A(?:\xef\xbb\xbf)+")
"""Joined files have several."""


class _BadLineError(ValueError):
    """A line is not a valid query; ``identifier`` is its ``id``, if it has one."""

    def __init__(self, message: str, identifier: Json = None) -> None:
        super().__init__(message)
        self.identifier = identifier


def answer_lines(catalogue: Catalogue, scope: Scope, args: argparse.Namespace) -> int:
    """Answers every line of stdin within ``scope``; an invalid line with its error."""
    source = sys.stdin.buffer
    while line := _next_line(source):
        line = _BYTE_ORDER_MARKS.sub(b"", line)
        if not line.strip():
            continue
        try:
            answer = _answer(catalogue, scope, args, line)
        except _BadLineError as error:
            answer = {"id": error.identifier, "error": str(error)}
        print(json_text(answer), flush=True)
    return Exit.DONE


def _next_line(source: BinaryIO) -> bytes:
    """Reads a line; of one that is too long only the beginning, which is not valid JSON."""
    line = source.readline(MAX_LINE_BYTES)
    rest = line
    while rest and not rest.endswith(b"\n"):
        rest = source.readline(MAX_LINE_BYTES)
    return line


def _answer(
    catalogue: Catalogue, scope: Scope, args: argparse.Namespace, line: bytes
) -> dict[str, Json]:
    asked = _read(line)
    identifier = asked.get("id")
    query = asked.get("query")
    limit = asked.get("limit", args.limit)
    typing = asked.get("typing", args.typing)
    if not isinstance(query, str):
        raise _BadLineError(_("“query” must be a text"), identifier)
    if not isinstance(limit, int) or isinstance(limit, bool) or limit < 0:
        raise _BadLineError(_("“limit” must be a whole number"), identifier)
    if not isinstance(typing, bool):
        raise _BadLineError(_("“typing” must be true or false"), identifier)
    answer = catalogue.search(query, scope, limit=limit, typing=typing, sort=args.sort)
    return {"id": identifier, **result_json(answer)}


def _read(line: bytes) -> dict[str, Json]:
    try:
        asked = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError:
        raise _BadLineError(_("this is not UTF-8 text")) from None
    except json.JSONDecodeError as error:
        message = _("not valid JSON: {problem}").format(problem=f"{error.msg} ({error.colno})")
        raise _BadLineError(message) from None
    except (RecursionError, ValueError):  # ValueError: an integer of thousands of digits
        problem = _("it is nested too deep, or a number is too long")
        raise _BadLineError(_("not valid JSON: {problem}").format(problem=problem)) from None
    if not isinstance(asked, dict):
        raise _BadLineError(_("not a JSON object"))
    return asked


def count_queries(catalogue: Catalogue, scope: Scope, args: argparse.Namespace) -> int:
    """Prints a line for every query: records, the first one's location, the query.

    Columns are set apart by tabs; lines that are blank or begin with ``#`` are left out.

    Raises:
        CommandError: the file cannot be read.
    """
    try:
        data = args.queries.read_bytes()
    except OSError as error:
        message = _("cannot read {path}: {reason}")
        text = message.format(path=args.queries, reason=error.strerror)
        raise CommandError(text) from error
    # Deferred: only this mode reads a file of somebody else.
    from milatui.ingest.conversion.charset import decode

    lines = decode(data).text.lstrip("\ufeff").splitlines()
    found = 0
    print("\t".join((_("records"), _("first"), _("query"), _("looked for"))))
    for line in lines:
        query = line.strip()
        if query and not query.startswith("#"):
            answer = catalogue.search(query, scope, limit=1, typing=args.typing, sort=args.sort)
            found += bool(answer.total)
            print("\t".join(sanitize(cell, multiline=False) for cell in _cells(answer)))
    return Exit.DONE if found else Exit.NO_RESULTS


def _cells(answer: SearchResult) -> tuple[str, ...]:
    first = ""
    if answer.total:
        row = answer.hits[0].row
        first = str(Location(row.kind, row.id))
    return str(answer.total), first, answer.query, answer.corrected_query
