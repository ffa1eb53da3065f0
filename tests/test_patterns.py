"""Regular expressions use nothing that a supported version of Python matches wrongly."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import milatui
from tests.syntax_trees import parse_folder

POSSESSIVE_GROUP = re.compile(r"\)(?:[*+?]|\{[0-9,]+\})\+")
"""Python 3.11.2 loses its place in such a group (python/cpython#106052)."""


def test_no_pattern_has_a_possessive_group() -> None:
    found = [
        f"{path}:{node.lineno}"
        for path, tree in parse_folder(Path(milatui.__file__).parent).items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if POSSESSIVE_GROUP.search(node.value)
    ]
    assert found == []
