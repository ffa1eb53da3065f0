"""Writes a report as one HTML file without scripts, which needs nothing from elsewhere."""

# untranslated: tags of HTML
from __future__ import annotations

from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

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

_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
"""Content security policy: nothing is loaded, nothing runs."""
_TAGS: Final = {"strong": "strong", "quote": "q", "dim": "small", "warning": "mark"}


def write_html(report: Report) -> Iterator[str]:
    """Yields the HTML of a report in pieces."""
    style = (files("milatui.report") / "report.css").read_text("utf-8")
    yield (
        f'<!doctype html>\n<html lang="{escape(report.language)}">\n<head>\n'
        '<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(report.title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{escape(report.title)}</h1>\n"
    )
    marked: set[int] = set()
    for block in report.blocks:
        yield _block(block, marked)
    if report.notes:
        yield f'<section class="notes">\n<h2 id="notes">{escape(report.notes_title)}</h2>\n<ol>\n'
        for note in report.notes:
            back = f' <a class="back" href="#mark-{note.number}">↩</a>'
            body = _runs(note.runs, marked) + (back if note.number in marked else "")
            yield f'<li id="note-{note.number}" value="{note.number}">{body}</li>\n'
        yield "</ol>\n</section>\n"
    yield "<footer>\n"
    for runs in report.colophon:
        yield f"<p>{_runs(runs, marked)}</p>\n"
    yield "</footer>\n</main>\n</body>\n</html>\n"


def _block(block: Block, marked: set[int]) -> str:
    """Writes a block; ``marked`` are the footnotes whose first mark has been written."""
    match block:
        case Heading():
            name = f' id="{escape(block.anchor)}"' if block.anchor else ""
            return f"<h{block.level}{name}>{escape(block.words)}</h{block.level}>\n"
        case Paragraph():
            return f"<p>{_runs(block.runs, marked)}</p>\n"
        case Items():
            items = "".join(f"<li>{_runs(item, marked)}</li>\n" for item in block.items)
            return f"<ul>\n{items}</ul>\n"
        case Table():
            return _table(block, marked)
        case Chart():
            numbers = _table(block.numbers, marked)
            caption = f"<figcaption>{escape(block.caption)}</figcaption>\n"
            if block.whole:
                return f"<figure>\n{block.svg}\n</figure>\n{numbers}"
            summary = escape(" · ".join(block.numbers.header))
            return (
                f"<figure>\n{block.svg}\n{caption}"
                f"<details>\n<summary>{summary}</summary>\n{numbers}</details>\n</figure>\n"
            )


def _table(table: Table, marked: set[int]) -> str:
    def cell(tag: str, number: int, words: str) -> str:
        kind = ' class="number"' if number in table.numeric else ""
        kind = ' class="unbroken"' if number in table.unbroken else kind
        return f"<{tag}{kind}>{words}</{tag}>"

    head = "".join(cell("th", n, escape(words)) for n, words in enumerate(table.header))
    rows = (
        "".join(cell("td", n, _runs(runs, marked)) for n, runs in enumerate(row))
        for row in table.rows
    )
    body = "".join(f"<tr>{row}</tr>\n" for row in rows)
    return (
        '<div class="table"><table>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n"
    )


def _runs(runs: Runs, marked: set[int]) -> str:
    return "".join(_run(run, marked) for run in runs)


def _run(run: Run, marked: set[int]) -> str:
    match run:
        case Text():
            tag = _TAGS.get(run.emphasis)
            words = escape(run.words)
            return f"<{tag}>{words}</{tag}>" if tag else words
        case WebLink():
            address = escape(run.address)
            return f'<a href="{address}" rel="noreferrer noopener">{escape(run.words)}</a>'
        case ArchiveAddress():
            digest = f", sha256:{escape(run.digest)}" if run.digest else ""
            return f"<small>milatui:{escape(run.location)}{digest}</small>"
        case NoteReference():
            name = "" if run.number in marked else f' id="mark-{run.number}"'
            marked.add(run.number)
            return f'<sup><a{name} href="#note-{run.number}">{run.number}</a></sup>'
        case Reference():
            return f'<a href="#{escape(run.anchor)}">{escape(run.words)}</a>'
