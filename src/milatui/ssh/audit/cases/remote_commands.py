"""Attacks that ask the server for anything but the one program."""

# untranslated: the attacks are a protocol, read beside the documentation
from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from milatui.ssh.audit.attack import Attack, Outcome, expect_refused
from milatui.ssh.audit.ssh_client import run_bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from milatui.ssh.audit.ssh_client import SshTarget

_KIND = "request"
_SHOWN = "milatui-attack-ran"


def attacks() -> Iterator[Attack]:
    """Yields attacks with commands, subsystems and file transfers."""
    for title, words in _COMMANDS:
        command = " ".join(("ssh", *words))
        yield Attack(_KIND, title, command, "refused, nothing run", _command(words))
    for name in ("sftp", "shell", "netconf", "../../bin/sh"):
        yield Attack(_KIND, f"subsystem {name}", f"ssh -s {name}", "refused", _subsystem(name))
    yield Attack(_KIND, "sftp", "sftp HOST", "refused", _sftp)
    for title, flags in (("scp by sftp", ()), ("scp, old protocol", ("-O",))):
        yield Attack(
            _KIND, f"{title}, download", f"scp {' '.join(flags)} HOST:/etc/passwd .",
            "refused, no file", _scp_get(flags),
        )  # fmt: skip
    yield Attack(_KIND, "scp, upload", "scp -O FILE HOST:/tmp/", "refused", _scp_put)
    yield Attack(_KIND, "no terminal", "ssh -T", "refused in one line", _no_terminal)
    yield Attack(_KIND, "no terminal, commands on stdin", "echo id | ssh -T", "refused", _piped)


_COMMANDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("a command", (f"echo {_SHOWN}",)),
    ("a command with a terminal", ("-tt", f"echo {_SHOWN}")),
    ("a shell", ("-tt", "/bin/sh", "-c", f"echo {_SHOWN}")),
    ("shell metacharacters", (f"; echo {_SHOWN}; $(echo {_SHOWN}) `echo {_SHOWN}`",)),
    ("a newline in a command", (f"x\necho {_SHOWN}\n",)),
    ("another milatui", ("milatui list documents --json",)),
    ("milatui that writes", ("-tt", "milatui new /tmp/milatui-attack")),
    ("rsync", ("rsync --server --sender . /etc/passwd",)),
    ("git", ("git-upload-pack /etc",)),
    ("a command of 100 kB", ("x" * 100_000,)),
    ("environment by command", ("-tt", "env", f"PATH=/tmp echo {_SHOWN}")),
)


def _command(words: Sequence[str]) -> Callable[[SshTarget, Path], Outcome]:
    flags = [word for word in words if word == "-tt"]
    command = [word for word in words if word != "-tt"]

    def run(target: SshTarget, _folder: Path) -> Outcome:
        return expect_refused(
            target.run(*flags, command=command), f"\n{_SHOWN}", "root:x:", '"schema"'
        )

    return run


def _subsystem(name: str) -> Callable[[SshTarget, Path], Outcome]:
    return lambda target, _folder: expect_refused(target.run("-s", command=[name]))


def _copying(
    target: SshTarget, program: str, flags: Sequence[str], words: Sequence[str]
) -> Outcome:
    if shutil.which(program) is None:
        return Outcome(f"{program} is not installed here", "not tried")
    options = target.arguments()[1:-3]
    options[options.index("-p")] = "-P"
    outcome = run_bounded([program, *flags, *options, *words], b"ls\n", 12, target.environment)
    return expect_refused(outcome, "remote readdir", "Connected to")


def _sftp(target: SshTarget, _folder: Path) -> Outcome:
    return _copying(target, "sftp", (), (f"{target.user}@{target.host}",))


def _scp_get(flags: Sequence[str]) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, folder: Path) -> Outcome:
        there, here = f"{target.user}@{target.host}:/etc/passwd", folder / "passwd"
        found = _copying(target, "scp", flags, (there, str(here)))
        return Outcome("a file was copied", "FAILED") if here.exists() else found

    return run


def _scp_put(target: SshTarget, folder: Path) -> Outcome:
    source = folder / "milatui-attack-file"
    source.write_text("x", encoding="utf-8")
    there = f"{target.user}@{target.host}:/tmp/"
    return _copying(target, "scp", ("-O",), (str(source), there))


def _no_terminal(target: SshTarget, _folder: Path) -> Outcome:
    return expect_refused(target.run("-T"), "\x1b[", "Traceback")


def _piped(target: SshTarget, _folder: Path) -> Outcome:
    return expect_refused(target.run("-T", stdin=f"id\necho {_SHOWN}\n".encode()), "uid=", _SHOWN)
