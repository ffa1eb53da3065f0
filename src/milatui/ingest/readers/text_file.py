"""Reads a plain text file as one document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import Diagnostic
from milatui.i18n import _
from milatui.ingest.conversion.markdown_text import escape, escape_block_start
from milatui.ingest.readers.date_line import split_date_line
from milatui.ingest.readers.file_source import decode_source, is_binary
from milatui.ingest.readers.raw_document import GivenValue, RawDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.ingest.readers.file_source import FileSource

_MAX_TITLE: Final = 250
_HEAD: Final = 3
"""Paragraphs at the beginning among which the title is looked for."""
_SENTENCE_END: Final = re.compile(r"[.;,][\"'”’»)\]]*$")
_RELEASE_LABEL: Final = re.compile(
    # The label of a release says nothing that its document would not.
    r"(?:for immediate release|press release|news release|media release|communiqué(?: de presse)?"
    r"|pour diffusion immédiate)\W*",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(r"[ \t]*(?:[•◦▪●■‣·∙*]|[-–—])[ \t]+(?=\S)")
_NUMBERED: Final = re.compile(r"[ \t]*(\d{1,2})[.)][ \t]+(?=\S)")
_FULL: Final = 0.6
"""Share of the longest line of a paragraph from which a line is full, and the next one goes on."""
_WRAPPED: Final = 45
"""Characters of the longest line below which lines are not wrapped, as in a block of contacts."""
_LONG: Final = 120
"""Characters of most lines from which each line is a paragraph."""


def read_plain_text(source: FileSource) -> Iterator[RawDocument | Diagnostic]:
    """Reads the document of a file, or the diagnostic that it is not a text."""
    text, notes = decode_source(source)
    if is_binary(text):
        yield Diagnostic(source.name, 1, 1, "", _("this is not a text"))
        return
    paragraphs = _paragraphs(text)
    if len(paragraphs) > 1 and _RELEASE_LABEL.fullmatch(" ".join(paragraphs[0])):
        del paragraphs[0]
    given: dict[str, GivenValue] = {}
    number = _title_number(paragraphs)
    if number is not None:
        given["title"] = GivenValue(" ".join(paragraphs.pop(number)[0].split()), origin="heading")
    date, body = split_date_line("\n\n".join(map(_markdown, paragraphs)))
    if date:
        given["date"] = GivenValue(date, origin="date line")
    yield RawDocument(
        given, body, source.name, stem=source.stem, folders=source.folders, notes=tuple(notes)
    )


def _paragraphs(text: str) -> list[list[str]]:
    """Splits a text at its empty lines; one without any is a paragraph a line, if they are long."""
    lines = [line.rstrip() for line in text.replace("\f", "\n\n").split("\n")]
    groups: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            groups[-1].append(line)
        elif groups[-1]:
            groups.append([])
    groups = [group for group in groups if group]
    return [piece for group in groups for piece in _split_group(group)]


def _split_group(group: list[str]) -> list[list[str]]:
    long = sum(len(line) > _LONG for line in group)
    if len(group) > 1 and long * 2 >= len(group):
        return [[line] for line in group]
    return [group]


def _title_number(paragraphs: Sequence[Sequence[str]]) -> int | None:
    """Returns which paragraph is the title: the first one, if it is one line and no sentence.

    What ends as a sentence does is a title only if the date follows on a line of its own.
    """
    for number, lines in enumerate(paragraphs[:_HEAD]):
        line = lines[0].strip()
        if len(lines) == 1 and not _title_letters(line):
            continue
        if len(lines) > 1 or len(line) > _MAX_TITLE or number + 1 == len(paragraphs):
            return None
        following = paragraphs[number + 1]
        dated = len(following) == 1 and not _title_letters(following[0].strip())
        return number if dated or not _SENTENCE_END.search(line) else None
    return None


def _title_letters(line: str) -> bool:
    """Returns whether a line has words, and not only a date."""
    date, _rest = split_date_line(line)
    return not date and sum(map(str.isalpha, line)) > 3


def _markdown(lines: Sequence[str]) -> str:
    """Returns a paragraph as Markdown that shows the same words."""
    if all(_BULLET.match(line) for line in lines) or all(map(_NUMBERED.match, lines)):
        return "\n".join(map(_item, lines))
    longest = max(map(len, lines))
    text = ""
    for before, line in zip(["", *lines], lines, strict=False):
        words = escape_block_start(escape(" ".join(line.split())))
        if not before:
            text = words
        elif (longest >= _WRAPPED and len(before) >= longest * _FULL) or line.lstrip()[
            :1
        ].islower():
            text = f"{text} {words}" if not _is_divided(before, line) else text[:-1] + words
        else:
            text = f"{text}\\\n{words}"
    return text


def _item(line: str) -> str:
    if match := _NUMBERED.match(line):
        return f"{match[1]}. {escape(line[match.end() :].strip())}"
    match = _BULLET.match(line)
    return f"- {escape(line[match.end() if match else 0 :].strip())}"


def _is_divided(before: str, line: str) -> bool:
    """Returns whether a soft hyphen divides a word between two lines."""
    return before.endswith("\u00ad") and line[:1].islower()
