"""``milatui verify FILE...``: says whether the citations in texts still stand."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing
from typing import TYPE_CHECKING, Final

from milatui.archive.files import printable_path
from milatui.archive.sanitize import sanitize
from milatui.catalogue.citations.find_citations import find_citations
from milatui.catalogue.labels.labels import format_count, quote_text
from milatui.cli import options
from milatui.cli.errors import Exit
from milatui.cli.output import Json, write_json
from milatui.cli.text_input import read_text_file
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from milatui.catalogue.citations.verifier import Status, Verdict
    from milatui.cli.argument_parser import CommandParser

SCHEMA: Final = "milatui.verify/1"
_WORDS_BEFORE: Final = 3
_MOST_WORDS: Final = 20
"""Words that are shown of a passage, and those of them before the first that differs."""


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``verify``."""
    parser.describe(
        _("Find the citations that milatui has made in texts, and say which still stand."),
        (
            ("milatui verify report.md", _("a text in Markdown, or plain")),
            ("milatui verify thesis.docx notes.txt", _("several, also of a word processor")),
            ("pandoc thesis.odt -t markdown | milatui verify -", _("from a pipe")),
            ("milatui verify *.md --json | jq .counts", _("for a program")),
        ),
        "milatui verify FILE... [--json]",
        (
            _("stands   the words are in the document, where they were cited"),
            _("moved    the words stand elsewhere in it, or the document has another id"),
            _("changed  the document is there, its words differ; the nearest are shown"),
            _("gone     the document is not in the archive"),
        ),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument(
        "files",
        metavar="FILE",
        nargs="+",
        help=_("Markdown, plain text, DOCX or CSL-JSON; - is stdin"),
    )
    group = parser.add_argument_group(_("Output"))
    group.add_argument("--json", action="store_true", help=_("every citation as JSON"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Verifies all citations; exit code 1 if one of them does not stand, or there is none."""
    from milatui.catalogue.citations.verifier import STATUSES, Verifier
    from milatui.cli.index_access import open_catalogue

    found = [
        (sanitize(printable_path(file), multiline=False), citation)
        for file in args.files
        for citation in find_citations(*read_text_file(file))
    ]
    with closing(open_catalogue(args)) as catalogue:
        verifier = Verifier(catalogue.store())
        verdicts = [(name, verifier.verify(citation)) for name, citation in found]
    counted = Counter(verdict.status for _name, verdict in verdicts)
    counts = {status: counted[status] for status in STATUSES}
    if args.json:
        citations = [_json(name, verdict) for name, verdict in verdicts]
        write_json(
            {
                "schema": SCHEMA,
                "counts": {str(status): number for status, number in counts.items()},
                "citations": citations,
            }
        )
    else:
        _print(verdicts)
        sys.stdout.flush()
        print(_summary(counts), file=sys.stderr)
    return Exit.DONE if verdicts and counts["stands"] == len(verdicts) else Exit.NO_RESULTS


def _print(verdicts: Sequence[tuple[str, Verdict]]) -> None:
    for name, verdict in verdicts:
        found = verdict.found
        print(f"{name}:{found.line}:{found.column}: {_message(verdict)}")


def _message(verdict: Verdict) -> str:
    """Returns what has become of a citation, on one line."""
    status = _label(verdict.status)
    address = sanitize(verdict.found.address, multiline=False)
    text = (
        f"{status}: {address}"
        if verdict.status == "stands"
        else (f"{status}: {address}: {verdict.reason}")
    )
    if verdict.status == "moved" and verdict.now is not None:
        text += _("; now {location}").format(location=verdict.now)
    if verdict.status == "changed":
        cited, nearest = differing(verdict.words, verdict.nearest)
        if cited:
            text += _("; cited: {words}").format(words=quote_text(cited))
        if nearest:
            text += _("; nearest: {words}").format(words=quote_text(nearest))
    return text


def differing(cited: str, nearest: str) -> tuple[str, str]:
    """Shortens two passages to the words around those in which they begin to differ.

    Returns:
        The words of ``cited``, and those of ``nearest``.
    """
    one, other = cited.split(), nearest.split()
    differ = [
        number for number, pair in enumerate(zip(one, other, strict=False)) if len({*pair}) > 1
    ]
    begin = max(0, min([*differ, len(one), len(other)]) - _WORDS_BEFORE)
    return _shortened(one, begin), _shortened(other, begin)


def _shortened(words: Sequence[str], begin: int) -> str:
    shown = words[begin : begin + _MOST_WORDS]
    head = "… " if begin and shown else ""
    tail = " …" if begin + _MOST_WORDS < len(words) else ""
    return f"{head}{' '.join(shown)}{tail}"


def _label(status: Status) -> str:
    return {
        "stands": _("stands"),
        "moved": _("moved"),
        "changed": _("changed"),
        "gone": _("gone"),
    }[status]


def _summary(counts: dict[Status, int]) -> str:
    total = sum(counts.values())
    if not total:
        return _("no citation of milatui found")
    text = ngettext("{n} citation", "{n} citations", total).format(n=format_count(total))
    parts = [_counted(status, number) for status, number in counts.items() if number]
    return _("{citations}: {parts}").format(citations=text, parts=", ".join(parts))


def _counted(status: Status, number: int) -> str:
    forms = {
        "stands": ngettext("{n} stands", "{n} stand", number),
        "moved": ngettext("{n} moved", "{n} moved", number),
        "changed": ngettext("{n} changed", "{n} changed", number),
        "gone": ngettext("{n} gone", "{n} gone", number),
    }
    return forms[status].format(n=format_count(number))


def _json(name: str, verdict: Verdict) -> dict[str, Json]:
    found = verdict.found
    return {
        "file": name,
        "line": found.line,
        "column": found.column,
        "status": verdict.status,
        "reason": verdict.reason,
        "address": found.address,
        "hash": found.digest,
        "title": verdict.title,
        "location": "" if verdict.now is None else str(verdict.now),
        "words": verdict.words,
        "nearest": verdict.nearest,
    }
