"""``milatui [LOCATION]``: starts the explorer, if there is a terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from milatui.catalogue.location import VIEWS, LocationError, parse_location
from milatui.cli import options, registry
from milatui.cli.argument_parser import CommandParser, did_you_mean
from milatui.cli.errors import CommandError
from milatui.cli.folder_options import archive_dir, index_dir
from milatui.i18n import _, language, set_language

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from pathlib import Path

IDLE, LONGEST = 15.0, 240.0
"""Default limits of a read-only session in minutes: idle, and in all."""


def explore(word: str, after: Sequence[str], known: argparse.Namespace) -> int:
    """Opens the explorer at the location ``word`` (empty: at the beginning).

    Raises:
        CommandError: ``word`` is neither a command nor a location, or there is no terminal.
    """
    if word:
        _check_location(word, after)
    parser = CommandParser("milatui")
    options.add_interface(parser)
    options.add_shared(parser)
    args = parser.read(after, known)
    set_language(args.lang)
    _check_terminal()
    from milatui.tui.app import run
    from milatui.tui.app_options import Options

    return run(
        Options(
            archive=_archive(args),
            index=index_dir(args),
            index_owners=tuple(args.index_owner),
            read_only=args.read_only,
            theme=args.theme,
            cite_style=args.cite_style,
            mouse=args.mouse,
            location=word,
            language=language(),
            idle=60 * _minutes(args.idle, IDLE, args),
            longest=60 * _minutes(args.longest, LONGEST, args),
        )
    )


def _archive(args: argparse.Namespace) -> Path:
    """Returns the archive to open; in a read-only session errors do not name its path."""
    try:
        return archive_dir(args)
    except CommandError as error:
        if not args.read_only:
            raise
        message = _("The archive cannot be shown. Please come back later.")
        raise CommandError(message, error.code) from None


def _minutes(given: float | None, default: float, args: argparse.Namespace) -> float:
    """Returns a limit in minutes, 0 for none; only read-only sessions have default limits."""
    if given is None:
        return default if args.read_only else 0.0
    return max(given, 0.0)


def _check_location(word: str, after: Sequence[str]) -> None:
    try:
        parse_location(word)
    except LocationError as error:
        if word.partition("?")[0] in VIEWS:
            raise CommandError(f"{word}: {error}") from None
        message = _("'{word}' is neither a command nor a location").format(word=word)
        message += did_you_mean(word, registry.COMMANDS) or did_you_mean(
            error.suggestion, [error.suggestion] if error.suggestion else []
        )
        words = " ".join((word, *(w for w in after if not w.startswith("-"))))
        hint = _("To look for it: milatui search {words}").format(words=words)
        raise CommandError(message, hint=hint) from None


def _check_terminal() -> None:
    """Raises an error that names the commands if there is no terminal, or a dumb one."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        reason = _("The explorer needs a terminal, and this is not one.")
    elif os.environ.get("TERM", "") in ("", "dumb"):
        reason = _("The explorer needs a terminal that can move its cursor (TERM is dumb).")
    else:
        return
    raise CommandError(
        reason,
        hint=_("These commands work everywhere: {commands}. See 'milatui --help'.").format(
            commands=", ".join(registry.COMMANDS)
        ),
    )
