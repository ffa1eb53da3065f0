"""Runs the attacks one after the other and counts their verdicts."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.i18n import _
from milatui.ssh.audit.attack import ALT_SCREEN_ON, Attack, AttackResult, last_line, run_attack
from milatui.ssh.audit.cases import (
    connections,
    environment_variables,
    forwarding,
    local_account,
    login,
    remote_commands,
    terminal_input,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.ssh.audit.ssh_client import SshTarget

ATTACK_KINDS = ("account", "request", "forwarding", "environment", "session", "login")


def preflight_error(target: SshTarget) -> str:
    """Returns why a visitor cannot enter the server, "" if one can.

    Only then a refusal proves anything.
    """
    if shutil.which("ssh") is None:
        return _("there is no ssh here: install OpenSSH's client")
    with target.session() as session:
        if session.wait_for(ALT_SCREEN_ON, 15):
            session.send(b"q")
            session.wait_exit(5)
            return ""
        return last_line(session.raw.decode("utf-8", "replace")) or _("no answer")


def all_attacks(kinds: Sequence[str] = ATTACK_KINDS) -> list[Attack]:
    """Returns the attacks of these kinds; those that lock out an address come last."""
    every = chain(
        local_account.attacks(),
        remote_commands.attacks(),
        forwarding.attacks(),
        environment_variables.attacks(),
        terminal_input.attacks(),
        connections.attacks(),
        login.attacks(),
    )
    return [attack for attack in every if attack.kind in kinds]


def run_attacks(target: SshTarget, kinds: Sequence[str] = ATTACK_KINDS) -> Iterator[AttackResult]:
    """Runs the attacks and yields each result when it is known."""
    for attack in all_attacks(kinds):
        with tempfile.TemporaryDirectory(prefix="milatui-") as folder:
            yield run_attack(attack, target, Path(folder))


def verdict_counts(rows: Sequence[AttackResult]) -> Counter[str]:
    """Returns the number of results for each verdict."""
    return Counter(row.found.verdict for row in rows)
