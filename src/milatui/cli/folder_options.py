"""The archive and the index directory of a command line."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.cli.errors import CommandError, Exit
from milatui.i18n import _
from milatui.paths import bundled_archive, in_bundled_archive

if TYPE_CHECKING:
    import argparse


def archive_dir(args: argparse.Namespace) -> Path:
    """Returns the archive of ``--archive``, else ``MILATUI_ARCHIVE``, else the bundled one.

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


def writable_archive_dir(args: argparse.Namespace, command: str) -> Path:
    """Returns the archive of a command that writes to it; never the bundled one.

    Args:
        args: The command line.
        command: What to type instead, with ``DIR`` for the archive.

    Raises:
        CommandError: no archive is named or it is the bundled one (exit code 2), or there is no
            archive in that folder (exit code 3).
    """
    archive = archive_dir(args)
    if in_bundled_archive(archive):
        message = _("the bundled archive is never changed")
        hint = _("Into an archive of your own: {command} (a new one: milatui new DIR)")
        raise CommandError(message, hint=hint.format(command=command))
    return archive


def check_writable(folder: Path) -> None:
    """Refuses to write into the bundled archive.

    Raises:
        CommandError: ``folder`` is in it.
    """
    if in_bundled_archive(folder):
        raise CommandError(
            _("the bundled archive is never changed"),
            hint=_("Choose a folder outside of it: {folder}").format(folder=bundled_archive()),
        )


def index_dir(args: argparse.Namespace) -> Path | None:
    """Returns the directory of ``--index``, None for the default in the cache.

    Raises:
        CommandError: it is in the bundled archive.
    """
    given: str | None = args.index
    if not given:
        return None
    check_writable(Path(given))
    return Path(given)
