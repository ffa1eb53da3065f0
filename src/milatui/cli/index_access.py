"""Opens the catalogue of a command after bringing its index up to date, with a progress line."""

from __future__ import annotations

import math
import sys
import time
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import ArchiveError
from milatui.archive.sanitize import sanitize
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.freshness import freshness
from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.moved_archive import open_notes
from milatui.cli.errors import CommandError, Exit
from milatui.cli.folder_options import archive_dir, index_dir
from milatui.cli.progress_line import ProgressLine
from milatui.i18n import _, ngettext
from milatui.index.errors import IndexUnusable
from milatui.index.eta import estimate_seconds_left
from milatui.index.store.layout import default_index_dir

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping
    from pathlib import Path

    from milatui.catalogue.notes import Note, RecordKey
    from milatui.index.builder.build import BuildResult

MAX_AGE = 10.0
"""Seconds for which a look at every file of a large archive may serve."""
_LOCK_TIMEOUT = 60.0
"""Seconds to wait for another process that builds the same index."""
_POLL = 0.1
_MESSAGE_AFTER = 3.0
"""Seconds of waiting after which the user sees what it is for."""


def open_catalogue(args: argparse.Namespace) -> Catalogue:
    """Opens the catalogue of the archive in ``args``, after updating a stale index.

    If the update fails (another account's index, a full disk), the stale index is used.

    Raises:
        CommandError: if there is no archive, no index and none can be built.
    """
    return _open_checked(args, 0.0)[0]


def open_recent_catalogue(args: argparse.Namespace) -> tuple[Catalogue, str]:
    """Opens the catalogue as ``open_catalogue`` does, but does not look at every file of a large
    archive if somebody did a moment ago.

    Returns:
        The catalogue; and a note about it, empty if every file was looked at.

    Raises:
        CommandError: as ``open_catalogue``.
    """
    catalogue, age = _open_checked(args, MAX_AGE)
    if not age:
        return catalogue, ""
    seconds = math.ceil(age)
    message = ngettext(
        "Files that were edited within the last {n} second were not looked for.",
        "Files that were edited within the last {n} seconds were not looked for.",
        seconds,
    )
    return catalogue, message.format(n=seconds)


def _open_checked(args: argparse.Namespace, max_age: float) -> tuple[Catalogue, float]:
    """Opens a catalogue whose files were looked at within ``max_age`` seconds.

    Returns:
        The catalogue, and the seconds since then.
    """
    archive = archive_dir(args)
    index = index_path(args, archive)
    owners: list[str] = args.index_owner
    state = freshness(archive, index, owners, max_age=max_age)
    if state.problem is not None and state.problem.reason == "not trusted":
        raise index_error(state.problem)
    if state.state != "fresh":
        try:
            build_index(archive, index, owners)
        except CommandError as error:
            if state.state == "unusable" or error.code == Exit.ARCHIVE:
                raise
            message = _("the index is not up to date: {reason}").format(reason=error.message)
            print(sanitize(f"milatui: {message}"), file=sys.stderr)
    try:
        return _open(archive, index, owners), state.age
    except IndexUnusable as problem:
        raise index_error(problem) from None


def _open(archive: Path, index: Path, owners: list[str]) -> Catalogue:
    """Opens an index; rebuilds it first if opening finds it damaged."""
    try:
        catalogue = Catalogue.open(index, owners)
    except IndexUnusable as problem:
        if problem.reason != "damaged":
            raise
        build_index(archive, index, owners, rebuild=True)
        catalogue = Catalogue.open(index, owners)
    catalogue.notes = open_notes(archive, catalogue)
    return catalogue


def read_own_notes(catalogue: Catalogue) -> Mapping[RecordKey, Note]:
    """Returns the user's own notes; says if they cannot be read, and goes without them."""
    try:
        return catalogue.noted()
    except OSError as error:
        message = _("the notes cannot be read: {reason}").format(reason=error.strerror or error)
        print(sanitize(f"milatui: {message}", multiline=False), file=sys.stderr)
        return {}


def index_path(args: argparse.Namespace, archive: Path) -> Path:
    """Returns the index directory of ``archive``: ``--index``, else the default in the cache."""
    return index_dir(args) or default_index_dir(archive)


def build_index(
    archive: Path, index: Path, owners: list[str], *, rebuild: bool = False
) -> BuildResult | None:
    """Brings an index up to date.

    Returns:
        The result of the build; None if another process has built the index meanwhile.

    Raises:
        CommandError: if the index cannot be built.
    """
    from milatui.index.builder.build import build

    progress = ReadingProgress()
    began, message_shown = time.monotonic(), False
    try:
        while True:
            try:
                return build(
                    archive, index, owners=owners, rebuild=rebuild, progress=progress.report
                )
            except IndexUnusable as problem:
                waited = time.monotonic() - began
                if problem.reason != "locked" or waited > _LOCK_TIMEOUT:
                    raise index_error(problem) from None
                if waited > _MESSAGE_AFTER and not message_shown:
                    message_shown = True
                    print(sanitize(f"milatui: {problem}"), file=sys.stderr, flush=True)
            time.sleep(_POLL)
            if not rebuild and freshness(archive, index, owners).state == "fresh":
                return None
    except ArchiveError as error:
        raise CommandError(str(error), Exit.ARCHIVE) from None
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("the index cannot be written to {folder}: {reason}")
        hint = _("Choose another folder with --index DIR.")
        text = message.format(folder=index, reason=reason)
        raise CommandError(text, Exit.INDEX, hint) from None
    finally:
        progress.finish()


def index_error(problem: IndexUnusable) -> CommandError:
    """Turns a problem of an index into an error for the user (exit code 4)."""
    hints = {
        "not trusted": _("If you trust that account: --index-owner NAME. Else: --index DIR."),
        "damaged": _("To rebuild it: milatui index --rebuild"),
        "foreign version": _("To rebuild it: milatui index --rebuild"),
    }
    return CommandError(str(problem), Exit.INDEX, hints.get(problem.reason, ""))


class ReadingProgress:
    """Shows how far a build is."""

    def __init__(self) -> None:
        self._line = ProgressLine()

    def report(self, stage: str, done: int, total: int) -> None:
        """Shows that ``done`` of ``total`` files are done in ``stage`` ("read" or "write")."""
        seconds = self._line.seconds_if_due()
        if not seconds:
            return
        if stage == "write":
            text = _("writing the index, about {seconds} s left")
        else:
            text = _("{done} of {total} files read, {rate} a second, about {seconds} s left")
        self._line.show(
            text.format(
                done=format_count(done),
                total=format_count(total),
                rate=format_count(round(done / seconds)),
                seconds=format_count(estimate_seconds_left(stage, done, total, seconds)),
            )
        )

    def finish(self) -> None:
        """Erases the line."""
        self._line.finish()
