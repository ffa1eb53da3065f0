"""The application's part in a session for others: nothing written or started, an orderly end."""

from __future__ import annotations

import signal
import sys
import time
import traceback
from contextlib import contextmanager
from typing import TYPE_CHECKING, BinaryIO, Literal, TextIO

from textual.app import App, SuspendNotSupported

from milatui.archive.sanitize import sanitize
from milatui.i18n import _, ngettext
from milatui.index.errors import IndexUnusable
from milatui.tui.state.session_limits import LimitState, SessionLimits, SessionTimer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from textual.driver import Driver

_SAY_AGAIN = 5.0
"""Seconds between two warnings of an end that comes near."""
_GRACE = 30
"""Seconds past its time after which the kernel ends a session that cannot end itself."""


class GuardedApp(App[int], inherit_bindings=False):
    """An application that can be shut to the outside.

    ``closed_shop`` is true in a session for others; ``farewell`` is the line to print when
    the terminal is the user's again, ``report`` what a developer wants to read then.
    """

    def __init__(
        self,
        driver: type[Driver] | None,
        *,
        closed_shop: bool,
        limits: SessionLimits,
        ansi: bool | None,
    ) -> None:
        super().__init__(driver_class=driver, ansi_color=ansi)
        self.closed_shop = closed_shop
        self.limits = limits
        self.session_timer = SessionTimer(limits, time.monotonic)
        self.farewell = ""
        self.report = ""

    # The time there is -------------------------------------------------------------------

    def begin_watch(self) -> None:
        """Start to look at the clock, if this session has limits."""
        if self.limits.any:
            self._look()

    def warn(self, message: str) -> None:
        """Show ``message`` to the user while the session goes on."""

    def _look_later(self, at_most: float = float("inf")) -> None:
        # Should the loop hang on a terminal that takes nothing, the kernel does the rest.
        signal.alarm(int(self.session_timer.remaining()) + _GRACE)
        self.set_timer(min(self.session_timer.next_check(), at_most), self._look)

    def _look(self) -> None:
        state = self.session_timer.state()
        if state is LimitState.END_IDLE:
            self.leave(_("This session was idle and has been closed."), 0)
        elif state is LimitState.END_DURATION:
            self.leave(_("This session has reached its longest duration."), 0)
        elif state is LimitState.ACTIVE:
            self._look_later()
        else:
            self.warn(self._warning(state))
            self._look_later(_SAY_AGAIN)

    def _warning(self, state: LimitState) -> str:
        seconds = int(self.session_timer.remaining())
        if state is LimitState.WARN_DURATION:
            message = ngettext(
                "This session ends in {n} second.", "This session ends in {n} seconds.", seconds
            )
        else:
            message = ngettext(
                "Idle: this session closes in {n} second. Press a key to stay.",
                "Idle: this session closes in {n} seconds. Press a key to stay.",
                seconds,
            )
        return message.format(n=seconds)

    # The end -----------------------------------------------------------------------------

    def leave(self, farewell: str, code: int) -> None:
        """End the program with a line of explanation, printed after the terminal is restored."""
        self.farewell = farewell
        signal.alarm(_GRACE)
        self.exit(code, return_code=code)

    def leave_on_signal(self, number: int) -> None:
        """End the program because of a signal; a hang-up leaves nobody to explain it to."""
        farewell = ""
        if number == signal.SIGTERM:
            farewell = _("The server is ending this session. Please come back later.")
            if not self.closed_shop:
                farewell = _("milatui was told to end.")
        self.farewell = farewell
        self.exit(128 + number, return_code=128 + number)

    def say_farewell(self) -> None:
        """Print what is left to say; a terminal that is gone is no matter."""
        text = self.report + (f"milatui: {self.farewell}\n" if self.farewell else "")
        try:
            sys.stderr.write(text)
            sys.stderr.flush()
        except (OSError, ValueError):
            return

    def _fatal_error(self) -> None:
        error = sys.exception()
        self._return_code = 70  # EX_SOFTWARE
        if isinstance(error, IndexUnusable):
            self._return_code = 4
            self.farewell = _("The archive cannot be shown. Please come back later.")
            if not self.closed_shop:
                hint = _("To build it anew: milatui index --rebuild")
                self.farewell = sanitize(f"{error}. {hint}")
        else:
            self.farewell = _(
                "an unexpected error ended this session; it has not harmed the archive."
            )
            if not self.closed_shop:
                self.report = sanitize(traceback.format_exc())
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """End after an error; what Textual would print about it may name files of the server."""
        self._fatal_error()

    # What is not done for others -----------------------------------------------------------

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Lend the terminal to another program: never in a session for others."""
        if self.closed_shop:
            raise SuspendNotSupported(_("This session is read-only."))
        with super().suspend():
            yield

    def action_suspend_process(self) -> None:
        """Ctrl-Z; there is no shell to return to in a session for others."""
        if not self.closed_shop:
            super().action_suspend_process()

    def deliver_binary(
        self,
        path_or_file: str | Path | BinaryIO,
        *,
        save_directory: str | Path | None = None,
        save_filename: str | None = None,
        open_method: Literal["browser", "download"] = "download",
        mime_type: str | None = None,
        name: str | None = None,
    ) -> str | None:
        """Nothing is saved by way of the toolkit."""
        return None

    def deliver_text(
        self,
        path_or_file: str | Path | TextIO,
        *,
        save_directory: str | Path | None = None,
        save_filename: str | None = None,
        open_method: Literal["browser", "download"] = "download",
        encoding: str | None = None,
        mime_type: str | None = None,
        name: str | None = None,
    ) -> str | None:
        """Nothing is saved by way of the toolkit."""
        return None

    def save_screenshot(
        self,
        filename: str | None = None,
        path: str | None = None,
        time_format: str | None = None,
    ) -> str:
        """Nothing is saved by way of the toolkit."""
        return ""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Nothing is saved by way of the toolkit."""
