"""The terminal's driver: nothing a terminal sends, or stops sending, can break the program.

Textual's own stops on bad bytes with a traceback, believes any size it is told, queues every
key of a flood, spins when the line is cut, and leaves the terminal in disorder on a signal.
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
from textual._parser import ParseError
from textual._xterm_parser import XTermParser

from milatui.tui.intake import Intake
from milatui.tui.pacing import ANSWER, PATIENCE
from milatui.tui.terminal import TerminalDriver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from io import TextIOWrapper
    from types import FrameType

    from textual.message import Message

    from milatui.tui.guard import GuardedApp

MAX_COLUMNS, MAX_ROWS = 500, 200
SAME_KEYS_WAITING = 64
"""Repetitions of one key that may wait to be handled; more are dropped."""
EVENTS_WAITING = 128
"""Keys and clicks of any kind that may wait."""
MOVES_WAITING = 16
"""Movements and turns of the mouse that may wait."""
_SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)
_GRACE = 4
"""Seconds after a signal in which an orderly end must be made; the kernel ends it then."""
_WHEEL = (
    events.MouseScrollDown,
    events.MouseScrollUp,
    events.MouseScrollLeft,
    events.MouseScrollRight,
)


class PatientFile:
    """The terminal as a file that outlives it: once a write has failed, nothing more is tried."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._broken = False

    def write(self, text: str) -> int:
        """Write ``text`` if there is still somebody to read it."""
        self._try(lambda: self._file.write(text))
        return len(text)

    def flush(self) -> None:
        """Send what was written."""
        self._try(self._file.flush)

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self._file.fileno()

    def _try(self, step: Callable[[], object]) -> None:
        if self._broken:
            return
        try:
            step()
        except (OSError, ValueError):  # hung up, or closed
            self._broken = True


class Drawn(events.Key):
    """No key: the terminal has drawn what was sent before a question."""

    def __init__(self) -> None:
        super().__init__("drawn", None)


class Parser(XTermParser):
    """The key parser without the numbers that make it raise."""

    def parse_mouse_code(self, code: str) -> Message | None:
        """A mouse event in cells; sizes in pixels are a matter of trust, and may be zero."""
        self.mouse_pixels = False
        return super().parse_mouse_code(code)

    def _sequence_to_key_events(self, sequence: str, alt: bool = False) -> Iterable[events.Key]:
        if sequence == ANSWER:
            return [Drawn()]
        try:
            return list(super()._sequence_to_key_events(sequence, alt))
        except (ValueError, OverflowError):  # a code point there is none of
            return []


class GuardedDriver(TerminalDriver):
    """Reads the terminal through ``Intake``, bounds what waits, and ends in order."""

    _app: GuardedApp

    def __init__(self, app: GuardedApp, **settings: Any) -> None:
        super().__init__(app, **settings)
        if self._file is not None:
            self._file = cast("TextIOWrapper", PatientFile(self._file))
        self._get_terminal_size()
        self._posted = 0
        self._posted_lock = threading.Lock()
        self._last_key = ""
        self._hold: asyncio.TimerHandle | None = None
        if app.closed_shop:
            signal.signal(signal.SIGTSTP, signal.SIG_IGN)

    @property
    def can_suspend(self) -> bool:
        """A session for others has no shell to return to."""
        return not self._app.closed_shop

    # Sizes -------------------------------------------------------------------------------

    def _get_terminal_size(self) -> tuple[int, int]:
        try:
            columns, rows = os.get_terminal_size(self.fileno)
        except OSError:
            columns, rows = 0, 0
        # Textual asks the driver for the size it was given, if any, before it asks the system.
        self._size = min(columns or 80, MAX_COLUMNS), min(rows or 24, MAX_ROWS)
        return self._size

    def _query_in_band_window_resize(self) -> None:
        """Sizes come from the kernel only; what is typed is no size."""

    # Input -------------------------------------------------------------------------------

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except (OSError, ParseError):
            self._leave_soon(signal.SIGHUP)

    def run_input_thread(self) -> None:
        """Read until told to stop or the line is cut."""
        parser, intake = Parser(), Intake(time.monotonic)
        with selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                if selector.select(0.1):
                    data = os.read(self.fileno, 65_536)
                    if not data:
                        raise OSError("the terminal is gone")
                    text = intake.feed(data)
                    if intake.flooded:  # answers are dropped with the rest
                        self._loop.call_soon_threadsafe(self._give_up)
                else:
                    text = intake.quiet()
                for event in parser.feed(text) if text else ():
                    self.process_message(event)
                for event in parser.tick():
                    self.process_message(event)

    def process_message(self, message: Message) -> None:
        """Hand ``message`` on unless too much waits already, or it is none to believe."""
        if isinstance(message, Drawn):
            self._loop.call_soon_threadsafe(self._on_drawn)
            return
        if isinstance(message, (events.InputEvent, events.Paste)):
            self._app.vigil.touch()
        if isinstance(message, events.Resize) or self._is_too_much(message):
            return
        if isinstance(message, events.Key) and not _is_typable(message.character):
            return
        super().process_message(message)

    def _is_too_much(self, message: Message) -> bool:
        if isinstance(message, events.Key):
            again, self._last_key = message.key == self._last_key, message.key
            return self.backlog() >= (SAME_KEYS_WAITING if again else EVENTS_WAITING)
        moves = (events.MouseMove, *_WHEEL, events.AppFocus, events.AppBlur)
        return self.backlog() >= (MOVES_WAITING if isinstance(message, moves) else EVENTS_WAITING)

    def backlog(self) -> int:
        """How many messages from the terminal wait to be handled."""
        pumps = [self._app, *([self._app.focused] if self._app.screen_stack else [])]
        return self._posted + sum(pump.message_queue_size for pump in pumps if pump is not None)

    def send_message(self, message: Message) -> None:
        """Give ``message`` to the application's loop, and count it until it has arrived."""
        with self._posted_lock:
            self._posted += 1
        asyncio.run_coroutine_threadsafe(self._arrive(message), self._loop)

    async def _arrive(self, message: Message) -> None:
        with self._posted_lock:
            self._posted -= 1
        await self._app._post_message(message)

    # Output ------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        """Send ``data``; while the terminal is behind, the next painting waits for it."""
        super().write(data)
        if self._hold is None and self._pace.behind:
            self._app._begin_batch()
            self._hold = self._loop.call_later(PATIENCE, self._give_up)

    def _on_drawn(self) -> None:
        self._pace.answered()
        self._go_on()

    def _give_up(self) -> None:
        self._pace.forget()
        self._go_on()

    def _go_on(self) -> None:
        """Paint what has changed meanwhile, as it is now, if the terminal has caught up."""
        if self._hold is not None and not self._pace.behind:
            self._hold.cancel()
            self._hold = None
            self._app._end_batch()
            self._app.screen.check_idle()

    # Beginning and end -------------------------------------------------------------------

    def start_application_mode(self) -> None:
        """Take the terminal over; from now on signals end the program in order."""
        for number in _SIGNALS:
            signal.signal(number, self._on_signal)
        super().start_application_mode()  # type: ignore[no-untyped-call]

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        signal.alarm(_GRACE)
        self._leave_soon(number)

    def _leave_soon(self, number: int) -> None:
        try:
            self._loop.call_soon_threadsafe(self._app.leave_on_signal, number)
        except RuntimeError:  # the loop has ended already
            return

    def open_url(self, url: str, new_tab: bool = True) -> None:
        """Never start a browser: over SSH it would start on the server."""


def _is_typable(character: str | None) -> bool:
    """Whether a key's character can be shown and sent back: a lone surrogate cannot."""
    return character is None or not any("\ud800" <= part <= "\udfff" for part in character)
