"""Removes what the interface must not use: Textual's variables and palette, and ``ssl``.

Textual reads a driver to import, a log file, a screenshot path and keys to press from its
environment.  In a read-only session that is a way in; at home it has no use.
"""

from __future__ import annotations

import contextlib
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping

_PALETTE = "textual.command"
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


class _EmptyClasses(ModuleType):
    """A module that has a class of any public name, without content."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("_"):
            raise AttributeError(name)
        return type(name, (), {})


@contextlib.contextmanager
def without_command_palette(modules: MutableMapping[str, ModuleType]) -> Iterator[None]:
    """Imports ``textual.app`` within the block without Textual's command palette.

    The interface has a palette of its own.  Textual's imports ten widgets, which cost each start
    as much as a third of our own modules.  Afterwards the palette can be imported as usual.

    Args:
        modules: The modules that are loaded, such as ``sys.modules``.
    """
    if _PALETTE in modules:
        yield
        return
    modules[_PALETTE] = _EmptyClasses(_PALETTE)
    try:
        yield
    finally:
        del modules[_PALETTE]
