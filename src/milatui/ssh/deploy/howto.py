"""Renders the how-to of a login: what to type, in order, and what to publish."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.ssh.deploy.sshd import LOGIN_GRACE_SECONDS, MAX_PENDING_PER_ADDRESS
from milatui.ssh.deploy.systemd import CLEAN_ENVIRONMENT
from milatui.ssh.deploy.template import render

if TYPE_CHECKING:
    from milatui.ssh.deploy.settings import LoginSettings

_AS_ACCOUNT = "setpriv --reuid={account} --regid={account} --clear-groups --no-new-privs"
_FOR_SSHD = "/usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin"
_INDENT = 11
_WIDTH = 100


def howto(settings: LoginSettings, *, placed: bool) -> str:
    """Returns the text of ``HOWTO.md``; ``placed`` if the files are where they are to stay."""
    units = ["milatui-sshd.service", *(["milatui-warm.service"] if settings.warm else [])]
    account, folder, parent = settings.account, settings.folder, settings.index.parent
    conditions = settings.conditions()
    if placed:
        conditions |= {"placed"}
    if len(parent.parts) >= 3:  # step 5 may have made it; a folder of the root stays
        conditions |= {"removable_parent"}
    values = {
        "port": settings.port,
        "account": account,
        "archive": settings.archive,
        "folder": folder,
        "sshd": settings.sshd,
        "owner": settings.owner,
        "as_owner": "" if settings.owner == "root" else f"runuser -u {settings.owner} -- ",
        "python": settings.python,
        "index": settings.index,
        "index_parent": parent,
        "services": " ".join(units),
        "socket_folder": settings.socket.parent,
        "sshd_foreground": _sshd_foreground(settings),
        "warm_foreground": _warm_foreground(settings),
        "identity": "" if settings.anonymous else " --identity KEY",
        "language": {"en": "English", "fr": "French"}[settings.language],
        "idle": settings.idle,
        "longest": settings.longest,
        "or_warm": " or of the warm process" if settings.warm else "",
        "per_source": MAX_PENDING_PER_ADDRESS,
        "grace": LOGIN_GRACE_SECONDS,
        "repeat": _wrapped([*settings.repeat(), *_port(settings), "--force"]),
        "unit_files": " ".join(f"{folder}/{unit}" for unit in units),
        "installed": " ".join(f"/etc/systemd/system/{unit}" for unit in units),
        "written": _wrapped([f"{folder}/{name}" for name in _written(settings, units)]),
        "stop_warm": f", `kill %1`, and `rm -r {settings.socket.parent}`" if settings.warm else "",
    }
    return render("HOWTO.md", values, conditions)


def _port(settings: LoginSettings) -> list[str]:
    return [] if "--port" in settings.repeat() else ["--port", str(settings.port)]


def _written(settings: LoginSettings, units: list[str]) -> list[str]:
    """Returns the names of the files in the folder of the login, in the end."""
    names = ["HOWTO.md", "sshd_config", "launch", "shell", "farewell", *units]
    names += ["host_ed25519", "host_ed25519.pub"]
    return names if settings.anonymous else [*names, "authorized_keys"]


def _wrapped(words: list[str]) -> str:
    """Joins ``words`` to a shell command, continued over lines of at most 100 columns."""
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) > _WIDTH - 14:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return _continued(*lines)


def _continued(*lines: str) -> str:
    return f" \\\n{' ' * _INDENT}".join(lines)


def _sshd_foreground(settings: LoginSettings) -> str:
    """Returns the shell command that runs sshd in the foreground."""
    sshd = f"{settings.sshd} -D -e -f {settings.folder}/sshd_config"
    if settings.anonymous:
        return f"{_FOR_SSHD} {sshd}"
    return _continued(f"{_FOR_SSHD} {_AS_ACCOUNT.format(account=settings.account)}", sshd)


def _warm_foreground(settings: LoginSettings) -> str:
    """Returns the shell command that runs the preloaded process in the foreground."""
    as_account = _AS_ACCOUNT.format(account=settings.account)
    return _continued(CLEAN_ENVIRONMENT, as_account, settings.warm_command)
