"""``milatui edit LOCATION``: opens a record's file in the editor and checks it afterwards."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import ArchiveError
from milatui.archive.sanitize import sanitize
from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.location import Location, LocationError, parse_location
from milatui.cli import options
from milatui.cli.argument_parser import decode_arg
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import writable_archive_dir
from milatui.i18n import _, ngettext

if TYPE_CHECKING:
    import argparse

    from milatui.archive.diagnostics import Diagnostic
    from milatui.archive.edit.locate import RecordAddress
    from milatui.cli.argument_parser import CommandParser

_PLUS_LINE: Final = frozenset(
    [
        "vi",
        "vim",
        "nvim",
        "vim.basic",
        "vim.tiny",
        "nvi",
        "ex",
        "view",
        "nano",
        "pico",
        "rnano",
        "emacs",
        "emacsclient",
        "micro",
        "kak",
        "joe",
        "jed",
        "mg",
        "ne",
        "gedit",
        "mcedit",
    ]
)
"""Editors that take ``+LINE`` before the file."""
_COLON_LINE: Final = frozenset(["hx", "helix", "subl", "zed"])
"""Editors that take ``FILE:LINE``."""
_GOTO: Final = frozenset(["code", "codium", "vscodium", "cursor"])
"""Editors that take ``--goto FILE:LINE``."""


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``edit``."""
    parser.describe(
        _("Open the file of a record in your editor, at its line; check the archive afterwards."),
        (
            ("milatui edit partner/amgen --archive DIR", _("a location, as 'search' prints it")),
            ("milatui edit amgen-2023 --archive DIR", _("an id")),
            ("milatui edit mila-founded-1993:1 --archive DIR", _("the event with this figure")),
        ),
        "milatui edit LOCATION|ID --archive DIR",
        (_("The editor is $VISUAL, else $EDITOR, else vi."),),
    )
    group = parser.add_argument_group(_("What"))
    group.add_argument(
        "location", metavar="LOCATION", type=decode_arg, help=_("a record, or its id")
    )
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Runs the editor, then the check; exit code 1 if the file has an error afterwards.

    Raises:
        CommandError: there is no such record, or no editor.
    """
    archive = writable_archive_dir(args, "milatui edit --archive DIR LOCATION")
    address = _locate(archive, args.location)
    line = address.line
    while True:
        changed = _edit(archive / address.file, line)
        faults, elsewhere = _check(archive, address.file)
        _report(address.file, faults, elsewhere, changed=changed)
        errors = [fault for fault in faults if fault.severity == "error"]
        if not errors:
            return Exit.DONE
        line = errors[0].line
        if not _ask_again():
            return Exit.NO_RESULTS


def _locate(archive: Path, given: str) -> RecordAddress:
    """Returns the file and line of the record at a location, or with an id."""
    from milatui.archive.edit.locate import locate_records
    from milatui.archive.kinds import KINDS

    kinds, identifier = KINDS, given
    try:
        location = parse_location(given)
    except LocationError:
        location = None
    if location is not None and location.kind is not None:
        kinds, identifier = (location.kind,), location.id
    addresses = locate_records(archive, identifier, kinds)
    if not addresses:
        message = _("there is no record “{id}” in {archive}")
        raise CommandError(
            message.format(id=given, archive=archive),
            Exit.NO_RESULTS,
            _("'milatui search' looks for words in all records and documents."),
        )
    if len(addresses) > 1:
        message = _("several records have the id “{id}”").format(id=identifier)
        ways = ", ".join(
            f"{Location(address.kind, address.id)} ({address.file}:{address.line})"
            for address in addresses
        )
        if len({address.kind for address in addresses}) == len(addresses):
            raise CommandError(message, hint=_("Name one: {ways}").format(ways=ways))
        print(sanitize(f"{message}: {ways}"), file=sys.stderr)
    return addresses[0]


def _edit(path: Path, line: int) -> bool:
    """Runs the editor on a file; returns whether the file has changed."""
    command = editor_command(path, line)
    before = path.read_bytes()
    try:
        code = subprocess.run(command, check=False).returncode
    except OSError as error:
        message = _("the editor {editor} cannot be started: {reason}")
        raise CommandError(
            message.format(editor=command[0], reason=error.strerror or error),
            hint=_("Set VISUAL or EDITOR to the editor that you use."),
        ) from None
    if code:
        message = _("the editor ended with code {code}; {file} was not checked")
        raise CommandError(message.format(code=code, file=path), Exit.NO_RESULTS)
    return path.read_bytes() != before


def editor_command(path: Path, line: int) -> list[str]:
    """Returns the words that open a file at a line in the user's editor.

    Raises:
        CommandError: ``VISUAL`` or ``EDITOR`` is not a command line.
    """
    given = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        words = shlex.split(given)
    except ValueError:
        words = []
    if not words:
        raise CommandError(_("VISUAL or EDITOR is not a command: {text}").format(text=given))
    name = PurePath(words[0]).name
    file = str(path)
    if name in _PLUS_LINE:
        return [*words, f"+{line}", file]
    if name in _COLON_LINE:
        return [*words, f"{file}:{line}"]
    if name in _GOTO:
        # Without --wait it returns at once, and the check would come before the change.
        return [*words, "--wait", "--goto", f"{file}:{line}"]
    return [*words, file]


def _check(archive: Path, relpath: str) -> tuple[list[Diagnostic], int]:
    """Returns the faults of a file, and how many errors all others have."""
    from milatui.archive.checks import check
    from milatui.archive.files import printable_path
    from milatui.archive.loader import load_archive

    try:
        loaded = load_archive(archive)
    except ArchiveError as error:
        raise CommandError(str(error), Exit.ARCHIVE) from None
    diagnostics = sorted({*loaded.diagnostics, *check(loaded)})
    file = printable_path(relpath)
    others = [each for each in diagnostics if each.file != file and each.severity == "error"]
    return [each for each in diagnostics if each.file == file], len(others)


def _report(relpath: str, faults: list[Diagnostic], elsewhere: int, *, changed: bool) -> None:
    for fault in faults:
        print(sanitize(str(fault), multiline=False))
    sys.stdout.flush()
    if not changed:
        print(_("Nothing was changed."), file=sys.stderr)
    elif not faults:
        print(sanitize(_("{file} has no fault").format(file=relpath)), file=sys.stderr)
    if elsewhere:
        text = ngettext(
            "{n} error in another file: milatui check",
            "{n} errors in other files: milatui check",
            elsewhere,
        )
        print(text.format(n=format_count(elsewhere)), file=sys.stderr)


def _ask_again() -> bool:
    """Asks whether to open the editor again; without a terminal the answer is no."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return False
    print(_("Edit again? [Y/n] "), end="", file=sys.stderr, flush=True)
    answer = sys.stdin.readline()
    return bool(answer) and answer.strip().lower() not in ("n", "no", "non")
