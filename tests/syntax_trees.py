"""The syntax trees of Python files: parsed once in a process, whichever tests look at them."""

from __future__ import annotations

import ast
import gc
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@cache
def parse_folder(folder: Path) -> dict[str, ast.Module]:
    """Returns the trees of all modules below ``folder``, by their path in it with slashes.

    The garbage collector stays off meanwhile: it would look through all nodes again and again.
    """
    gc.disable()
    try:
        trees = {
            path.relative_to(folder).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
            for path in sorted(folder.rglob("*.py"))
        }
    finally:
        gc.enable()
    gc.freeze()  # they stay until the process ends
    return trees
