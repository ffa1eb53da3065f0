"""Rewrites briefs of the older layout: what is said of the published page goes to ``original``.

In the older layout a brief and the page it is about share one set of keys.  Files are
rewritten line by line, so that comments, quotes and the order of all other keys stay.
"""

# untranslated: keys of front matter
from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from yaml import MappingNode, ScalarNode

from milatui.archive.files import UnreadableFileError, has_windows_newlines, read_text, scan
from milatui.archive.schema import DOCUMENT
from milatui.archive.serialize import ORIGINAL_KEYS, with_original
from milatui.archive.syntax.front_matter import HEADER_LINE, split_front_matter
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError, compose
from milatui.archive.syntax.yaml_writer import dump_yaml
from milatui.archive.validate import NodeValidator
from milatui.archive.writer import write_in_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from milatui.archive.files import FileStat
    from milatui.archive.kinds import Data

_ORDER: Final = ("title", "title_supplied", "publisher", "date", "language", "type", "address")


@dataclass(frozen=True, slots=True)
class Migration:
    """A file that would change: its text before and after, and its state when it was read."""

    relpath: str
    before: str
    after: str
    stat: FileStat
    newline: str


def migrations(root: Path) -> Iterator[Migration]:
    """Yields the documents of the archive at ``root`` in the older layout, by path."""
    for relpath, stat in scan(root).items():
        if not relpath.endswith(".md"):
            continue
        try:
            before = read_text(root, relpath)
            windows = has_windows_newlines(root, relpath)
        except UnreadableFileError:
            continue  # ``check`` reports it
        after = migrate_text(before)
        if after != before:
            yield Migration(relpath, before, after, stat, "\r\n" if windows else "\n")


def write_migration(root: Path, migration: Migration) -> None:
    """Replaces the file atomically; errors as of ``write_atomic``."""
    text = migration.after.replace("\n", migration.newline)
    write_in_archive(root, migration.relpath, text, migration.stat)


def migrate_text(text: str) -> str:
    """Rewrites a document in the newer layout.

    It stays as it is where it has no address, where it has an ``original`` already, where its
    front matter is broken, or where the result would not say the same.
    """
    try:
        parts = split_front_matter(text)
        node = compose(parts.header)
    except YamlSyntaxError:
        return text
    if not isinstance(node, MappingNode) or node.flow_style:
        return text
    before, diagnostics = _typed(parts.header)
    if before is None or "original" in before or "source" not in before:
        return text
    header = _rewrite(_blocks(node, parts.header), before)
    after, new_diagnostics = _typed(header)
    if after is None or new_diagnostics > diagnostics or _meaning(after) != _meaning(before):
        return text
    start = text.index("\n") + 1
    return text[:start] + header + text[start + len(parts.header) :]


def _typed(header: str) -> tuple[dict[str, Data] | None, int]:
    """Returns what the header says, None if it is broken, and the number of its faults."""
    try:
        node = compose(header)
    except YamlSyntaxError:
        return None, 1
    validator = NodeValidator("", len(header), HEADER_LINE - 1)
    data = validator.mapping(node, DOCUMENT) if node is not None else None
    return data, len(validator.diagnostics)


def _meaning(data: dict[str, Data]) -> dict[str, Data]:
    """Returns what a document says in either layout."""
    content = dict(with_original(data))
    content.pop("original", None)
    content["title"] = _supplied(str(content.get("title", ""))) or content.get("title", "")
    content.setdefault("original_language", content.get("language", ""))
    return content


def _supplied(title: str) -> str:
    """Returns what parentheses around all of a title hold: an older mark of supplied titles."""
    inner = title[1:-1]
    whole = title.startswith("(") and title.endswith(")") and inner.strip()
    return inner if whole and "(" not in inner and ")" not in inner else ""


def _blocks(node: MappingNode, header: str) -> dict[str, str]:
    """Returns the lines of each key, with the comments right above them."""
    lines = header.splitlines(keepends=True)
    keys = [key for key, _value in node.value if isinstance(key, ScalarNode)]
    starts = [key.start_mark.line for key in keys]
    for number, start in enumerate(starts):
        while start and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        starts[number] = 0 if not number else start
    bounds = pairwise([*starts, len(lines)])
    return {
        key.value: "".join(lines[start:end]) for key, (start, end) in zip(keys, bounds, strict=True)
    }


def _rewrite(blocks: dict[str, str], data: dict[str, Data]) -> str:
    """Returns the header with what belongs to the original gathered where the first of it stood."""
    title = str(data.get("title", ""))
    supplied = _supplied(title)
    original = {"title": dump_yaml({"title": supplied or title})}
    if supplied:
        original["title_supplied"] = "title_supplied: true\n"
    if "original_language" not in data and "language" in data:
        original["language"] = dump_yaml({"language": data["language"]})
    for field, key in ORIGINAL_KEYS.items():
        if field in blocks:
            original[key] = _renamed(blocks[field], field, key)
    gathered = "original:\n" + "".join(_indented(original[k]) for k in _ORDER if k in original)
    unchanged: list[str] = []
    for key, block in blocks.items():
        if key in ORIGINAL_KEYS:
            unchanged.append(gathered)
            gathered = ""
        elif key == "title" and supplied:
            unchanged.append(_comments(block) + dump_yaml({"title": supplied}))
        else:
            unchanged.append(block)
    return "".join(unchanged)


def _comments(block: str) -> str:
    lines = block.splitlines(keepends=True)
    return "".join(line for line in lines if line.startswith("#"))


def _renamed(block: str, field: str, key: str) -> str:
    """Returns the block with another key: its first line that is not a comment begins with it."""
    lines = block.splitlines(keepends=True)
    for number, line in enumerate(lines):
        if line.startswith(field):
            lines[number] = key + line[len(field) :]
            break
    return "".join(lines)


def _indented(block: str) -> str:
    lines = block.splitlines(keepends=True)
    return "".join(f"  {line}" if line.strip() else line for line in lines)
