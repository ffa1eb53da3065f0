"""The options ``--output`` and ``--force``, and writing what they say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.cli.errors import CommandError
from milatui.cli.folder_options import check_writable
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable


def add_file_output(group: argparse._ArgumentGroup) -> None:
    """Adds ``--output`` and ``--force``."""
    group.add_argument(
        "--output",
        type=_path,
        metavar="FILE",
        help=_("write to FILE, whole or not at all (default: stdout)"),
    )
    group.add_argument("--force", action="store_true", help=_("replace FILE if it exists"))


def _path(text: str) -> Path | None:
    """Parses a file name; ``-`` is stdout."""
    return None if text == "-" else Path(text)


def output_file(args: argparse.Namespace) -> Path | None:
    """Returns the file of ``--output``, None for stdout.

    Raises:
        CommandError: it exists and is not to be replaced, or is in the bundled archive.
    """
    output: Path | None = args.output
    if output is not None:
        check_writable(output.parent)
        if output.exists() and not args.force:
            raise _exists(output)
    return output


def write_output(args: argparse.Namespace, pieces: Iterable[str], format_name: str) -> None:
    """Writes text to the file of ``--output``, or to stdout.

    Args:
        args: The command line.
        pieces: The text.
        format_name: See ``export_file.write_file``.

    Raises:
        CommandError: the file exists by now, or cannot be written.
    """
    output: Path | None = args.output
    if output is None:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
        return
    from milatui.export.export_file import write_file

    try:
        write_file(output, pieces, format_name, overwrite=args.force)
    except FileExistsError:
        raise _exists(output) from None
    except OSError as error:
        message = _("{file} cannot be written: {reason}")
        reason = error.strerror or str(error)
        raise CommandError(message.format(file=output, reason=reason)) from None


def _exists(path: Path) -> CommandError:
    message = _("{file} exists already").format(file=path)
    return CommandError(message, hint=_("To replace it: --force"))
