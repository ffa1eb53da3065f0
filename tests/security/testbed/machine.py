"""Runs a container with systemd over a throw-away copy of this machine's files.

It needs root, ``systemd-nspawn``, and an overlay file system.  Nothing of it outlives the test:
accounts, units and files are made in memory.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from milatui.ssh.audit.ssh_client import SshTarget
from tests.security.testbed.observer import wait_until
from tests.terminal import PATIENCE

_INIT = Path("/lib/systemd/systemd")
_CGROUPS = Path("/sys/fs/cgroup")
_BOOT = """\
set -e
for place in $CGROUPS; do echo $$ > "$place/cgroup.procs"; done
cd "$1"
mount -t tmpfs -o mode=755 machine .
cd "$1"
mkdir upper work root
mount -t overlay -o lowerdir=/,upperdir=upper,workdir=work machine root
shift
exec "$@"
"""
_SSH = """\
#!/bin/sh
exec nsenter --net --target {leader} {ssh} "$@"
"""


def machine_missing() -> str:
    """Returns why no machine with systemd can be started here, or ""."""
    if os.getuid() != 0:
        return "only root can start a machine with systemd"
    for name in ("systemd-nspawn", "nsenter", "unshare"):
        if shutil.which(name) is None:
            return f"{name} is not installed"
    if not _INIT.exists():
        return "systemd is not installed"
    if not all(os.access(top, os.W_OK) for top in _hierarchies()):
        return "no cgroups can be made here"
    with tempfile.TemporaryDirectory() as folder:
        words = _in_own_mounts(Path(folder), ["true"])
        ended = subprocess.run(words, capture_output=True, text=True, check=False)
    return f"no overlay can be mounted here: {ended.stderr.strip()}" if ended.returncode else ""


def _in_own_mounts(folder: Path, words: Sequence[str]) -> list[str]:
    return ["unshare", "--mount", "sh", "-c", _BOOT, "sh", str(folder), *words]


@dataclass(frozen=True, slots=True)
class Machine:
    """A running machine; ``leader`` is its first process, seen from outside."""

    folder: Path
    leader: int

    def run(self, *words: str, check: bool = True) -> str:
        """Runs a program inside as root; returns its output.

        Raises:
            RuntimeError: it has failed, with ``check``.
        """
        inside = ["nsenter", "--all", "--target", str(self.leader), "--", *words]
        clean = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root"}
        ended = subprocess.run(inside, capture_output=True, text=True, env=clean, check=False)
        if check and ended.returncode:
            raise RuntimeError(f"{words}: {ended.stdout}{ended.stderr}")
        return ended.stdout

    def succeeds(self, *words: str) -> bool:
        """Returns whether a program inside ends with status 0."""
        inside = ["nsenter", "--all", "--target", str(self.leader), "--", *words]
        return subprocess.run(inside, capture_output=True, check=False).returncode == 0

    def script(self, text: str) -> str:
        """Runs a shell script inside; it ends at the first command that fails."""
        return self.run("sh", "-euc", text)

    def main_process(self, unit: str) -> str:
        """Returns the id of a service's main process as seen inside, "0" if there is none."""
        return self.run("systemctl", "show", "--property=MainPID", "--value", unit).strip()

    def reach(self, target: SshTarget) -> SshTarget:
        """Returns ``target`` with an ``ssh`` that starts within the network of the machine."""
        folder = self.folder / "bin"
        if not folder.exists():
            folder.mkdir()
            ssh = folder / "ssh"
            text = _SSH.format(leader=self.leader, ssh=shutil.which("ssh"))
            ssh.write_text(text, encoding="utf-8")
            ssh.chmod(0o755)
        return replace(target, environment={"PATH": f"{folder}:{os.environ['PATH']}"})


@contextlib.contextmanager
def machine(shared: dict[Path, str]) -> Iterator[Machine]:
    """Boots a machine; ``shared`` maps folders to their paths inside."""
    name = f"milatui-{os.getpid()}"
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix=f"{name}-")))
        (folder / "disk").mkdir()
        groups = stack.enter_context(_own_cgroups(name))
        # If the tests are killed, the machine ends, too.
        words = [
            "setpriv",
            "--pdeathsig=TERM",
            "systemd-nspawn",
            "--quiet",
            f"--machine={name}",
            "--register=no",
        ]
        words += ["--keep-unit"] if groups else []
        words += ["--private-network", "--link-journal=no", "--console=pipe"]
        words += [f"--directory={folder / 'disk' / 'root'}"]
        words += [f"--bind={outside}:{inside}" for outside, inside in shared.items()]
        words += [str(_INIT), "--unit=basic.target"]
        log = stack.enter_context((folder / "log").open("wb"))
        process = subprocess.Popen(
            _in_own_mounts(folder / "disk", words),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "CGROUPS": " ".join(map(str, groups))},
        )
        stack.callback(_stop, process)
        assert wait_until(lambda: _systemd_of(process) or process.poll() is not None)
        assert process.poll() is None, (folder / "log").read_text(encoding="utf-8")
        running = Machine(folder, _systemd_of(process))
        words = ["systemctl", "is-active", "basic.target"]
        booted = wait_until(lambda: running.run(*words, check=False) == "active\n", 60)
        assert booted, running.run("systemctl", "list-jobs", check=False)
        yield running


def _systemd_of(process: subprocess.Popen[bytes]) -> int:
    """Returns the systemd that the process has started, 0 if there is none yet."""
    with contextlib.suppress(OSError):
        path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        for child in path.read_text(encoding="ascii").split():
            if Path(f"/proc/{child}/comm").read_text(encoding="utf-8") == "systemd\n":
                return int(child)
    return 0


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Kills the first process; with it the kernel kills every other of the machine."""
    leader = _systemd_of(process)
    if leader:
        os.kill(leader, signal.SIGKILL)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(PATIENCE)
    process.kill()
    process.wait(PATIENCE)


def _hierarchies() -> list[Path]:
    """Returns the cgroup hierarchies of systemd's own; none where systemd runs and makes scopes."""
    if Path("/run/systemd/system").exists():
        return []
    tops = [_CGROUPS, _CGROUPS / "unified", _CGROUPS / "systemd"]
    return [top for top in tops if (top / "cgroup.procs").exists()]


@contextlib.contextmanager
def _own_cgroups(name: str) -> Iterator[list[Path]]:
    """Makes cgroups for one machine, so that parallel machines do not share theirs."""
    groups = [top / name for top in _hierarchies()]
    for group in groups:
        group.mkdir()
    try:
        yield groups
    finally:
        for group in groups:
            _remove_cgroup(group)


def _remove_cgroup(group: Path) -> None:
    for path in sorted(group.rglob("*"), key=lambda path: -len(path.parts)):
        if path.is_dir():
            path.rmdir()
    end = time.monotonic() + PATIENCE
    while group.exists():
        with contextlib.suppress(OSError):
            group.rmdir()
        assert time.monotonic() < end, f"{group} is still in use"
