"""The how-to that goes with the files: what to type, in order, and what to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.ssh.settings import Settings

_TEXT = """\
# A public login to an archive

The files in this folder make `ssh -p {port} {account}@HOST` open the archive at
`{archive}` for reading, and nothing else. As root:

1. The account. It owns nothing, and its shell is only there to start the launcher.

       useradd --system --home-dir / --no-create-home --shell /bin/sh {account}
       {password}

2. The files, and the host key.

       install -d -o root -g {account} -m 0750 {folder}
       install -m 0644 sshd_config {folder}/sshd_config
       install -m 0755 launch {folder}/launch
       ssh-keygen -q -t ed25519 -N '' -C milatui -f {folder}/host_ed25519
{host_key_owner}
3. Who may come in.

{visitors}
4. The index, made by its owner and only readable for the account. Repeat the command when the
   archive has changed: running sessions take the new index over at a quiet moment.

       sudo -u {owner} {python} -I -m milatui index --archive {archive} --index {index}
       chmod -R go+rX,go-w {index}

5. The services.

       install -m 0644 {units} /etc/systemd/system/
       systemctl daemon-reload
       systemctl enable --now {services}

6. Attack it before others do. Every line of the table should say "refused" or "contained".

       {python} -I -m milatui ssh check HOST {port} --user {account}

## What to publish

The address, and the fingerprint of the host key, so that visitors can tell it from another:

    ssh-keygen -l -f {folder}/host_ed25519.pub

Visitors on slow lines use `ssh -C`. The language follows their LANG (French or English).

## How it ends

Sessions are warned 60 s before they end: after {idle} minutes without a key, or {longest} minutes
in all. `systemctl stop` tells every visitor so in one line and restores the terminal.
A server behind an address translator sees many visitors as one: raise PerSourceMaxStartups then.
"""

_BY_KEY = """\
       One public key per line in `{folder}/authorized_keys` (owner root, mode 0644):

       restrict,pty ssh-ed25519 AAAA... a visitor
"""

_EVERYBODY = """\
       Everybody: no key, no password. sshd has to start as root for that, because only root can
       read that the password is empty; it gives root up before the session starts.
"""


def howto(settings: Settings) -> str:
    """The text of ``HOWTO.md``."""
    services = ["milatui-sshd.service", *(["milatui-warm.service"] if settings.warm else [])]
    if settings.anonymous:
        password = f"passwd -d {settings.account}            # anonymous: the empty password"
        host_key_owner, visitors = "", _EVERYBODY
    else:
        password = f"usermod -p '*' {settings.account}       # no password at all, but not locked"
        host_key_owner = f"       chown {settings.account} {settings.folder}/host_ed25519\n"
        visitors = _BY_KEY.format(folder=settings.folder)
    return _TEXT.format(
        port=settings.port,
        account=settings.account,
        archive=settings.archive,
        password=password,
        folder=settings.folder,
        host_key_owner=host_key_owner,
        visitors=visitors,
        owner=settings.owner,
        python=settings.python,
        index=settings.index,
        units=" ".join(services),
        services=" ".join(services),
        idle=settings.idle,
        longest=settings.longest,
    )
