"""Opens the catalogue a command reads, after bringing its index up to date."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

from milatui.archive.diagnostics import ArchiveError
from milatui.archive.sanitize import sanitize
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.freshness import freshness
from milatui.cli.errors import CommandError, Exit
from milatui.cli.parser import suggestion
from milatui.cli.places import archive_dir, index_dir
from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.index.store.layout import default_index_dir

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from milatui.catalogue.scope import Scope
    from milatui.index.builder.build import BuildResult

_LOCKED = 60.0
"""Seconds to wait for another process that is building the same index."""
_POLL = 0.1
_SAID = 3.0
"""Seconds of waiting after which it is said for whom."""


def open_catalogue(args: argparse.Namespace, scope: Scope | None = None) -> Catalogue:
    """The catalogue of the archive that ``args`` name; a stale index is brought up to date.

    Where that is impossible (another account's index, a full disk) the old one serves.

    Raises:
        CommandError: no archive, no index and none to be built, or the partner of
            ``scope`` is not in it.
    """
    archive = archive_dir(args)
    index = index_of(args, archive)
    owners: list[str] = args.index_owner
    state = freshness(archive, index, owners)
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
        catalogue = _open(archive, index, owners)
    except IndexUnusable as problem:
        raise index_error(problem) from None
    if scope is not None:
        _check_partner(catalogue, scope)
    return catalogue


def _open(archive: Path, index: Path, owners: list[str]) -> Catalogue:
    """Open an index; one with damage that only reading tells is made anew first."""
    try:
        return Catalogue.open(index, owners)
    except IndexUnusable as problem:
        if problem.reason != "damaged":
            raise
    build_index(archive, index, owners, rebuild=True)
    return Catalogue.open(index, owners)


def index_of(args: argparse.Namespace, archive: Path) -> Path:
    """The index directory of ``archive``: that of ``--index``, else its place in the cache."""
    return index_dir(args) or default_index_dir(archive)


def build_index(
    archive: Path, index: Path, owners: list[str], *, rebuild: bool = False
) -> BuildResult | None:
    """Bring an index up to date, or wait for the process that is doing so (then None).

    Raises:
        CommandError: it cannot be built.
    """
    from milatui.cli.progress import Progress
    from milatui.index.builder.build import build

    progress = Progress()
    began, said = time.monotonic(), False
    try:
        while True:
            try:
                return build(
                    archive, index, owners=owners, rebuild=rebuild, progress=progress.report
                )
            except IndexUnusable as problem:
                waited = time.monotonic() - began
                if problem.reason != "locked" or waited > _LOCKED:
                    raise index_error(problem) from None
                if waited > _SAID and not said:
                    said = True
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
    """What is wrong with an index, as an error for the user (exit code 4)."""
    hints = {
        "not trusted": _("If you trust that account: --index-owner NAME. Else: --index DIR."),
        "damaged": _("To build it anew: milatui index --rebuild"),
        "foreign version": _("To build it anew: milatui index --rebuild"),
    }
    return CommandError(str(problem), Exit.INDEX, hints.get(problem.reason, ""))


def _check_partner(catalogue: Catalogue, scope: Scope) -> None:
    """A mistyped partner would look like a partner that nothing is known about."""
    if not scope.partner or catalogue.find("partner", scope.partner) is not None:
        return
    near = catalogue.similar_ids("partner", scope.partner)
    message = _("there is no partner “{id}”").format(id=scope.partner)
    message += suggestion(scope.partner, near) if near else ""
    raise CommandError(message, hint=_("All of them: milatui list partners"))
