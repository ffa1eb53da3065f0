"""``milatui new DIR``: a folder that is ready for documents, and valid."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from milatui.archive.sanitize import sanitize
from milatui.cli import options
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import check_writable
from milatui.i18n import _
from milatui.paths import archive_template

if TYPE_CHECKING:
    import argparse

    from milatui.cli.argument_parser import CommandParser

_DOT: Final = "dot-"
"""Begins the name of a template whose file is a hidden one."""


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``new``."""
    parser.describe(
        _("Start an archive: examples to look at, which go when the first documents come."),
        (
            ("milatui new ours", _("make the folder and fill it")),
            ("milatui add --archive ours *.html *.pdf", _("take documents into it")),
            ("milatui --archive ours", _("look at it")),
            ("milatui new --example tryout", _("with explained examples that stay")),
        ),
        "milatui new DIR [--title TITLE] [--example | --empty]",
    )
    parser.add_argument("folder", metavar="DIR", help=_("a new or empty folder"))
    group = parser.add_argument_group(_("How"))
    group.add_argument(
        "--title", default="", help=_("title of the archive (default: the name of the folder)")
    )
    choice = group.add_mutually_exclusive_group()
    choice.add_argument(
        "--example", action="store_true", help=_("examples stay when documents are added")
    )
    choice.add_argument("--empty", action="store_true", help=_("without examples"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Writes the files of a new archive into an empty folder, and only there."""
    from milatui.archive.edit.example_records import example_records
    from milatui.archive.writer import write_atomic

    given: str = args.folder
    folder = Path(given)
    check_writable(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(each.name != ".git" for each in folder.iterdir()):
            raise CommandError(_("{folder} is not empty").format(folder=folder))
    except (FileExistsError, NotADirectoryError):
        raise CommandError(_("{folder} is not a folder").format(folder=folder)) from None
    title: str = args.title or ("" if args.example else folder.resolve().name)
    files = _files(title, example=args.example)
    if not args.empty:
        files |= example_records()
    for relpath, text in files.items():
        path = folder / relpath
        path.parent.mkdir(exist_ok=True)
        write_atomic(path, text, None)
    print(sanitize(str(folder), multiline=False))
    sys.stdout.flush()
    _print_steps(shlex.quote(given))
    return Exit.DONE


def _files(title: str, *, example: bool) -> dict[str, str]:
    """Returns the text of each file of a new archive but its records, by its path."""
    from milatui.archive.edit.yaml_edit import set_value
    from milatui.archive.published.json_schema import FOLDER, json_schemas, modeline

    files: dict[str, str] = {}
    for template in (archive_template(), *([archive_template(example=True)] if example else ())):
        for source in sorted(path for path in template.rglob("*") if path.is_file()):
            path = source.relative_to(template)
            name = path.name
            if name.startswith(_DOT):
                path = path.with_name("." + name.removeprefix(_DOT))
            if template == archive_template() or not path.parent.name:
                files[path.as_posix()] = source.read_text(encoding="utf-8")
    metadata = files["archive.yaml"]
    if title:
        metadata = set_value(metadata, None, "title", title)
    files["archive.yaml"] = modeline("archive", "") + metadata
    return {**files, **{f"{FOLDER}/{name}": text for name, text in json_schemas().items()}}


def _print_steps(folder: str) -> None:
    """Prints what to do next to stderr; stdout has the folder only."""
    steps = (
        (f"milatui add --archive {folder} FILE...", _("take documents, choose what is recorded")),
        (f"milatui --archive {folder}", _("look at it")),
        (f"milatui check --archive {folder}", _("before each commit")),
    )
    width = max(len(command) for command, _meaning in steps)
    print(_("The archive is ready. Next:"), file=sys.stderr)
    for command, meaning in steps:
        print(sanitize(f"  {command:<{width}}  {meaning}"), file=sys.stderr)
