"""Attacks of a local user on the account of the login, and checks of the account itself.

They need root on the server: to become an unprivileged user, and to read /etc/shadow.
"""

# untranslated: the attacks are a protocol, read beside the documentation
from __future__ import annotations

import contextlib
import grp
import os
import pwd
import re
import shutil
import socket
import stat
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.ssh.audit.attack import ALT_SCREEN_ON, Attack, Outcome, last_line
from milatui.ssh.audit.ssh_client import SshSession, run_bounded, save_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from milatui.ssh.audit.ssh_client import SshTarget

_KIND = "account"
_SHOWN = "milatui-attack-ran"
_SIGNS = ("uid=", _SHOWN)
"""What a shell prints."""
_PAM = Path("/etc/pam.d")
_USUAL_FOLDER = Path("/etc/milatui")
_SU_COMMANDS = (
    ("su", ("{account}", "-c", "id")),
    ("su, a shell of one's own", ("-s", "/bin/sh", "{account}", "-c", "id")),
    ("su, as at a login", ("-", "{account}", "-c", "id")),
    ("su, typed at a prompt", ("{account}",)),
)
"""What an unprivileged user types after ``su``."""
_HOSTILE_VARIABLES = {
    "ENV": "/dev/stdin",
    "BASH_ENV": "/dev/stdin",
    "BASH_FUNC_exec%%": f"() {{ echo {_SHOWN}; }}",
    "BASH_FUNC_ulimit%%": f"() {{ echo {_SHOWN}; }}",
    "SHELLOPTS": "xtrace",
    "PS4": f"$(echo {_SHOWN})",
    "SSH_ORIGINAL_COMMAND": "",
    "PYTHONSTARTUP": "/dev/stdin",
    "PYTHONPATH": "/tmp",  # noqa: S108 - what an attacker would try
}
"""Variables that make a shell or Python run other programs."""
_COMMON_PROGRAMS = ("env", "sh", "python3", "echo", "stty", "ps", "printf", "id")
"""Programs that a launcher could find in the PATH of its caller."""


def attacks() -> Iterator[Attack]:
    """Yields what a local user tries, then checks of the account's entry and files."""
    for title, words in _SU_COMMANDS:
        command = " ".join(("su", *words)).format(account="ACCOUNT")
        yield Attack(_KIND, title, command, "no shell", _on_host(_become(words)))
    command = "PATH=. ENV=... BASH_FUNC_... su ACCOUNT"
    hostile = _on_host(_become(("{account}",), hostile=True))
    yield Attack(_KIND, "su with variables", command, "no shell", hostile)
    for title, command, expected, look in (
        ("the login shell", "getent passwd ACCOUNT", "only the launcher", _check_shell),
        ("the password", "getent shadow ACCOUNT", "none that fits, or told", _check_password),
        ("another sshd of the machine", "sshd -T", "no empty passwords", _check_other_sshd),
        ("the groups", "id ACCOUNT", "its own alone", _check_groups),
        ("the home", "ls -ld ~ACCOUNT", "not its own", _check_home),
        ("files it may change", "find -writable", "none", _check_files),
    ):
        yield Attack(_KIND, title, command, expected, _on_host(look))


def _on_host(
    look: Callable[[pwd.struct_passwd], Outcome],
) -> Callable[[SshTarget, Path], Outcome]:
    """Wraps ``look`` so that it runs only as root on the server of the target."""

    def run(target: SshTarget, _folder: Path) -> Outcome:
        if os.getuid() != 0 or not _is_this_machine(target.host):
            return Outcome("only as root on the server itself", "not tried")
        try:
            return look(pwd.getpwnam(target.user))
        except KeyError:
            return Outcome("no such account on this machine", "not tried")

    return run


def _is_this_machine(host: str) -> bool:
    """Returns whether ``host`` is an address of this machine: only those can be bound."""
    with contextlib.suppress(OSError):
        for family, kind, _protocol, _name, address in socket.getaddrinfo(
            host, 0, type=socket.SOCK_STREAM
        ):
            with socket.socket(family, kind) as probe:
                probe.bind(address)
                return True
    return False


# Becoming the account -----------------------------------------------------------------------


def _as_user(uid: int, gid: int, words: Sequence[str]) -> list[str]:
    return ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", *words]


def _become(
    words: Sequence[str], *, hostile: bool = False
) -> Callable[[pwd.struct_passwd], Outcome]:
    def look(entry: pwd.struct_passwd) -> Outcome:
        if shutil.which("su") is None or shutil.which("setpriv") is None:
            return Outcome("no su or setpriv here", "not tried")
        nobody = pwd.getpwnam("nobody")
        command = ["su", *(word.format(account=entry.pw_name) for word in words)]
        with tempfile.TemporaryDirectory(prefix="milatui-") as name:
            folder = Path(name)
            folder.chmod(0o755)
            variables = {"PATH": "/usr/bin:/bin", "TERM": "xterm"}
            if hostile:
                variables |= _HOSTILE_VARIABLES | {"PATH": f"{_replacements(folder)}:/usr/bin:/bin"}
            start = ["env", "-i", *(f"{key}={value}" for key, value in variables.items())]
            start += _as_user(nobody.pw_uid, nobody.pw_gid, command)
            with SshSession(start, 100, 30, {}) as session:
                return _judge(session)

    return look


def _replacements(folder: Path) -> Path:
    """Returns a folder of programs with common names that print that they ran."""
    programs = folder / "bin"
    programs.mkdir()
    programs.chmod(0o755)
    for name in _COMMON_PROGRAMS:
        save_script(programs, name, f"#!/bin/sh\necho {_SHOWN}\n").chmod(0o755)
    return programs


def _judge(session: SshSession) -> Outcome:
    """Types what is asked for, and judges what was started."""
    command = False
    end = time.monotonic() + 12
    while time.monotonic() < end and not _is_decided(session):
        session.settle(0.5, 1.5)
        if _is_decided(session):
            break
        if b"assword" in session.raw:
            session.send(b"\r")
        elif not command:
            session.send(b"id\r")
            command = True
    output = session.raw.decode("utf-8", "replace")
    for sign in _SIGNS:
        if sign in output:
            return Outcome(f"a shell: {sign}", "FAILED")
    if "must be suid" in output or "must be run from a terminal" in output:
        return Outcome(last_line(output), "not tried")
    if ALT_SCREEN_ON in session.raw:
        session.send(b"q")
        session.wait_exit(3)
        return Outcome("the explorer, as any visitor has it", "contained")
    return Outcome(last_line(output) or "no answer", "refused")


def _is_decided(session: SshSession) -> bool:
    """Returns whether it is clear what was started, or that the program has ended."""
    signs = (ALT_SCREEN_ON, *(sign.encode() for sign in _SIGNS))
    return any(sign in session.raw for sign in signs) or session.wait_exit(0.3) is not None


# The account's entry ------------------------------------------------------------------------


def _check_shell(entry: pwd.struct_passwd) -> Outcome:
    shell = entry.pw_shell or "/bin/sh"
    shells = _lines(Path("/etc/shells"))
    if shell in shells:
        return Outcome(f"{shell} is listed in /etc/shells: su --shell starts any program", "FAILED")
    words = _as_user(entry.pw_uid, entry.pw_gid, [shell, "-c", "id"])
    output = run_bounded(words, b"", 10, {}).output
    if "uid=" in output:
        return Outcome(f"{shell} runs commands", "FAILED")
    return Outcome(f"{shell}: {last_line(output)}", "refused")


def _check_password(entry: pwd.struct_passwd) -> Outcome:
    password = _password(entry.pw_name)
    if password is None:
        return Outcome("/etc/shadow has no such account", "not tried")
    if password.startswith(("*", "!")):
        return Outcome("no password fits", "refused")
    if password:
        return Outcome("it has a password, which nobody needs: usermod -p '*'", "FAILED")
    open_to_all = _files_with_nullok()
    if not open_to_all:
        return Outcome("empty, and no nullok in PAM: only this sshd accepts it", "refused")
    words = f"empty, and nullok in {', '.join(open_to_all)}: su needs no password"
    harmless = _check_shell(entry).verdict != "FAILED"
    return Outcome(words, "contained" if harmless else "FAILED")


def _password(name: str) -> str | None:
    """Returns the password field of /etc/shadow, None if the account has no line there."""
    for line in _lines(Path("/etc/shadow")):
        account, _colon, rest = line.partition(":")
        if account == name:
            return rest.partition(":")[0]
    return None


def _files_with_nullok() -> list[str]:
    """Returns the names of the PAM files that use ``nullok`` for authentication."""
    if not _PAM.is_dir():
        return []
    active = re.compile(r"-?auth\s.*pam_unix\.so\s.*\bnullok\b")
    return [
        path.name
        for path in sorted(_PAM.iterdir())
        if any(active.match(line) for line in _lines(path))
    ]


def _check_other_sshd(entry: pwd.struct_passwd) -> Outcome:
    if _password(entry.pw_name) != "":
        return Outcome("the account has no empty password", "refused")
    program = shutil.which("sshd", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if program is None or not Path("/etc/ssh/sshd_config").exists():
        return Outcome("no other sshd here", "refused")
    ended = subprocess.run([program, "-T"], capture_output=True, text=True, check=False)
    if ended.returncode:
        return Outcome(last_line(ended.stderr), "not tried")
    if "permitemptypasswords yes" in ended.stdout:
        return Outcome("PermitEmptyPasswords yes: it lets the account in, unguarded", "FAILED")
    return Outcome("PermitEmptyPasswords no", "refused")


def _check_groups(entry: pwd.struct_passwd) -> Outcome:
    groups = [grp.getgrgid(gid) for gid in os.getgrouplist(entry.pw_name, entry.pw_gid)]
    more = [group.gr_name for group in groups if group.gr_gid != entry.pw_gid]
    if more:
        return Outcome(f"also in {', '.join(more)}", "FAILED")
    others = {other.pw_name for other in pwd.getpwall() if other.pw_gid == entry.pw_gid}
    others |= {member for group in groups for member in group.gr_mem}
    others -= {entry.pw_name}
    if others:
        return Outcome(f"its group is also that of {', '.join(sorted(others)[:3])}", "FAILED")
    return Outcome("its own alone", "refused")


def _check_home(entry: pwd.struct_passwd) -> Outcome:
    home = Path(entry.pw_dir or "/")
    if not home.exists():
        return Outcome(f"{home} does not exist", "refused")
    if _may_write(home.stat(), entry):
        return Outcome(f"{home} is the account's to write to", "FAILED")
    return Outcome(f"{home} belongs to others", "refused")


# Files --------------------------------------------------------------------------------------


def _check_files(entry: pwd.struct_passwd) -> Outcome:
    folder = Path(entry.pw_shell or "/").parent
    folder = folder if (folder / "launch").exists() else _USUAL_FOLDER
    if not (folder / "launch").exists():
        return Outcome(f"no launcher in {folder}", "not tried")
    paths = [folder, *_session_paths((folder / "launch").read_text(encoding="utf-8"))]
    # By key, sshd runs as the account and needs its host key; the preloaded server has a folder.
    spared = {folder / "run", folder / "host_ed25519"}
    seen = 0
    for path in _reachable(paths):
        seen += 1
        if path not in spared and not spared & set(path.parents):
            status = path.lstat()
            if not stat.S_ISLNK(status.st_mode) and _may_write(status, entry):
                return Outcome(f"{path}", "FAILED")
    crontab = Path("/var/spool/cron/crontabs") / entry.pw_name
    if crontab.exists():
        return Outcome(f"{crontab}", "FAILED")
    return Outcome(f"none of {seen:,} it runs or reads", "refused")


def _session_paths(launcher: str) -> list[Path]:
    """Returns the Python, its modules, the archive and the index that a launcher names."""
    paths = []
    python = re.search(r"(/\S+) -I -B ", launcher)
    if python:
        program = Path(python[1])
        paths += [program, program.resolve(), *program.parent.parent.glob("lib*/python*")]
    for option in ("archive", "index"):
        found = re.search(rf" --{option} (\S+)", launcher)
        paths += [Path(found[1])] if found else []
    return paths


def _reachable(paths: Iterable[Path]) -> Iterator[Path]:
    """Yields the folders above the paths, the paths, and everything below them."""
    above = {parent for path in paths for parent in path.parents}
    yield from sorted(parent for parent in above if parent.exists())
    for path in paths:
        if path.exists():
            yield path
            yield from path.rglob("*")


def _may_write(status: os.stat_result, entry: pwd.struct_passwd) -> bool:
    """Returns whether the account may write the file or folder (sticky folders: only its own)."""
    if status.st_uid == entry.pw_uid:
        return True
    mode = status.st_mode
    if mode & stat.S_ISVTX:
        return False
    if status.st_gid in os.getgrouplist(entry.pw_name, entry.pw_gid):
        return bool(mode & stat.S_IWGRP)
    return bool(mode & stat.S_IWOTH)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
