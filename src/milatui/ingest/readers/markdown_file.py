"""Reads a Markdown file, with or without front matter, as one document."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.files import UnreadableFileError, normalize_name, read_text
from milatui.archive.records import Document
from milatui.archive.schema import RecordSchema, Scalar
from milatui.archive.syntax.front_matter import (
    HEADER_LINE,
    MARKER,
    SplitDocument,
    split_front_matter,
)
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError, compose
from milatui.archive.validate import AliasExpansionError, NodeValidator
from milatui.i18n import _
from milatui.ingest.readers.raw_document import START, GivenValue, Position, RawDocument

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milatui.archive.kinds import Data

_OTHER_SHAPES = {"body", "subject", "locators", "extra"}
_FRONT_MATTER = RecordSchema(
    {
        **{field.name: Scalar() for field in fields(Document) if field.name not in _OTHER_SHAPES},
        "lang": Scalar(),
    },
    required=(),
)
"""What front matter from elsewhere may hold: its dates and languages are not yet ours."""


def read_markdown(path: Path, name: str) -> Iterator[RawDocument | Diagnostic]:
    """Reads the document of a file called ``name``, or its diagnostics."""
    target = path.resolve()
    try:
        text = read_text(target.parent, target.name)
    except UnreadableFileError as error:
        diagnostic = error.diagnostic
        yield Diagnostic(name, diagnostic.line, diagnostic.column, "", diagnostic.message)
        return
    parts = SplitDocument("", text, 1)
    if text.partition("\n")[0].rstrip() == MARKER:
        try:
            parts = split_front_matter(text)
        except YamlSyntaxError as broken:
            yield Diagnostic(name, broken.line, broken.column, "", broken.message)
            return
    validator = NodeValidator(name, len(parts.header), HEADER_LINE - 1)
    given = _front_matter(parts.header, validator)
    errors = [diagnostic for diagnostic in validator.diagnostics if diagnostic.severity == "error"]
    if errors:
        yield from errors
        return
    values = {key: GivenValue(value, _position(parts.header, key)) for key, value in given.items()}
    yield RawDocument(values, parts.body, name, stem=normalize_name(path.stem))


def _front_matter(header: str, validator: NodeValidator) -> dict[str, Data]:
    try:
        node = compose(header)
        data = validator.mapping(node, _FRONT_MATTER) if node is not None else None
    except YamlSyntaxError as broken:
        validator.report(broken.line, broken.column, broken.message)
        return {}
    except AliasExpansionError:
        validator.report(1, 1, _("aliases make this file grow out of bounds"))
        return {}
    return data or {}


def _position(header: str, key: str) -> Position:
    """Returns line and column of the value of ``key`` in the file that begins with ``header``."""
    match = re.search(rf"^(?:{re.escape(key)})\s*:[ \t]*", header, re.MULTILINE)
    if match is None:
        return START
    line_start = header.rfind("\n", 0, match.end()) + 1
    line = header.count("\n", 0, match.end()) + HEADER_LINE
    return Position(line, match.end() - line_start + 1)
