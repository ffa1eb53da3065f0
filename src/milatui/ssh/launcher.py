"""The shell script that is all the account can start."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.ssh.settings import Settings

_SCRIPT = """\
#!/bin/sh
# The only program the account can start. Made by `milatui ssh config`. Commands and variables
# of the visitor are refused or compared with what is known; nothing of them is passed on.
refuse() {{ echo "$1" >&2; exit 2; }}
if [ -n "${{SSH_ORIGINAL_COMMAND:-}}" ]; then refuse "Commands are not accepted here."; fi
if ! [ -t 0 ] || ! [ -t 1 ] || ! [ -t 2 ]; then
    refuse "This service needs a terminal: connect with ssh -t and without a command."
fi
case "${{TERM:-}}" in
    ""|dumb|*[!A-Za-z0-9._+-]*|?????????????????????????????????????????*) TERM=xterm ;;
esac
case "$TERM" in
    *-direct*|xterm-kitty|xterm-ghostty|alacritty*|foot*|wezterm|iterm2) COLORTERM=truecolor ;;
    *) COLORTERM= ;;
esac
case "${{LANG:-}}" in
    fr*) language=fr ;;
    *) language=en ;;
esac
cd / || exit 1
umask 077
# No core files, no files at all, few descriptors, 2 GB of addresses, an hour of CPU.
ulimit -c 0 && ulimit -f 0 && ulimit -n 64 && ulimit -v 2000000 && ulimit -t 3600 || exit 1
exec env -i HOME=/nonexistent LANG=C.UTF-8 PATH=/usr/bin:/bin TERM="$TERM" COLORTERM="$COLORTERM" \\
    {command}
"""


def launcher_script(settings: Settings) -> str:
    """The text of ``launch``."""
    # Not -m, for what finds and runs a module would stay in memory with every visitor.
    client = f"-c 'from milatui.ssh.attach import start; start()' {settings.socket}"
    program = client if settings.warm else "-m milatui"
    words = [str(settings.python), "-I", "-B", program, *settings.explorer()]
    command = " ".join(words) + ' --lang "$language"'
    return _SCRIPT.format(command=command)
