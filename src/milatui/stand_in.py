"""Stands in for modules of which other packages import names that are never used here."""

from __future__ import annotations

import contextlib
import importlib
import sys
from threading import Lock, get_ident
from types import ModuleType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_lock: Final = Lock()
"""Held while a stand-in is put into ``sys.modules`` or taken out; never while importing."""


class _StandIn(ModuleType):
    """Gives stand-ins to the thread that made it, while it is in force, and else the module itself.

    All threads see one ``sys.modules``: another one that meets the stand-in takes it out and
    imports the module.

    Args:
        name: Full name of the module.
        names: What is imported from it; other public names are classes without content.
    """

    def __init__(self, name: str, names: Mapping[str, object]) -> None:
        super().__init__(name)
        self._names = names
        self._thread: int | None = get_ident()

    def __getattr__(self, name: str) -> object:
        if self._thread != get_ident():
            self.withdraw()
            return getattr(importlib.import_module(self.__name__), name)
        if name in self._names:
            return self._names[name]
        if name.startswith("_"):
            raise AttributeError(name)
        return type(name, (), {})

    def withdraw(self) -> None:
        """Takes the stand-in out of ``sys.modules``, if it is there."""
        with _lock:
            if sys.modules.get(self.__name__) is self:
                del sys.modules[self.__name__]

    def end(self) -> None:
        """Stops standing in: whoever has the stand-in gets the module from it."""
        self._thread = None
        self.withdraw()
        package, _dot, own = self.__name__.rpartition(".")
        bound = vars(sys.modules[package]) if package in sys.modules else {}
        if bound.get(own) is self:
            del bound[own]


@contextlib.contextmanager
def stand_in(name: str, **names: object) -> Iterator[None]:
    """Gives ``names``, or else empty classes, to imports from the module ``name`` in the block.

    Does nothing if the module has been imported.  Only the thread that runs the block gets them:
    others import the module as usual, as everybody does afterwards.  A package that has bound the
    stand-in to its name loses it.
    """
    with _lock:
        module = None if name in sys.modules else _StandIn(name, names)
        if module is not None:
            sys.modules[name] = module
    try:
        yield
    finally:
        if module is not None:
            module.end()


class Deferred:
    """A function that is imported when it is first called; pickled as the function itself.

    Args:
        module: Full name of its module.
        name: Its name there.
    """

    def __init__(self, module: str, name: str) -> None:
        self._module = module
        self._name = name

    def __call__(self, *args: object, **options: object) -> object:
        """Calls the function."""
        function: Callable[..., object] = getattr(importlib.import_module(self._module), self._name)
        return function(*args, **options)

    def __reduce__(self) -> tuple[Callable[[str], object], tuple[str]]:
        """Pickles the function: whoever reads it need not know this module."""
        # Deferred: hardly anybody pickles one.
        from pkgutil import resolve_name

        return resolve_name, (f"{self._module}:{self._name}",)
