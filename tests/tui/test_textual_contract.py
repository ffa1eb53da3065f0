"""Names every private part of Textual that the interface relies on, and checks that it is there."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from textual.app import App

import milatui.tui
from milatui.tui.terminal.driver import HardenedParser
from tests.syntax_trees import parse_folder

MODULES = {
    "textual._ansi_sequences.SYNC_END": "ends a synchronized update",
    "textual._ansi_sequences.SYNC_START": "begins a synchronized update",
    "textual._compositor.ChopsUpdate": "base of the update that is cropped at both ends",
    "textual._compositor.Compositor": "base of the compositor with such updates",
    "textual._compositor.CompositorMap": "type of the places of the widgets",
    "textual._parser.ParseError": "raised by the key parser",
    "textual._xterm_parser.XTermParser": "base of the key parser that never raises",
}
"""Private modules, by what is imported from them, and why."""

INHERITED = {
    "HardenedApp": {
        "_close_messages_no_wait",  # ends the event loop after an error
        "_fatal_error",  # overridden: a message instead of a traceback
        "_return_code",  # the exit status after an error
        "_shutdown",  # overridden: cancels what runs in the background
    },
    "HardenedDriver": {
        "_app",
        "_file",  # replaced by one that survives a hang-up
        "_get_terminal_size",  # overridden: bounded
        "_loop",
        "_query_in_band_window_resize",  # overridden: sizes come from the kernel only
        "_run_input_thread",  # overridden: a cut line ends the program
        "_size",  # set to the bounded size
    },
    "PageSheet": {"_bindings"},  # its keys are those that the keymap names
    "HardenedParser": {"_sequence_to_key_events"},  # overridden: replies, and bad numbers
    "MainScreen": {
        "_clear_arrangement_cache",  # the panes are told what is around them in each size
        "_compositor",  # replaced by ours
    },
    "PartialUpdateCompositor": {
        "_dirty_regions",  # more of them can be marked
        "_full_map",  # the places before they are computed again
    },
    "ThemedApp": {
        "_clipboard",  # what ``copy_to_clipboard`` keeps
        "_driver",  # writes the sequence of the clipboard
    },
    "TextField": {
        "_on_paste",  # overridden: takes all lines
        "_value",  # overridden: underlines parts of the text
    },
}
"""Private names of Textual's classes that classes of ours use or override."""

FOREIGN = {
    "_begin_batch",  # of the app: pauses painting while the terminal lags behind
    "_end_batch",
    "_post_message",  # of the app: posts from the input thread
}
"""Private attributes of other objects."""

PUBLIC = {"_asdict", "_fields", "_make", "_replace"}
"""What a named tuple has for everybody."""

_PRIVATE = re.compile(r"(?:self\.|def )(_[a-z]\w*)")
_TOOLKIT = ("textual.", "rich.")


def modules() -> Iterator[ModuleType]:
    """All modules of the interface."""
    for info in pkgutil.walk_packages(milatui.tui.__path__, "milatui.tui."):
        yield importlib.import_module(info.name)


def private_names(cls: type) -> set[str]:
    """Private names that the source of a class defines or uses on ``self``."""
    file = Path(inspect.getfile(cls))
    first, last = class_lines(file)[cls.__name__]
    source = "\n".join(file.read_text(encoding="utf-8").splitlines()[first - 1 : last])
    return {name for name in _PRIVATE.findall(source) if not name.endswith("__")}


@cache
def class_lines(file: Path) -> dict[str, tuple[int, int]]:
    """The first and last lines of the classes of a file: ``inspect`` parses it for each class."""
    return {
        node.name: (node.lineno, node.end_lineno or node.lineno)
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
    }


def shared_with_toolkit() -> dict[str, set[str]]:
    """For each class of ours the private names that its base classes of Textual have, too."""
    found: dict[str, set[str]] = {}
    of_bases: dict[str, set[str]] = {}
    for module in modules():
        for name, cls in inspect.getmembers(module, inspect.isclass):
            if cls.__module__ != module.__name__:
                continue
            # A name that both have is either relied on or clashes by accident.
            bases = [base for base in cls.__mro__ if base.__module__.startswith(_TOOLKIT)]
            theirs: set[str] = set()
            for base in bases:
                # The source of ``App`` is long, and most classes have the same bases.
                if base.__qualname__ not in of_bases:
                    of_bases[base.__qualname__] = private_names(base)
                theirs |= of_bases[base.__qualname__]
            if shared := private_names(cls) & theirs:
                found[name] = shared
    return found


@cache
def nodes() -> list[ast.AST]:
    """All nodes of the syntax trees of the modules."""
    trees = parse_folder(Path(milatui.tui.__path__[0]))
    return [node for tree in trees.values() for node in ast.walk(tree)]


def test_private_modules_are_named_here() -> None:
    imported = {
        f"{node.module}.{alias.name}"
        for node in nodes()
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("textual._")
        for alias in node.names
    }
    assert imported == set(MODULES)


def test_private_names_of_base_classes_are_named_here() -> None:
    assert shared_with_toolkit() == INHERITED


@pytest.mark.parametrize("name", sorted(FOREIGN))
def test_private_attributes_of_the_app_are_there(name: str) -> None:
    assert callable(getattr(App, name))


def test_private_attributes_of_other_objects_are_named_here() -> None:
    used = {
        node.attr
        for node in nodes()
        if isinstance(node, ast.Attribute)
        and re.fullmatch(r"_[a-z]\w*", node.attr)
        and not (isinstance(node.value, ast.Name) and node.value.id in ("self", "cls"))
        and not isinstance(node.value, ast.Call)  # ``super()._name``: an inherited one
    }
    assert used - PUBLIC == FOREIGN


def test_alt_with_a_letter_types_nothing() -> None:
    parser = HardenedParser(debug=False)
    for letter in "fxqé":
        for key in parser._sequence_to_key_events(letter, alt=True):
            assert key.character is None, letter
    assert [key.character for key in parser._sequence_to_key_events("f")] == ["f"]
