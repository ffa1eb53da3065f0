"""Reads ``synonyms.yaml``, an archive's optional list of words that say the same.

A list of lists of words: ``- [lab, laboratory, atelier]``.  It helps searching only, so what
is not of this shape is left out without a message.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yaml import ScalarNode, SequenceNode

from milatui.archive.files import UnreadableFileError, read_text
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError, compose

if TYPE_CHECKING:
    from pathlib import Path

FILE: Final = "synonyms.yaml"
LARGEST: Final = 1_000_000
"""Characters of the file beyond which it is not read."""


def load_synonyms(root: Path) -> list[list[str]]:
    """Loads an archive's groups of synonyms; none if the file is missing or unreadable."""
    try:
        text = read_text(root, FILE)
        # Aliases could make lists of lists of lists that fill all memory.
        node = compose(text) if len(text) <= LARGEST and "*" not in text else None
    except (UnreadableFileError, YamlSyntaxError):
        return []
    rows = node.value if isinstance(node, SequenceNode) else []
    return [
        [word.value for word in row.value if isinstance(word, ScalarNode)]
        for row in rows
        if isinstance(row, SequenceNode)
    ]
