"""``milatui index``: brings the index of an archive up to date and prints its path."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_count, format_number
from milatui.cli import options
from milatui.cli.errors import Exit
from milatui.cli.folder_options import archive_dir
from milatui.cli.index_access import build_index, index_path
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse

    from milatui.cli.argument_parser import CommandParser
    from milatui.index.builder.build import BuildResult


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``index``."""
    parser.describe(
        _("Bring the index of an archive up to date. Other commands do so by themselves."),
        (
            ("milatui index --archive DIR", _("read what has changed")),
            ("milatui index --rebuild", _("begin from nothing")),
            ("milatui index --archive DIR --index /srv/milatui", _("for a public login")),
        ),
        "milatui index [--rebuild]",
    )
    group = parser.add_argument_group(_("Build"))
    group.add_argument(
        "--rebuild", action="store_true", help=_("read every file again, whatever the index holds")
    )
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Builds the index and prints its path; the result of the build goes to stderr."""
    archive = archive_dir(args)
    index = index_path(args, archive)
    built = build_index(archive, index, args.index_owner, rebuild=args.rebuild)
    print(sanitize(str(index), multiline=False))
    if built is not None:
        sys.stdout.flush()
        print(_done(built), file=sys.stderr)
    return Exit.DONE


def _done(built: BuildResult) -> str:
    changed = ngettext(
        "{records} records; {n} file read in {seconds} s",
        "{records} records; {n} files read in {seconds} s",
        built.files,
    ).format(
        records=format_count(built.records),
        n=format_count(built.files),
        seconds=format_number(f"{built.seconds:.1f}"),
    )
    if not built.faults:
        return changed
    faults = ngettext(
        "{n} fault: see 'milatui check'", "{n} faults: see 'milatui check'", built.faults
    )
    return f"{changed}; {faults.format(n=format_count(built.faults))}"
