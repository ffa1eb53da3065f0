"""Turns the bytes a terminal sends into text for the key parser, however many or bad they are.

Three things cannot pass: bytes that are no UTF-8 (they are replaced), pastes of any size
(they are cut, cleaned, and closed if nobody closes them), and floods of keys (what is more
than hands and wheels can send is dropped until the sender pauses).
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Callable

PASTE_LIMIT = 65_536
"""Characters of one paste that are kept."""
PASTE_PATIENCE = 1.0
"""Seconds of silence after which an unfinished paste counts as finished."""
_START, _END = "\x1b[200~", "\x1b[201~"
_LONGEST_PARTIAL = len(_END) - 1


class Budget:
    """Characters allowed at a time: ``burst`` at once, refilled at ``rate`` a second."""

    def __init__(self, burst: int, rate: int, clock: Callable[[], float]) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._left, self._at = float(burst), clock()

    def take(self, amount: int) -> bool:
        """Whether ``amount`` is still allowed; if so it is used up."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True


class Intake:
    """The state between two reads of one terminal.  ``clock`` gives seconds.

    ``flooded``: what comes is dropped until the sender pauses.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._keys = Budget(8_192, 4_096, clock)
        self._pastes = Budget(2 * PASTE_LIMIT, PASTE_LIMIT // 4, clock)
        self.flooded = False
        self._pasting = False
        self._paste: list[str] = []
        self._kept = 0
        self._tail = ""
        self._heard = clock()

    def feed(self, data: bytes) -> str:
        """The text to parse after ``data`` has come; often empty during a paste or a flood."""
        self._heard = self._clock()
        if self.flooded:
            return ""
        out: list[str] = []
        text = self._decode(data)
        while text:
            text = self._take_paste(text, out) if self._pasting else self._take_keys(text, out)
        return "".join(out)

    def quiet(self) -> str:
        """The text to parse when the terminal has paused (a tenth of a second, say)."""
        if self.flooded:
            self.flooded = False
            self._tail = ""
            self._decode(b"", True)
        if self._pasting:
            full = self._kept >= PASTE_LIMIT
            if full or self._clock() - self._heard >= PASTE_PATIENCE:
                return self._finish_paste()
        return ""

    def _take_keys(self, text: str, out: list[str]) -> str:
        """Pass keys on up to the start of a paste; return what follows that start."""
        seen = self._tail + text
        start = seen.find(_START)
        end = len(text) if start < 0 else start + len(_START) - len(self._tail)
        if not self._keys.take(end):
            self.flooded = True
            return ""
        out.append(text[:end])
        if start < 0:
            self._tail = seen[-_LONGEST_PARTIAL:]
            return ""
        self._pasting, self._tail = True, ""
        return text[end:]

    def _take_paste(self, text: str, out: list[str]) -> str:
        """Collect pasted text up to its end; return what follows that end."""
        seen = self._tail + text
        end = seen.find(_END)
        if end < 0:
            keep = seen[:-_LONGEST_PARTIAL]
            self._tail = seen[len(keep) :]
            self._collect(keep)
            return ""
        self._collect(seen[:end])
        self._tail = ""
        out.append(self._finish_paste())
        return seen[end + len(_END) :]

    def _collect(self, text: str) -> None:
        part = text[: PASTE_LIMIT - self._kept]
        if part:
            self._paste.append(part)
            self._kept += len(part)

    def _finish_paste(self) -> str:
        """The collected text without what a terminal would obey, and the end of the paste."""
        text = sanitize("".join(self._paste)) if self._pastes.take(self._kept) else ""
        self._paste.clear()
        self._kept, self._pasting, self._tail = 0, False, ""
        return text + _END
