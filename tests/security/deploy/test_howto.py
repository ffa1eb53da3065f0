"""The how-to, followed to the letter: set up, visit, change the port, undo."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.security.testbed.site import (
    FOLDER,
    SSHD,
    WARM,
    Site,
    answers,
    back,
    blocks,
    processes,
    told,
    visitors,
)

WAYS = [("--anonymous", "--warm"), ()]

pytestmark = pytest.mark.long
"""A machine is booted for them."""


@pytest.mark.parametrize("options", WAYS, ids=["anonymous", "by key"])
def test_what_it_sets_up_it_changes_and_undoes(options: tuple[str, ...], site: Site) -> None:
    target = site.set_up(*options)
    with visitors(target, 1) as (session,):
        (text,) = blocks(site.machine.run("cat", f"{FOLDER}/HOWTO.md"))["To change something"]
        assert "--port 2222" in text
        site.machine.script(text.replace("--port 2222", "--port 2300"))
        assert told(session)
    assert back(site.machine, SSHD, 2300)
    with visitors(replace(target, port=2300), 1) as (session,):
        assert answers(session)
        site.undo()
        assert told(session)
    assert site.left() == set()


def test_its_commands_for_the_foreground_pass_no_variable_on(site: Site) -> None:
    options = ("--anonymous", "--warm")
    (_services, foreground) = site.prepare(*options)
    run = site.machine.run
    # A shell of root's, with a variable that is nobody's business.
    shell = ["systemd-run", "--quiet", "--unit=shell", "--setenv=SECRET=1"]
    run(*shell, "sh", "-c", foreground)
    assert back(site.machine, SSHD)
    assert back(site.machine, WARM)
    (warm,) = [line.split()[0] for line in processes(site.machine).splitlines()]
    variables = run("cat", f"/proc/{warm}/environ")
    assert sorted(part.split("=")[0] for part in variables.split("\0") if part) == [
        "HOME",
        "LANG",
        "PATH",
    ]
    with visitors(site.target(*options), 1) as (session,):
        assert answers(session)
        run(f"{FOLDER}/farewell")
        assert told(session)
    run("systemctl", "stop", "shell")
    run("rm", "-r", "/run/milatui")
    site.undo(services=False)
    assert site.left() == set()
