"""Says at the end of a report what was read, when, with which program, and how to do it again."""

from __future__ import annotations

import os
import shlex
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from milatui import __version__
from milatui.archive.kinds import KINDS
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import count_label
from milatui.catalogue.location import scope_pairs
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.scope import Scope


def colophon(catalogue: Catalogue, command: Sequence[str], today: date) -> list[str]:
    """Returns the sentences of the colophon.

    Args:
        catalogue: The archive that was read.
        command: The command that does it again.
        today: The day.
    """
    made = _("Made on {date} with milatui {version}. To make it again: {command}")
    return [_archive(catalogue), _made(made, command, today)]


def memo_colophon(catalogue: Catalogue, today: date) -> list[str]:
    """Returns the sentences of the colophon of a research memo."""
    made = _("Made on {date} with milatui {version}. What differs later: {command}")
    return [_archive(catalogue), _made(made, ("milatui", "rerun", "FILE"), today)]


def _archive(catalogue: Catalogue) -> str:
    info = catalogue.info
    counts = ", ".join(count_label(kind, info.counts[kind]) for kind in KINDS if info.counts[kind])
    archive = _("Archive: {title} ({counts}). Fingerprint of all records: SHA-256 {fingerprint}.")
    return archive.format(title=info.title, counts=counts, fingerprint=catalogue.fingerprint)


def _made(form: str, command: Sequence[str], today: date) -> str:
    day = format_date(today.isoformat(), short=False)
    return form.format(date=day, version=__version__, command=shlex.join(command))


def present_day() -> date:
    """Returns today, or the day of ``SOURCE_DATE_EPOCH``, for reproducible reports."""
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    if given.isdecimal():
        return datetime.fromtimestamp(int(given), UTC).date()
    return datetime.now().astimezone().date()


def report_command(scope: Scope, *, notes: bool = False) -> list[str]:
    """Returns the command line that writes the report of a scope, with own notes if wanted."""
    options = [f"--{key}={value}" for key, value in scope_pairs(scope._replace(query="")) if value]
    query = [f"--query={scope.query}"] if scope.query else []
    own = ["--notes"] if notes else []
    return ["milatui", "report", *options, *query, *own]
