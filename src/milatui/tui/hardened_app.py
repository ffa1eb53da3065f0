"""App base class with a read-only mode, session limits and a clean exit on errors and signals."""

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

_WARN_EVERY = 5.0
"""Seconds between two warnings before the session ends."""
_GRACE = 30
"""Seconds after the limit until SIGALRM ends a session that has not ended by itself."""


class HardenedApp(App[int], inherit_bindings=False):
    """App base class with a read-only mode, in which nothing is written and no program started.

    Attributes:
        read_only: Whether the session is read-only, for visitors of a public login.
        limits: How long the session may be idle and may last.
        session_timer: Measures the session against its limits.
        exit_message: The line printed after the terminal is restored.
        report: A traceback, printed before that line.
    """

    def __init__(
        self,
        driver: type[Driver] | None,
        *,
        read_only: bool,
        limits: SessionLimits,
        ansi: bool | None,
    ) -> None:
        super().__init__(driver_class=driver, ansi_color=ansi)
        self.read_only = read_only
        self.limits = limits
        self.session_timer = SessionTimer(limits, time.monotonic)
        self.exit_message = ""
        self.report = ""

    # Session limits ----------------------------------------------------------------------

    def start_session_timer(self) -> None:
        """Starts to check the limits, if the session has any."""
        if self.limits.any:
            self._check_limits()

    def warn(self, message: str) -> None:
        """Shows a warning to the user; subclasses say where."""

    def _check_later(self, at_most: float = float("inf")) -> None:
        # If the event loop hangs on a blocked terminal, SIGALRM ends the process.
        signal.alarm(int(self.session_timer.remaining()) + _GRACE)
        self.set_timer(min(self.session_timer.next_check(), at_most), self._check_limits)

    def _check_limits(self) -> None:
        state = self.session_timer.state()
        if state is LimitState.END_IDLE:
            self.leave(_("This session was idle and has been closed."), 0)
        elif state is LimitState.END_DURATION:
            self.leave(_("This session has reached its longest duration."), 0)
        elif state is LimitState.ACTIVE:
            self._check_later()
        else:
            self.warn(self._warning(state))
            self._check_later(_WARN_EVERY)

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

    # Exit --------------------------------------------------------------------------------

    def leave(self, exit_message: str, code: int) -> None:
        """Ends the program; the message is printed after the terminal is restored."""
        self.exit_message = exit_message
        signal.alarm(_GRACE)
        self.exit(code, return_code=code)

    def leave_on_signal(self, number: int) -> None:
        """Ends the program because of a signal; only SIGTERM is explained to the user."""
        exit_message = ""
        if number == signal.SIGTERM:
            exit_message = _("The server is ending this session. Please come back later.")
            if not self.read_only:
                exit_message = _("milatui was asked to end.")
        self.exit_message = exit_message
        self.exit(128 + number, return_code=128 + number)

    async def _shutdown(self) -> None:
        """Cancels what runs in the background before it meets widgets that are removed."""
        self.workers.cancel_all()
        self.cancel_tasks()
        await super()._shutdown()

    def cancel_tasks(self) -> None:
        """Cancels tasks that are not workers; subclasses say which."""

    def print_exit_message(self) -> None:
        """Prints the report and the exit message; ignores a closed terminal."""
        text = self.report + (f"milatui: {self.exit_message}\n" if self.exit_message else "")
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
            self.exit_message = _("The archive cannot be shown. Please come back later.")
            if not self.read_only:
                hint = _("To rebuild it: milatui index --rebuild")
                self.exit_message = sanitize(f"{error}. {hint}")
        else:
            self.exit_message = _(
                "an unexpected error ended this session; it has not harmed the archive."
            )
            if not self.read_only:
                self.report = sanitize(traceback.format_exc())
        self._close_messages_no_wait()

    def panic(self, *renderables: object) -> None:
        """Ends after an error, without Textual's report, which may name files of the server."""
        self._fatal_error()

    # Disabled in read-only mode ----------------------------------------------------------

    @contextmanager
    def suspend(self) -> Iterator[None]:
        """Lends the terminal to another program.

        Raises:
            SuspendNotSupported: in a read-only session.
        """
        if self.read_only:
            raise SuspendNotSupported(_("This session is read-only."))
        with super().suspend():
            yield

    def action_suspend_process(self) -> None:
        """Suspends on Ctrl-Z; a read-only session has no shell to return to."""
        if not self.read_only:
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
        """Saves nothing: disabled."""
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
        """Saves nothing: disabled."""
        return None

    def save_screenshot(
        self,
        filename: str | None = None,
        path: str | None = None,
        time_format: str | None = None,
    ) -> str:
        """Saves nothing: disabled."""
        return ""

    def action_screenshot(self, filename: str | None = None, path: str | None = None) -> None:
        """Saves nothing: disabled."""
