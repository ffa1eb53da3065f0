"""Every attack of ``milatui ssh check``, against a real sshd set up by ``milatui ssh config``."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.ssh.audit.attack import Attack, run_attack
from milatui.ssh.audit.runner import all_attacks
from tests.security.testbed.public_login import Login


@pytest.mark.parametrize(
    "attack", all_attacks(), ids=lambda attack: f"{attack.kind}: {attack.title}"
)
def test_the_server_stands_the_attack(attack: Attack, login: Login, tmp_path: Path) -> None:
    row = run_attack(attack, login.target, tmp_path)
    assert row.found.verdict != "FAILED", row.found.words


def test_there_are_many_attacks_of_five_kinds() -> None:
    every = all_attacks()
    assert len(every) >= 150
    assert {attack.kind for attack in every} == {
        "account", "request", "forwarding", "environment", "session", "login",
    }  # fmt: skip
    assert len({(attack.kind, attack.title) for attack in every}) == len(every)
