"""A public login on a machine with systemd, set up by its how-to."""

from __future__ import annotations

import contextlib
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from milatui.ssh.audit.attack import ALT_SCREEN_OFF, ALT_SCREEN_ON
from milatui.ssh.audit.ssh_client import SshSession, SshTarget
from tests.security.testbed.machine import Machine, machine
from tests.security.testbed.observer import wait_until
from tests.security.testbed.program import install
from tests.terminal import PATIENCE

FOLDER = "/etc/milatui"
PYTHON = "/opt/milatui/bin/python3"
SSHD, WARM = "milatui-sshd.service", "milatui-warm.service"
_GOODBYE = b"The server is ending this session"

_OF_SYSTEMD = 4
"""How many of the commands that undo everything are only for machines with systemd."""


def blocks(howto: str) -> dict[str, list[str]]:
    """Returns the blocks of commands in the how-to, by the title of their section."""
    found: dict[str, list[str]] = {}
    title, block = "", ""
    for line in [*howto.splitlines(), "# end"]:
        if line.startswith("       "):
            block += line[7:] + "\n"
            continue
        if block and line.strip():
            found.setdefault(title, []).append(block)
            block = ""
        heading = re.match(r"(?:#+|\d+\.) ([^.]+)", line)
        title = heading[1] if heading else title
    return found


@dataclass
class Site:
    """A machine with the program, and its state before."""

    machine: Machine
    key: Path
    before: set[str]

    def set_up(self, *options: str) -> SshTarget:
        """Makes the files and follows their how-to, up to the running services."""
        (services, _foreground) = self.prepare(*options)
        self.machine.script(services)
        assert back(self.machine, SSHD)
        if "--warm" in options:
            assert back(self.machine, WARM)
        return self.target(*options)

    def prepare(self, *options: str) -> list[str]:
        """Follows the how-to up to the services; returns two ways to start them."""
        run = self.machine.run
        run(PYTHON, "-I", "-m", "milatui", "ssh", "config", "--into", FOLDER, *options)
        steps = blocks(run("cat", f"{FOLDER}/HOWTO.md"))
        for title, commands in steps.items():
            if title == "The services":
                break
            self.machine.script(f"cd {FOLDER}\n{''.join(commands)}")
        return [f"cd {FOLDER}\n{block}" for block in steps["The services"]]

    def target(self, *options: str) -> SshTarget:
        """Returns the login as a visitor names it."""
        identity = "" if "--anonymous" in options else str(self.key)
        return self.machine.reach(SshTarget("127.0.0.1", 2222, "archive", identity))

    def undo(self, *, services: bool = True) -> None:
        """Follows the how-to to undo everything, ``services`` if systemd knows them."""
        (text,) = blocks(self.machine.run("cat", f"{FOLDER}/HOWTO.md"))["To undo everything"]
        lines = text.splitlines(keepends=True)
        self.machine.script("".join(lines if services else lines[_OF_SYSTEMD:]))

    def left(self) -> set[str]:
        """Returns what was not there before: files, accounts, units, processes."""
        return _inventory(self.machine) - self.before


def _inventory(running: Machine) -> set[str]:
    # Where programs of the machine underneath come and go, as those of other tests do, is left out.
    places = ("/etc", "/home", "/run", "/srv", "/usr/local/bin", "/var/mail", "/var/spool")
    # What passwd and its kin keep of the file before the last change is theirs.
    left_out = "-not -path /run/systemd/* -not -path /run/log/* -not -name *-"
    words = ["find", *places, "-xdev", *left_out.split()]
    found = set(running.run(*words).splitlines())
    found |= set(running.run("getent", "passwd").splitlines())
    found |= set(running.run("getent", "group").splitlines())
    words = ["systemctl", "list-units", "--all", "--plain", "--no-legend", "milatui*"]
    found |= set(running.run(*words).splitlines())
    return found | set(running.run("ps", "-eo", "user=").split())


@contextlib.contextmanager
def empty_site() -> Iterator[Site]:
    """Boots a machine with the program, on which nothing is set up."""
    with contextlib.ExitStack() as stack:
        # Not below /tmp, which the services do not see.
        name = tempfile.mkdtemp(prefix="milatui-", dir="/var/tmp")
        stack.callback(subprocess.run, ["rm", "-r", name], check=True)
        folder = Path(name)
        folder.chmod(0o755)
        install(folder)
        running = stack.enter_context(machine({folder / "venv": "/opt/milatui"}))
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(folder / "visitor")]
        subprocess.run(words, check=True)
        public = (folder / "visitor.pub").read_text(encoding="utf-8")
        # Accounts that other tests make underneath from now on are not seen here.
        running.script("touch /etc/passwd /etc/group /etc/shadow /etc/gshadow")
        running.script(f"echo '{public.strip()}' > /root/visitor.pub; mkdir -p /run/sshd")
        yield Site(running, folder / "visitor", _inventory(running))


@contextlib.contextmanager
def visitors(target: SshTarget, number: int) -> Iterator[list[SshSession]]:
    """Opens sessions and waits until they have painted."""
    with contextlib.ExitStack() as stack:
        sessions = [stack.enter_context(target.session()) for _ in range(number)]
        for session in sessions:
            enter(session)
        yield sessions


def enter(session: SshSession) -> None:
    assert session.wait_for(ALT_SCREEN_ON, PATIENCE), bytes(session.raw)
    session.settle()


def answers(session: SshSession) -> bool:
    """Returns whether the explorer answers a key."""
    session.settle(0.1, 1)
    session.skip_output()
    session.send(b"?")
    return session.process.poll() is None and session.read(PATIENCE)


def told(session: SshSession) -> bool:
    """Returns whether the session ended with its message after the terminal reset."""
    session.wait_exit(PATIENCE)
    return (
        _GOODBYE in bytes(session.raw).rpartition(ALT_SCREEN_OFF)[2]
        and ALT_SCREEN_OFF in session.raw
    )


def crash(running: Machine, unit: str) -> str:
    """Kills the main process of a service with SIGKILL; returns its id."""
    process = running.main_process(unit)
    assert process != "0"
    running.run("kill", "-KILL", process)
    assert wait_until(lambda: running.main_process(unit) != process)
    return process


def back(running: Machine, unit: str, port: int = 2222) -> bool:
    """Returns whether the service runs and visitors reach it."""
    if unit == WARM:
        place = ["test", "-S", "/run/milatui/warm"]
        return wait_until(lambda: running.succeeds(*place))
    # A line of the table: number, own address, other address, state (0A: listening).
    listening = re.compile(rf"(?m)^ *\d+: \w+:{port:04X} \w+:0000 0A ")
    return wait_until(lambda: bool(listening.search(running.run("cat", "/proc/net/tcp"))))


def processes(running: Machine) -> str:
    """Returns the processes of the account."""
    return running.run("ps", "-ww", "-U", "archive", "-o", "pid=,args=", check=False)
