"""Random keys, clicks, pastes and sizes: whatever comes, the program goes on.

``MILATUI_MONKEY=1000`` gives the number of events of each run; by default it is a short walk.
"""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from tests.program.conftest import Folders
from tests.program.starting import explorer
from tests.rounds import with_ci, with_long
from tests.terminal import KEYS, Terminal

EVENTS = int(os.environ.get("MILATUI_MONKEY", "0"))
SIZES = ((80, 24), (60, 20), (120, 40), (200, 60), (30, 8), (1, 1), (132, 16))
LETTERS = "".join(chr(code) for code in range(0x20, 0x7F) if chr(code) != "q") + "éœ’研究🧠\u0301"
NAMED = tuple(name for name in KEYS if name not in ("ctrl+c",))
RAW = (
    *("\x1b[Z", "\x1bOP", "\x1b[15~", "\x1b[1;5C", "\x1b[200~two\nlines\x1b[201~", "\x04", "\x15"),
    *("\x0b", "\x0e", "\x14", "\x19", "\x1bx", "\x1b[I", "\x1b[O", "\x1b[999;999;999u", "\x00"),
    *("\x1b[<0;5;5M\x1b[<0;5;5m", "\x1b[<64;20;9M", "\x1b[<65;20;9M", "\x1b[<35;3;3M", "\x03"),
)
PROBE = ("Keys ──", "Touches ──")
"""Titles of the help, in the language that was left."""


def _strike(terminal: Terminal, dice: random.Random) -> str:
    """One event; what it was."""
    kind = dice.random()
    if kind < 0.45:
        what = dice.choice(NAMED)
    elif kind < 0.75:
        what = dice.choice(LETTERS)
    elif kind < 0.85:
        what = dice.choice(RAW)
    elif kind < 0.95:
        x, y, button = dice.randint(1, 220), dice.randint(1, 70), dice.choice((0, 0, 2, 64, 65))
        what = f"\x1b[<{button};{x};{y}M\x1b[<{button};{x};{y}m"
    else:
        columns, rows = dice.choice(SIZES)
        terminal.resize(columns, rows)
        return f"{columns}x{rows}"
    terminal.send(what)
    return what


@pytest.mark.parametrize("count", with_ci([12], [60]))
@pytest.mark.parametrize("seed", with_long([1], [2, 3]))
@pytest.mark.parametrize("archive", ["shipped", "hostile"])
def test_nothing_ends_the_program_but_leaving_it(
    indexed: Folders,
    hostile: tuple[str, ...],
    archive: str,
    seed: int,
    count: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Exports, reports and memos are written where the program was started.
    monkeypatch.chdir(tmp_path)
    events = EVENTS or count
    dice = random.Random(seed)
    words = hostile if archive == "hostile" else ()
    done: list[str] = []
    while len(done) < events:
        with explorer(indexed, *words, size=dice.choice(SIZES[:4])) as terminal:
            terminal.wait_for(r"\d+ ·|─ \d+ ─|1 Partners")
            while len(done) < events and terminal.process.poll() is None:
                done.append(_strike(terminal, dice))
                terminal.read_for(dice.choice((0.0, 0.0, 0.01, 0.05)))
            if terminal.process.poll() is None:
                _still_answers(terminal, done)
                terminal.process.send_signal(signal.SIGTERM)
                assert terminal.wait_exit() == 143, done
            # The list of all commands holds one that leaves; then it starts once more.
            assert terminal.wait_exit() in (0, 143), (done, terminal.raw[-5000:])
            assert b"Traceback" not in terminal.raw, done


def _still_answers(terminal: Terminal, done: list[str]) -> None:
    """Whatever is open: Escape leaves it, and a wide screen shows the help when asked."""
    terminal.resize(120, 40)
    for key in ("kitty esc", "kitty esc", "kitty esc", "kitty esc", "4"):
        terminal.send(key)
        terminal.settle()
    terminal.send("?")
    terminal.wait_until(
        lambda: any(title in terminal.text for title in PROBE), f"the help after {done}"
    )
