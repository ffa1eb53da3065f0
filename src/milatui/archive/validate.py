"""Validates YAML nodes by a schema and converts them to plain data.

A bad value is left out, and with it whatever cannot do without it; all else stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeAlias

from yaml import MappingNode, ScalarNode, SequenceNode

from milatui.archive.diagnostics import Diagnostic, Severity
from milatui.archive.edtf import DateError, is_edtf, parse_edtf
from milatui.archive.sanitize import excerpt, sanitize
from milatui.archive.schema import ListOf, MapOf, RecordSchema, Scalar, ValueSchema
from milatui.archive.syntax.character_references import decode_references
from milatui.archive.syntax.yaml_nodes import MAX_DEPTH, depth_message
from milatui.i18n import _
from milatui.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from yaml import Node

    from milatui.archive.kinds import Data

FieldPath: TypeAlias = "tuple[FieldPath, str | int] | None"
"""The way to a value from its record, innermost step last; made into text only for a fault."""

_ABSENT = frozenset(("", "~", "null"))
_PATTERNS = {
    "id": re.compile(r"[^\s\x00-\x1f\x7f](?:[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f])?"),
    "language": re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*"),
    "country": re.compile(r"[A-Z]{2}"),
    "address": re.compile(r"https?://[^\s\x00-\x1f\x7f]+"),
}
MAX_DIAGNOSTICS = 1000
"""Maximum number of faults reported of one file; one that is not a record may have millions."""


class AliasExpansionError(Exception):
    """Aliases make the content of a file many times larger than the file."""


def is_id(text: str) -> bool:
    """Returns whether a text can be the id of a record."""
    return _PATTERNS["id"].fullmatch(text) is not None


def path_steps(field_path: FieldPath) -> list[str | int]:
    """Returns the steps of a path, outermost first."""
    steps: list[str | int] = []
    while field_path is not None:
        field_path, step = field_path
        steps.append(step)
    steps.reverse()
    return steps


def format_path(field_path: FieldPath) -> str:
    """Formats a path: ``figures[2].source.exact``."""
    steps = (
        f"[{step}]" if isinstance(step, int) else f".{excerpt(step)}"
        for step in path_steps(field_path)
    )
    return "".join(steps).removeprefix(".")


def validate_simple(
    found: Mapping[str, str | list[str]], table: RecordSchema
) -> dict[str, Data] | None:
    """Validates a mapping of ``simple_yaml``, whose values are not empty.

    Args:
        found: Text, or texts, by key.

    Returns:
        What ``NodeValidator.mapping`` returns for it, or None if that would report a fault.
    """
    data: dict[str, Data] = {}
    for key, value in found.items():
        shape = table.fields.get(key)
        if isinstance(value, str):
            if not isinstance(shape, Scalar) or not _is_faultless(value, shape):
                return None
            data[key] = _characters(value, shape)
        else:
            item = shape.item if isinstance(shape, ListOf) else None
            if not isinstance(item, Scalar) or not all(_is_faultless(v, item) for v in value):
                return None
            data[key] = [_characters(v, item) for v in value]
    return data


def _characters(text: str, shape: Scalar) -> str:
    """Decodes the character references of a text field."""
    return decode_references(text) if shape.type == "text" else text


def _is_faultless(text: str, shape: Scalar) -> bool:
    if shape.type == "date":
        return is_edtf(text)
    form = _PATTERNS.get(shape.type)
    if form is not None and not form.fullmatch(text):
        return False
    return not shape.choices or text in shape.choices


class NodeValidator:
    """Types the nodes of one file and gathers its faults in ``diagnostics``.

    ``dropped`` are the ways to list items that were left out, so that the place of those
    after them can still be found in the file.

    ``line_offset`` is the number of lines before the YAML text (front matter), ``size``
    the length of that text: nodes without aliases cannot outgrow it.
    """

    def __init__(self, file: str, size: int, line_offset: int = 0) -> None:
        self.file = file
        self.diagnostics: list[Diagnostic] = []
        self.dropped: list[FieldPath] = []
        self._line_offset = line_offset
        self._allowance = 10 * size + 10_000

    def table(
        self, node: Node, table: RecordSchema, field_path: FieldPath = None
    ) -> dict[str, Data] | None:
        """Returns a mapping that has all required keys of its schema, else None.

        Raises ``AliasExpansionError``.
        """
        data = self.mapping(node, table, field_path)
        if data is None:
            return None
        whole = True
        for key in table.required:
            if key not in data and not self._is_given(node, key):
                self._diagnostic(node, field_path, _("“{key}” is missing").format(key=key))
            whole = whole and key in data
        for key in table.expected:
            if key not in data and not self._is_given(node, key):
                self._diagnostic(node, field_path, _("“{key}” is missing").format(key=key))
        return data if whole else None

    def mapping(
        self, node: Node, table: RecordSchema, field_path: FieldPath = None
    ) -> dict[str, Data] | None:
        """Returns a mapping, even if required keys are missing; None if the node is another."""
        if not isinstance(node, MappingNode):
            self._diagnostic(node, field_path, _("a mapping (key: value) is expected here"))
            return None
        data: dict[str, Data] = {}
        seen: set[str] = set()
        fields = table.fields
        for key_node, value_node in node.value:
            key = self._key(key_node, seen, field_path)
            if key is None:
                continue
            shape = fields.get(key)
            if shape is None:
                self._unknown_key(key_node, key, table, field_path)
                data[key] = self._plain(value_node, (field_path, key), 0)
                continue
            value = self._value(value_node, shape, (field_path, key))
            if value is not None:
                data[key] = value
        return data

    def report(self, line: int, column: int, message: str) -> None:
        """Adds a diagnostic at a position within the YAML text."""
        self.diagnostics.append(
            Diagnostic(self.file, line + self._line_offset, column, "", message)
        )

    def _value(self, node: Node, shape: ValueSchema, field_path: FieldPath) -> Data | None:
        if isinstance(node, ScalarNode):
            return self._scalar(node, shape, field_path)
        self._use(len(node.value))
        if isinstance(shape, RecordSchema):
            return self.table(node, shape, field_path)
        if isinstance(shape, ListOf):
            return self._many(node, shape, field_path)
        if isinstance(shape, MapOf):
            return self._by_key(node, shape, field_path)
        self._diagnostic(node, field_path, _("a single value is expected here"))
        return None

    def _scalar(self, node: ScalarNode, shape: ValueSchema, field_path: FieldPath) -> str | None:
        text: str = node.value
        self._use(len(text))
        if text in _ABSENT and (not node.style or not text):
            return None
        if not isinstance(shape, Scalar):
            if isinstance(shape, ListOf):
                self._diagnostic(node, field_path, _("a list is expected here"))
            else:
                self._diagnostic(node, field_path, _("a mapping (key: value) is expected here"))
            return None
        if node.style in ("|", ">"):
            text = text.rstrip("\n")
        if shape.type == "date":
            return self._date(node, text, field_path)
        form = _PATTERNS.get(shape.type)
        if form is not None and not form.fullmatch(text):
            return self._misshapen(node, shape, text, field_path)
        if shape.choices and text not in shape.choices:
            self._unknown_choice(node, shape, text, field_path)
        return _characters(text, shape)

    def _date(self, node: ScalarNode, text: str, field_path: FieldPath) -> str | None:
        try:
            parse_edtf(text)
        except DateError as error:
            message = _("not a date: {problem}").format(
                problem=sanitize(error.message, multiline=False)
            )
            inside = error.column - 1 + (1 if node.style in ("'", '"') else 0)
            same_line = node.start_mark.line == node.end_mark.line
            self._diagnostic(node, field_path, message, shift=inside if same_line else 0)
            return None
        return text

    def _misshapen(
        self, node: ScalarNode, shape: Scalar, text: str, field_path: FieldPath
    ) -> str | None:
        shown = excerpt(text)
        if shape.type == "id":
            message = _("“{text}” is not an id: control characters or spaces at an end")
            self._diagnostic(node, field_path, message.format(text=shown))
            return None
        if shape.type == "language":
            message = _("“{text}” is not a language code (BCP 47, like en or fr-CA)")
        elif shape.type == "country":
            message = _("“{text}” is not a country code (ISO 3166, like CA)")
        else:
            message = _("“{text}” is not a web address (http or https)")
        self._diagnostic(node, field_path, message.format(text=shown), "warning")
        return text

    def _unknown_choice(
        self, node: ScalarNode, shape: Scalar, text: str, field_path: FieldPath
    ) -> None:
        message = _("“{text}” is not one of the usual values ({values})")
        values = ", ".join(shape.choices)
        self._diagnostic(
            node, field_path, message.format(text=excerpt(text), values=values), "warning"
        )

    def _many(self, node: Node, shape: ListOf, field_path: FieldPath) -> list[Data] | None:
        if not isinstance(node, SequenceNode):
            self._diagnostic(node, field_path, _("a list is expected here"))
            return None
        items: list[Data] = []
        for number, item_node in enumerate(node.value):
            value = self._value(item_node, shape.item, (field_path, number))
            if value is not None:
                items.append(value)
                continue
            self.dropped.append((field_path, number))
            if isinstance(item_node, ScalarNode) and item_node.value in _ABSENT:
                self._diagnostic(item_node, (field_path, number), _("the value is empty"))
        return items

    def _by_key(self, node: Node, shape: MapOf, field_path: FieldPath) -> dict[str, Data] | None:
        if not isinstance(node, MappingNode):
            self._diagnostic(node, field_path, _("a mapping (key: value) is expected here"))
            return None
        data: dict[str, Data] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = self._key(key_node, seen, field_path)
            if key is not None:
                value = self._value(value_node, shape.item, (field_path, key))
                if value is not None:
                    data[key] = value
        return data

    def _key(self, node: Node, seen: set[str], field_path: FieldPath) -> str | None:
        if not isinstance(node, ScalarNode):
            self._diagnostic(node, field_path, _("a key must be plain text"))
            return None
        key: str = node.value
        self._use(len(key))
        if key in seen:
            message = _("“{key}” is given twice").format(key=excerpt(key))
            self._diagnostic(node, (field_path, key), message)
            return None
        seen.add(key)
        return key

    def _unknown_key(
        self, node: Node, key: str, table: RecordSchema, field_path: FieldPath
    ) -> None:
        if len(self.diagnostics) >= MAX_DIAGNOSTICS:
            return
        near = closest(key, table.fields)
        if near:
            message = _("unknown key “{key}”; did you mean “{meant}”?")
        else:
            message = _("unknown key “{key}”")
        self._diagnostic(
            node,
            (field_path, key),
            message.format(key=excerpt(key), meant="".join(near)),
            "warning",
        )

    def _plain(self, node: Node, field_path: FieldPath, depth: int) -> Data:
        """Returns the content of an unknown key unchanged."""
        if isinstance(node, ScalarNode):
            text: str = node.value
            self._use(len(text))
            return "" if text in _ABSENT and not node.style else text
        self._use(len(node.value))
        if depth > MAX_DEPTH:
            raise AliasExpansionError(depth_message())
        if isinstance(node, SequenceNode):
            return [
                self._plain(item, (field_path, number), depth + 1)
                for number, item in enumerate(node.value)
            ]
        data: dict[str, Data] = {}
        seen: set[str] = set()
        for key_node, value_node in node.value:
            key = self._key(key_node, seen, field_path)
            if key is not None:
                data[key] = self._plain(value_node, (field_path, key), depth + 1)
        return data

    def _use(self, amount: int) -> None:
        self._allowance -= amount + 1
        if self._allowance < 0:
            raise AliasExpansionError(_("aliases make this file grow out of bounds"))

    def _is_given(self, node: Node, key: str) -> bool:
        """Returns whether a key has a value in ``node``, whose diagnostic exists already."""
        for key_node, value_node in node.value:
            if key_node.value == key:
                empty = isinstance(value_node, ScalarNode) and value_node.value in _ABSENT
                return not empty
        return False

    def _diagnostic(
        self,
        node: Node,
        field_path: FieldPath,
        message: str,
        severity: Severity = "error",
        shift: int = 0,
    ) -> None:
        if len(self.diagnostics) >= MAX_DIAGNOSTICS:
            return
        mark = node.start_mark
        line, column = mark.line + 1 + self._line_offset, mark.column + 1 + shift
        self.diagnostics.append(
            Diagnostic(self.file, line, column, format_path(field_path), message, severity)
        )
