"""A progress line on stderr, for a person who has waited long enough to wonder."""

from __future__ import annotations

import shutil
import sys
import time

from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _
from milatui.index.eta import estimate_seconds_left

_PATIENCE = 0.5
"""Seconds of silence before the line appears."""
_EVERY = 0.1
"""Seconds between two versions of it."""


class Progress:
    """Shows how far a build is; nothing at all unless stderr is a terminal."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self._due = self._started + _PATIENCE
        self._shown = False
        self._terminal = sys.stderr.isatty()

    def report(self, stage: str, done: int, total: int) -> None:
        """Take note of ``done`` of ``total`` files in ``stage`` (``read`` or ``write``)."""
        now = time.monotonic()
        if not self._terminal or now < self._due:
            return
        self._due = now + _EVERY
        self._shown = True
        seconds = now - self._started
        if stage == "write":
            text = _("writing the index, about {seconds} s left")
        else:
            text = _("{done} of {total} files read, {rate} a second, about {seconds} s left")
        text = text.format(
            done=format_count(done),
            total=format_count(total),
            rate=format_count(round(done / seconds)),
            seconds=format_count(estimate_seconds_left(stage, done, total, seconds)),
        )
        # A line that wraps could not be taken away again.
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write(f"\r\x1b[K{text[:width]}")
        sys.stderr.flush()

    def finish(self) -> None:
        """Take the line away again."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
