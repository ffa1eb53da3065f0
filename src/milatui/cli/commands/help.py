"""``milatui help [COMMAND]``: prints the help of milatui or of a command, like ``--help``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.cli import options, registry
from milatui.cli.argument_parser import CommandParser, decode_arg, did_you_mean
from milatui.cli.errors import CommandError, Exit
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``help``."""
    parser.describe(
        _("Print the help of milatui, or of one command."),
        (
            ("milatui help", _("the commands and the options of the explorer")),
            ("milatui help search", _("the same as: milatui search --help")),
            ("milatui help ssh config", _("a task of a command")),
        ),
        "milatui help [COMMAND [TASK]]",
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument(
        "words", metavar="COMMAND", nargs="*", type=decode_arg, help=_("a command, and its task")
    )
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the help; argparse exits after it.

    Raises:
        CommandError: there is no such command.
    """
    words: list[str] = args.words
    if not words:
        parser = options.global_parser()
    elif words[0] in registry.COMMANDS:
        parser = CommandParser(f"milatui {words[0]}")
        registry.load(words[0]).configure(parser)
    else:
        message = _("there is no command “{name}”").format(name=words[0])
        hint = _("There are: {values}").format(values=", ".join(registry.COMMANDS))
        raise CommandError(message + did_you_mean(words[0], registry.COMMANDS), hint=hint)
    parser.read((*words[1:], "--help"), options.defaults())
    return Exit.DONE
