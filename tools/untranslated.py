"""Finds texts that users read and that do not go through gettext.

``python -m tools.untranslated`` prints ``file:line: text`` for each and exits with 1. A module is
left out if it, or the ``__init__.py`` of a package above it, has a line ``# untranslated: REASON``.
"""

from __future__ import annotations

import ast
import re
import sys
from typing import TYPE_CHECKING

from tools.translation import KEYWORDS, SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_EXEMPTION = re.compile(r"^# untranslated: \S", re.MULTILINE)
_PROSE = re.compile(r"[A-Za-z’']{2,}[,:;]? [a-zA-Z]{2,}")
_CODE = re.compile(r"^ *(milatui|curl|import|pip) |^https?://|^milatui: $|[|$]|\{ ")
"""Command lines, types and styles."""
_WORD = re.compile(r"[A-Za-z]{4,}")
_TRANSLATED = ("_", "ngettext", "pgettext")
_SHOWN = {
    "print", "print_line", "say", "notify", "line", "heading", "message_page", "TextRun",
    "YamlSyntaxError", "CommandError", "ArchiveError", "DateError", "LocationError", "SettingError",
}  # fmt: skip
"""What shows its first argument to users, or carries it to what does."""
_LABELS = {"help", "title", "description", "tooltip", "placeholder", "hint"}

INTERNAL = {
    # Words programs exchange.
    "not trusted", "foreign version", "dict[str, Data]", "file name", "last year", "end of stream",
    "date line", "not a document", "no values",
    "sq ft",
    "general knowledge",
    "  id title text date language publisher source",
    # What the visitor of a public login never sees: the request is refused without a word.
    "no terminal of that name", "unknown colours or language", "no terminal", "not a request",
    "a stranger",
    "the terminal is gone",
}  # fmt: skip
"""Texts of several words that no user reads."""


def checked_modules() -> list[Path]:
    """Returns the modules whose texts must go through gettext, in the order of their paths."""
    exempt = {
        path.parent if path.name == "__init__.py" else path
        for path in SOURCE.rglob("*.py")
        if _EXEMPTION.search(path.read_text(encoding="utf-8"))
    }
    return [
        path for path in sorted(SOURCE.rglob("*.py")) if exempt.isdisjoint((path, *path.parents))
    ]


def nested_messages(tree: ast.AST) -> set[str]:
    """Returns the gettext functions that are called inside an f-string of ``tree``.

    Babel does not find those messages on Python 3.11.
    """
    strings = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    calls = [node for string in strings for node in ast.walk(string) if isinstance(node, ast.Call)]
    return {call.func.id for call in calls if isinstance(call.func, ast.Name)} & set(KEYWORDS)


def untranslated(node: ast.AST, shown: bool = False) -> Iterator[tuple[int, str]]:
    """Lines and texts of ``node`` that look as if a user read them; ``shown``: surely does."""
    if isinstance(node, ast.Call):
        yield from _of_call(node, shown)
        return
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return  # a docstring
    if isinstance(node, ast.ClassDef) and any(_name(base) == "Enum" for base in node.bases):
        return  # its values are names of states
    if isinstance(node, ast.AnnAssign):
        yield from untranslated(node.value) if node.value else ()
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        text = node.value
        marked = (_WORD if shown else _PROSE).search(text)
        if marked and text not in INTERNAL and not _CODE.search(text):
            yield node.lineno, text
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from untranslated(value)
        return
    inside = isinstance(node, ast.JoinedStr | ast.BinOp | ast.IfExp)
    for child in ast.iter_child_nodes(node):
        yield from untranslated(child, shown and inside)


def _of_call(call: ast.Call, shown: bool) -> Iterator[tuple[int, str]]:
    name = _name(call.func)
    if name in _TRANSLATED or (name == "compile" and _name(call.func, 1) == "re"):
        return
    yield from untranslated(call.func)
    for place, argument in enumerate(call.args):
        yield from untranslated(argument, place == 0 and name in _SHOWN)
    for keyword in call.keywords:
        yield from untranslated(keyword.value, keyword.arg in _LABELS)


def _name(function: ast.expr, up: int = 0) -> str:
    """The last name of what is called, or the name it belongs to (``up`` 1)."""
    if isinstance(function, ast.Attribute):
        return _name(function.value) if up else function.attr
    return function.id if isinstance(function, ast.Name) and not up else ""


def main() -> int:
    """Prints every such text; returns the exit status."""
    found = 0
    for path in checked_modules():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        lines = [
            *untranslated(tree),
            *((1, f"{name}() in an f-string") for name in nested_messages(tree)),
        ]
        for line, text in lines:
            print(f"{path}:{line}: {text}")
        found += len(lines)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
