"""The configuration of sshd: one account, one program, nothing else."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.ssh.deploy.settings import LoginSettings

_SERVER = """\
# A public, read-only milatui: one account, one program, nothing else. OpenSSH 9.2 or later.
# Made by `milatui ssh config`; try it with: sshd -t -f {folder}/sshd_config

Port {port}
ListenAddress {address}
HostKey {folder}/host_ed25519
PidFile none
LogLevel VERBOSE
UseDNS no
PrintMotd no
PrintLastLog no
VersionAddendum none

# Who may come in.
AllowUsers {account}
PermitRootLogin no
UsePAM no
StrictModes no
HostbasedAuthentication no
KbdInteractiveAuthentication no
GSSAPIAuthentication no
AuthorizedKeysFile {folder}/authorized_keys
{authentication}
MaxAuthTries 3
ExposeAuthInfo no

# How many: connections that have not logged in, and sessions on a connection.
# A first visitor compares the fingerprint within the grace time. One address may hold fewer
# connections than make sshd drop those of everybody at random. A /64 counts as one address: every
# host with IPv6 has that many.
LoginGraceTime {grace}
MaxStartups {startups}
PerSourceMaxStartups {per_source}
PerSourceNetBlockSize 32:64
{penalties}
MaxSessions 1

# What they may ask for: a terminal. No forwarding of any kind, no files, no variables but the
# language, which the launcher compares with those it knows.
DisableForwarding yes
AllowAgentForwarding no
AllowTcpForwarding no
AllowStreamLocalForwarding no
X11Forwarding no
PermitTunnel no
GatewayPorts no
PermitUserRC no
PermitUserEnvironment no
AcceptEnv LANG
PermitTTY no
ForceCommand /bin/false

# How long: milatui warns and ends idle sessions itself; this is for those it cannot reach.
# ChannelTimeout has to stand here: inside Match it does nothing.
ClientAliveInterval 15
ClientAliveCountMax 3
TCPKeepAlive yes
UnusedConnectionTimeout 20s
ChannelTimeout session:*={idle_limit}m

# Screens are mostly blanks and repetitions: 93 kB become 6.
Compression delayed

Match User {account}
  PermitTTY yes
  ForceCommand exec {launcher}
"""

_BY_KEY = """\
PubkeyAuthentication yes
PasswordAuthentication no
AuthenticationMethods publickey"""

_ANONYMOUS = """\
PubkeyAuthentication no
# Everybody may come in. The account's password must be empty: passwd -d {account}
PasswordAuthentication yes
PermitEmptyPasswords yes
AuthenticationMethods none"""

_CRASHES_ONLY = """\
# A penalty keeps out everybody who shares an address. By default a few slow logins cost minutes;
# here only a crash counts.
{sign}PerSourcePenalties crash:90s authfail:0 noauth:0 grace-exceeded:0 min:60s"""
_NO_PENALTIES = """\
# A penalty keeps out everybody who shares an address. OpenSSH 9.8 and 9.9 count a slow login as a
# crash, which costs minutes.
PerSourcePenalties no"""
_UNKNOWN_YET = """\
# For OpenSSH 10 or later: remove the # before PerSourcePenalties. For 9.8 and 9.9 write
# PerSourcePenalties no
"""
_FIRST_WITH_PENALTIES, _FIRST_WITHOUT_FAULT = (9, 8), (10, 0)

LOGIN_GRACE_SECONDS = 30
"""Seconds a connection may take to log in; comparing a fingerprint is part of it."""
MAX_PENDING_PER_ADDRESS = 50
"""Connections one address may hold that have not logged in."""


def max_startups(settings: LoginSettings) -> tuple[int, int]:
    """Return after how many pending logins sshd drops some of the new ones, and when all."""
    some = max(MAX_PENDING_PER_ADDRESS + 10, 2 * settings.sessions)
    return some, 2 * some


def sshd_config(settings: LoginSettings) -> str:
    """Return the text of ``sshd_config``."""
    how = _ANONYMOUS if settings.anonymous else _BY_KEY
    some, every = max_startups(settings)
    return _SERVER.format(
        folder=settings.folder,
        port=settings.port,
        address=settings.address,
        account=settings.account,
        authentication=how.format(account=settings.account),
        grace=LOGIN_GRACE_SECONDS,
        startups=f"{some}:50:{every}",
        per_source=MAX_PENDING_PER_ADDRESS,
        penalties=_penalties(settings.version),
        idle_limit=settings.idle + 2,
        launcher=settings.launcher,
    )


def _penalties(version: tuple[int, int] | None) -> str:
    """Return the lines on penalties for a version that may not know them yet."""
    if version is None or version < _FIRST_WITH_PENALTIES:
        return _UNKNOWN_YET + _CRASHES_ONLY.format(sign="#")
    return _NO_PENALTIES if version < _FIRST_WITHOUT_FAULT else _CRASHES_ONLY.format(sign="")


def openssh_version(sshd: Path) -> tuple[int, int] | None:
    """Return the version of the server program, or None if it is not there or says none."""
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
