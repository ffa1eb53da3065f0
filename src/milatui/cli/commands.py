"""The commands there are, by name, and how each one is loaded only when it is asked for."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

from milatui.i18n import _

if TYPE_CHECKING:
    import argparse

    from milatui.cli.parser import Parser


class Command(Protocol):
    """What every command module offers."""

    def configure(self, parser: Parser) -> None:
        """Declare the arguments, the summary and the examples of the command."""

    def run(self, args: argparse.Namespace) -> int:
        """Carry the command out and return its exit code."""


COMMANDS = ("search", "list", "show", "check", "index", "new", "add", "ssh", "completion")


def summaries() -> dict[str, str]:
    """One line about each command, in the order the help gives them."""
    return {
        "search": _("find records and passages by words"),
        "list": _("list partners, people, events, documents, figures or statements"),
        "show": _("print a record or document as text, with its sources"),
        "check": _("re-read every record and every quoted passage, report the faults"),
        "index": _("bring the index of an archive up to date"),
        "new": _("start an archive of one's own"),
        "add": _("propose files as documents of an archive, and add them"),
        "ssh": _("set up a public read-only login, and attack it"),
        "completion": _("print what completes commands in bash, zsh or fish"),
    }


def load(name: str) -> Command:
    """The module of the command ``name``, which must be one of ``COMMANDS``."""
    return cast("Command", importlib.import_module(f"milatui.cli.{name}"))
