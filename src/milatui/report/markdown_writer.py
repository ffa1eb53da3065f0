"""Writes a report as Markdown: CommonMark with tables and footnotes, as pandoc reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from milatui.report.blocks import (
    ArchiveAddress,
    Chart,
    Heading,
    Items,
    NoteReference,
    Paragraph,
    Reference,
    Table,
    Text,
    WebLink,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.report.blocks import Block, Report, Run, Runs

_SIGNS: Final = re.compile(r"([\\`*_{}\[\]<>#|~$^])")
"""Signs that Markdown or pandoc would take for markup."""
_AT_START: Final = re.compile(r"^(\s*\d*)([-+=.)])")
"""What would begin a list or underline a heading at the beginning of a line."""
_MARKS: Final = {"plain": "", "strong": "**", "quote": "", "dim": "", "warning": "**"}
_ADDRESS_SAFE: Final = "!#$%&'*+,-./:;=?@_~"


def write_markdown(report: Report) -> Iterator[str]:
    """Yields the Markdown of a report in pieces."""
    yield f"# {_words(report.title)}\n"
    for block in report.blocks:
        yield "\n" + _block(block)
    if report.notes:
        yield f"\n## {_words(report.notes_title)}\n\n"
        for note in report.notes:
            yield f"[^{note.number}]: {_runs(note.runs)}\n"
    yield "\n---\n\n"
    for runs in report.colophon:
        yield f"{_line(runs)}\n\n"


def _block(block: Block) -> str:
    match block:
        case Heading():
            return f"{'#' * block.level} {_words(block.words)}\n"
        case Paragraph():
            return f"{_line(block.runs)}\n"
        case Items():
            return "".join(f"- {_line(item)}\n" for item in block.items)
        case Table():
            return _table(block)
        case Chart() if block.whole:
            return _table(block.numbers)
        case Chart():
            return f"{_line((Text(block.caption),))}\n\n{_table(block.numbers)}"


def _table(table: Table) -> str:
    rules = ["---:" if n in table.numeric else "---" for n in range(len(table.header))]
    lines = [[_words(words) for words in table.header], rules]
    lines += ([_runs(cell) for cell in row] for row in table.rows)
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _line(runs: Runs) -> str:
    """Writes runs that begin a line."""
    return _AT_START.sub(r"\1\\\2", _runs(runs))


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    match run:
        case Text():
            delimiter = _MARKS[run.emphasis] if run.words.strip() else ""
            return f"{delimiter}{_words(run.words)}{delimiter}"
        case WebLink():
            return f"[{_words(run.words)}](<{quote(run.address, safe=_ADDRESS_SAFE)}>)"
        case ArchiveAddress():
            digest = f", sha256:{run.digest}" if run.digest else ""
            return f"<milatui:{run.location}>{digest}"
        case NoteReference():
            return f"[^{run.number}]"
        case Reference():
            return _words(run.words)


def _words(text: str) -> str:
    """Escapes what Markdown would take for markup."""
    return _SIGNS.sub(r"\\\1", text)
