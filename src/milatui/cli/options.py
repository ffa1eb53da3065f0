"""Options shared by all commands, and splitting a command line at its command."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, NamedTuple

from milatui import CITE_STYLES, THEMES, __version__
from milatui.cli import registry
from milatui.cli.argument_parser import CommandParser
from milatui.i18n import LANGUAGES, _

if TYPE_CHECKING:
    from collections.abc import Sequence

VALUED = (
    "--archive",
    "--index",
    "--index-owner",
    "--ui-lang",
    "--lang",
    "--theme",
    "--cite-style",
    "--idle",
    "--longest",
)


class SplitArgv(NamedTuple):
    """A command line: the options before the first word, that word, and the rest."""

    before: tuple[str, ...]
    word: str
    after: tuple[str, ...]


def split_argv(argv: Sequence[str]) -> SplitArgv:
    """Splits ``argv`` at its first word that is neither an option nor the value of one."""
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
    """Returns the defaults of the shared options."""
    return argparse.Namespace(
        archive=None,
        index=None,
        index_owner=[],
        lang=None,
        read_only=False,
        theme="",
        cite_style=None,
        mouse=True,
        idle=None,
        longest=None,
    )


def add_shared(
    parser: CommandParser, *, has_language_filter: bool = False, version: str = ""
) -> None:
    """Adds the options that every command has, and ``--version`` if ``version`` is not "".

    In commands with a language filter ``--lang`` is the language of texts. Elsewhere it still is
    what ``--ui-lang`` is, as in 0.1, but no help names it.
    """
    group = parser.add_argument_group(_("Common options"))
    unset = argparse.SUPPRESS
    group.add_argument(
        "--archive",
        metavar="DIR",
        default=unset,
        help=_("the archive (default: $MILATUI_ARCHIVE, else the bundled one)"),
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
    group.add_argument(
        "--ui-lang",
        dest="lang",
        choices=LANGUAGES,
        default=unset,
        help=_("the language milatui speaks (default: the locale's)"),
    )
    if not has_language_filter:
        group.add_argument("--lang", choices=LANGUAGES, default=unset, help=argparse.SUPPRESS)
    group.add_argument("-h", "--help", action="help", help=_("show this help and exit"))
    if version:
        group.add_argument(
            "-V",
            "--version",
            action="version",
            version=f"milatui {version}",
            help=_("show the version and exit"),
        )


def add_interface(parser: CommandParser) -> None:
    """Adds the options of the explorer."""
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
        "--cite-style",
        choices=CITE_STYLES,
        metavar="STYLE",
        default=unset,
        help=_("format that y copies: {styles}").format(styles=", ".join(CITE_STYLES)),
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


def global_parser() -> CommandParser:
    """Returns the parser of what stands before a command; its help is that of milatui."""
    parser = CommandParser("milatui")
    width = max(map(len, registry.COMMANDS))
    lines = [f"  {name:<{width}}  {text}" for name, text in registry.summaries().items()]
    parser.describe(
        _("Explore an archive of partnership announcements, down to the words that prove them."),
        (
            ("milatui", _("explore the bundled archive")),
            ("milatui partner/amgen", _("start at a location")),
            ("milatui search corporate lab --from 2021", _("ask one question")),
            ("milatui --archive DIR list events --csv", _("another archive, as a table")),
        ),
        "milatui [LOCATION] [options] | milatui COMMAND ...",
        (_("Commands ('milatui COMMAND --help' says more about one):"), *lines),
    )
    add_interface(parser)
    add_shared(parser, version=__version__)
    return parser
