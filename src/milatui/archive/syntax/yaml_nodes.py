"""Parses YAML into nodes with positions, within bounds of nesting.

PyYAML's C parser is fast but recurses in C for each level of nesting, so what is
nested too deep must not reach its composer.  Tags are never obeyed: nodes stay nodes.
"""

from __future__ import annotations

import re

import yaml

from milatui.archive.sanitize import sanitize
from milatui.i18n import _

MAX_DEPTH = 32
"""Levels of nesting a file may have; the records themselves need six."""

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_COMPACT_NESTING = re.compile(r"(?:[-?:][ \t]+){3}[-?:][ \t]")
_DEEP_INDENT = "\n" + " " * (2 * MAX_DEPTH)


class YamlSyntaxError(Exception):
    """The text is not usable YAML: ``message``, and ``line`` and ``column`` (from 1)."""

    def __init__(self, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column


def compose(text: str) -> yaml.Node | None:
    """Parses the one YAML document in a text; returns its root node, None if it is empty.

    Raises:
        YamlSyntaxError: if the text is not YAML, or too deeply nested.
    """
    try:
        if _may_be_deep(text):
            _refuse_depth(text)
        node: yaml.Node | None = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        raise _broken(error) from error
    except yaml.reader.ReaderError as error:
        raise _unreadable(text, error) from error
    return node


def value_positions(node: yaml.Node | None) -> dict[str, tuple[int, int]]:
    """Returns line and column, each from 1, of the value of each key of a mapping.

    The first value counts of a key that stands twice; another node has none.
    """
    positions: dict[str, tuple[int, int]] = {}
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                mark = value.start_mark
                positions.setdefault(key.value, (mark.line + 1, mark.column + 1))
    return positions


def depth_message() -> str:
    """Returns the message about a file that is nested too deep."""
    return _("nested deeper than {limit} levels").format(limit=MAX_DEPTH)


def _may_be_deep(text: str) -> bool:
    return (
        text.count("[") + text.count("{") > MAX_DEPTH
        or _DEEP_INDENT in text
        or _COMPACT_NESTING.search(text) is not None
    )


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                mark = event.start_mark
                line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
                raise YamlSyntaxError(depth_message(), line, column)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _broken(error: yaml.MarkedYAMLError) -> YamlSyntaxError:
    mark = error.problem_mark or error.context_mark
    if "end of stream" in (error.problem or ""):
        # What was never closed is reported where it was opened.
        mark = error.context_mark or mark
    problem = sanitize(error.problem or error.context or "", multiline=False)
    message = _("not valid YAML: {problem}").format(problem=problem)
    if mark is None:
        return YamlSyntaxError(message, 1, 1)
    return YamlSyntaxError(message, mark.line + 1, mark.column + 1)


def _unreadable(text: str, error: yaml.reader.ReaderError) -> YamlSyntaxError:
    """Makes the error about a forbidden character; the parser's offset counts bytes."""
    message = _("character {code} is not allowed").format(code=f"U+{int(error.character):04X}")
    before = text.encode()[: max(0, error.position)].decode("utf-8", "ignore")
    return YamlSyntaxError(message, before.count("\n") + 1, len(before) - before.rfind("\n"))
