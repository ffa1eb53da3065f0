"""Shows progress on one line of stderr, if that is a terminal."""

from __future__ import annotations

import sys
import time
from typing import Final

_SHOW_AFTER: Final = 0.5
"""Seconds until the line appears."""
_SHOW_EVERY: Final = 0.1
"""Seconds between two updates of the line."""


class ProgressLine:
    """A line that is written over; nothing elsewhere than on a terminal.

    Attributes:
        started: When it was made, on the monotonic clock.
    """

    def __init__(self) -> None:
        self.started = time.monotonic()
        self._due = self.started + _SHOW_AFTER
        self._is_shown = False
        self._is_terminal = sys.stderr.isatty()

    def seconds_if_due(self) -> float:
        """Returns for how long it has run, if it is time for another text; otherwise 0."""
        now = time.monotonic()
        if not self._is_terminal or now < self._due:
            return 0.0
        self._due = now + _SHOW_EVERY
        return now - self.started

    def show(self, text: str) -> None:
        """Shows a text in place of the last one."""
        # Deferred: it imports archivers, and most commands end before they show a line.
        import shutil

        # A wrapped line could not be erased.
        width = shutil.get_terminal_size().columns - 1
        sys.stderr.write(f"\r\x1b[K{text[:width]}")
        sys.stderr.flush()
        self._is_shown = True

    def finish(self) -> None:
        """Erases the line."""
        if self._is_shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._is_shown = False
