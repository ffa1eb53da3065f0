"""A progress line on stderr, for a person who has waited long enough to wonder."""

from __future__ import annotations

import sys
import time

from milatui.catalogue import wording
from milatui.messages import _

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
        rate = done / (now - self._started)
        if stage == "write":
            text = _("writing the index…")
        else:
            text = _("reading the archive: {done} of {total} files, {rate} a second")
        text = text.format(
            done=wording.count_words(done),
            total=wording.count_words(total),
            rate=wording.count_words(round(rate)),
        )
        sys.stderr.write(f"\r\x1b[K{text}")
        sys.stderr.flush()

    def finish(self) -> None:
        """Take the line away again."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
