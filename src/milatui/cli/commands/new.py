"""``milatui new DIR``: a small, valid, explained archive to start from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from milatui.cli import options
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import check_writable
from milatui.i18n import _
from milatui.paths import archive_template

if TYPE_CHECKING:
    import argparse

    from milatui.cli.argument_parser import CommandParser


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``new``."""
    parser.describe(
        _("Start an archive: explained files, and an example of each that passes 'check'."),
        (
            ("milatui new ours", _("make the folder and fill it")),
            ("milatui --archive ours", _("look at it")),
            ("milatui add --archive ours --accept releases.jsonl", _("add documents to it")),
        ),
        "milatui new DIR",
    )
    parser.add_argument("folder", metavar="DIR", help=_("a new or empty folder"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Copies the files of the archive template into an empty folder, and only there."""
    from milatui.archive.writer import write_atomic

    given: str = args.folder
    folder = Path(given)
    check_writable(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise CommandError(_("{folder} is not empty").format(folder=folder))
    except (FileExistsError, NotADirectoryError):
        raise CommandError(_("{folder} is not a folder").format(folder=folder)) from None
    template = archive_template()
    for source in sorted(path for path in template.rglob("*") if path.is_file()):
        path = folder / source.relative_to(template)
        path.parent.mkdir(exist_ok=True)
        write_atomic(path, source.read_text(encoding="utf-8"), None)
        print(path)
    return Exit.DONE
