"""Shows on a terminal how far an import is."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from milatui.catalogue.labels.labels import format_count
from milatui.cli.progress_line import ProgressLine
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Callable


class ImportProgress:
    """Shows number, rate and time left of the documents that are taken.

    Args:
        estimate: Returns about how many there are; None if that is not known.  It is asked
            when something is shown for the first time.
    """

    def __init__(self, estimate: Callable[[], int | None]) -> None:
        self._estimate = estimate
        self._total: int | None = None
        self._line = ProgressLine()
        self._own_files = ProgressLine()
        self._taken = 0

    def archive_read(self, done: int, total: int) -> None:
        """Shows how many of the archive's own files are read."""
        if self._own_files.seconds_if_due():
            text = _("{done} of {total} files of the archive read")
            self._own_files.show(text.format(done=format_count(done), total=format_count(total)))
        if done == total:
            self._own_files.finish()

    def begin(self) -> None:
        """Begins to count: the archive is read."""
        self._own_files.finish()
        self._line = ProgressLine()

    def document_taken(self) -> None:
        """Counts a document, however it ended."""
        self._taken += 1
        seconds = self._line.seconds_if_due()
        if not seconds:
            return
        if self._total is None:
            self._total = self._estimate() or 0
        rate = self._taken / seconds
        done, per_second = format_count(self._taken), format_count(round(rate))
        if self._total < self._taken:
            text = _("{done} documents, {rate} a second").format(done=done, rate=per_second)
        else:
            text = _("{done} of about {total} documents, {rate} a second, {left} left").format(
                done=done,
                total=format_count(self._total),
                rate=per_second,
                left=_format_duration(round((self._total - self._taken) / rate)),
            )
        self._line.show(text)

    def hide(self) -> None:
        """Erases the line, so that something else can be printed."""
        self._line.finish()
        self._own_files.finish()

    def waiting(self) -> None:
        """Says why nothing happens."""
        print(_("milatui: another import into this archive has to end first"), file=sys.stderr)


def _format_duration(seconds: int) -> str:
    """Returns a number of seconds in the largest two units that it has."""
    if seconds < 60:
        return _("{n} s").format(n=seconds)
    minutes, seconds = divmod(seconds, 60)
    if minutes < 60:
        return _("{minutes} min {seconds} s").format(minutes=minutes, seconds=seconds)
    hours, minutes = divmod(minutes, 60)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)
