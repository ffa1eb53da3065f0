"""What the interface does without: variables that steer its toolkit, and encrypted lines.

Textual takes a driver to import, a log file, a screenshot to write and keys to press from
its environment.  In a session for others that is a way in, and at home it is of no use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from types import ModuleType

_PREFIX = "TEXTUAL"
_OTHERS = ("ESCDELAY", "COLUMNS", "LINES", "LC_TERMINAL")


def disregard_settings(environment: MutableMapping[str, str]) -> None:
    """Take out of ``environment`` what would steer the toolkit; call before it is imported."""
    for name in list(environment):
        if name.startswith(_PREFIX) or name in _OTHERS:
            del environment[name]


def disregard_encryption(modules: MutableMapping[str, ModuleType]) -> None:
    """Let asyncio find no ``ssl``, which it can do without; call before it is imported.

    The interface connects to nothing: it would cost every session a megabyte and some
    milliseconds for nothing.
    """
    modules.setdefault("ssl", None)  # type: ignore[arg-type]
