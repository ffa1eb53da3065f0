"""Renders the configuration of sshd: one account, one program, nothing else."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

from milatui.ssh.deploy.template import render

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.ssh.deploy.settings import LoginSettings

_FIRST_WITH_PENALTIES, _FIRST_WITHOUT_FAULT = (9, 8), (10, 0)
LOGIN_GRACE_SECONDS = 30
"""Seconds a connection may take to log in, which includes comparing a fingerprint."""
MAX_PENDING_PER_ADDRESS = 50
"""Connections of one address that have not logged in."""


def max_startups(settings: LoginSettings) -> tuple[int, int]:
    """Returns after how many pending logins sshd drops half of the new ones, and when all."""
    first = max(MAX_PENDING_PER_ADDRESS + 10, 2 * settings.sessions)
    return first, 2 * first


def sshd_config(settings: LoginSettings) -> str:
    """Returns the text of ``sshd_config``."""
    first, every = max_startups(settings)
    values = {
        "folder": settings.folder,
        "port": settings.port,
        "address": settings.address,
        "account": settings.account,
        "grace": LOGIN_GRACE_SECONDS,
        "startups": f"{first}:50:{every}",
        "per_source": MAX_PENDING_PER_ADDRESS,
        "idle_limit": settings.idle + 2,
        "launcher": settings.launcher,
    }
    conditions = settings.conditions() | {_penalties(settings.version)}
    return render("sshd_config", values, conditions)


def _penalties(version: tuple[int, int] | None) -> str:
    """Returns which lines on penalties suit a version of OpenSSH."""
    if version is None or version < _FIRST_WITH_PENALTIES:
        return "penalties_unknown"
    return "penalties_faulty" if version < _FIRST_WITHOUT_FAULT else "penalties_known"


def openssh_version(sshd: Path) -> tuple[int, int] | None:
    """Returns the version of the server program, or None if it is not there or says none."""
    try:
        ended = subprocess.run(
            [sshd, "-V"],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = re.search(r"OpenSSH_(\d+)\.(\d+)", ended.stderr + ended.stdout)
    return (int(found[1]), int(found[2])) if found else None
