"""A public login for the tests: an installation of its own, an account, a real sshd on loopback.

As root everything runs under a service account that owns nothing; otherwise under the
account of whoever runs the tests.
"""

from __future__ import annotations

import contextlib
import getpass
import importlib.metadata
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from milatui.ssh.client import Target
from milatui.ssh.configuration import files, write_files
from milatui.ssh.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
SERVICE_ACCOUNT = "milatui-test"
SSHD = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin")


def sshd_missing() -> str:
    """Why there can be no server here, or ""."""
    if SSHD is None or shutil.which("ssh") is None:
        return "openssh-server and openssh-client are not installed"
    return ""


@dataclass
class Login:
    """A running public login."""

    settings: Settings
    target: Target
    folder: Path
    account: str
    python: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def uid(self) -> int:
        """The number of the account."""
        return pwd.getpwnam(self.account).pw_uid

    @property
    def log(self) -> str:
        """What sshd has logged so far."""
        return (self.folder / "sshd.log").read_text(encoding="utf-8", errors="replace")

    def sessions(self) -> list[int]:
        """Processes of explorers, by the index they were started with."""
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
        """``words`` as a command line that runs them under the account."""
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


def _dependencies(name: str, seen: dict[str, importlib.metadata.Distribution]) -> None:
    if name.lower() in seen:
        return
    try:
        distribution = importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return
    seen[name.lower()] = distribution
    for line in distribution.requires or ():
        if "extra ==" not in line:
            _dependencies(re.split(r"[ ;<>=!~\[(]", line, maxsplit=1)[0], seen)


def _open_to_all(path: Path) -> bool:
    return path.exists() and all(parent.stat().st_mode & 1 for parent in path.parents)


def _interpreter() -> Path:
    """A Python of this version that other accounts can start."""
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    candidates = (Path(sys.executable).resolve(), Path("/usr/bin") / version)
    return next(filter(_open_to_all, candidates), candidates[0])


def install(folder: Path) -> Path:
    """Put the program, its archive and what it needs into ``folder``; the Python to start it."""
    base = _interpreter()
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    site = folder / "venv" / "lib" / version / "site-packages"
    site.mkdir(parents=True)
    shared = Path(str(importlib.metadata.distribution("textual").locate_file("")))
    if _open_to_all(shared):
        (site / "shared.pth").write_text(f"{shared}\n", encoding="utf-8")
    else:
        _copy_dependencies(site)
    shutil.copytree(ROOT / "src" / "milatui", site / "milatui", symlinks=True)
    shutil.copytree(ROOT / "data", site / "milatui" / "data")
    (folder / "venv" / "pyvenv.cfg").write_text(f"home = {base.parent}\n", encoding="utf-8")
    python = folder / "venv" / "bin" / "python3"
    python.parent.mkdir()
    python.symlink_to(base)
    subprocess.run([python, "-I", "-m", "compileall", "-q", "-j2", site], check=False)
    return python


def _copy_dependencies(site: Path) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted: dict[str, importlib.metadata.Distribution] = {}
    for line in project["project"]["dependencies"]:
        _dependencies(re.split(r"[ ;<>=!~\[(]", line, maxsplit=1)[0], wanted)
    for distribution in wanted.values():
        for file in distribution.files or ():
            if ".." not in file.parts and not file.name.endswith(".pyc"):
                target = site / str(file)
                target.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(str(file.locate()), target)


def account() -> str:
    """The account to log in as, made if we are root and it is missing."""
    if os.getuid() != 0:
        return getpass.getuser()
    try:
        pwd.getpwnam(SERVICE_ACCOUNT)
    except KeyError:
        words = ["useradd", "--system", "--no-create-home", "--home-dir", "/"]
        words += ["--shell", "/bin/sh", "--password", "*", SERVICE_ACCOUNT]
        subprocess.run(words, check=True)
    return SERVICE_ACCOUNT


def free_port() -> int:
    """A port nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def public_login(
    archive: Path | None = None,
    *,
    warm: bool = False,
    idle: int = 15,
    longest: int = 240,
    crowd: bool = False,
) -> Iterator[Login]:
    """A public login to ``archive`` (default: the one that ships), set up as the how-to says.

    With ``crowd`` one address may open a hundred connections at once.
    """
    folder = Path(tempfile.mkdtemp(prefix="milatui-ssh-"))
    folder.chmod(0o755)
    login: Login | None = None
    try:
        login = _set_up(folder, archive, warm=warm, idle=idle, longest=longest)
        if crowd:
            _let_crowds_in(login.settings.folder / "sshd_config")
        if warm:
            start_warm(login)
        _start_sshd(login)
        yield login
    finally:
        for process in login.processes if login else ():
            stop(process)
        shutil.rmtree(folder, ignore_errors=True)


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop a server we started and wait for its end."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(5)


def _set_up(folder: Path, archive: Path | None, *, warm: bool, idle: int, longest: int) -> Login:
    python, name = install(folder), account()
    archive = archive or next((folder / "venv" / "lib").glob("*/site-packages/milatui/data"))
    index = folder / "index"
    words = [str(python), "-I", "-m", "milatui", "index"]
    words += ["--archive", str(archive), "--index", str(index)]
    subprocess.run(words, check=True, capture_output=True, env={"HOME": "/nonexistent"})
    subprocess.run(["chmod", "-R", "go+rX,go-w", index], check=True)
    settings = Settings(
        folder=folder / "etc",
        account=name,
        address="127.0.0.1",
        port=free_port(),
        archive=archive,
        index=index,
        owner=getpass.getuser(),
        python=python,
        idle=idle,
        longest=longest,
        sessions=50 if not warm else 120,
        warm=warm,
    )
    write_files(files(settings), settings.folder)
    settings.folder.chmod(0o755)
    key, host_key = folder / "visitor", settings.folder / "host_ed25519"
    for path in (key, host_key):
        words = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)]
        subprocess.run(words, check=True)
    public = key.with_suffix(".pub").read_text(encoding="utf-8")
    allowed = settings.folder / "authorized_keys"
    allowed.write_text(f"restrict,pty {public}", encoding="utf-8")
    target = Target("127.0.0.1", settings.port, name, str(key))
    login = Login(settings, target, folder, name, python)
    if os.getuid() == 0:
        os.chown(host_key, login.uid, -1)
        run = settings.socket.parent
        run.mkdir(mode=0o700)
        os.chown(run, login.uid, -1)
    return login


def _let_crowds_in(path: Path) -> None:
    """All our visitors have one address; real ones do not."""
    text = path.read_text(encoding="utf-8")
    text = text.replace("PerSourceMaxStartups 10", "PerSourceMaxStartups 200")
    path.write_text(re.sub(r"(?m)^MaxStartups .*", "MaxStartups 300", text), encoding="utf-8")


def _start_sshd(login: Login) -> None:
    assert SSHD is not None
    config = str(login.settings.folder / "sshd_config")
    if os.getuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)
    tested = subprocess.run([SSHD, "-t", "-f", config], capture_output=True, check=False)
    assert tested.returncode == 0, tested.stderr
    with (login.folder / "sshd.log").open("wb") as log:
        words = login.as_account([SSHD, "-D", "-e", "-f", config])
        process = subprocess.Popen(words, stderr=log, stdin=subprocess.DEVNULL)
    login.processes.append(process)
    end = time.monotonic() + 10
    while "Server listening" not in login.log:
        assert time.monotonic() < end, login.log
        assert process.poll() is None, login.log
        time.sleep(0.05)


def start_warm(login: Login) -> subprocess.Popen[bytes]:
    """Start the warm process as its unit does, and wait until it listens."""
    settings = login.settings
    words = [str(login.python), "-I", "-B", "-m", "milatui", "ssh", "warm"]
    words += ["--socket", str(settings.socket), "--sessions", str(settings.sessions)]
    words += settings.explorer()[1:]
    with (login.folder / "warm.log").open("wb") as log:
        process = subprocess.Popen(
            login.as_account(words),
            stderr=log,
            stdout=log,
            stdin=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"},
            cwd="/",
        )
    login.processes.append(process)
    end = time.monotonic() + 20
    while not settings.socket.is_socket():
        assert time.monotonic() < end, (login.folder / "warm.log").read_text(encoding="utf-8")
        assert process.poll() is None, (login.folder / "warm.log").read_text(encoding="utf-8")
        time.sleep(0.05)
    return process
