"""The terminal's driver: fewer bytes, less mouse traffic and bounded sizes."""

from __future__ import annotations

from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from milatui.tui.pacing import Pace
from milatui.tui.painting import Painter

MAX_COLUMNS, MAX_ROWS = 500, 200


class TerminalDriver(LinuxDriver):
    """Textual's driver without what costs much over a slow line."""

    def __init__(self, *settings: Any, **named: Any) -> None:
        super().__init__(*settings, **named)
        self._painter = Painter()
        self._pace = Pace()

    def write(self, data: str) -> None:
        """Send ``data``; "any motion" mouse tracking becomes "motion while a button is down"."""
        if "\x1b[?1003" in data:
            data = data.replace("\x1b[?1003", "\x1b[?1002")
        painted = self._painter.paint(data, self._size or self._get_terminal_size())
        super().write(painted + self._pace.sent(len(painted)))

    def _get_terminal_size(self) -> tuple[int, int]:
        columns, rows = super()._get_terminal_size()
        return min(columns, MAX_COLUMNS), min(rows, MAX_ROWS)
