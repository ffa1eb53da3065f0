"""How far the terminal is behind what was sent to it: on a slow line, seconds.

A terminal answers questions in their order, so the answer to "are you well?" (DSR 5) says that
all before it has been drawn.  Who knows how much has not, can paint the latest state instead of
every state between: what a user sees then is never old.  A terminal that does not answer is
believed to keep up.
"""

from __future__ import annotations

from collections import deque

QUESTION, ANSWER = "\x1b[5n", "\x1b[0n"
ASK_EVERY = 1024
"""Characters between two questions."""
BEHIND = 4096
"""Characters under way from which on nothing more is painted."""
PATIENCE = 10.0
"""Seconds after which an answer counts as lost."""


class Pace:
    """What was sent to one terminal, and what it is known to have drawn."""

    def __init__(self) -> None:
        self._sent = self._asked = self._drawn = 0
        self._open: deque[int] = deque()
        self._answers = False

    def sent(self, amount: int) -> str:
        """Count ``amount`` characters; the question to send after them, often ""."""
        self._sent += amount
        if self._sent - self._asked < ASK_EVERY:
            return ""
        self._asked = self._sent
        self._open.append(self._sent)
        return QUESTION

    def answered(self) -> None:
        """The terminal has answered the oldest question; one too many is nobody's."""
        if self._open:
            self._answers = True
            self._drawn = self._open.popleft()

    def forget(self) -> None:
        """Wait for no answer any more: they have been lost on the way."""
        self._drawn = self._sent
        self._open.clear()
        self._answers = False

    @property
    def behind(self) -> bool:
        """Whether so much is under way that more would only be seen late."""
        return self._answers and bool(self._open) and self._sent - self._drawn > BEHIND
