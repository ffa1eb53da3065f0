"""What a query may cost a process: memory and processor time, typed, pasted, or as a command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable

import pytest

from tests.hostile_queries import LETTERS, hostile_queries
from tests.program.conftest import Folders
from tests.program.starting import FILLED, PROGRAM, explorer
from tests.rounds import some, with_ci
from tests.security.testbed.observer import private_memory
from tests.terminal import Terminal

MOST_MEMORY = 100.0
"""MB that a session may have for itself."""
MORE_MEMORY = 60.0
"""MB that a command may need more than for an ordinary query."""
RATE = 30.0
"""Keys a second: a key that is held down."""
SLOW = 3.0
"""So many times as long as promised a machine that is busy may take."""
QUERIES = hostile_queries()
SOME = ("a letter that folds to four", "ligatures", "expressions for all", "different phrases")


class Typist:
    """A visitor who types into the search field; ``memory`` is the most that was seen, in MB."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self.memory = 0.0

    def begin(self) -> None:
        """Wait for the first screen and put the cursor into the field."""
        self._terminal.wait_for(FILLED)
        self._terminal.settle()
        self._terminal.send("/")
        self.rest()

    def hold(self, keys: Iterable[str]) -> float:
        """Press keys as fast as a held one comes; the seconds of processor time that they cost."""
        before, start = self._terminal.cpu_now, time.monotonic()
        for number, key in enumerate(keys, 1):
            self._terminal.send(key)
            self._terminal.read_for(max(0.001, start + number / RATE - time.monotonic()))
            self._look()
        self.rest()
        return (self._terminal.cpu_now - before) / 1000

    def paste(self, text: str) -> float:
        """Paste a text; the seconds of processor time that it costs."""
        before = self._terminal.cpu_now
        self._terminal.send(f"\x1b[200~{text}\x1b[201~")
        self.rest()
        return (self._terminal.cpu_now - before) / 1000

    def rest(self) -> None:
        """Wait until the program does nothing any more."""
        last = -1.0
        while self._terminal.cpu_now - last > 10:
            last = self._terminal.cpu_now
            for _moment in range(10):
                self._terminal.read_for(0.05)
                self._look()

    def _look(self) -> None:
        self.memory = max(self.memory, private_memory(self._terminal.process.pid))


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        pytest.param(SOME[0], 40, marks=pytest.mark.ci),
        *(pytest.param(name, LETTERS, marks=pytest.mark.long) for name in QUERIES),
    ],
)
def test_a_held_key_costs_little_whatever_it_types(indexed: Folders, name: str, keys: int) -> None:
    with explorer(indexed, "--read-only", size=(120, 40), fresh=True) as terminal:
        typist = Typist(terminal)
        typist.begin()
        # What drawing the keys costs anyway: signs are looked for nowhere.
        echo = typist.hold("-" * keys)
        echo += typist.hold(["backspace"] * keys)
        cost = typist.hold(QUERIES[name][:keys])
        cost += typist.hold(["backspace"] * keys)
        assert typist.memory <= MOST_MEMORY
        assert cost <= SLOW * (echo + 2.0)


@pytest.mark.parametrize(
    "name", with_ci(SOME[:1], SOME[1:2], [name for name in QUERIES if name not in SOME[:2]])
)
def test_a_paste_costs_little_whatever_it_is(indexed: Folders, name: str) -> None:
    with explorer(indexed, "--read-only", size=(120, 40), fresh=True) as terminal:
        typist = Typist(terminal)
        typist.begin()
        assert typist.paste(QUERIES[name]) <= SLOW
        assert typist.memory <= MOST_MEMORY


_WEIGH = """
import os, subprocess, sys
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_process, status, used = os.wait4(child.pid, 0)
print(os.waitstatus_to_exitcode(status), used.ru_maxrss)
"""
"""Weighs a command.  A process counts the memory of the one it comes from: this one is small."""


def _memory_of(env: Folders, words: list[str], lines: str = "") -> float:
    """The most memory of a command, in MB."""
    command = [sys.executable, "-c", _WEIGH, *PROGRAM, "search", *words]
    done = subprocess.run(
        command, input=lines, stdout=subprocess.PIPE, check=True, text=True, env=os.environ | env
    )
    code, size = map(int, done.stdout.split())
    assert code in (0, 1)
    return size / 1024


LONG_QUERIES = (
    "a" * 5_000,
    "\ufdf4" * 3_000,
    "\ufdfa" * 3_000,
    '"the of" ' * 1_000,
    "/.*a.*/ " * 900,
)


@pytest.fixture(scope="session")
def ordinary(indexed: Folders) -> float:
    """The memory of an ordinary query, in MB."""
    return _memory_of(indexed, ["--typing", "laboratory"])


@pytest.mark.parametrize("query", some(LONG_QUERIES, 1), ids=lambda query: query[:8])
def test_a_long_query_needs_little_more_memory_than_a_short_one(
    indexed: Folders, ordinary: float, query: str
) -> None:
    assert _memory_of(indexed, ["--typing", "--", query]) <= ordinary + MORE_MEMORY
    lines = "".join(
        f"{json.dumps({'query': query, 'typing': typing})}\n" for typing in (True, False)
    )
    assert _memory_of(indexed, ["--stdin"], lines) <= ordinary + MORE_MEMORY


@pytest.mark.parametrize("queries", with_ci([40], [150], [2_500]))
def test_a_stream_of_long_queries_does_not_add_them_up(
    indexed: Folders, ordinary: float, queries: int
) -> None:
    words = (f"{'ō' * 9_000}{number}" for number in range(queries))
    lines = "".join(f"{json.dumps({'query': query, 'limit': 1})}\n" for query in words)
    assert _memory_of(indexed, ["--stdin"], lines) <= ordinary + MORE_MEMORY
