"""Measures how far the terminal lags behind the output: seconds on a slow line.

A terminal replies to queries in order, so its reply to a status query (DSR 5) proves that all
earlier output has been drawn.  While too much is unacknowledged, intermediate states are not
painted and the newest one is painted later.  A terminal that never replies counts as up to date.
"""

from __future__ import annotations

from collections import deque

DSR_QUERY, DSR_REPLY = "\x1b[5n", "\x1b[0n"
QUERY_EVERY = 1024
"""Characters between two queries."""
MAX_UNACKNOWLEDGED = 4096
"""Characters without acknowledgement above which painting pauses."""
REPLY_TIMEOUT = 10.0
"""Seconds after which a reply counts as lost."""


class OutputFlowControl:
    """Counts what was sent to one terminal and what it has acknowledged."""

    def __init__(self) -> None:
        self._sent = self._queried = self._drawn = 0
        self._open: deque[int] = deque()
        self._replies = False

    def sent(self, amount: int) -> str:
        """Counts ``amount`` characters; returns the query to send after them, often ""."""
        self._sent += amount
        if self._sent - self._queried < QUERY_EVERY:
            return ""
        self._queried = self._sent
        self._open.append(self._sent)
        return DSR_QUERY

    def acknowledge(self) -> None:
        """Counts a reply to the oldest open query; a reply without a query is ignored."""
        if self._open:
            self._replies = True
            self._drawn = self._open.popleft()

    def reset(self) -> None:
        """Treats all output as drawn: the replies were lost."""
        self._drawn = self._sent
        self._open.clear()
        self._replies = False

    @property
    def behind(self) -> bool:
        """Whether too much output is unacknowledged to paint more."""
        unacknowledged = self._sent - self._drawn
        return self._replies and bool(self._open) and unacknowledged > MAX_UNACKNOWLEDGED
