"""Finds the line and column of a value of a loaded record in its file.

Loading keeps only where each record begins.  The few values that turn out to be at
fault later are found again in the text, so that good archives pay nothing for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yaml import MappingNode, ScalarNode, SequenceNode

from milatui.archive.diagnostics import Diagnostic, Severity
from milatui.archive.files import UnreadableFileError, read_text
from milatui.archive.syntax.front_matter import HEADER_LINE, split_front_matter
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError, compose
from milatui.archive.validate import FieldPath, format_path, path_steps

if TYPE_CHECKING:
    from pathlib import Path

    from yaml import Node

    from milatui.archive.loader import LoadedRecord

Position = tuple[int, int]


class DiagnosticCollector:
    """Gathers faults of the records of the archive at ``root`` in ``diagnostics``."""

    def __init__(self, root: Path) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._root = root
        self._nodes: dict[str, Node | None] = {}
        self._items: dict[str, dict[Position, Node]] = {}

    def add(
        self,
        located: LoadedRecord,
        field_path: FieldPath,
        message: str,
        severity: Severity = "error",
    ) -> None:
        """Adds a diagnostic about the value at a path of a record."""
        field_path = path_in_file(located, field_path)
        line, column = self._position(located, field_path)
        path = format_path(field_path)
        self.diagnostics.append(Diagnostic(located.file, line, column, path, message, severity))

    def add_to_file(self, file: str, field_path: FieldPath, message: str) -> None:
        """Adds a diagnostic about a value of a file that is one mapping, like ``archive.yaml``."""
        node = self._root_node(file)
        line, column = _follow(node, field_path, 0) if node is not None else (1, 1)
        self.diagnostics.append(Diagnostic(file, line, column, format_path(field_path), message))

    def _position(self, located: LoadedRecord, field_path: FieldPath) -> Position:
        node = self._root_node(located.file)
        if node is None:
            return located.line, located.column
        if located.kind == "document":
            return _follow(node, field_path, HEADER_LINE - 1)
        position = located.line, located.column
        item = self._records(located.file, node).get(position)
        return position if item is None else _follow(item, field_path, 0)

    def _records(self, file: str, node: Node) -> dict[Position, Node]:
        """Returns the nodes of the records in a file by their position."""
        if file not in self._items:
            items: list[Node] = node.value if isinstance(node, SequenceNode) else [node]
            self._items[file] = {_start(item, 0): item for item in items}
        return self._items[file]

    def _root_node(self, file: str) -> Node | None:
        """Returns the root node of a file; None if it has changed and is unreadable now."""
        if file not in self._nodes:
            try:
                text = read_text(self._root, file)
                self._nodes[file] = compose(
                    split_front_matter(text).header if file.endswith(".md") else text
                )
            except (UnreadableFileError, YamlSyntaxError):
                self._nodes[file] = None
        return self._nodes[file]


def path_in_file(located: LoadedRecord, field_path: FieldPath) -> FieldPath:
    """Returns a value's path in the file, which also counts list items that were dropped."""
    if field_path is None or not located.dropped:
        return field_path
    before, step = field_path
    before = path_in_file(located, before)
    if isinstance(step, int):
        for dropped_before, number in _list_items(located.dropped):
            if dropped_before == before and number <= step:
                step += 1
    return before, step


def _list_items(dropped: tuple[FieldPath, ...]) -> list[tuple[FieldPath, int]]:
    """Returns the dropped list items as path of the list and index, sorted by index."""
    items = [(item[0], item[1]) for item in dropped if item is not None]
    return sorted(((way, n) for way, n in items if isinstance(n, int)), key=lambda item: item[1])


def _follow(node: Node, field_path: FieldPath, line_offset: int) -> Position:
    """Returns the position of the value at a path, or of its nearest parent."""
    for step in path_steps(field_path):
        child = _child(node, step)
        if child is None:
            break
        node = child
    return _start(node, line_offset)


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(step, int):
        if isinstance(node, SequenceNode) and step < len(node.value):
            item: Node = node.value[step]
            return item
        return None
    if isinstance(node, MappingNode):
        for key_node, value_node in node.value:
            if isinstance(key_node, ScalarNode) and key_node.value == step:
                value: Node = value_node
                return value
    return None


def _start(node: Node, line_offset: int) -> Position:
    mark = node.start_mark
    return (mark.line + 1 + line_offset, mark.column + 1) if mark else (1, 1)
