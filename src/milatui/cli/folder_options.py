"""The archive and the index directory of a command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.cli.errors import CommandError, Exit
from milatui.i18n import _
from milatui.paths import bundled_archive

if TYPE_CHECKING:
    import argparse


def archive_dir(args: argparse.Namespace) -> Path:
    """Return the archive of ``--archive``, else ``MILATUI_ARCHIVE``, else the bundled one.

    Raises:
        CommandError: there is no archive in that folder (exit code 3).
    """
    given: str | None = args.archive or os.environ.get("MILATUI_ARCHIVE")
    folder = Path(given) if given else bundled_archive()
    try:
        if (folder / "archive.yaml").is_file():
            return folder
        is_folder = folder.is_dir()
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("{folder} cannot be read: {reason}").format(folder=folder, reason=reason)
        raise CommandError(message, Exit.ARCHIVE) from None
    if not is_folder:
        message = _("no such folder: {folder}")
    else:
        message = _("no archive in {folder}: it has no archive.yaml")
    hint = _("To start an archive of your own: milatui new DIR")
    raise CommandError(message.format(folder=folder), Exit.ARCHIVE, hint)


def is_bundled(args: argparse.Namespace) -> bool:
    """Whether no archive is given, so that the bundled one is used."""
    return not (args.archive or os.environ.get("MILATUI_ARCHIVE"))


def index_dir(args: argparse.Namespace) -> Path | None:
    """Return the directory of ``--index``, None for the default in the cache."""
    given: str | None = args.index
    return Path(given) if given else None
