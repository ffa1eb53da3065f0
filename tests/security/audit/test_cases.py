"""Every attack of ``milatui ssh check``, against a real sshd set up by ``milatui ssh config``."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from milatui.ssh.audit.attack import Attack, run_attack
from milatui.ssh.audit.runner import ATTACK_KINDS, all_attacks
from tests.rounds import with_ci
from tests.security.testbed.observer import Observer, files_of
from tests.security.testbed.public_login import Login, public_login
from tests.security.testbed.requirements import skip_without_sshd

LATE = 4
"""Times that an attack is tried which the session does not answer in time."""
SLOW = "a connection without a session"
"""The attack that lasts until the server ends it, after 20 s."""


def _rounds(kind: str) -> list[Attack | ParameterSet]:
    """Returns the attacks of a kind: one that plain ``pytest`` tries, the slow one, the others."""
    attacks = all_attacks([kind])
    quick = [attack for attack in attacks if attack.title != SLOW]
    slow = [attack for attack in attacks if attack.title == SLOW]
    return with_ci(quick[:1], slow, quick[1:])


# The attacks of the last kind lock an address out.
ATTACKS = [attack for kind in ATTACK_KINDS for attack in _rounds(kind)]


def _name(attack: Attack) -> str:
    return f"{attack.kind}: {attack.title}"


@pytest.fixture(scope="module")
def login(request: pytest.FixtureRequest) -> Iterator[Login]:
    """A login of its own: some attacks lock out an address. Nothing may be left of any."""
    skip_without_sshd()
    with public_login() as running, Observer(running) as observer:
        yield running
        # What the attacks name would be there now if one of them had come through.
        assert not observer.programs
        assert not observer.connections
        # To look through the whole disk takes long, too.
        thorough = any(item.get_closest_marker("long") for item in request.session.items)
        if thorough and os.getuid() == 0:
            assert not files_of(running, running.folder / "visitor")


@pytest.mark.parametrize("attack", ATTACKS, ids=_name)
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
