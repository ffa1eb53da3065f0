"""The commands by name; each module is imported only when its command is run."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Protocol, cast

from milatui.i18n import _

if TYPE_CHECKING:
    import argparse

    from milatui.cli.argument_parser import CommandParser


class Command(Protocol):
    """The interface of a command module."""

    def configure(self, parser: CommandParser) -> None:
        """Declares the arguments, the summary and the examples of the command."""

    def run(self, args: argparse.Namespace) -> int:
        """Runs the command and returns its exit code.

        Raises:
            CommandError: a message for the user, with another exit code.
        """


COMMANDS = (
    "search",
    "list",
    "show",
    "report",
    "export",
    "note",
    "verify",
    "trail",
    "rerun",
    "check",
    "diff",
    "index",
    "new",
    "add",
    "edit",
    "ssh",
    "completion",
    "help",
)


def summaries() -> dict[str, str]:
    """Returns one line about each command, in the order of the help."""
    return {
        "search": _("find records and passages by words"),
        "list": _("list partners, people, events, documents, figures or statements"),
        "show": _("print a record or document as text, with its sources"),
        "report": _("write what the archive holds as a report with footnotes"),
        "export": _("write records for Zotero, LaTeX, spreadsheets, calendars and others"),
        "note": _("show and change your own stars, tags and notes"),
        "verify": _("say which citations in a text still stand"),
        "trail": _("write what you have searched and opened as a memo"),
        "rerun": _("run a memo again and say what differs now"),
        "check": _("re-read every record and every quoted passage, report the faults"),
        "diff": _("say what differs between two states of an archive"),
        "index": _("bring the index of an archive up to date"),
        "new": _("start an archive of one's own"),
        "add": _("propose files as documents of an archive, and add them"),
        "edit": _("open a record in your editor, and check it afterwards"),
        "ssh": _("set up a public read-only login, and attack it"),
        "completion": _("print what completes commands in bash, zsh or fish"),
        "help": _("print the help of a command"),
    }


def load(name: str) -> Command:
    """Imports the module of the command ``name``, one of ``COMMANDS``."""
    return cast("Command", importlib.import_module(f"milatui.cli.commands.{name}"))
