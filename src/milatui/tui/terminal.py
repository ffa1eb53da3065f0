"""The terminal's driver: less mouse traffic, bounded sizes, and a way to send one's own sequences."""

from __future__ import annotations

from textual.drivers.linux_driver import LinuxDriver

MAX_COLUMNS, MAX_ROWS = 500, 200


class TerminalDriver(LinuxDriver):
    """Textual's driver without reports of every mouse move, which cost much over a slow line."""

    def write(self, data: str) -> None:
        """Send ``data``; "any motion" tracking becomes "motion while a button is down"."""
        if "\x1b[?1003" in data:
            data = data.replace("\x1b[?1003", "\x1b[?1002")
        super().write(data)

    def _get_terminal_size(self) -> tuple[int, int]:
        columns, rows = super()._get_terminal_size()
        return min(columns, MAX_COLUMNS), min(rows, MAX_ROWS)
