"""Stands in for modules of which other packages import names that are never used here."""

from __future__ import annotations

import contextlib
import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class _EmptyClasses(ModuleType):
    """A module that has a class of any public name, without content."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("_"):
            raise AttributeError(name)
        return type(name, (), {})


@contextlib.contextmanager
def stand_in(name: str, **names: object) -> Iterator[None]:
    """Gives ``names``, or else empty classes, to imports from the module ``name`` in the block.

    Does nothing if the module has been imported.  Afterwards it can be imported as usual: a package
    that has bound the stand-in to its name loses it.
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
        package, _dot, own = name.rpartition(".")
        bound = vars(sys.modules[package]) if package in sys.modules else {}
        if bound.get(own) is module:
            del bound[own]


def deferred(module: str, name: str) -> Callable[..., object]:
    """Makes a function that imports a function of a module when it is called, and calls that.

    Args:
        module: Full name of the module.
        name: The function.
    """

    def call(*args: object, **options: object) -> object:
        function: Callable[..., object] = getattr(importlib.import_module(module), name)
        return function(*args, **options)

    return call
