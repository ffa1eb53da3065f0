"""Every attack of ``milatui ssh check``, against a real sshd set up by ``milatui ssh config``."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.ssh.attack import Attack, attempt
from milatui.ssh.checking import attacks
from tests.security.installation import Login


@pytest.mark.parametrize("attack", attacks(), ids=lambda attack: f"{attack.kind}: {attack.title}")
def test_the_server_stands_the_attack(attack: Attack, login: Login, tmp_path: Path) -> None:
    row = attempt(attack, login.target, tmp_path)
    assert row.found.verdict != "FAILED", row.found.words


def test_there_are_many_attacks_of_five_kinds() -> None:
    every = attacks()
    assert len(every) >= 150
    assert {attack.kind for attack in every} == {
        "account", "request", "forwarding", "environment", "session", "login",
    }  # fmt: skip
    assert len({(attack.kind, attack.title) for attack in every}) == len(every)
