"""Generates the how-to that goes with the files: what to type, in order, and what to publish."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.ssh.deploy.sshd import LOGIN_GRACE_SECONDS, MAX_PENDING_PER_ADDRESS
from milatui.ssh.deploy.systemd import CLEAN_ENVIRONMENT

if TYPE_CHECKING:
    from milatui.ssh.deploy.settings import LoginSettings

_TEXT = """\
# A public login to an archive

The files in this folder make `ssh -p {port} {account}@HOST` open the archive at
`{archive}`
for reading, and nothing else. What follows is typed as root, in this folder. It needs OpenSSH's
server (`sshd -V`: 9.2 or later) and `ps`: the packages openssh-server and procps.

1. The files. They belong to root; the account may only read them.

{copying}
2. The account. It owns nothing, and its shell starts the launcher whatever it is told.

       useradd --system --user-group --home-dir / --no-create-home \\
           --shell {folder}/shell {account}
       {password}
       chgrp {account} {folder}
       chmod 0750 {folder}

{local}
3. The host key.

       ssh-keygen -q -t ed25519 -N '' -C milatui -f {folder}/host_ed25519
{host_key_owner}       mkdir -p /run/sshd
       {sshd} -t -f {folder}/sshd_config

   The last command says nothing if all is well.

4. Who may come in.

{visitors}
5. The index, made by its owner and only readable for the account. Repeat the last two commands
   when the archive has changed: running sessions take the new index over at a quiet moment.

       install -d -o {owner} -m 0755 {index}
       {as_owner}{python} -I -m milatui index \\
           --archive {archive} --index {index}
       chmod -R go+rX,go-w {index}

6. The services.

       install -m 0644 {units} /etc/systemd/system/
       systemctl daemon-reload
       systemctl enable --now {services}

   Without systemd, these commands run the same in the foreground:

{foreground}
7. Attack it before others do. Every line of the table should say "refused" or "contained". As
   root on this machine it looks at the account as well.
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

- Sessions are warned 60 s before they end: after {idle} minutes without a key, or {longest}
  minutes in all.
- `systemctl stop` and `restart` tell every visitor in one line and restore the terminal; what has
  not ended after 8 s is killed. Without systemd, `{folder}/farewell` does the first part.
- A crash of sshd{or_warm} ends no session. The service is back after 5 s.
- A server behind an address translator sees many visitors as one. Of an address {per_source}
  connections may wait for their login, each for {grace} s: raise PerSourceMaxStartups for more.

## To change something

Make the files again, with what is to be different in the first command (here all that was given,
and the port), and restart. Sessions end with their goodbye.

       {repeat}
       install -m 0644 {unit_files} /etc/systemd/system/
       systemctl daemon-reload
       systemctl restart {services}

## To undo everything

       systemctl disable --now {services}
       rm -f {installed}
       systemctl daemon-reload
       systemctl reset-failed 'milatui-*'
       userdel {account}
       rm -f {written}
       rmdir {folder}
       rm -r {index}
{index_parent}
Without systemd the first four are: `{folder}/farewell`, then `Ctrl-C` for sshd{stop_warm}.
What then remains is the archive, the program, the lines that were logged, and /run/sshd, an empty
folder that every sshd wants.
"""

_COPYING = """\
       install -d -o root -g root -m 0755 {folder}
       install -m 0644 sshd_config {folder}/sshd_config
       install -m 0755 launch shell farewell {folder}/
"""

_PLACED = """\
       chown -R root:root {folder}
"""

_BY_KEY = """\
   One line for each visitor's public key, `/root/visitor.pub` here, in a file of root's:

       install -m 0644 /dev/null {folder}/authorized_keys
       echo "restrict,pty $(cat /root/visitor.pub)" >> {folder}/authorized_keys
"""

_EVERYBODY = """\
   Everybody: no key, no password. sshd has to start as root for that, because only root can read
   that the password is empty; it gives root up before the session starts.
"""

_LOCAL_BY_KEY = """\
   Nobody becomes this account by `su`: no password fits. Another sshd of this machine does not
   let it in either, as long as it looks for keys in the home of an account.
"""

_LOCAL_ANONYMOUS = """\
   An empty password is one for every program of this machine that accepts it, not for this sshd
   alone. Where PAM's `nullok` stands (`grep -r nullok /etc/pam.d`), any local user becomes the
   account by `su {account}`, and gets what a visitor gets: the explorer. For that the shell must
   not be listed in /etc/shells. If no other account needs it, take the word `nullok` away. Let no
   other service accept the account: `sshd -T | grep -i permitempty` says `no`, and servers of
   mail, files or FTP that ask PAM refuse it by name.
"""

_CHECK_KEY = """\
   The key is a private one whose public half is in authorized_keys.
"""

_AS_ACCOUNT = "setpriv --reuid={account} --regid={account} --clear-groups --no-new-privs"
_FOR_SSHD = "/usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin"


def howto(settings: LoginSettings, *, placed: bool) -> str:
    """Return the text of ``HOWTO.md``; ``placed`` if the files are where they are to stay."""
    units = ["milatui-sshd.service", *(["milatui-warm.service"] if settings.warm else [])]
    account, folder = settings.account, settings.folder
    if settings.anonymous:
        password = f"passwd -d {account}            # anonymous: the empty password"
        host_key_owner, visitors, check_key, identity = "", _EVERYBODY, "", ""
        local = _LOCAL_ANONYMOUS.format(account=account)
    else:
        password = f"usermod -p '*' {account}       # no password at all, but not locked"
        host_key_owner = f"       chown {account} {folder}/host_ed25519\n"
        visitors = _BY_KEY.format(folder=folder)
        check_key, identity, local = _CHECK_KEY, " --identity KEY", _LOCAL_BY_KEY
    return _TEXT.format(
        port=settings.port,
        account=account,
        archive=settings.archive,
        password=password,
        local=local,
        folder=folder,
        copying=(_PLACED if placed else _COPYING).format(folder=folder),
        host_key_owner=host_key_owner,
        sshd=settings.sshd,
        visitors=visitors,
        owner=settings.owner,
        as_owner="" if settings.owner == "root" else f"runuser -u {settings.owner} -- ",
        python=settings.python,
        index=settings.index,
        units=" ".join(units),
        services=" ".join(units),
        foreground=_foreground(settings),
        check_key=check_key,
        identity=identity,
        language={"en": "English", "fr": "French"}[settings.language],
        idle=settings.idle,
        longest=settings.longest,
        or_warm=" or of the warm process" if settings.warm else "",
        per_source=MAX_PENDING_PER_ADDRESS,
        grace=LOGIN_GRACE_SECONDS,
        repeat=_wrapped([*settings.repeat(), *_port(settings), "--force"]),
        unit_files=" ".join(f"{folder}/{unit}" for unit in units),
        installed=" ".join(f"/etc/systemd/system/{unit}" for unit in units),
        written=_wrapped([f"{folder}/{name}" for name in _written(settings, units)]),
        index_parent=_remove_parent(settings),
        stop_warm=f", `kill %1`, and `rm -r {settings.socket.parent}`" if settings.warm else "",
    )


def _port(settings: LoginSettings) -> list[str]:
    return [] if "--port" in settings.repeat() else ["--port", str(settings.port)]


def _written(settings: LoginSettings, units: list[str]) -> list[str]:
    names = ["HOWTO.md", "sshd_config", "launch", "shell", "farewell", *units]
    names += ["host_ed25519", "host_ed25519.pub"]
    return names if settings.anonymous else [*names, "authorized_keys"]


def _remove_parent(settings: LoginSettings) -> str:
    """Return the command that removes the folder step 5 may have made; never one of the root's."""
    parent = settings.index.parent
    if len(parent.parts) < 3:
        return ""
    return f"       rmdir --ignore-fail-on-non-empty {parent}\n"


def _wrapped(words: list[str], width: int = 100) -> str:
    """Join ``words`` to a command of a shell, continued over lines of at most ``width``."""
    lines = [words[0]]
    for word in words[1:]:
        if len(lines[-1]) + len(word) > width - 14:
            lines.append(word)
        else:
            lines[-1] += f" {word}"
    return " \\\n           ".join(lines)


def _foreground(settings: LoginSettings) -> str:
    """Return the services as commands of a shell."""
    as_account = _AS_ACCOUNT.format(account=settings.account)
    lines = []
    if settings.warm:
        words = " \\\n           ".join((CLEAN_ENVIRONMENT, as_account, settings.warm_command))
        lines.append(f"install -d -o {settings.account} -m 0700 {settings.socket.parent}")
        lines.append(f"(cd / && {words}) &")
    user = "" if settings.anonymous else f"{as_account} \\\n           "
    lines.append(f"{_FOR_SSHD} {user}{settings.sshd} -D -e -f {settings.folder}/sshd_config")
    return "".join(f"       {line}\n" for line in lines)
