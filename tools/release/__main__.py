"""Measures what a release must show about public logins, and prints a table.

``python -m tools.release [--write]`` starts logins of its own on the loopback interface,
fresh and warm, attacks them, fills them with visitors and prints one Markdown table; with
``--write`` it also puts it into SECURITY.md.  Takes a quarter of an hour on two quiet cores; exit
code 1 if a line is not kept.  As root it uses a service account, and sees what attacks leave.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from milatui.ssh.audit.attack import AttackResult
from milatui.ssh.audit.runner import run_attacks, verdict_counts
from tests.security.testbed.faults import EVERY
from tests.security.testbed.observer import Observer, files_of
from tests.security.testbed.public_login import public_login, sshd_missing
from tools.release.latency import echoes
from tools.release.limits import limits, silence
from tools.release.measures import CROWD, FLOODS, HELD, Measures
from tools.release.queries import dear_queries
from tools.release.services import neighbours, services
from tools.release.table import MODES, SECURITY, Table
from tools.release.tampering import tampering
from tools.release.walk import hostile_archive, walk, weigh

PARTS = (*("sessions", "queries", "attacks", "waiting", "hosting", "hostile", "large", "index"),)


def sessions(mode: str, table: Table) -> None:
    """Measures points 3 to 8 that need the machine for themselves."""
    with public_login(warm=mode == "warm", crowd=True) as login:
        measures = Measures(login, mode, table)

        every: list[tuple[int, str, Callable[[], None]]] = [
            (7, "cost of a session", measures.start),
            (8, "echoes", partial(echoes, measures)),
            *((7, f"{n} visitors at once", partial(measures.at_once, n)) for n in (HELD, CROWD)),
            *((4, name, partial(measures.flood, name, data)) for name, data in FLOODS),
            (5, "what is left", measures.orphans),
            (3, "environment", measures.environment),
            *((5, fault.__name__, partial(fault, measures)) for fault in EVERY[mode]),
            (6, "stopping", measures.stopping),
        ]
        for point, what, measure in every:
            table.attempt(mode, point, what, measure)
            measures.nobody_left(20)


def queries(mode: str, table: Table) -> None:
    """Measures point 4 for queries."""
    with public_login(warm=mode == "warm", crowd=True) as login:
        dear_queries(Measures(login, mode, table))


def attacks(mode: str, table: Table) -> None:
    """Point 1."""
    with public_login(warm=mode == "warm") as login:
        with Observer(login) as observer:
            rows = list(run_attacks(login.target))
        as_root = os.getuid() == 0
        left = files_of(login, login.folder / "visitor") if as_root else []
    counts = verdict_counts(rows)
    # Only root can run those on the account; point 9 has them, too.
    tried = [row for row in rows if row.attack.kind != "account" or os.getuid() == 0]
    bad = [row.attack.title for row in tried if row.found.verdict in ("FAILED", "not tried")]
    words = f"{len(rows)}: {counts['refused']} refused, {counts['contained']} contained"
    words += f", {len(bad)} not ({', '.join(bad)})" if bad else ", none failed"
    what = "attacks on a real sshd, at least 40: each refused or contained"
    table.note(mode, 1, what, words, not bad and len(rows) >= 40)
    for what, titles in (
        ("X11 forwarding: refused", ("X11, untrusted", "X11, trusted")),
        ("agent forwarding: refused, no channel", ("an agent",)),
    ):
        table.note(mode, 1, what, *_outcome(rows, titles))
    traces = sorted((*left, *observer.programs, *observer.connections))
    found = f"{len(left)}, {len(observer.programs)}, {len(observer.connections)}"
    found += f": {', '.join(traces)[:200]}" if traces else ""
    found += "" if as_root else " (files not looked for: not root)"
    table.note(
        mode,
        1,
        "files written, programs started, connections made: 0",
        found,
        as_root and not traces,
    )


def _outcome(rows: Sequence[AttackResult], titles: Sequence[str]) -> tuple[str, bool]:
    """Returns the outcomes of the attacks with these titles, and whether none failed."""
    found = [row.found for row in rows if row.attack.title in titles]
    kept = all(one.verdict in ("refused", "contained") for one in found)
    return "; ".join(sorted({one.words for one in found})), kept and len(found) == len(titles)


def at_the_same_time(
    tasks: Sequence[tuple[str, int, str, Callable[[], None]]], table: Table
) -> None:
    """Runs measurements that do not disturb each other, each in a thread."""
    threads = [threading.Thread(target=table.attempt, args=task) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def measure(table: Table, modes: Sequence[str], parts: Sequence[str]) -> None:
    """Measures the chosen parts, one after the other."""
    if "sessions" in parts:
        for mode in modes:
            table.attempt(mode, 7, "sessions", partial(sessions, mode, table))
    if "queries" in parts:
        for mode in modes:
            table.attempt(mode, 4, "dear queries", partial(queries, mode, table))
    if "index" in parts:
        # The owner's commands do not depend on the mode.
        with public_login() as login:
            tampering(modes[0], table, login)
    tasks: list[tuple[str, int, str, Callable[[], None]]] = []
    for mode in modes:
        if "waiting" in parts:
            tasks.append((mode, 6, "limits", partial(limits, mode, table)))
            tasks.append((mode, 5, "a silent line", partial(silence, mode, table)))
        if "attacks" in parts:
            tasks.append((mode, 1, "attacks", partial(attacks, mode, table)))
    at_the_same_time(tasks, table)
    if "hosting" in parts:
        for mode in modes:
            table.attempt(mode, 9, "neighbours", partial(neighbours, mode, table))
            table.attempt(mode, 9, "services under systemd", partial(services, mode, table))
    folder = Path(tempfile.mkdtemp(prefix="milatui-release-"))
    folder.chmod(0o755)
    try:
        if "hostile" in parts:
            archive = hostile_archive(folder)
            at_the_same_time(
                [(m, 2, "hostile documents", partial(walk, m, table, archive)) for m in modes],
                table,
            )
        if "large" in parts:
            table.attempt(modes[0], 7, "a large archive", partial(weigh, table, folder, modes))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="put the table into SECURITY.md")
    parser.add_argument("--mode", choices=MODES, action="append", help="only this one")
    parser.add_argument("--part", choices=PARTS, action="append", help="only this part")
    args = parser.parse_args()
    if args.write and (args.mode or args.part):
        parser.error("half a table is not written")
    missing = sshd_missing()
    if missing:
        parser.error(missing)
    table = Table()
    measure(table, args.mode or MODES, args.part or PARTS)
    print(table.markdown())
    if args.write:
        table.write(SECURITY)
    return 0 if table.kept else 1


if __name__ == "__main__":
    sys.exit(main())
