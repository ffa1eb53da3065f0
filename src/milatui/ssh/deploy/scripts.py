"""Generates the scripts beside the launcher: the account's login shell, and the farewell."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.ssh.deploy.settings import LoginSettings

_SHELL = """\
#!/bin/sh -p
# The login shell of the account. It starts the launcher whatever it is told, so that `su` gives
# a local user the explorer and nothing else. Made by `milatui ssh config`.
# Do not list it in /etc/shells: su --shell would start any program then.
# -p: bash as /bin/sh takes no functions and no tracing from the environment, which is the local
# user's. busybox has neither, and no -p: remove it there.
asked=${{SSH_ORIGINAL_COMMAND:-}}
if [ "${{1:-}}" = -c ] && [ "${{2:-}}" != "exec {launcher}" ]; then asked=${{2:-}}; fi
exec /usr/bin/env -i PATH=/usr/bin:/bin LANG="${{LANG:-}}" TERM="${{TERM:-}}" \\
    SSH_ORIGINAL_COMMAND="$asked" {launcher}
"""

_FAREWELL = """\
#!/bin/sh
# Tells sessions to end, waits until they have said goodbye to their visitors, and kills those
# that have not done so after {patience} seconds. The units call it on a stop, as root.
#   farewell         every session of the login
#   farewell warm    those of the warm process, and of one that has crashed
#   farewell rest UNIT    after a stop: whatever is left of the unit is killed
# Made by `milatui ssh config`.
export LC_ALL=C PATH=/usr/bin:/bin
only=${{1:-}}

if [ "$only" = rest ]; then
    # After a crash sessions go on. systemd says which it was.
    case "${{SERVICE_RESULT:-}}" in
        success | timeout) systemctl kill --signal=KILL "$2" ;;
        *) ;;
    esac
    exit 0
fi

# A session is a Python with a terminal. sshd and the warm process itself have no terminal; a shell
# that watches over a session is left to tidy up after it.
sessions() {{
    ps -ww -U {account} -o pid= -o tty= -o args= | while read -r pid terminal words; do
        if [ "$terminal" = "?" ]; then continue; fi
        case "$only $words " in
            *" ssh warm --socket {socket} "*) echo "$pid" ;;
            "warm "*) ;;
            " {python} -I -B -m milatui --read-only "*" --index {index} "*) echo "$pid" ;;
            *) ;;
        esac
    done
}}

# Word splitting is wanted: one argument for each process.
# shellcheck disable=SC2046
send() {{ kill -s "$1" $(sessions) 2>/dev/null; }}

send TERM
turns={turns}
while [ -n "$(sessions)" ] && [ "$turns" -gt 0 ]; do
    sleep 0.2
    turns=$((turns - 1))
done
send KILL
exit 0
"""

_PATIENCE = 8
"""Seconds a session has for its farewell; fifty at once need two on one core."""


def login_shell(settings: LoginSettings) -> str:
    """Return the text of ``shell``, the account's login shell."""
    return _SHELL.format(launcher=settings.launcher)


def stop_script(settings: LoginSettings) -> str:
    """Return the text of ``farewell``, which ends all sessions politely."""
    return _FAREWELL.format(
        account=settings.account,
        python=settings.python,
        index=settings.index,
        socket=settings.socket,
        patience=_PATIENCE,
        turns=5 * _PATIENCE,
    )
