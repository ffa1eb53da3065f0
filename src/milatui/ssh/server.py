"""The configuration of sshd: one account, one program, nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.ssh.settings import Settings

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
LoginGraceTime 15
MaxStartups 20:50:{startups}
PerSourceMaxStartups 10
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


def server_configuration(settings: Settings) -> str:
    """The text of ``sshd_config``."""
    how = _ANONYMOUS if settings.anonymous else _BY_KEY
    return _SERVER.format(
        folder=settings.folder,
        port=settings.port,
        address=settings.address,
        account=settings.account,
        authentication=how.format(account=settings.account),
        startups=max(40, 2 * settings.sessions),
        idle_limit=settings.idle + 2,
        launcher=settings.launcher,
    )
