"""Stands in for modules of which other packages import names that are never used here."""

from __future__ import annotations

import contextlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class _EmptyClasses(ModuleType):
    """A module that has a class of any public name, without content."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("_"):
            raise AttributeError(name)
        return type(name, (), {})


@contextlib.contextmanager
def stand_in(name: str, **names: object) -> Iterator[None]:
    """Gives ``names``, or else empty classes, to imports from the module ``name`` in the block.

    Does nothing if the module has been imported.  Afterwards it can be imported as usual.
    """
    if name in sys.modules:
        yield
        return
    module = sys.modules[name] = _EmptyClasses(name)
    vars(module).update(names)
    try:
        yield
    finally:
        del sys.modules[name]
