"""Gives the example records of a new archive, and removes them when documents of its own come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.files import METADATA_FILE, UnreadableFileError, read_text, scan
from milatui.archive.kinds import KIND_BY_FOLDER
from milatui.archive.loader import load_metadata
from milatui.archive.published.json_schema import modeline
from milatui.paths import archive_template

if TYPE_CHECKING:
    from pathlib import Path


def example_records() -> dict[str, str]:
    """Returns the text of the file of each example record, by its path in the archive."""
    template = archive_template(example=True)
    found: dict[str, str] = {}
    for source in sorted(path for path in template.rglob("*") if path.is_file()):
        path = source.relative_to(template)
        if path.parent.name:
            text = source.read_text(encoding="utf-8")
            begin = modeline(KIND_BY_FOLDER[path.parent.name]) if path.suffix == ".yaml" else ""
            found[path.as_posix()] = begin + text
    return found


def remove_examples(root: Path) -> bool:
    """Removes the example records of an archive that has nothing else.

    They stay if one of them was changed, if there are other records or documents, or if the
    archive was begun as an example: then its home organisation is one of them.

    Returns:
        Whether they were removed.

    Raises:
        OSError: a file cannot be removed.
    """
    examples = example_records()
    if scan(root).keys() - {METADATA_FILE} != examples.keys() or load_metadata(root)[0].home:
        return False
    try:
        if any(read_text(root, path) != text for path, text in examples.items()):
            return False
    except UnreadableFileError:
        return False
    for path in examples:
        (root / path).unlink()
    return True
