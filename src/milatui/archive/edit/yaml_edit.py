"""Edits YAML text in place: what is not named by the edit stays as it is, byte for byte.

A round-trip library would write whole files anew: of the 361 YAML files of the bundled archive
ruamel.yaml leaves 193 as they are, at best.  Here lines are put in or a value is exchanged at the
position that the parser gives, and the result must hold the old data with the change and nothing
else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yaml import MappingNode, ScalarNode, SequenceNode

from milatui.archive.syntax.yaml_nodes import YamlSyntaxError, compose
from milatui.archive.syntax.yaml_writer import dump_inline, dump_yaml
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from yaml import Node

    from milatui.archive.kinds import Data

_EMPTY: Final = ("", "~", "null")


class EditError(Exception):
    """The text cannot be changed so that only the named value differs; ``message`` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


def append_item(
    text: str, identifier: str | None, key: str, item: Data, order: Sequence[str] = ()
) -> str:
    """Adds an item at the end of a list of a record; makes the list if the record has none.

    Args:
        text: YAML: one record, or a list of records.
        identifier: The id of the record; None if the text is one mapping without an id.
        key: The key of the list.
        item: The new item.
        order: Keys of a record in their usual order, for the place of a new key.

    Returns:
        The text with the item.

    Raises:
        EditError: it cannot be done in place.
    """
    record = _record(text, identifier)
    value = _value(record, key)
    if value is None:
        changed = _with_key(text, record, key, [item], order)
    elif isinstance(value, SequenceNode):
        changed = _with_item(text, value, item)
    elif isinstance(value, ScalarNode) and value.value in _EMPTY and not value.style:
        # An empty value ends where it begins: behind the colon.
        indent = record.start_mark.column
        lines = _indented(dump_yaml([item]), indent)
        at = _line_end(text, value.end_mark.index)
        start = value.start_mark.index
        changed = _put_lines(text[:start] + text[value.end_mark.index :], at, lines)
    else:
        raise EditError(_("“{key}” is not a list").format(key=key))

    def expected(data: dict[str, Data]) -> None:
        present = data.get(key)
        data[key] = [*(present if isinstance(present, list) else ()), item]

    return _verified(text, changed, identifier, expected)


def list_items(text: str, identifier: str | None, key: str) -> list[Data]:
    """Returns the items of a list of a record; arguments and errors as of ``append_item``."""
    value = _value(_record(text, identifier), key)
    return [_plain(item) for item in value.value] if isinstance(value, SequenceNode) else []


def set_value(
    text: str, identifier: str | None, key: str, value: str, order: Sequence[str] = ()
) -> str:
    """Gives a key of a record another single value; adds the key if the record has none.

    Args:
        text: YAML: one record, or a list of records.
        identifier: The id of the record; None if the text is one mapping without an id.
        key: The key.
        value: The new value.
        order: Keys of a record in their usual order, for the place of a new key.

    Returns:
        The text with the value.

    Raises:
        EditError: it cannot be done in place.
    """
    record = _record(text, identifier)
    node = _value(record, key)
    if node is None:
        changed = _with_key(text, record, key, value, order)
    elif isinstance(node, ScalarNode) and node.style not in ("|", ">"):
        start, end = node.start_mark.index, node.end_mark.index
        gap = " " if start == end else ""
        changed = text[:start] + gap + dump_inline(value) + text[end:]
    else:
        raise EditError(_("“{key}” is not a single value on one line").format(key=key))

    def expected(data: dict[str, Data]) -> None:
        data[key] = value

    return _verified(text, changed, identifier, expected)


def append_records(text: str, records: Sequence[dict[str, Data]]) -> str:
    """Adds records at the end of a text that is a list of records, or empty.

    Args:
        text: YAML.
        records: The records as plain data.

    Raises:
        EditError: the text is something else.
    """
    node = compose(text) if text.strip() else None
    if node is None:
        return _ended(text) + dump_yaml(list(records))
    if not isinstance(node, SequenceNode) or node.flow_style or not node.value:
        raise EditError(_("the file is not a list of records"))
    lines = _indented(dump_yaml(list(records)), node.start_mark.column)
    changed = _put_lines(text, _line_end(text, _end(node)), lines)
    before, after = _plain(node), _plain(_composed(changed))
    if not isinstance(before, list) or after != [*before, *records]:
        raise EditError(_("the change would touch something else"))
    return changed


def record_starts(text: str) -> list[int]:
    """Returns where the lines begin at which the records of a list begin.

    Args:
        text: YAML.

    Returns:
        Offsets in order; none if the text is not a list, or two records share a line.

    Raises:
        EditError: the text is not YAML.
    """
    root = _composed(text)
    if not isinstance(root, SequenceNode) or root.flow_style:
        return []
    starts = [text.rfind("\n", 0, node.start_mark.index) + 1 for node in root.value]
    begin = " " * root.start_mark.column + "-"
    return starts if all(text.startswith(begin, start) for start in starts) else []


def _record(text: str, identifier: str | None) -> MappingNode:
    root = _composed(text)
    nodes = root.value if isinstance(root, SequenceNode) else [root]
    for node in nodes:
        if isinstance(node, MappingNode):
            found = _value(node, "id")
            if identifier is None or (isinstance(found, ScalarNode) and found.value == identifier):
                if node.flow_style:
                    break
                return node
    raise EditError(_("“{id}” cannot be found in the file").format(id=identifier or ""))


def _composed(text: str) -> Node:
    try:
        node = compose(text)
    except YamlSyntaxError as error:
        raise EditError(error.message) from None
    if node is None:
        raise EditError(_("there is no record"))
    return node


def _value(record: MappingNode, key: str) -> Node | None:
    found: list[Node] = [value for name, value in record.value if name.value == key]
    if len(found) > 1:
        raise EditError(_("“{key}” is given twice").format(key=key))
    return found[0] if found else None


def _with_key(text: str, record: MappingNode, key: str, value: Data, order: Sequence[str]) -> str:
    """Puts a new key behind the last one that usually comes before it, else at the end."""
    before = order[: order.index(key)] if key in order else ()
    earlier = [each for name, each in record.value if name.value in before]
    last = (earlier or [record.value[-1][1]])[-1]
    lines = _indented(dump_yaml({key: value}), record.start_mark.column)
    return _put_lines(text, _line_end(text, _end(last)), lines)


def _with_item(text: str, items: SequenceNode, item: Data) -> str:
    if not items.flow_style:
        lines = _indented(dump_yaml([item]), items.start_mark.column)
        return _put_lines(text, _line_end(text, _end(items)), lines)
    at = _end(items) - 1
    inner = text[:at].rstrip()
    if text[at : at + 1] != "]" or inner.endswith(","):
        raise EditError(_("the list cannot be extended in place"))
    comma = ", " if items.value else ""
    return inner + comma + dump_inline(item) + text[len(inner) :]


def _end(node: Node) -> int:
    """Returns the offset behind the last character of a node.

    The parser's own end of a block is where the next one begins, behind comments.
    """
    last: Node | None = None
    if isinstance(node, SequenceNode) and not node.flow_style:
        last = node.value[-1] if node.value else None
    elif isinstance(node, MappingNode) and not node.flow_style:
        last = node.value[-1][1] if node.value else None
    if last is not None:
        return _end(last)
    end: int = node.end_mark.index
    return end


def _line_end(text: str, at: int) -> int:
    """Returns the offset behind the line that ``at`` is on; ``at`` itself at a line's start."""
    if at and text[at - 1 : at] == "\n":
        return at
    newline = text.find("\n", at)
    return len(text) if newline < 0 else newline + 1


def _put_lines(text: str, at: int, lines: str) -> str:
    before = text[:at]
    return _ended(before) + lines + text[at:]


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _indented(lines: str, columns: int) -> str:
    indent = " " * columns
    return "".join(
        indent + line if line.strip() else line for line in lines.splitlines(keepends=True)
    )


def _verified(
    before: str, after: str, identifier: str | None, change: Callable[[dict[str, Data]], None]
) -> str:
    """Returns ``after`` if it says what ``before`` does with a change of one record.

    Raises:
        EditError: it says something else.
    """
    actual, expected = _plain(_composed(after)), _plain(_composed(before))
    records = expected if isinstance(expected, list) else [expected]
    for record in records:
        if isinstance(record, dict) and (identifier is None or record.get("id") == identifier):
            change(record)
            break
    if actual != expected:
        raise EditError(_("the change would touch something else"))
    return after


def _plain(node: Node) -> Data:
    """Returns what a node says as plain data."""
    if isinstance(node, ScalarNode):
        text: str = node.value
        return text
    if isinstance(node, SequenceNode):
        return [_plain(item) for item in node.value]
    return {str(key.value): _plain(value) for key, value in node.value}
