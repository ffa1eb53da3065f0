"""Keeps a public login busy for minutes over a real sshd, and prints the effects.

``python -m tools.release.soak [--minutes 10] [--mode warm] [--part cuts] [--part crowd]``

``cuts``: 500 visitors come, and their lines are cut, alone or some together, while others come;
memory and descriptors of the server before and after.  ``crowd``: ten visitors type, paste, resize
and vanish at random beside one whose echoes are timed.  Exit code 1 if something is not as wanted.
The dice fall the same way every time.
"""

from __future__ import annotations

import argparse
import random
import signal
import statistics
import sys
import threading
import time

from milatui.ssh.audit.attack import ALT_SCREEN_ON
from milatui.ssh.audit.ssh_client import SshSession
from tests.security.testbed.faults import Lines, answers, descriptors
from tests.security.testbed.memory import memory_of
from tests.security.testbed.public_login import Login, public_login, sshd_missing
from tools.release.latency import key_to_echo
from tools.release.measures import Measures
from tools.release.table import MODES, Table

CUTS, VISITORS, P95 = 500, 10, 100
_LONGEST_STAY = 45.0
_KEYS = (
    *(b"j", b"k", b"\t", b"\r", b"\x1b", b"1", b"2", b"3", b"4", b"n", b"z", b"s", b"?", b"f"),
    *(b"\x1b[A", b"\x1b[B", b"\x1b[5~", b"\x1b[6~", b"\x1b[H", b"\x1b[F", b"]", b"[", b"y", b"L"),
)
_ENDS = (signal.SIGKILL, signal.SIGHUP, signal.SIGTERM)
_WORDS = ("quantum", "partnership with", "samsung", "intelligence art", "microsft", "health 2021")


def cuts(measures: Measures, seconds: float) -> None:
    """Cuts connections, evenly spread over the time."""
    dice = random.Random(1)
    server = measures.login.processes[0]
    with measures.visitor():
        pass
    measures.settled()
    memory, files = memory_of(server.pid).dirty, descriptors(server.pid)
    began, done = time.monotonic(), 0
    with Lines(measures.login) as lines:
        while done < CUTS:
            number = min(dice.choice((1, 1, 1, 2, 5, 10)), CUTS - done)
            lines.come(number, dice.sample(_ENDS, len(_ENDS)))
            if dice.random() < 0.6:
                lines.wait_for(ALT_SCREEN_ON)
            done += number
            time.sleep(max(began + seconds * done / CUTS - time.monotonic(), 0))
    took = time.monotonic() - began
    gone = measures.nobody_left(2)
    measures.settled()
    memory_after, files_after = memory_of(server.pid).dirty, descriptors(server.pid)
    with measures.visitor() as session:
        served = answers(session) and server.poll() is None
    found = f"{'the same process serves' if served else 'it does not serve'} after {took:.0f} s"
    found += f", {memory:.1f} then {memory_after:.1f} MB, {files} then {files_after} descriptors"
    found += "" if gone else ", sessions left after 2 s"
    kept = served and gone and memory_after - memory <= 5 and files_after <= files
    measures.note(5, f"{CUTS} cut lines: the same process, within 5 MB", found, kept)


class Visitor(threading.Thread):
    """A visitor who enters, types, disappears, and enters again."""

    def __init__(self, login: Login, seed: int, end: threading.Event) -> None:
        super().__init__(daemon=True)
        self._login, self._end = login, end
        self._dice = random.Random(seed)
        self.visits, self.refused = 0, 0

    def run(self) -> None:
        """Visit until the end."""
        while not self._end.is_set():
            with self._login.target.session(columns=120, rows=40) as session:
                self.visits += 1
                if not session.wait_for(ALT_SCREEN_ON, 30):
                    self.refused += 1
                    continue
                self._stay(session, time.monotonic() + self._dice.uniform(1, _LONGEST_STAY))
                session.signal(self._dice.choice(_ENDS))
            self._end.wait(self._dice.uniform(0, 2))

    def _stay(self, session: SshSession, until: float) -> None:
        act = (self._type, self._type, self._search, self._paste, self._resize, self._look)
        while time.monotonic() < until and not self._end.is_set():
            if session.process.poll() is not None:
                return
            self._dice.choice(act)(session)

    def _press(self, session: SshSession, keys: bytes, pause: float) -> None:
        session.send(keys, 1)
        session.settle(pause, pause)

    def _type(self, session: SshSession) -> None:
        for _key in range(self._dice.randrange(1, 30)):
            self._press(session, self._dice.choice(_KEYS), self._dice.uniform(0.03, 0.4))

    def _search(self, session: SshSession) -> None:
        self._press(session, b"\x1b", 0.3)
        for key in "/" + self._dice.choice(_WORDS):
            self._press(session, key.encode(), self._dice.uniform(0.03, 0.3))
        for _key in range(self._dice.randrange(8)):
            self._press(session, b"\x7f", 0.05)
        self._press(session, b"\r", 0.5)

    def _paste(self, session: SshSession) -> None:
        text = self._dice.randbytes(self._dice.randrange(10, 20_000)).hex().encode()
        end = b"\x1b[201~" if self._dice.random() < 0.8 else b""
        self._press(session, b"\x1b[200~" + text + end, self._dice.uniform(0.2, 2))

    def _resize(self, session: SshSession) -> None:
        session.resize(self._dice.randrange(20, 300), self._dice.randrange(5, 100))
        session.signal(signal.SIGWINCH)
        session.settle(0.3, 2)

    def _look(self, session: SshSession) -> None:
        session.settle(self._dice.uniform(0.5, 4), 4)


def crowd(measures: Measures, seconds: float) -> None:
    """Times the echoes of one visitor while others come and go."""
    server, end = measures.login.processes[0], threading.Event()
    visitors = [Visitor(measures.login, seed, end) for seed in range(VISITORS)]
    with measures.visitor() as session:
        session.send(b"j")
        for visitor in visitors:
            visitor.start()
        until, times, asked = time.monotonic() + seconds, list[float](), 0
        while time.monotonic() < until:
            times += key_to_echo(session, 20)
            asked += 20
        served = answers(session)
        end.set()
        for visitor in visitors:
            visitor.join(60)
    gone = measures.nobody_left(5)
    p95 = sorted(times)[int(len(times) * 0.95)] if len(times) > 0.99 * asked else 9999.0
    visits, refused = sum(v.visits for v in visitors), sum(v.refused for v in visitors)
    found = f"p50 {statistics.median(times):.0f}, p95 {p95:.0f}, longest {max(times):.0f} ms"
    found += f" of {len(times)} keys; {visits} visits, {refused} refused"
    found += "" if served and server.poll() is None else "; it does not serve any more"
    found += "" if gone else "; sessions left after 5 s"
    kept = p95 <= P95 and not refused and served and server.poll() is None and gone
    what = f"key to echo beside {VISITORS} visitors at random: p95 {P95} ms"
    measures.note(8, what, found, kept)


def main() -> int:
    """Keeps a login of each mode busy and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=10, help="how long each part takes")
    parser.add_argument("--mode", choices=MODES, action="append", help="only this one")
    parser.add_argument("--part", choices=("cuts", "crowd"), action="append", help="only this part")
    args = parser.parse_args()
    missing = sshd_missing()
    if missing:
        parser.error(missing)
    table = Table()
    for mode in args.mode or MODES:
        for part in (cuts, crowd):
            if part.__name__ in (args.part or ("cuts", "crowd")):
                with public_login(warm=mode == "warm", crowd=True) as login:
                    part(Measures(login, mode, table), 60 * args.minutes)
    print(table.markdown())
    return 0 if table.kept else 1


if __name__ == "__main__":
    sys.exit(main())
