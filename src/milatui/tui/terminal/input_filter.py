"""Decodes and filters the bytes of a terminal before the key parser sees them.

Bytes that are not UTF-8 are replaced.  Pastes are truncated, sanitized, and ended if the
terminal does not end them.  Floods of keys (more than hands and mouse wheels can send) are
dropped until the sender pauses.
"""

from __future__ import annotations

from codecs import getincrementaldecoder
from typing import TYPE_CHECKING

from milatui.archive.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Callable

PASTE_LIMIT = 65_536
"""Maximum characters of one paste."""
PASTE_TIMEOUT = 1.0
"""Seconds without input after which an unfinished paste is ended."""
_START, _END = "\x1b[200~", "\x1b[201~"
_LONGEST_PARTIAL = len(_END) - 1


class TokenBucket:
    """Limits a rate of characters: ``burst`` at once, refilled by ``rate`` a second.

    ``clock`` returns seconds.
    """

    def __init__(self, burst: int, rate: int, clock: Callable[[], float]) -> None:
        self._burst, self._rate, self._clock = burst, rate, clock
        self._left, self._at = float(burst), clock()

    def take(self, amount: int) -> bool:
        """Uses up ``amount`` characters; returns False, using none, if that many are not left."""
        now = self._clock()
        self._left = min(self._burst, self._left + (now - self._at) * self._rate)
        self._at = now
        if amount > self._left:
            return False
        self._left -= amount
        return True


class InputFilter:
    """Filters the input of one terminal, read by read.  ``clock`` returns seconds.

    While ``flooded`` is true, input is dropped until the sender pauses.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._decode = getincrementaldecoder("utf-8")("replace").decode
        self._keys = TokenBucket(8_192, 4_096, clock)
        self._pastes = TokenBucket(2 * PASTE_LIMIT, PASTE_LIMIT // 4, clock)
        self.flooded = False
        self._pasting = False
        self._paste: list[str] = []
        self._collected = 0
        self._tail = ""
        self._heard = clock()

    def feed(self, data: bytes) -> str:
        """Returns the text to parse after ``data`` was read; often "" during a paste or a flood."""
        self._heard = self._clock()
        if self.flooded:
            return ""
        out: list[str] = []
        text = self._decode(data)
        while text:
            text = self._take_paste(text, out) if self._pasting else self._take_keys(text, out)
        return "".join(out)

    def on_pause(self) -> str:
        """Returns the text to parse after a pause in the input (about 0.1 s)."""
        if self.flooded:
            self.flooded = False
            self._tail = ""
            self._decode(b"", True)
        if self._pasting:
            full = self._collected >= PASTE_LIMIT
            if full or self._clock() - self._heard >= PASTE_TIMEOUT:
                return self._finish_paste()
        return ""

    def _take_keys(self, text: str, out: list[str]) -> str:
        """Passes on keys up to the start of a paste; returns the text behind that start."""
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
        """Collects pasted text up to its end; returns the text behind that end."""
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
        part = text[: PASTE_LIMIT - self._collected]
        if part:
            self._paste.append(part)
            self._collected += len(part)

    def _finish_paste(self) -> str:
        """Returns the collected text, sanitized, and the end-of-paste sequence."""
        text = sanitize("".join(self._paste)) if self._pastes.take(self._collected) else ""
        self._paste.clear()
        self._collected, self._pasting, self._tail = 0, False, ""
        return text + _END
