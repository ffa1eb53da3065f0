"""The how-to that goes with the files: what to type, in order, and what to publish."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.ssh.settings import Settings

_TEXT = """\
# A public login to an archive

The files in this folder make `ssh -p {port} {account}@HOST` open the archive at
`{archive}`
for reading, and nothing else. What follows is typed as root, in this folder. It needs OpenSSH's
server (`sshd -V`: 9.2 or later); where there is none, install the package openssh-server.

1. The account. It owns nothing, and its shell is only there to start the launcher.

       useradd --system --home-dir / --no-create-home --shell /bin/sh {account}
       {password}

2. The files, and the host key.

       install -d -o root -g {account} -m 0750 {folder}
{copying}       ssh-keygen -q -t ed25519 -N '' -C milatui -f {folder}/host_ed25519
{host_key_owner}       mkdir -p /run/sshd
       {sshd} -t -f {folder}/sshd_config

   The last command says nothing if all is well.

3. Who may come in.

{visitors}
4. The index, made by its owner and only readable for the account. Repeat the last two commands
   when the archive has changed: running sessions take the new index over at a quiet moment.

       install -d -o {owner} -m 0755 {index}
       {as_owner}{python} -I -m milatui index \\
           --archive {archive} --index {index}
       chmod -R go+rX,go-w {index}

5. The services.

       install -m 0644 {units} /etc/systemd/system/
       systemctl daemon-reload
       systemctl enable --now {services}

   Without systemd, these commands run the same in the foreground:

{foreground}
6. Attack it before others do. Every line of the table should say "refused" or "contained".
{check_key}
       {python} -I -m milatui ssh check 127.0.0.1 {port} --user {account}{identity}

## What to publish

The address, and the fingerprint of the host key, so that visitors can tell it from another:

    ssh -p {port} {account}@HOST
    ssh-keygen -l -f {folder}/host_ed25519.pub

- Keep the host key when the machine changes: another one alarms everybody who has been here.
- Compression is on here; a visitor on a slow line asks for it with `ssh -C`.
- The language follows the LANG that the visitor's ssh sends, French or English; others get
  {language}. Where ssh sends none: `ssh -o SetEnv=LANG=fr ...`. The key `L` changes it.
- What is copied goes to the clipboard of the visitor's terminal (OSC 52). Within tmux that needs
  `set -s set-clipboard on` in ~/.tmux.conf.

## How it ends

Sessions are warned 60 s before they end: after {idle} minutes without a key, or {longest} minutes
in all. `systemctl stop` tells every visitor so in one line and restores the terminal.
A server behind an address translator sees many visitors as one: raise PerSourceMaxStartups then.
"""

_COPYING = """\
       install -m 0644 sshd_config {folder}/sshd_config
       install -m 0755 launch {folder}/launch
"""

_BY_KEY = """\
       One line for each visitor's public key, `visitor.pub` here, in a file of root's:

       install -m 0644 /dev/null {folder}/authorized_keys
       echo "restrict,pty $(cat visitor.pub)" >> {folder}/authorized_keys
"""

_EVERYBODY = """\
       Everybody: no key, no password. sshd has to start as root for that, because only root can
       read that the password is empty; it gives root up before the session starts.
"""

_CHECK_KEY = """\
   The key is a private one whose public half is in authorized_keys.
"""

_AS_ACCOUNT = "setpriv --reuid={account} --regid={account} --clear-groups --no-new-privs"


def howto(settings: Settings, *, placed: bool) -> str:
    """The text of ``HOWTO.md``; ``placed`` if the files lie where they are to stay already."""
    services = " ".join(
        ["milatui-sshd.service", *(["milatui-warm.service"] if settings.warm else [])]
    )
    account, folder = settings.account, settings.folder
    if settings.anonymous:
        password = f"passwd -d {account}            # anonymous: the empty password"
        host_key_owner, visitors, check_key, identity = "", _EVERYBODY, "", ""
    else:
        password = f"usermod -p '*' {account}       # no password at all, but not locked"
        host_key_owner = f"       chown {account} {folder}/host_ed25519\n"
        visitors = _BY_KEY.format(folder=folder)
        check_key, identity = _CHECK_KEY, " --identity KEY"
    return _TEXT.format(
        port=settings.port,
        account=account,
        archive=settings.archive,
        password=password,
        folder=folder,
        copying="" if placed else _COPYING.format(folder=folder),
        host_key_owner=host_key_owner,
        sshd=settings.sshd,
        visitors=visitors,
        owner=settings.owner,
        as_owner="" if settings.owner == "root" else f"runuser -u {settings.owner} -- ",
        python=settings.python,
        index=settings.index,
        units=services,
        services=services,
        foreground=_foreground(settings),
        check_key=check_key,
        identity=identity,
        language={"en": "English", "fr": "French"}[settings.language],
        idle=settings.idle,
        longest=settings.longest,
    )


def _foreground(settings: Settings) -> str:
    """The services as commands of a shell."""
    as_account = _AS_ACCOUNT.format(account=settings.account)
    lines = []
    if settings.warm:
        words = " \\\n           ".join((as_account, settings.warm_command))
        lines.append(f"install -d -o {settings.account} -m 0700 {settings.socket.parent}")
        lines.append(f"(cd / && {words}) &")
    user = "" if settings.anonymous else f"{as_account} \\\n           "
    lines.append(f"{user}{settings.sshd} -D -e -f {settings.folder}/sshd_config")
    return "".join(f"       {line}\n" for line in lines)
