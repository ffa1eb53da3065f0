"""Reads the header of an outside Markdown file, in every form that site generators write.

| form | begins | written by |
|---|---|---|
| YAML | ``---`` | Jekyll, Hugo, Docusaurus, Eleventy, Hexo, Pandoc |
| TOML | ``+++`` or ``---toml`` | Hugo, Zola |
| JSON | ``{`` or ``"key":`` or ``;;;`` or ``---json`` | Hugo, Hexo, Eleventy |
| lines in a comment | ``<!--`` | Nikola, Pandoc |
| ``Title: value`` lines | ``Title:`` | Pelican, MultiMarkdown, Hexo (closed by ``---``) |
| ``#+TITLE: value`` lines | ``#+TITLE:`` | Org |

A byte order mark, other signs that nobody sees, blank lines, comments and ``%YAML`` may come
before it.  A line of signs may be longer, and is closed by one as long.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

from milatui.archive.schema import RecordSchema
from milatui.archive.syntax.yaml_nodes import (
    YamlSyntaxError,
    compose,
    depth_message,
    value_positions,
)
from milatui.archive.validate import AliasExpansionError, NodeValidator
from milatui.i18n import _
from milatui.ingest.readers.json_values import (
    DuplicateKeyError,
    NestingError,
    data_of,
    parse_object,
)
from milatui.ingest.readers.raw_document import GivenValue, Position

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.kinds import Data

_FREE: Final = RecordSchema({}, required=())
_LEADING: Final = re.compile("[\ufeff\u200b\u200e\u200f\u2060\\s]*")
_COMMENT: Final = re.compile(r"<!--(.*?)-->[ \t]*(?:\n|$)", re.DOTALL)
_FENCE: Final = re.compile(
    r"(?:%YAML [\d.]+[ \t]*\n)?(?P<marker>-{3,}|\+{3,}|;{3,})"
    r"(?:[ \t]*(?P<language>yaml|yml|toml|json)|(?P<other>[a-z]{2,12}))?[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
_LANGUAGES: Final = {"-": "yaml", "+": "toml", ";": "json"}
_OBJECT: Final = re.compile(r'\{\s*(?:"(?:[^"\\\n]|\\.)*"\s*:|\})')
"""Begins a JSON object, unlike a text that begins with a brace."""
_BARE_OBJECT: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"[ \t]*:')
"""Begins a JSON object without its braces, which Hexo closes by ``;;;``."""
_UNOPENED: Final = re.compile(r"^---[ \t]*$", re.MULTILINE)
"""Closes lines of keys that no line of signs has opened."""
_KEY_LINE: Final = re.compile(
    r"(?:\.\. |#\+)?([A-Za-z][\w.-]*(?: [\w.-]+){0,2})[ \t]*:(?:[ \t]+(.*)|$)"
)
_YAML_KEY: Final = re.compile(
    r"""\s*(?:[\w.-]+(?: [\w.-]+)*|"[^"\n]+"|'[^'\n]+')\s*:(?:\s|$)|\s*[#{]"""
)
_TOML_KEY: Final = re.compile(r"""\s*(?:[\w.-]+|"[^"\n]+"|'[^'\n]+')\s*=|\s*[#\[]""")
_LOOKS: Final = re.compile(
    r"(?:(?:```|~~~).*\n(?:-{3,}|\+{3,})\n)?"
    r"(?:title|date|layout|author|authors|slug|draft|tags|categories|category|permalink|lang"
    r"|description)[ \t]*[:=][ \t]*\S",
    re.IGNORECASE,
)
_KNOWN: Final = frozenset(
    {
        "title",
        "date",
        "modified",
        "author",
        "authors",
        "category",
        "categories",
        "tags",
        "slug",
        "summary",
        "status",
        "lang",
        "language",
        "template",
        "save_as",
        "url",
        "keywords",
        "description",
        "type",
        "link",
        "layout",
        "publisher",
        "subtitle",
        "email",
        "copyright",
        "titre",
        "auteur",
        "langue",
        "translation",
        "id",
        "source",
    }
)
"""Keys that lines at the beginning of a text are known by as its header."""
_TOML_PLACE: Final = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")


@dataclass(frozen=True, slots=True)
class Header:
    """What the header of a file gives, and what follows it.

    Attributes:
        given: Values by key.
        body: The text after the header, without one empty line between.
        body_line: The line of the file (from 1) on which the body begins.
        notes: What is to be said of it: place in the file, and message.
    """

    given: Mapping[str, GivenValue]
    body: str
    body_line: int = 1
    notes: tuple[tuple[Position, str], ...] = field(default=())


class HeaderError(ValueError):
    """A header cannot be read: ``message``, and the position in the file."""

    def __init__(self, message: str, position: Position, key: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.key = key


def read_header(text: str) -> Header:
    """Reads the header of a text; without one all of it is the body.

    Raises:
        HeaderError: it has a header that cannot be read.
    """
    start = _end(_LEADING, text, 0)
    after_comments = start
    while comment := _COMMENT.match(text, after_comments):
        lines = _key_lines(comment[1].strip("\n"))
        if lines:
            first = text.count("\n", 0, comment.start(1)) + 1
            offset = len(comment[1]) - len(comment[1].lstrip("\n"))
            given = _given_by_lines(lines, first + offset)
            return _with_body(given, text, comment.end())
        after_comments = _end(_LEADING, text, comment.end())
    fence = _FENCE.match(text, after_comments)
    if fence:
        return _fenced(text, fence, text[start:after_comments])
    if _OBJECT.match(text, after_comments):
        return _json_object(text, after_comments, text[start:after_comments])
    if _BARE_OBJECT.match(text, start) and (end := _end_of(";;;").search(text, start)):
        given = _json(text[start : end.start()], text.count("\n", 0, start) + 1)
        return _with_body(given, text, min(end.end() + 1, len(text)))
    block = text[start:].partition("\n\n")[0]
    fence_line = _UNOPENED.search(block)
    lines = _key_lines(block[: fence_line.start()] if fence_line else block)
    if lines and (not fence_line or len(lines) > 1):
        given = _given_by_lines(lines, text.count("\n", 0, start) + 1)
        return _with_body(given, text, start + (fence_line.end() if fence_line else len(block)))
    return Header(
        {}, text.lstrip("\u200b\u200e\u200f\u2060\ufeff"), 1, _looks_like_a_header(text, start)
    )


def _fenced(text: str, fence: re.Match[str], comments: str) -> Header:
    """Reads a header between two lines of signs, or finds that the first is a thematic break."""
    marker = fence["marker"]
    language = (fence["language"] or _LANGUAGES[marker[0]]).lower()
    first_line = text.count("\n", 0, fence.start("marker")) + 2
    opening = Position(first_line - 1, 1)
    end = _end_of(marker).search(text, fence.end())
    if fence["other"] and end is not None:
        message = _("a header in “{language}” is not read: only YAML, TOML and JSON are")
        raise HeaderError(message.format(language=fence["other"]), opening)
    first = text[fence.end() :].lstrip("\n").partition("\n")[0]
    is_key = (_TOML_KEY if language == "toml" else _YAML_KEY).match(first)
    if end is None:
        if language == "json" or is_key:
            message = _("the header is not closed (a line of {marker} is missing)")
            raise HeaderError(message.format(marker=marker), opening)
        return Header({}, text, 1)
    content = text[fence.end() : end.start()]
    if language == "toml":
        given = _toml(content, first_line)
        notes: list[tuple[Position, str]] = []
    elif language == "json":
        given, notes = _json(content, first_line), []
    else:
        if not is_key and not content.lstrip().startswith(("-", "%", "?", "!", "&")):
            note = (opening, _("the lines between {marker} are not a header: taken as text"))
            return Header({}, text, 1, ((note[0], note[1].format(marker=marker)),))
        given, notes = _yaml(content, first_line)
    header = _with_body(given, text, min(end.end() + 1, len(text)), comments)
    return Header(header.given, header.body, header.body_line, tuple(notes))


def _end_of(marker: str) -> re.Pattern[str]:
    """Returns the pattern of the line that closes a header begun by signs."""
    signs = re.escape(marker)
    return re.compile(
        rf"^(?:{signs}|\.\.\.)[ \t]*$" if marker[0] == "-" else rf"^{signs}[ \t]*$", re.M
    )


def _yaml(
    content: str, first_line: int
) -> tuple[dict[str, GivenValue], list[tuple[Position, str]]]:
    validator = NodeValidator("", len(content), first_line - 1)
    try:
        node = compose(content)
        data = validator.mapping(node, _FREE) if node is not None else {}
    except YamlSyntaxError as broken:
        position = Position(broken.line + first_line - 1, broken.column)
        raise HeaderError(broken.message, position) from broken
    except AliasExpansionError as error:
        message = _("aliases make this file grow out of bounds")
        raise HeaderError(message, Position(first_line, 1)) from error
    notes = []
    for fault in validator.diagnostics:
        if fault.severity == "error":
            position = Position(fault.line, fault.column)
            if data is None or fault.path.casefold() in ("title", "date", "id"):
                raise HeaderError(fault.message, position, fault.path)
            notes.append((position, fault.message))
    positions = value_positions(node)
    given = {}
    for key, value in (data or {}).items():
        line, column = positions.get(key, (1, 1))
        given[key] = GivenValue(value, Position(line + first_line - 1, column))
    return given, notes


def _toml(content: str, first_line: int) -> dict[str, GivenValue]:
    try:
        values = tomllib.loads(content, parse_float=str)
        data = {key: data_of(_plain(value), 2) for key, value in values.items()}
    except (NestingError, RecursionError) as error:
        raise HeaderError(depth_message(), Position(first_line, 1)) from error
    except ValueError as error:
        found = _TOML_PLACE.search(str(error))
        problem = _TOML_PLACE.sub("", str(error)).strip()
        line, column = (int(found[1]), int(found[2])) if found and found[1] else (1, 1)
        message = _("not valid TOML: {problem}").format(problem=problem)
        raise HeaderError(message, Position(first_line + line - 1, column)) from error
    return {
        key: GivenValue(value, _find_position(content, rf"^{re.escape(key)}\s*=\s*", first_line))
        for key, value in data.items()
    }


def _plain(value: object) -> object:
    """Converts the dates of TOML to text as they are written."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


def _json(content: str, first_line: int) -> dict[str, GivenValue]:
    stripped = content.strip()
    wrapped = stripped if stripped.startswith("{") else "{" + stripped.rstrip(",") + "}"
    lead = content[: len(content) - len(content.lstrip())].count("\n")
    given, end = _parse_json(wrapped, first_line + lead)
    if wrapped[end:].strip():
        raise HeaderError(_("something follows the JSON object"), Position(first_line, 1))
    return given


def _json_object(text: str, start: int, comments: str) -> Header:
    first_line = text.count("\n", 0, start) + 1
    given, end = _parse_json(text[start:], first_line)
    return _with_body(given, text, start + end, comments)


def _parse_json(text: str, first_line: int) -> tuple[dict[str, GivenValue], int]:
    try:
        parsed = parse_object(text)
    except json.JSONDecodeError as error:
        message = _("not valid JSON: {problem}").format(problem=error.msg)
        raise HeaderError(message, Position(first_line + error.lineno - 1, error.colno)) from error
    except DuplicateKeyError as error:
        message = _("the key “{key}” occurs twice").format(key=error)
        raise HeaderError(message, Position(first_line, 1)) from error
    except NestingError as error:
        raise HeaderError(depth_message(), Position(first_line, 1)) from error
    values, end = parsed or ({}, 0)
    given = {
        key: GivenValue(
            value, _find_position(text, re.escape(json.dumps(key)) + r"\s*:\s*", first_line)
        )
        for key, value in values.items()
    }
    return given, end


def _find_position(content: str, pattern: str, first_line: int) -> Position:
    """Returns the place in the file of the value that follows a pattern in a header."""
    match = re.search(pattern, content, re.MULTILINE)
    if match is None:
        return Position(first_line, 1)
    line_start = content.rfind("\n", 0, match.end()) + 1
    line = content.count("\n", 0, match.end()) + first_line
    return Position(line, match.end() - line_start + 1)


def _key_lines(block: str) -> list[tuple[str, str, int]]:
    """Returns key, value and line (from 0) of ``Key: value`` lines; none if it may be a text.

    Unmistakable is a block whose first key is a title, or with two keys that headers have, and
    nothing else in it but continued values.
    """
    found: list[tuple[str, str, int]] = []
    for number, line in enumerate(block.split("\n")):
        match = _KEY_LINE.fullmatch(line.rstrip())
        if match:
            found.append((match[1], (match[2] or "").strip(), number))
        elif line.startswith(("    ", "\t")) and line.strip() and found:
            key, value, first = found[-1]
            found[-1] = (key, f"{value} {line.strip()}".strip(), first)
        elif line.strip():
            return []
    keys = [key.casefold() for key, _value, _line in found]
    known = sum(key in _KNOWN for key in keys)
    if not found or keys[0] not in _KNOWN or len(set(keys)) < len(keys):
        return []
    return found if known >= 2 or keys[0] in ("title", "titre") else []


def _given_by_lines(lines: list[tuple[str, str, int]], first_line: int) -> dict[str, GivenValue]:
    given: dict[str, GivenValue] = {}
    for key, value, number in lines:
        name = {"titre": "title", "langue": "lang"}.get(key.casefold(), key)
        data: Data = value
        given[name] = GivenValue(data, Position(first_line + number, len(key) + 3))
    return given


def _looks_like_a_header(text: str, start: int) -> tuple[tuple[Position, str], ...]:
    """Says that a text begins with what looks like keys of a header, but has none."""
    if not _LOOKS.match(text, start):
        return ()
    position = Position(text.count("\n", 0, start) + 1, 1)
    return ((position, _("the text begins like a header, but has none: taken as text")),)


def _with_body(
    given: Mapping[str, GivenValue], text: str, after: int, comments: str = ""
) -> Header:
    """Makes a header of what is given and of the text from an offset on."""
    if text.startswith("\n", after):
        after += 1
        if text.startswith("\n", after) and text[after - 2 : after - 1] != "\n":
            after += 1
    line = text.count("\n", 0, after) + 1
    return Header(given, comments + text[after:], line)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
