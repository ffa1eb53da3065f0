"""Attacks with environment variables, terminal names and terminal sizes."""

# untranslated: the attacks are a protocol, read beside the documentation
from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.ssh.audit.attack import (
    ALT_SCREEN_ON,
    Attack,
    Outcome,
    expect_refused,
    expect_responsive,
    last_line,
    leaked_secret,
)
from milatui.ssh.audit.ssh_client import ProcessResult

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from milatui.ssh.audit.ssh_client import SshTarget

_KIND = "environment"
_HOSTILE = {
    "LD_PRELOAD": "/tmp/milatui-attack.so",  # noqa: S108 - a file of the server
    "PYTHONPATH": "/tmp",  # noqa: S108
    "PYTHONSTARTUP": "/tmp/x.py",  # noqa: S108
    "PYTHONINSPECT": "1",
    "TEXTUAL_DRIVER": "milatui_attack:Driver",
    "TEXTUAL_SCREENSHOT": "0",
    "TEXTUAL_LOG": "/tmp/milatui-attack.log",  # noqa: S108
    "MILATUI_ARCHIVE": "/etc",
    "XDG_CACHE_HOME": "/tmp",  # noqa: S108
    "BROWSER": "/tmp/milatui-attack",  # noqa: S108
    "BASH_ENV": "/tmp/x.sh",  # noqa: S108
    "ENV": "/tmp/x.sh",  # noqa: S108
    "LC_ALL": "../../tmp/x",
    "SSH_ORIGINAL_COMMAND": "id",
    "TERMINFO": "/tmp",  # noqa: S108
    "TERMCAP": "xterm:ti=\\E]0;x^G:",
    "TERMINFO_DIRS": "/tmp:/etc",  # noqa: S108
    "LOCPATH": "/tmp",  # noqa: S108
    "LANGUAGE": "../../tmp/x",
    "GCONV_PATH": "/tmp",  # noqa: S108
    "PYTHONHOME": "/tmp",  # noqa: S108
    "PYTHONIOENCODING": "utf-7",
    "HOME": "/tmp",  # noqa: S108
    "IFS": "/",
    "COLUMNS": "999999",
    "TZ": "../../etc/passwd",
    "TMUX": "/tmp/x,1,0",  # noqa: S108
}


def attacks() -> Iterator[Attack]:
    """Yields attacks with variables, then names of terminals, then sizes."""
    for name, value in _HOSTILE.items():
        yield Attack(
            _KIND, name, f"ssh -o SetEnv={name}={value}", "ignored",
            _session(("-o", f"SetEnv={name}={value}")),
        )  # fmt: skip
    many = " ".join(f"LC_X{number}=1" for number in range(2005))
    yield Attack(
        _KIND, "2,005 variables", "ssh -o SetEnv=LC_X0=1 ... LC_X2004=1", "ignored",
        _session(("-o", f"SetEnv={many}")),
    )  # fmt: skip
    for title, language in (
        ("a path", "../../../tmp/x"),
        ("4 kB", "f" * 4096),
        ("a command", "fr$(touch${IFS}/tmp/milatui-attack);id"),
    ):
        yield Attack(
            _KIND, f"LANG, {title}", f"ssh -o SetEnv=LANG={language[:20]}", "English",
            _session(("-o", f"SetEnv=LANG={language}")),
        )  # fmt: skip
    for title, term in (
        ("of 10 kB", "x" * 10_000),
        ("a path", "../../../etc/passwd"),
        ("a command", "$(touch /tmp/milatui-attack)`id`"),
        ("escape sequences", "\x1b]0;x\x07\x1b[2J"),
        ("empty", ""),
        ("dumb", "dumb"),
        ("of another family", "wyse60"),
        ("a variable more", "xterm\nLD_PRELOAD=/tmp/x.so"),
    ):
        yield Attack(
            _KIND, f"TERM, {title}", f"TERM={term[:24]!r} ssh -t", "refused in one line",
            _refused_terminal(term),
        )  # fmt: skip
    for columns, rows in ((1000, 1000), (65535, 65535), (0, 0), (1, 1), (65535, 1)):
        yield Attack(
            _KIND, f"size {columns}x{rows}", f"stty cols {columns} rows {rows}; ssh -t",
            "at most 500x200", _session((), columns=columns, rows=rows),
        )  # fmt: skip


def _refused_terminal(term: str) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, _folder: Path) -> Outcome:
        with target.session(term=term) as session:
            session.wait_exit()
            text = session.raw.decode("utf-8", "replace")
        found = expect_refused(
            ProcessResult(session.process.returncode, text, 0.0), "\x1b[", "uid="
        )
        lines = [line for line in text.splitlines() if line.strip()]
        return found if len(lines) == 1 else Outcome(f"{len(lines)} lines: {text[:60]!r}", "FAILED")

    return run


def _session(flags: tuple[str, ...], **settings: int | str) -> Callable[[SshTarget, Path], Outcome]:
    def run(target: SshTarget, _folder: Path) -> Outcome:
        with target.session(*flags, **settings) as session:
            if not session.wait_for(ALT_SCREEN_ON):
                words = last_line(session.raw.decode("utf-8", "replace"))
                ended = session.process.poll() is not None
                return Outcome(f"no session: {words}", "refused" if ended else "FAILED")
            session.settle()
            leaked = leaked_secret(session.raw, "uid=", "root:x:")
            if leaked:
                return Outcome(f"the visitor saw {leaked}", "FAILED")
            small = settings.get("columns") == 1
            if small:
                return Outcome("the session went on", "contained")
            return expect_responsive(session, "the usual session")

    return run
