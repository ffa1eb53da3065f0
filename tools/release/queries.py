"""Measures the cost of expensive queries in a public login, alone and six at a time."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Sequence

from milatui.ssh.audit.ssh_client import SshSession
from tests.hostile_queries import LETTERS, hostile_queries
from tests.security.testbed.observer import private_memory, processor_time
from tools.release.measures import Measures

RATE = 30.0
"""Keys per second of a key that is held down."""
TYPED = (
    "a letter that folds to four",
    "one word",
    "words",
    "misspelt words",
    "expressions",
    "phrases",
)
"""Queries that are typed and deleted; all of them are pasted."""
_BACKSPACE = b"\x7f"
_EMPTY = b"\x15"
"""Ctrl-U: deletes to the left."""


def dear_queries(measures: Measures) -> None:
    """Measures point 4: memory and CPU time of hostile queries, and of six visitors."""
    queries = hostile_queries()
    with measures.visitor() as session:
        (process,) = measures.explorers()
        field = _Field(process, session)
        # Drawing any key costs something; punctuation alone starts no search.
        drawing = field.hold([b"-"] * LETTERS), field.hold([_BACKSPACE] * LETTERS)
        worst = 0.0
        for name in TYPED:
            keys = [letter.encode() for letter in queries[name]]
            worst = max(worst, field.hold(keys) - drawing[0])
            worst = max(worst, field.hold([_BACKSPACE] * LETTERS) - drawing[1])
        found = f"{field.memory:.0f} MB, {worst / 1000:.2f} s (drawing {drawing[0] / 1000:.1f} s)"
        what = f"{LETTERS} letters typed and deleted, {len(TYPED)} kinds: 100 MB, 1 s of CPU"
        measures.note(4, what, found, field.memory <= 100 and worst <= 1000)
        worst = 0.0
        for query in queries.values():
            worst = max(worst, field.paste(query))
            session.send(_EMPTY)
            field.rest()
        found = f"{field.memory:.0f} MB, {worst / 1000:.2f} s"
        what = f"{LETTERS} letters pasted, {len(queries)} kinds: 100 MB, 1 s of CPU"
        measures.note(4, what, found, field.memory <= 100 and worst <= 1000)
    measures.nobody_left()
    _six(measures, [queries[name] for name in TYPED])
    measures.nobody_left()


def _six(measures: Measures, queries: Sequence[str]) -> None:
    with contextlib.ExitStack() as stack:
        visitors = [stack.enter_context(measures.visitor()) for _query in queries]
        most = 0.0
        for visitor in visitors:
            visitor.send(b"/")
        for number in range(2 * LETTERS):
            began = time.monotonic()
            for visitor, query in zip(visitors, queries, strict=True):
                key = query[number].encode() if number < len(query) else _BACKSPACE
                visitor.send(key, 1)
                visitor.read(0)
            if number % 10 == 0:
                most = max(most, sum(map(private_memory, measures.explorers())))
            time.sleep(max(0.0, began + 1 / RATE - time.monotonic()))
    what = "six such visitors at the same time: 400 MB together"
    measures.note(4, what, f"{most:.0f} MB", most <= 400)


class _Field:
    """The search field of a session; ``memory`` is the peak of its private memory."""

    def __init__(self, process: int, session: SshSession) -> None:
        self._process, self._session = process, session
        self.memory = 0.0
        session.send(b"/")
        self.rest()

    def hold(self, keys: Sequence[bytes]) -> float:
        """Presses keys at the rate of a held key; returns the milliseconds of CPU time."""
        before, start = processor_time(self._process), time.monotonic()
        for number, key in enumerate(keys, 1):
            self._session.send(key, 1)
            while (left := start + number / RATE - time.monotonic()) > 0:
                self._session.read(left)
            if number % 5 == 0:
                self._look()
        self.rest()
        return processor_time(self._process) - before

    def paste(self, text: str) -> float:
        """Pastes a text; returns the milliseconds of CPU time."""
        before = processor_time(self._process)
        self._session.send(b"\x1b[200~" + text.encode() + b"\x1b[201~")
        self.rest()
        return processor_time(self._process) - before

    def rest(self) -> None:
        """Waits until the process is idle."""
        last = -1.0
        while (now := processor_time(self._process)) - last > 5:
            last = now
            self._session.settle(0.3, 1)
            self._look()

    def _look(self) -> None:
        self.memory = max(self.memory, private_memory(self._process))
