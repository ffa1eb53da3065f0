"""Units for systemd: the server, and the warm process, each with nothing it does not need."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.ssh.deploy.sshd import max_startups

if TYPE_CHECKING:
    from milatui.ssh.deploy.settings import LoginSettings

# A process that dies takes no other with it, and what was left running is no obstacle to the next
# start: KillMode=process and OOMPolicy=continue. A stop is something else: sessions say goodbye,
# and then nothing is left.
_SERVER = """\
[Unit]
Description=Public read-only milatui (sshd on port {port})
After=network-online.target{after}
Wants=network-online.target
StartLimitIntervalSec=0

[Service]
{identity}
ExecStartPre={sshd} -t -f {folder}/sshd_config
ExecStart={sshd} -D -e -f {folder}/sshd_config
ExecReload=/bin/kill -HUP $MAINPID
# A stop: no more visitors, then a goodbye to each. Without the plus sign these would run where
# the processes of other accounts are hidden.
ExecStop=-+/bin/kill -TERM $MAINPID
ExecStop=-+{farewell}
{ends}
Restart=on-failure
{sandbox}
{limits}

[Install]
WantedBy=multi-user.target
"""

_WARM = """\
[Unit]
Description=Warm process of the public milatui
StartLimitIntervalSec=0

[Service]
User={account}
Group={account}
RuntimeDirectory=milatui
RuntimeDirectoryMode=0700
ExecStart={environment} {command}
# A stop: a goodbye to each visitor, those of a process that has crashed before included.
ExecStop=-+{farewell} warm
{ends}
Restart=always
{sandbox}
PrivateNetwork=yes
{limits}

[Install]
WantedBy=multi-user.target
"""

_ENDS = """\
# Sessions outlive a crash of the process they came from, and the next one starts beside them.
# Only after a stop whatever is left of the unit is killed.
KillMode=process
ExecStopPost=-+{farewell} rest %n
TimeoutStopSec=20
RestartSec=5
# A session that the kernel kills for its memory ends no other.
OOMPolicy=continue"""

HIDDEN_FOLDERS = ("/home", "/root", "/run/user", "/tmp", "/var/tmp")  # noqa: S108 - no file is made there
"""Folders that ProtectHome and PrivateTmp hide from the services."""

CLEAN_ENVIRONMENT = "/usr/bin/env -i HOME=/nonexistent LANG=C.UTF-8 PATH=/usr/bin:/bin"
"""Starts a program without the variables of whoever starts it."""

# Devices are not private: visitors' terminals are in /dev/pts.
_SANDBOX = """\
NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=no
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectKernelLogs=yes
ProtectControlGroups=yes
ProtectClock=yes
ProtectHostname=yes
ProtectProc=invisible
ProcSubset=pid
RestrictNamespaces=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
RemoveIPC=yes
MemoryDenyWriteExecute=yes
SystemCallArchitectures=native
SystemCallFilter={calls}
SystemCallErrorNumber=EPERM
RestrictAddressFamilies={families}
UMask=0077
{capabilities}"""

_LIMITS = """\
TasksMax={tasks}
MemoryMax={memory}M
CPUWeight=50
LimitCORE=0"""


def sshd_unit(settings: LoginSettings) -> str:
    """The unit that runs sshd: as the account itself, or as root where a login needs root."""
    identity = f"User={settings.account}\nGroup={settings.account}"
    capabilities = "CapabilityBoundingSet=\nAmbientCapabilities="
    if settings.port < 1024:
        capabilities = "CapabilityBoundingSet=CAP_NET_BIND_SERVICE\n"
        capabilities += "AmbientCapabilities=CAP_NET_BIND_SERVICE"
    if settings.anonymous:
        # Only root may read that a password is empty; sshd gives root up after the login.
        identity = "User=root"
        capabilities = "CapabilityBoundingSet=CAP_SETUID CAP_SETGID CAP_SYS_CHROOT CAP_CHOWN"
        capabilities += " CAP_FOWNER CAP_DAC_READ_SEARCH CAP_KILL CAP_NET_BIND_SERVICE"
        capabilities += "\nRuntimeDirectory=sshd\nRuntimeDirectoryPreserve=yes"
    return _SERVER.format(
        port=settings.port,
        after=" milatui-warm.service" if settings.warm else "",
        identity=identity,
        sshd=settings.sshd,
        folder=settings.folder,
        farewell=settings.farewell,
        ends=_ENDS.format(farewell=settings.farewell),
        sandbox=_SANDBOX.format(
            capabilities=capabilities,
            # chroot: what sshd does, as root, to the part of it that strangers talk to.
            calls="@system-service chroot" if settings.anonymous else "@system-service",
            families="AF_INET AF_INET6 AF_UNIX AF_NETLINK",
        ),
        limits=_limits(settings),
    )


def prefork_unit(settings: LoginSettings) -> str:
    """The unit of the warm process: no network, no capabilities, no files to write."""
    capabilities = "CapabilityBoundingSet=\nAmbientCapabilities="
    return _WARM.format(
        account=settings.account,
        environment=CLEAN_ENVIRONMENT,
        command=settings.warm_command,
        farewell=settings.farewell,
        ends=_ENDS.format(farewell=settings.farewell),
        sandbox=_SANDBOX.format(
            capabilities=capabilities, calls="@system-service", families="AF_UNIX"
        ),
        limits=_limits(settings),
    )


def _limits(settings: LoginSettings) -> str:
    # A session is three processes and some threads, and at most 150 MB after a flood; a pending
    # login is two processes of a megabyte and a half together.
    _some, pending = max_startups(settings)
    tasks = 12 * settings.sessions + 2 * pending + 64
    memory = 512 + 60 * settings.sessions + 2 * pending
    return _LIMITS.format(tasks=tasks, memory=memory)
