"""Every attack of ``milatui ssh check``, against a real sshd set up by ``milatui ssh config``."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.ssh.audit.attack import Attack, run_attack
from milatui.ssh.audit.runner import all_attacks
from tests.security.testbed.public_login import Login

LATE = 4
"""Times that an attack is tried which the session does not answer in time."""


@pytest.mark.parametrize(
    "attack", all_attacks(), ids=lambda attack: f"{attack.kind}: {attack.title}"
)
def test_the_server_stands_the_attack(attack: Attack, login: Login, tmp_path: Path) -> None:
    # A busy machine answers late at times; what hangs does so each time.
    found = [run_attack(attack, login.target, tmp_path).found]
    while "no answer within" in found[-1].words and len(found) < LATE:
        found.append(run_attack(attack, login.target, tmp_path).found)
    assert found[-1].verdict != "FAILED", found


def test_there_are_many_attacks_of_five_kinds() -> None:
    every = all_attacks()
    assert len(every) >= 150
    assert {attack.kind for attack in every} == {
        "account", "request", "forwarding", "environment", "session", "login",
    }  # fmt: skip
    assert len({(attack.kind, attack.title) for attack in every}) == len(every)
