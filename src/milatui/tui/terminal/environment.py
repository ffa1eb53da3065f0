"""Removes what the interface must not use: Textual's environment variables, and ``ssl``.

Textual reads a driver to import, a log file, a screenshot path and keys to press from its
environment.  In a read-only session that is a way in; at home it has no use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from types import ModuleType

_PREFIX = "TEXTUAL"
_OTHERS = ("ESCDELAY", "COLUMNS", "LINES", "LC_TERMINAL")


def scrub_environment(environment: MutableMapping[str, str]) -> None:
    """Deletes the variables that configure Textual; called before Textual is imported."""
    for name in list(environment):
        if name.startswith(_PREFIX) or name in _OTHERS:
            del environment[name]


def block_ssl_import(modules: MutableMapping[str, ModuleType]) -> None:
    """Makes ``import ssl`` fail, which asyncio allows for; called before asyncio is imported.

    The interface opens no connection, and ``ssl`` costs each session a megabyte and some
    milliseconds.
    """
    modules.setdefault("ssl", None)  # type: ignore[arg-type]
