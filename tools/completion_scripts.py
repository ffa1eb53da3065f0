"""Makes the completion scripts of bash, zsh and fish from the parsers of the commands (shtab).

``python -m tools.completion_scripts`` writes them; a test compares them with the parsers.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final

import shtab

from milatui.archive.kinds import KIND_BY_FOLDER
from milatui.archive.sectors import SECTOR_NAMES
from milatui.catalogue.labels.labels import labelled_kinds
from milatui.catalogue.lists.activity_rows import PARTNER_SORTS
from milatui.catalogue.lists.people import PEOPLE_SORTS
from milatui.catalogue.lists.rows import RECORD_SORTS
from milatui.catalogue.lists.status import STATES
from milatui.cli import options, registry
from milatui.cli.argument_parser import CommandParser
from milatui.cli.commands.completion import SCRIPTS, script_path
from milatui.cli.commands.list import BY_MEASURE
from milatui.export.formats import FORMATS
from milatui.i18n import set_language

FUNCTIONS: Final = Path(__file__).with_name("completion_functions")
"""Shell functions that list ids and locations, one file a shell."""

_PARTNERS: Final = dict.fromkeys(SCRIPTS, "_milatui_partners") | {"fish": "(_milatui_partners)"}
_LOCATIONS: Final = dict.fromkeys(SCRIPTS, "_milatui_locations") | {"fish": "(_milatui_locations)"}
_BY_METAVAR: Final = {"DIR": shtab.DIRECTORY, "FILE": shtab.FILE, "LOCATION": _LOCATIONS}
_FILE_OPTIONS: Final = ("--socket", "--python")
_VALUES: Final = {
    ("search", "kind"): tuple(labelled_kinds()),
    ("list", "kind"): tuple(labelled_kinds()),
    ("list", "sector"): tuple(SECTOR_NAMES),
    ("search", "sector"): tuple(SECTOR_NAMES),
    ("list", "what"): tuple(KIND_BY_FOLDER),
    ("export", "format"): FORMATS,
    ("export", "kind"): tuple(labelled_kinds()),
    ("export", "sector"): tuple(SECTOR_NAMES),
    ("export", "language"): ("en", "fr"),
    ("help", "words"): registry.COMMANDS,
    ("list", "status"): STATES,
    ("list", "sort"): tuple(
        dict.fromkeys((*RECORD_SORTS, *PARTNER_SORTS, *PEOPLE_SORTS, BY_MEASURE))
    ),
    ("search", "language"): ("en", "fr"),
    ("list", "language"): ("en", "fr"),
}
"""Values of options that accept others, too, by command and destination."""


def script(shell: str) -> str:
    """The completion script of ``shell``: "bash", "zsh" or "fish"."""
    set_language("en")
    parser = CommandParser("milatui")
    options.add_interface(parser)
    options.add_shared(parser, version="0")
    commands = parser.add_subparsers(dest="command", prog="milatui")
    for name, summary in registry.summaries().items():
        command = commands.add_parser(name, help=summary)
        registry.load(name).configure(command)
        _annotate(command, name)
    _annotate(parser, "")
    functions = (FUNCTIONS / f"functions.{shell}").read_text(encoding="utf-8")
    preamble: Any = {shell: functions}  # shtab declares only one of the types it takes
    text = shtab.complete(parser, shell, preamble=preamble)
    return "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n"


def _annotate(parser: argparse.ArgumentParser, command: str) -> None:
    """Say how the arguments of ``parser`` and of its tasks are completed."""
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            if command:
                for task in action.choices.values():
                    _annotate(task, command)
        elif action.dest == "partner":
            _set_completion(action, _PARTNERS)
        elif action.metavar in _BY_METAVAR:
            _set_completion(action, _BY_METAVAR[str(action.metavar)])
        elif set(action.option_strings) & set(_FILE_OPTIONS):
            _set_completion(action, shtab.FILE)
        elif (command, action.dest) in _VALUES:
            action.choices = _VALUES[command, action.dest]


def _set_completion(action: argparse.Action, completion: object) -> None:
    vars(action)["complete"] = completion


def main() -> None:
    """Writes the scripts."""
    for shell in SCRIPTS:
        path = script_path(shell)
        path.parent.mkdir(exist_ok=True)
        path.write_text(script(shell), encoding="utf-8")


if __name__ == "__main__":
    main()
