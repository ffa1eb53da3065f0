"""A small app with the real driver and hardening, to test them without an archive.

Arguments: ``closed`` for a session for others, then the seconds it may be idle and may last.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from milatui.tui.terminal.environment import scrub_environment

scrub_environment(os.environ)

from textual.widgets import Input, Static  # noqa: E402

from milatui.index.errors import IndexUnusable  # noqa: E402
from milatui.tui.hardened_app import HardenedApp  # noqa: E402
from milatui.tui.state.session_limits import SessionLimits  # noqa: E402
from milatui.tui.terminal.driver import HardenedDriver  # noqa: E402

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.events import Key, Resize


class StandIn(HardenedApp):
    """Shows its size, how many keys came, and a text field; ``!`` makes it fail."""

    AUTO_FOCUS = ""
    seen = 0

    def compose(self) -> ComposeResult:
        yield Static("", id="size")
        yield Static("", id="keys")
        yield Static("", id="word")
        field = Input(id="field")
        field.cursor_blink = False
        yield field

    def on_mount(self) -> None:
        """Look at the clock."""
        self.start_session_timer()

    def on_resize(self, event: Resize) -> None:
        """Shows the size that is believed."""
        self.query_one("#size", Static).update(f"size {event.size.width}x{event.size.height}")

    def on_key(self, event: Key) -> None:
        """Count, and obey four keys."""
        self.seen += 1
        self.query_one("#keys", Static).update(f"keys {self.seen} last {event.key}")
        if event.key == "q":
            self.exit(0)
        elif event.key == "f5":
            self.query_one("#field").focus()
        elif event.key == "f6":
            raise RuntimeError(f"secret of {__file__}")
        elif event.key == "f7":
            raise IndexUnusable("damaged", "the index is damaged: columns.bin")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Shows how long the typed text is."""
        self.query_one("#word", Static).update(f"length {len(event.value)}")

    def warn(self, message: str) -> None:
        """Shows the warning where the word stands."""
        self.query_one("#word", Static).update(message)


if __name__ == "__main__":
    limits = (
        SessionLimits(float(sys.argv[2]), float(sys.argv[3]))
        if len(sys.argv) > 3
        else SessionLimits()
    )
    app = StandIn(HardenedDriver, read_only=sys.argv[1] == "closed", limits=limits, ansi=None)
    status = app.run()
    app.print_exit_message()
    sys.exit(app.return_code or status or 0)
