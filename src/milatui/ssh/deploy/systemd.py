"""Renders the systemd units: sshd and the preloaded process, each with only what it needs."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.ssh.deploy.sshd import max_startups
from milatui.ssh.deploy.template import render

if TYPE_CHECKING:
    from milatui.ssh.deploy.settings import LoginSettings

HIDDEN_FOLDERS = ("/home", "/root", "/run/user", "/tmp", "/var/tmp")  # noqa: S108 - none is made
"""Folders that ProtectHome and PrivateTmp hide from the services."""
CLEAN_ENVIRONMENT = "/usr/bin/env -i HOME=/nonexistent LANG=C.UTF-8 PATH=/usr/bin:/bin"
"""Starts a program without the variables of whoever starts it."""
_FIRST_UNPRIVILEGED_PORT = 1024


def sshd_unit(settings: LoginSettings) -> str:
    """Returns the unit of sshd, which runs as the account, or as root where a login needs root."""
    values = {
        "port": settings.port,
        "account": settings.account,
        "sshd": settings.sshd,
        "folder": settings.folder,
        "farewell": settings.farewell,
        **_limits(settings),
    }
    conditions = settings.conditions()
    if not settings.anonymous:
        privileged = settings.port < _FIRST_UNPRIVILEGED_PORT
        conditions |= {"privileged_port" if privileged else "unprivileged"}
    return render("milatui-sshd.service", values, conditions)


def prefork_unit(settings: LoginSettings) -> str:
    """Returns the unit of the preloaded process: no network, no capabilities, no files to write."""
    values = {
        "account": settings.account,
        "environment": CLEAN_ENVIRONMENT,
        "command": settings.warm_command,
        "farewell": settings.farewell,
        **_limits(settings),
    }
    return render("milatui-warm.service", values)


def _limits(settings: LoginSettings) -> dict[str, int]:
    """Returns the most tasks and MB of memory of a unit.

    A session has three processes and some threads, and at most 150 MB after a flood; a pending
    login has two processes with 1.5 MB together.
    """
    _first, pending = max_startups(settings)
    return {
        "tasks": 12 * settings.sessions + 2 * pending + 64,
        "memory": 512 + 60 * settings.sessions + 2 * pending,
    }
