"""Writes JSON, JSON Lines, CSV and tables to stdout, without control characters."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from typing import TYPE_CHECKING, TypeAlias

from milatui.archive.files import printable_path
from milatui.archive.sanitize import escape_json, sanitize

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"

_ELLIPSIS = "…"
_GAP = "  "
_BOLD, _NOT_BOLD = "\x1b[1m", "\x1b[22m"
_MOST_WIDE = 60
"""Maximum width of a column if stdout is not a terminal."""


def json_text(value: Json, *, indent: int | None = None) -> str:
    """Serializes ``value`` as JSON, control characters escaped."""
    return escape_json(json.dumps(value, ensure_ascii=False, indent=indent))


def write_json(value: Json) -> None:
    """Writes a JSON value: indented in a terminal, else on one line."""
    print(json_text(value, indent=2 if sys.stdout.isatty() else None))


def write_jsonl(values: Iterable[Json]) -> None:
    """Writes one JSON value per line."""
    for value in values:
        print(json_text(value))


def write_diff(relpath: str, before: str, after: str) -> None:
    """Writes the changed lines of a file as a unified diff."""
    from difflib import unified_diff  # imported here: most commands write none

    name = printable_path(relpath)
    old = f"a/{name}" if before else "/dev/null"
    for line in unified_diff(
        before.split("\n") if before else [], after.split("\n"), old, f"b/{name}", lineterm="", n=1
    ):
        print(sanitize(line, multiline=False))


def write_csv(header: Sequence[str], rows: Iterable[Sequence[str | int | float]]) -> None:
    """Writes a header and rows as CSV (RFC 4180 quoting, lines end in \\n), cells sanitized."""
    import csv  # imported here: most commands write no CSV

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(header)
    for row in rows:
        out.writerow([sanitize(cell) if isinstance(cell, str) else cell for cell in row])


def write_table(
    rows: Sequence[Sequence[str]],
    *,
    right: frozenset[int] = frozenset(),
    headings: Sequence[str] = (),
) -> None:
    """Writes ``rows`` in aligned columns; those with an index in ``right`` are right-aligned.

    In a terminal, wide columns are truncated so that a row fits on one line. Headings go to stderr:
    stdout has nothing but rows.
    """
    table = [headings, *rows] if headings and rows else rows
    cells = [[sanitize(cell, multiline=False) for cell in row] for row in table]
    lines = iter(table_lines(cells, terminal_width(), right))
    if table is not rows:
        print(next(lines), file=sys.stderr, flush=True)
    for line in lines:
        print(line)


def table_lines(
    rows: Sequence[Sequence[str]], width: int | None, right: frozenset[int] = frozenset()
) -> Iterable[str]:
    """Yields the lines of a table of sanitized cells, at most ``width`` columns wide."""
    if not rows:
        return
    widths = [max(columns(row[n]) for row in rows) for n in range(len(rows[0]))]
    widths = [min(most, _MOST_WIDE) for most in widths] if width is None else _fit(widths, width)
    for row in rows:
        parts = [
            _pad(_cut(cell, most) if width is not None else cell, most, right=n in right)
            for n, (cell, most) in enumerate(zip(row, widths, strict=True))
        ]
        yield _GAP.join(parts).rstrip()


def _fit(widths: list[int], width: int) -> list[int]:
    """Reduces the widest columns, one at a time, until the table fits into ``width``."""
    widths = list(widths)
    spare = width - len(_GAP) * (len(widths) - 1)
    while sum(widths) > spare and max(widths) > 1:
        widest = max(widths)
        second = max((w for w in widths if w < widest), default=1)
        at = widths.index(widest)
        widths[at] = max(second - 1, widest - (sum(widths) - spare), 1)
    return widths


def _pad(text: str, width: int, *, right: bool) -> str:
    space = " " * (width - columns(text))
    return space + text if right else text + space


def _cut(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    kept, used = [], columns(_ELLIPSIS)
    for character in text:
        used += columns(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept).rstrip() + _ELLIPSIS


def columns(text: str) -> int:
    """Counts the terminal columns of ``text`` (East Asian width; combining marks take none).

    Like ``tui.text.cells.width``, but without importing Rich, which costs 20 ms.
    """
    if text.isascii():
        return len(text)
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    return len(text) + wide - sum(map(bool, map(unicodedata.combining, text)))


def terminal_width() -> int | None:
    """Returns the width of the terminal on stdout, None if stdout is not a terminal."""
    if not sys.stdout.isatty():
        return None
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or None
    except OSError:
        return None


def strong(text: str) -> str:
    """Returns ``text`` in bold if stdout is a terminal; never in colour (NO_COLOR)."""
    return f"{_BOLD}{text}{_NOT_BOLD}" if _can_be_bold() else text


def emphasis_delimiters() -> tuple[str, str]:
    """Returns what surrounds emphasized words: codes for bold, or stars without a terminal."""
    return (_BOLD, _NOT_BOLD) if _can_be_bold() else ("*", "*")


def _can_be_bold() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM", "dumb") != "dumb"
