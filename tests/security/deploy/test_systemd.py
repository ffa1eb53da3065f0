"""The services under a real systemd: what a crash ends, what a stop ends, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from milatui.ssh.audit.ssh_client import SshTarget
from tests.security.testbed.site import (
    SSHD,
    WARM,
    Site,
    answers,
    back,
    crash,
    processes,
    told,
    visitors,
)

pytestmark = pytest.mark.long
"""A machine is booted for them."""


@pytest.fixture(scope="module")
def warm(site: Site) -> Iterator[SshTarget]:
    """A login with the warm process, for everybody, set up as the how-to says."""
    target = site.set_up("--anonymous", "--warm")
    yield target
    site.undo()


def test_a_crash_of_the_warm_process_ends_no_session(site: Site, warm: SshTarget) -> None:
    with visitors(warm, 2) as before:
        crash(site.machine, WARM)
        with visitors(warm, 1) as meanwhile:
            assert all(map(answers, before))
            assert back(site.machine, WARM)
            with visitors(warm, 1) as after:
                assert all(map(answers, (*before, *meanwhile, *after)))


def test_a_crash_of_sshd_ends_no_session(site: Site, warm: SshTarget) -> None:
    with visitors(warm, 2) as before:
        crash(site.machine, SSHD)
        assert all(map(answers, before))
        assert back(site.machine, SSHD)
        with visitors(warm, 1) as after:
            assert all(map(answers, (*before, *after)))


def test_a_stop_of_the_warm_process_tells_those_of_one_that_has_crashed(
    site: Site, warm: SshTarget
) -> None:
    with visitors(warm, 2) as orphans:
        crash(site.machine, WARM)
        with visitors(warm, 1) as (fresh,):
            assert back(site.machine, WARM)
            with visitors(warm, 2) as seated:
                site.machine.run("systemctl", "restart", WARM)
                assert all(map(told, (*orphans, *seated)))
            assert answers(fresh)
    assert back(site.machine, WARM)


def test_a_stop_of_sshd_tells_everybody_and_leaves_nothing(site: Site, warm: SshTarget) -> None:
    run = site.machine.run
    with visitors(warm, 1) as orphans:
        crash(site.machine, WARM)
        with visitors(warm, 1) as fresh:
            assert back(site.machine, WARM)
            with visitors(warm, 2) as seated:
                run("systemctl", "stop", SSHD)
                assert all(map(told, (*orphans, *fresh, *seated)))
    (only,) = processes(site.machine).splitlines()
    assert only.split()[0] == site.machine.main_process(WARM)
    assert run("systemctl", "is-failed", SSHD, check=False) == "inactive\n"
    run("systemctl", "start", SSHD)
    assert back(site.machine, SSHD)


def test_a_stop_before_a_crashed_warm_process_returns_leaves_its_sessions(
    site: Site, warm: SshTarget
) -> None:
    run = site.machine.run
    with visitors(warm, 2) as orphans:
        crash(site.machine, WARM)
        run("systemctl", "stop", WARM)
        assert all(map(answers, orphans))
        run("systemctl", "stop", SSHD)
        assert all(map(told, orphans))
    assert processes(site.machine) == ""
    run("systemctl", "start", SSHD, WARM)
    assert back(site.machine, SSHD)
    assert back(site.machine, WARM)


@pytest.mark.parametrize("unit", [SSHD, WARM])
def test_a_stop_does_not_wait_for_a_session_that_hangs(
    unit: str, site: Site, warm: SshTarget
) -> None:
    run = site.machine.run
    with visitors(warm, 1) as (hanging,):
        before = processes(site.machine).split("\n")
        pids = [line.split()[0] for line in before if "ssh warm" in line]
        main = site.machine.main_process(WARM)
        run("kill", "-STOP", *(pid for pid in pids if pid != main))
        run("systemctl", "stop", unit)
        hanging.wait_exit(5)
        assert hanging.process.poll() is not None
    left = processes(site.machine).splitlines()
    assert [line.split()[0] for line in left] == ([main] if unit == SSHD else [])
    assert run("systemctl", "is-failed", unit, check=False) == "inactive\n"
    run("systemctl", "start", unit)
    assert back(site.machine, unit)


_EATER = """\
echo $$ > {group}/cgroup.procs
exec dd if=/dev/zero of=/dev/null bs=600M count=1
"""


def test_the_kernel_kills_one_for_its_memory_and_the_others_go_on(
    site: Site, warm: SshTarget
) -> None:
    run = site.machine.run
    group = run("systemctl", "show", "--property=ControlGroup", "--value", WARM).strip()
    group = f"/sys/fs/cgroup{group}"
    if not site.machine.succeeds("test", "-e", f"{group}/memory.max"):
        pytest.skip("the cgroups of a machine have no limits of memory here")
    run("systemctl", "set-property", "--runtime", WARM, "MemoryMax=400M", "MemorySwapMax=0")
    with visitors(warm, 2) as sessions:
        main = site.machine.main_process(WARM)
        assert not site.machine.succeeds("sh", "-c", _EATER.format(group=group))
        assert "oom_kill 1" in run("cat", f"{group}/memory.events")
        assert all(map(answers, sessions))
        assert site.machine.main_process(WARM) == main


def test_the_services_never_give_up(site: Site, warm: SshTarget) -> None:
    assert warm
    for unit in (SSHD, WARM):
        shown = site.machine.run("systemctl", "show", unit)
        assert "StartLimitIntervalUSec=0\n" in shown
        assert "OOMPolicy=continue\n" in shown
        assert "KillMode=process\n" in shown


def test_the_warm_process_has_three_variables(site: Site, warm: SshTarget) -> None:
    assert warm
    path = f"/proc/{site.machine.main_process(WARM)}/environ"
    names = re.findall(r"(\w+)=", site.machine.run("sh", "-c", f"tr '\\0' '\\n' < {path}"))
    assert sorted(names) == ["HOME", "LANG", "PATH"]
