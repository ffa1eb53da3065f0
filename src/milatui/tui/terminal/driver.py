"""Terminal driver that survives whatever a terminal sends, or stops sending.

Textual's own driver ends with a traceback on bad bytes, believes any reported size, queues
every key of a flood, spins when the line is cut, and leaves the terminal in raw mode on a signal.
"""

from __future__ import annotations

import asyncio
import os
import selectors
import signal
import threading
import time
from typing import TYPE_CHECKING, Any, TextIO, cast

from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.geometry import Size

from milatui.tui.terminal.cell_diff import ScreenDiffer
from milatui.tui.terminal.flow_control import DSR_REPLY, REPLY_TIMEOUT, OutputFlowControl
from milatui.tui.terminal.input_filter import InputFilter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from io import TextIOWrapper
    from types import FrameType

    from textual.message import Message

    from milatui.tui.hardened_app import HardenedApp

MAX_COLUMNS, MAX_ROWS = 500, 200
MAX_QUEUED_REPEATS = 64
"""Repetitions of one key in the queue; further ones are dropped."""
MAX_QUEUED_EVENTS = 128
"""Keys and clicks in the queue."""
MAX_QUEUED_MOVES = 16
"""Mouse moves and wheel turns in the queue."""
_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
_GRACE = 4
"""Seconds after a signal until SIGALRM ends a program that has not ended by itself."""
_WHEEL = (
    events.MouseScrollDown,
    events.MouseScrollUp,
    events.MouseScrollLeft,
    events.MouseScrollRight,
)


class HangupSafeFile:
    """Wraps the terminal's file: after a failed write further writes are ignored."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._broken = False

    def write(self, text: str) -> int:
        """Writes ``text`` unless the terminal is gone."""
        self._try(lambda: self._file.write(text))
        return len(text)

    def flush(self) -> None:
        """Sends what was written, unless the terminal is gone."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """Returns the terminal's file descriptor."""
        return self._file.fileno()

    def _try(self, step: Callable[[], object]) -> None:
        if self._broken:
            return
        try:
            step()
        except (OSError, ValueError):  # hung up, or closed
            self._broken = True


class DrawAck(events.Key):
    """Pseudo key: reply to DSR 5; all output before the query has been drawn."""

    def __init__(self) -> None:
        super().__init__("drawn", None)


class HardenedParser(XTermParser):
    """Textual's key parser, without the numbers that make it raise."""

    def parse_mouse_code(self, code: str) -> Message | None:
        """Parses a mouse event in cells; a reported pixel size may be wrong or zero."""
        self.mouse_pixels = False
        return super().parse_mouse_code(code)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if sequence == DSR_REPLY:
            return [DrawAck()]
        try:
            keys = list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):  # not a code point
            return []
        for key in keys:
            # A text field would type the letter that comes with Alt.
            if alt or key.key.startswith("alt+"):
                key.character = None
        return keys


class HardenedDriver(LinuxDriver):
    """Filters input, bounds the event queue, sends few bytes, and restores the terminal."""

    _app: HardenedApp

    def __init__(self, app: HardenedApp, **settings: Any) -> None:
        super().__init__(app, **settings)
        self._differ = ScreenDiffer()
        self._flow = OutputFlowControl()
        self._update: list[str] | None = None
        """Output of a synchronized update that has begun; None between updates."""
        if self._file is not None:
            self._file = cast("TextIOWrapper", HangupSafeFile(self._file))
        self._get_terminal_size()
        self._posted = 0
        self._posted_lock = threading.Lock()
        self._last_key = ""
        self._hold: asyncio.TimerHandle | None = None
        if app.read_only:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    @property
    def can_suspend(self) -> bool:
        """Whether Ctrl-Z works: a read-only session has no shell to return to."""
        return not self._app.read_only

    # Sizes -------------------------------------------------------------------------------

    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = 0, 0
        # Textual prefers the driver's ``_size`` to the system's.
        self._size = min(columns or 80, MAX_COLUMNS), min(rows or 24, MAX_ROWS)
        return self._size

    def _query_in_band_window_resize(self) -> None:
        """Asks nothing: sizes come from the kernel only, as a reply could be typed."""

    # Input -------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except (OSError, ParseError):
            self._leave_soon(signal.SIGHUP)

    def run_input_thread(self) -> None:
        """Reads and dispatches input until the program ends or the line is cut.

        Raises:
            OSError: if the terminal is gone.
        """
        parser, input_filter = HardenedParser(), InputFilter(time.monotonic)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    data = os.read(self.fileno, 65_536)
                    if not data:
                        raise OSError("the terminal is gone")
                    text = input_filter.feed(data)
                    if input_filter.flooded:  # replies are dropped as well
                        self._loop.call_soon_threadsafe(self._stop_waiting)
                else:
                    text = input_filter.on_pause()
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def process_message(self, message: Message) -> None:
        """Passes ``message`` on, unless the queue is full or the message is not trusted."""
        if isinstance(message, DrawAck):
            self._loop.call_soon_threadsafe(self._on_draw_ack)
            return
        if isinstance(message, (events.InputEvent, events.Paste)):
            self._app.session_timer.touch()
        if isinstance(message, events.Resize) or self._queue_full(message):
            return
        if isinstance(message, events.Key) and not _is_typable(message.character):
            return
        super().process_message(message)

    def _queue_full(self, message: Message) -> bool:
        if isinstance(message, events.Key):
            again, self._last_key = message.key == self._last_key, message.key
            return self.backlog() >= (MAX_QUEUED_REPEATS if again else MAX_QUEUED_EVENTS)
        moves = (events.MouseMove, *_WHEEL, events.AppFocus, events.AppBlur)
        return self.backlog() >= (
            MAX_QUEUED_MOVES if isinstance(message, moves) else MAX_QUEUED_EVENTS
        )

    def backlog(self) -> int:
        """Returns the number of messages from the terminal that are not handled yet."""
        pumps = [self._app, *([self._app.focused] if self._app.screen_stack else [])]
        return self._posted + sum(pump.message_queue_size for pump in pumps if pump is not None)

    def send_message(self, message: Message) -> None:
        """Posts ``message`` to the event loop, and counts it until it has arrived."""
        with self._posted_lock:
            self._posted += 1
        asyncio.run_coroutine_threadsafe(self._arrive(message), self._loop)

    async def _arrive(self, message: Message) -> None:
        with self._posted_lock:
            self._posted -= 1
        await self._app._post_message(message)

    # Output ------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Sends what of ``data`` the terminal does not show; pauses painting while it lags behind.

        Mouse tracking of any motion becomes tracking while a button is held: fewer bytes.
        A synchronized update is sent at its end: each write wakes the thread that sends.
        """
        if data == SYNC_START:
            self._update = []
        elif data == SYNC_END and self._update is not None:
            output, self._update = "".join(self._update), None
            if output:
                self._send(f"{SYNC_START}{output}{SYNC_END}")
        else:
            if "\x1b[?1003" in data:
                data = data.replace("\x1b[?1003", "\x1b[?1002")
            # Input methods look where the cursor is, which is hidden, in a text field.
            park = bool(self._app.screen_stack) and self._app.focused is not None
            size = self._size or self._get_terminal_size()
            output = self._differ.diff(data, size, park=park)
            if self._update is None:
                self._send(output)
            else:
                self._update.append(output)

    def _send(self, output: str) -> None:
        super().write(output + self._flow.sent(len(output)))
        if self._hold is None and self._flow.behind:
            self._app._begin_batch()
            self._hold = self._loop.call_later(REPLY_TIMEOUT, self._stop_waiting)

    def _on_draw_ack(self) -> None:
        self._flow.acknowledge()
        self._resume_painting()

    def _stop_waiting(self) -> None:
        self._flow.reset()
        self._resume_painting()

    def _resume_painting(self) -> None:
        """Paints the newest state if the terminal has caught up."""
        if self._hold is not None and not self._flow.behind:
            self._hold.cancel()
            self._hold = None
            self._app._end_batch()
            if self._app.is_running:
                self._app.screen.check_idle()

    # Beginning and end -------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Takes over the terminal; from now on signals end the program and restore it."""
        for number in _SIGNALS:
            signal.signal(number, self._on_signal)
        super().start_application_mode()  # type: ignore[no-untyped-call]
        signal.signal(signal.SIGWINCH, self._on_resize_signal)

    def _on_resize_signal(self, _number: int, _frame: FrameType | None) -> None:
        # One signal may interrupt the handler of another: sizes are read where nothing interrupts.
        try:
            self._loop.call_soon_threadsafe(self._on_resized)
        except RuntimeError:  # the loop has ended already
            return

    def _on_resized(self) -> None:
        size = Size(*self._get_terminal_size())
        self._app.post_message(events.Resize(size, size))

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        signal.alarm(_GRACE)
        self._leave_soon(number)

    def _leave_soon(self, number: int) -> None:
        try:
            self._loop.call_soon_threadsafe(self._app.leave_on_signal, number)
        except RuntimeError:  # the loop has ended already
            return

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Does nothing: over SSH a browser would start on the server."""


def _is_typable(character: str | None) -> bool:
    """Returns whether a key's character can be encoded: a lone surrogate cannot."""
    return character is None or not any("\ud800" <= part <= "\udfff" for part in character)
