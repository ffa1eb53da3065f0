"""The account of a public login, tried by a local user: it is no way to a shell."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from milatui.ssh.audit.attack import Attack, run_attack
from milatui.ssh.audit.cases.local_account import attacks
from tests.rounds import some
from tests.security.testbed.public_login import Login, public_login, sshd_missing
from tests.security.testbed.requirements import skip_or_fail
from tests.security.testbed.site import PYTHON, Site

ATTACKS = list(attacks())
WAYS = [
    pytest.param(False, id="by key"),
    pytest.param(True, id="anonymous", marks=pytest.mark.long),
]


@pytest.fixture(scope="module", params=WAYS)
def login(request: pytest.FixtureRequest) -> Iterator[Login]:
    """A public login whose account is a real one."""
    skip_or_fail(sshd_missing() or needs_root(), "MILATUI_NEEDS_SSHD")
    with public_login(anonymous=request.param) as running:
        yield running


def needs_root() -> str:
    return "" if os.getuid() == 0 else "only root can make an account"


@pytest.mark.parametrize("attack", some(ATTACKS, 4), ids=lambda attack: attack.title)
def test_a_local_user_gets_no_shell(attack: Attack, login: Login, tmp_path: Path) -> None:
    row = run_attack(attack, login.target, tmp_path)
    assert row.found.verdict in ("refused", "contained"), row.found.words


_TRIED = """\
import json, pathlib, tempfile
from milatui.ssh.audit.cases.local_account import attacks
from milatui.ssh.audit.attack import run_attack
from milatui.ssh.audit.ssh_client import SshTarget
target = SshTarget("127.0.0.1", 2222, "careless")
place = pathlib.Path(tempfile.mkdtemp())
found = {one.title: run_attack(one, target, place).found for one in attacks()}
print(json.dumps({title: [each.verdict, each.words] for title, each in found.items()}))
"""


@pytest.mark.long
def test_an_account_with_a_shell_and_no_password_fails(site: Site) -> None:
    """As the how-to of 0.1.0 made it, on a machine that is thrown away: these attacks can tell."""
    site.machine.script("useradd --system --shell /bin/sh careless; passwd -d careless")
    found = json.loads(site.machine.run(PYTHON, "-I", "-c", _TRIED))
    failed = {title for title, (verdict, _words) in found.items() if verdict == "FAILED"}
    assert "the login shell" in failed
    # Where no program accepts an empty password, su does not either.
    if "nullok" in found["the password"][1]:
        assert failed > {title for title in found if title.startswith("su")}
        assert "the password" in failed


def test_the_account_of_another_machine_is_not_looked_at(login: Login, tmp_path: Path) -> None:
    target = replace(login.target, host="192.0.2.1")
    for attack in ATTACKS:
        assert run_attack(attack, target, tmp_path).found.verdict == "not tried"


def test_an_account_that_owns_or_shares_something_fails(login: Login, tmp_path: Path) -> None:
    launcher = login.settings.launcher
    look = {attack.title: attack for attack in ATTACKS}["files it may change"]
    launcher.chmod(0o757)
    try:
        found = run_attack(look, login.target, tmp_path).found
    finally:
        launcher.chmod(0o755)
    assert (found.verdict, found.words) == ("FAILED", str(launcher))


@pytest.mark.parametrize(("start", "verdict"), [("-p", "contained"), ("", "FAILED")])
def test_where_sh_is_bash_it_needs_to_be_told(
    start: str, verdict: str, login: Login, tmp_path: Path
) -> None:
    """bash takes functions and tracing from variables, unless it is started with -p."""
    named = {attack.title: attack for attack in ATTACKS}
    told = run_attack(named["the password"], login.target, tmp_path).found.words
    if "nullok" not in told or not Path("/bin/bash").exists():
        pytest.skip("needs an account that everybody becomes by su, and bash")
    shell = login.settings.shell
    text = shell.read_text(encoding="utf-8")
    try:
        shell.write_text(text.replace("#!/bin/sh -p", f"#!/bin/bash {start}"), encoding="utf-8")
        found = run_attack(named["su with variables"], login.target, tmp_path).found
    finally:
        shell.write_text(text, encoding="utf-8")
    assert found.verdict == verdict
