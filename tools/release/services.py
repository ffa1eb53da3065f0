"""Measures the login on its machine: account, limits, services."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from milatui.ssh.audit.attack import ALT_SCREEN_ON, Attack, AttackResult, run_attack
from milatui.ssh.audit.cases import local_account, login
from milatui.ssh.audit.runner import verdict_counts
from milatui.ssh.audit.ssh_client import SshSession, SshTarget, save_script
from tests.security.testbed.machine import machine_missing
from tests.security.testbed.public_login import public_login
from tests.security.testbed.site import (
    SSHD,
    WARM,
    Site,
    answers,
    back,
    crash,
    empty_site,
    told,
    visitors,
)
from tools.release.table import Table

_POINT = 9
_COMPARES = 20
"""Seconds a first visitor takes to compare the fingerprint of the host key."""
_VISITORS = 3


def neighbours(mode: str, table: Table) -> None:
    """Measures point 9: local users, and visitors who share an address."""
    if os.getuid() != 0:
        raise RuntimeError("only root can make an account for everybody")
    becoming = [one for one in local_account.attacks() if one.title.startswith("su")]
    entry = [one for one in local_account.attacks() if not one.title.startswith("su")]
    held = [one for one in login.attacks() if one.title == "40 connections without login"]
    with public_login(warm=mode == "warm", anonymous=True) as running:
        for what, attacks in (
            ("su by a local user to the account without a password: no shell", becoming),
            ("the account's shell, groups, home, files: nothing to gain", entry),
            ("40 lines that never log in: a visitor of that address enters", held),
        ):
            rows = _tried(attacks, running.target)
            table.note(mode, _POINT, what, *_outcome(rows))
        entered = _first_visit(running.target)
        what = f"a first visitor who compares the fingerprint for {_COMPARES} s: enters"
        table.note(mode, _POINT, what, "entered" if entered else "cut off", entered)


def _tried(attacks: Iterable[Attack], target: SshTarget) -> list[AttackResult]:
    rows = []
    for attack in attacks:
        with tempfile.TemporaryDirectory(prefix="milatui-") as folder:
            rows.append(run_attack(attack, target, Path(folder)))
    return rows


def _outcome(rows: list[AttackResult]) -> tuple[str, bool]:
    """Returns the outcomes of the attacks, and whether none failed."""
    counts = verdict_counts(rows)
    kept = bool(rows) and set(counts) <= {"refused", "contained"}
    if len(rows) == 1:
        return rows[0].found.words, kept
    words = ", ".join(f"{counts[verdict]} {verdict}" for verdict in sorted(counts))
    bad = [row.attack.title for row in rows if row.found.verdict in ("FAILED", "not tried")]
    return f"{len(rows)}: {words}" + (f" ({', '.join(bad)})" if bad else ""), kept


def _first_visit(target: SshTarget) -> bool:
    """Returns whether a visitor who accepts the host key late enters."""
    with tempfile.TemporaryDirectory(prefix="milatui-") as name:
        folder = Path(name)
        yes = save_script(folder, "yes", f"#!/bin/sh\nsleep {_COMPARES}\necho yes\n")
        words = ["ssh", "-F", "none", "-tt", "-p", str(target.port), "-l", target.user]
        words += ["-o", f"UserKnownHostsFile={folder / 'known'}", "-o", "LogLevel=ERROR"]
        words += ["-o", "StrictHostKeyChecking=ask", target.host]
        asking = {"SSH_ASKPASS": str(yes), "SSH_ASKPASS_REQUIRE": "force", "TERM": "xterm"}
        with SshSession(words, 100, 30, asking) as session:
            return session.wait_for(ALT_SCREEN_ON, _COMPARES + 20)


def services(mode: str, table: Table) -> None:
    """Measures point 9: systemd, set up by the how-to; what ends when a service dies."""
    missing = machine_missing()
    if missing:
        raise RuntimeError(missing)
    options = ("--anonymous", *(["--warm"] if mode == "warm" else []))
    with empty_site() as site:
        target = site.set_up(*options)
        for unit in (SSHD, WARM) if mode == "warm" else (SSHD,):
            _crash(mode, table, site, target, unit)
        with visitors(target, _VISITORS) as before:
            if mode == "warm":
                crash(site.machine, WARM)
                back(site.machine, WARM)
            with visitors(target, _VISITORS) as after:
                site.machine.run("systemctl", "stop", SSHD)
                heard = sum(map(told, (*before, *after)))
        what = "systemctl stop, half of the visitors of a warm process that has died: each told"
        table.note(mode, _POINT, what, f"{heard} of {2 * _VISITORS}", heard == 2 * _VISITORS)
        site.undo()
        left = sorted(site.left())
        what = "set up, visited, undone as the how-to says: nothing left"
        table.note(mode, _POINT, what, ", ".join(left)[:200] or "nothing", not left)


def _crash(mode: str, table: Table, site: Site, target: SshTarget, unit: str) -> None:
    with visitors(target, _VISITORS) as sessions:
        crash(site.machine, unit)
        alive = sum(map(answers, sessions))
        returned = back(site.machine, unit)
    what = f"{unit.removesuffix('.service')} killed: no session ends, the service returns"
    found = f"{_VISITORS - alive} ended, " + ("returned" if returned else "did not return")
    table.note(mode, _POINT, what, found, alive == _VISITORS and returned)
