"""A public login for the tests: its own installation, an account, sshd on loopback.

As root everything runs under a service account that owns nothing; otherwise under the
account of whoever runs the tests.
"""

from __future__ import annotations

import contextlib
import getpass
import os
import pwd
import re
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from milatui.ssh.audit.ssh_client import SshTarget
from milatui.ssh.deploy.deployment_files import render_files, write_files
from milatui.ssh.deploy.settings import LoginSettings
from milatui.ssh.deploy.sshd import openssh_version
from tests.security.testbed.program import bundled_archive, copy_bundled_index, install, make_index
from tests.security.testbed.sockets import is_listening
from tests.terminal import PATIENCE

_PREFIX = "milatui-test-"
"""Accounts of tests begin with it; the number of the process that made them follows."""
_NO_SUCH_ACCOUNT = 6
"""Exit code of userdel."""
_FIRST_PORT = 10_000
"""The lowest port that a login of the tests listens at."""
SSHD = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin")


def sshd_missing() -> str:
    """Returns why sshd cannot run here, or ""."""
    if SSHD is None or shutil.which("ssh") is None:
        return "openssh-server and openssh-client are not installed"
    return ""


@dataclass
class Login:
    """A running public login."""

    settings: LoginSettings
    target: SshTarget
    folder: Path
    account: str
    python: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def uid(self) -> int:
        """The user id of the account."""
        return pwd.getpwnam(self.account).pw_uid

    @property
    def log(self) -> str:
        """Returns what sshd has logged so far."""
        return (self.folder / "sshd.log").read_text(encoding="utf-8", errors="replace")

    def sessions(self) -> list[int]:
        """Returns the processes of explorers, by the index they were started with."""
        mark = os.fsencode(self.settings.index)
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    words = (entry / "cmdline").read_bytes()
                    if mark in words and b"python" in words.split(b"\0")[0]:
                        found.append(int(entry.name))
        return found

    def as_account(self, words: list[str]) -> list[str]:
        """Returns a command line that runs ``words`` under the account."""
        if os.getuid() != 0:
            return words
        user = pwd.getpwnam(self.account)
        # sshd gives terminals to the group tty. Where /dev/pts does so by itself (everywhere
        # but in some containers), the account need not be in that group.
        groups = "--clear-groups" if _ttys_have_their_group() else "--groups=tty"
        return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", groups,
                "--no-new-privs", *words]  # fmt: skip


def _ttys_have_their_group() -> bool:
    mounts = Path("/proc/mounts").read_text(encoding="utf-8").splitlines()
    return any(" /dev/pts " in line and "gid=" in line for line in mounts)


@contextlib.contextmanager
def account(shell: Path, *, anonymous: bool = False) -> Iterator[str]:
    """Makes an account as the how-to does if we are root; else yields our own.

    If ``anonymous``, its password is empty, for which we must be root.
    """
    if os.getuid() != 0:
        yield getpass.getuser()
        return
    _remove_accounts_left_over()
    name = f"{_PREFIX}{os.getpid()}-{secrets.token_hex(2)}"
    words = ["useradd", "--system", "--user-group", "--no-create-home", "--home-dir", "/"]
    words += ["--shell", str(shell), "--password", "" if anonymous else "*", name]
    # The shell is not there yet, which useradd warns of.
    subprocess.run(words, check=True, stderr=subprocess.DEVNULL)
    try:
        yield name
    finally:
        _remove_account(name)


def _remove_accounts_left_over() -> None:
    """Removes the accounts of tests that were killed."""
    for entry in pwd.getpwall():
        owner = entry.pw_name.removeprefix(_PREFIX).partition("-")[0]
        ours = entry.pw_name.startswith(_PREFIX) and owner.isdigit()
        if ours and not Path("/proc", owner).exists():
            _remove_account(entry.pw_name)


def _remove_account(name: str) -> None:
    """Removes an account of the tests and kills its processes."""
    try:
        uid = pwd.getpwnam(name).pw_uid
    except KeyError:
        return
    end = time.monotonic() + PATIENCE
    gone = (0, _NO_SUCH_ACCOUNT)  # other tests remove what is left over, too
    while (
        subprocess.run(["userdel", name], capture_output=True, check=False).returncode not in gone
    ):
        assert time.monotonic() < end, f"{name} cannot be removed"
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if entry.name.isdigit() and entry.stat().st_uid == uid:
                    os.kill(int(entry.name), signal.SIGKILL)
        time.sleep(0.1)


def free_port() -> int:
    """Returns a port that is free now, and that the system gives to nobody who names none."""
    given = Path("/proc/sys/net/ipv4/ip_local_port_range")
    first = int(given.read_text(encoding="ascii").split()[0]) if given.exists() else 32_768
    while True:
        port = secrets.choice(range(_FIRST_PORT, max(first, _FIRST_PORT + 1_000)))
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


@contextlib.contextmanager
def public_login(
    archive: Path | None = None,
    *,
    warm: bool = False,
    idle: int = 15,
    longest: int = 240,
    crowd: bool = False,
    index: Path | None = None,
    anonymous: bool = False,
    prepare: Callable[[Login], None] | None = None,
) -> Iterator[Login]:
    """Sets up a public login to ``archive`` (default: the bundled one), as the how-to says.

    With ``crowd`` one address may open a hundred connections at once.  ``index`` is one that
    is there already.  If ``anonymous``, visitors need no key; only root can set that up.
    ``prepare`` is called before anything is started.
    """
    folder = Path(tempfile.mkdtemp(prefix="milatui-ssh-"))
    folder.chmod(0o755)
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        name = stack.enter_context(account(folder / "etc" / "shell", anonymous=anonymous))
        limits = {"idle": idle, "longest": longest}
        ways = {"warm": warm, "anonymous": anonymous}
        login = _set_up(folder, name, archive, index, ways=ways, limits=limits)
        stack.callback(_stop_all, login)
        if crowd:
            _let_crowds_in(login.settings.folder / "sshd_config")
        if prepare:
            prepare(login)
        if warm:
            start_warm(login)
        _start_sshd(login)
        yield login


def _stop_all(login: Login) -> None:
    for process in login.processes:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stops a server of the tests and waits for its end."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(PATIENCE)


def _set_up(
    folder: Path,
    name: str,
    archive: Path | None,
    index: Path | None,
    *,
    ways: dict[str, bool],
    limits: dict[str, int],
) -> Login:
    python = install(folder)
    if not index:
        made = folder / "index"
        index = make_index(python, archive, made) if archive else copy_bundled_index(made)
    archive = archive or bundled_archive()
    settings = LoginSettings(
        folder=folder / "etc",
        account=name,
        address="127.0.0.1",
        port=free_port(),
        archive=archive,
        index=index,
        owner=getpass.getuser(),
        python=python,
        sshd=Path(SSHD or ""),
        version=openssh_version(Path(SSHD or "")),
        socket=folder / "etc" / "run" / "warm",
        idle=limits["idle"],
        longest=limits["longest"],
        sessions=120 if ways["warm"] else 50,
        warm=ways["warm"],
        anonymous=ways["anonymous"],
    )
    write_files(render_files(settings), settings.folder)
    settings.folder.chmod(0o755)
    key, host_key = folder / "visitor", settings.folder / "host_ed25519"
    for path in (key, host_key):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
        subprocess.run(words, check=True)
    public = key.with_suffix(".pub").read_text(encoding="utf-8")
    allowed = settings.folder / "authorized_keys"
    allowed.write_text(f"restrict,pty {public}", encoding="utf-8")
    target = SshTarget("127.0.0.1", settings.port, name, "" if settings.anonymous else str(key))
    login = Login(settings, target, folder, name, python)
    if os.getuid() == 0:
        os.chown(host_key, login.uid, -1)
        run = settings.socket.parent
        run.mkdir(mode=0o700)
        os.chown(run, login.uid, -1)
    return login


def _let_crowds_in(path: Path) -> None:
    """Raises the limits for an address: all visitors of the tests share one."""
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"(?m)^PerSourceMaxStartups .*", "PerSourceMaxStartups 200", text)
    path.write_text(re.sub(r"(?m)^MaxStartups .*", "MaxStartups 300", text), encoding="utf-8")


def _start_sshd(login: Login) -> None:
    assert SSHD is not None
    config = str(login.settings.folder / "sshd_config")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    tested = subprocess.run([SSHD, "-t", "-f", config], capture_output=True, check=False)
    assert tested.returncode == 0, tested.stderr
    with (login.folder / "sshd.log").open("wb") as log:
        words = [SSHD, "-D", "-e", "-f", config]
        words = words if login.settings.anonymous else login.as_account(words)
        process = subprocess.Popen(words, stderr=log, stdin=subprocess.DEVNULL)
    login.processes.append(process)
    end = time.monotonic() + PATIENCE
    while "Server listening" not in login.log:
        assert time.monotonic() < end, login.log
        assert process.poll() is None, login.log
        time.sleep(0.05)


def restart_warm(
    login: Login, environment: dict[str, str] | None = None, descriptors: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Starts the preloaded server where a dead one has left its socket; see ``start_warm``."""
    login.settings.socket.unlink(missing_ok=True)
    process = start_warm(login, environment, descriptors)
    login.processes.remove(process)
    login.processes[0] = process
    return process


def start_warm(
    login: Login, environment: dict[str, str] | None = None, descriptors: Sequence[int] = ()
) -> subprocess.Popen[bytes]:
    """Starts the preloaded server as a shell does, with all variables, and waits for it.

    ``environment`` and open ``descriptors`` are what else it gets.
    """
    settings = login.settings
    words = settings.warm_command.split()
    with (login.folder / "warm.log").open("wb") as log:
        process = subprocess.Popen(
            login.as_account(words),
            stderr=log,
            stdout=log,
            stdin=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
            pass_fds=descriptors,
            cwd="/",
        )
    login.processes.append(process)
    end = time.monotonic() + PATIENCE
    while not is_listening(settings.socket):
        assert time.monotonic() < end, (login.folder / "warm.log").read_text(encoding="utf-8")
        assert process.poll() is None, (login.folder / "warm.log").read_text(encoding="utf-8")
        time.sleep(0.05)
    return process
