"""Options shared by all commands, and splitting a command line at its command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

from milatui.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.cli.argument_parser import CommandParser

VALUED = ("--archive", "--index", "--index-owner", "--lang", "--theme", "--idle", "--longest")
THEMES = ("dark", "light", "ansi")


class SplitArgv(NamedTuple):
    """A command line: the options before the first word, that word, and the rest."""

    before: tuple[str, ...]
    word: str
    after: tuple[str, ...]


def split_argv(argv: Sequence[str]) -> SplitArgv:
    """Split ``argv`` at its first word that is neither an option nor the value of one."""
    position = 0
    while position < len(argv):
        word = argv[position]
        if word == "--":
            following = argv[position + 1 :]
            if not following:
                break
            return SplitArgv(tuple(argv[:position]), following[0], tuple(following[1:]))
        if not word.startswith("-") or word == "-":
            return SplitArgv(tuple(argv[:position]), word, tuple(argv[position + 1 :]))
        position += 2 if word in VALUED else 1
    return SplitArgv(tuple(word for word in argv if word != "--"), "", ())


def defaults() -> argparse.Namespace:
    """Return the defaults of the shared options."""
    return argparse.Namespace(
        archive=None,
        index=None,
        index_owner=[],
        lang=None,
        read_only=False,
        theme="",
        mouse=True,
        idle=None,
        longest=None,
    )


def add_shared(
    parser: CommandParser, *, interface_language: bool = True, version: str = ""
) -> None:
    """Add the options that every command has, and ``--version`` if ``version`` is not "".

    ``interface_language`` is False for commands whose own ``--lang`` is a filter; there the
    interface language can only be set before the command.
    """
    group = parser.add_argument_group(_("Common options"))
    unset = argparse.SUPPRESS
    group.add_argument(
        "--archive",
        metavar="DIR",
        default=unset,
        help=_("the archive (default: $MILATUI_ARCHIVE, else the one that ships)"),
    )
    group.add_argument(
        "--index", metavar="DIR", default=unset, help=_("keep the index in DIR, not in the cache")
    )
    group.add_argument(
        "--index-owner",
        metavar="NAME",
        action="append",
        default=unset,
        help=_("accept an index that belongs to account NAME"),
    )
    if interface_language:
        group.add_argument(
            "--lang",
            choices=LANGUAGES,
            default=unset,
            help=_("the language milatui speaks (default: the locale's)"),
        )
    group.add_argument("-h", "--help", action="help", help=_("show this help and exit"))
    if version:
        group.add_argument(
            "--version",
            action="version",
            version=f"milatui {version}",
            help=_("show the version and exit"),
        )


def add_interface(parser: CommandParser) -> None:
    """Add the options of the explorer."""
    group = parser.add_argument_group(_("Explorer"))
    unset = argparse.SUPPRESS
    group.add_argument(
        "--read-only",
        action="store_true",
        default=unset,
        help=_("nothing is written, no program started (for public logins)"),
    )
    group.add_argument(
        "--theme",
        choices=THEMES,
        metavar="NAME",
        default=unset,
        help=_("dark, light or ansi"),
    )
    group.add_argument(
        "--no-mouse",
        dest="mouse",
        action="store_false",
        default=unset,
        help=_("leave the mouse to the terminal"),
    )
    for name, text in (
        ("--idle", _("with --read-only: end after MINUTES without a key (default: 15)")),
        ("--longest", _("with --read-only: end after MINUTES in all (default: 240)")),
    ):
        group.add_argument(name, metavar="MINUTES", type=float, default=unset, help=text)
