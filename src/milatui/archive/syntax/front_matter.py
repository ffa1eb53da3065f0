"""Splits a document file into its YAML front matter and its Markdown body."""

from __future__ import annotations

from dataclasses import dataclass

from milatui.archive.syntax.yaml_nodes import YamlSyntaxError
from milatui.i18n import _

MARKER = "---"
HEADER_LINE = 2
"""The line of the file on which the front matter starts."""


@dataclass(frozen=True, slots=True)
class SplitDocument:
    """A document file in two; ``body_line`` is the line (from 1) of the body's first line."""

    header: str
    body: str
    body_line: int


def split_front_matter(text: str) -> SplitDocument:
    """Splits a document file into the front matter between two lines of ``---`` and the body.

    One empty line between the two belongs to neither.

    Args:
        text: The content of the file, with newlines only (no carriage returns).

    Raises:
        YamlSyntaxError: if there is no front matter.
    """
    start = text.find("\n") + 1
    if text[: start or len(text)].rstrip() != MARKER:
        raise YamlSyntaxError(
            _("the document does not start with front matter (a line of ---)"), 1, 1
        )
    end, after = _closing_marker(text, start or len(text))
    header = text[start:end]
    empty_line = text.startswith("\n", after)
    body_line = header.count("\n") + HEADER_LINE + 1 + empty_line
    return SplitDocument(header, text[after + empty_line :], body_line)


def join_front_matter(header: str, body: str) -> str:
    """Joins front matter and body; ``header`` ends with a newline."""
    return f"{MARKER}\n{header}{MARKER}\n\n{body}"


def _closing_marker(text: str, start: int) -> tuple[int, int]:
    """Returns the offsets of the line that closes the front matter and of what follows it."""
    at = start
    while at >= 0:
        if text.startswith(MARKER, at):
            newline = text.find("\n", at)
            line_end = len(text) if newline < 0 else newline
            if text[at:line_end].rstrip() == MARKER:
                return at, min(line_end + 1, len(text))
        found = text.find("\n" + MARKER, at)
        at = found + 1 if found >= 0 else -1
    raise YamlSyntaxError(_("the front matter is not closed (a line of --- is missing)"), 1, 1)
