"""Reads a Markdown file, with or without front matter, as one document."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from milatui.archive.faults import Fault
from milatui.archive.files import Unreadable, normalized, read_text
from milatui.archive.frontmatter import HEADER_LINE, MARKER, Split, split
from milatui.archive.nodes import Broken, compose
from milatui.archive.records import Document
from milatui.archive.schema import Scalar, Table
from milatui.archive.shaping import Overgrown, Shaper
from milatui.ingest.completing import Wrong, complete
from milatui.messages import _

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milatui.archive.kinds import Data
    from milatui.ingest.proposals import Proposal

_OTHER_SHAPES = {"body", "subject", "locators", "extra"}
_FRONT_MATTER = Table(
    {
        **{field.name: Scalar() for field in fields(Document) if field.name not in _OTHER_SHAPES},
        "lang": Scalar(),
    },
    required=(),
)
"""What front matter from elsewhere may hold: its dates and languages are not yet ours."""


def read_markdown(path: Path, name: str) -> Iterator[Proposal | Fault]:
    """Propose the document in the file ``path`` (``name`` in faults), or say what is wrong."""
    target = path.resolve()
    try:
        text = read_text(target.parent, target.name)
    except Unreadable as error:
        fault = error.fault
        yield Fault(name, fault.line, fault.column, "", fault.message)
        return
    parts = Split("", text, 1)
    if text.partition("\n")[0].rstrip() == MARKER:
        try:
            parts = split(text)
        except Broken as broken:
            yield Fault(name, broken.line, broken.column, "", broken.message)
            return
    shaper = Shaper(name, len(parts.header), HEADER_LINE - 1)
    given = _front_matter(parts.header, shaper)
    errors = [fault for fault in shaper.faults if fault.severity == "error"]
    if errors:
        yield from errors
        return
    try:
        yield complete({**given, "body": parts.body}, name, 1, stem=normalized(path.stem))
    except Wrong as wrong:
        line, column = _place(parts.header, wrong.key)
        yield Fault(name, line, column, wrong.key, wrong.message)


def _front_matter(header: str, shaper: Shaper) -> dict[str, Data]:
    try:
        node = compose(header)
        data = shaper.mapping(node, _FRONT_MATTER) if node is not None else None
    except Broken as broken:
        shaper.report(broken.line, broken.column, broken.message)
        return {}
    except Overgrown:
        shaper.report(1, 1, _("aliases make this file grow out of bounds"))
        return {}
    return data or {}


def _place(header: str, key: str) -> tuple[int, int]:
    """Line and column of the value of ``key`` in the file that begins with ``header``."""
    match = re.search(rf"^(?:{re.escape(key)})\s*:[ \t]*", header, re.MULTILINE)
    if match is None:
        return 1, 1
    line_start = header.rfind("\n", 0, match.end()) + 1
    line = header.count("\n", 0, match.end()) + HEADER_LINE
    return line, match.end() - line_start + 1
