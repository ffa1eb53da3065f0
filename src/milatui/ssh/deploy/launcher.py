"""Renders the shell scripts of a login: launcher, login shell, and the script that ends sessions.

The launcher is all that the account can start.
"""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import LANGUAGES, _, language, set_language
from milatui.ssh.deploy.template import render
from milatui.ssh.prefork.tty_reset import supervisor_script

if TYPE_CHECKING:
    from milatui.ssh.deploy.settings import LoginSettings

_EXIT_SECONDS = 8
"""Seconds a session has to end once it is told to; fifty at once need two on one core."""
_POLLS_A_SECOND = 5


def launcher_script(settings: LoginSettings) -> str:
    """Returns the text of ``launch``, the only program the account can start."""
    python = f"{settings.python} -I -B"
    if settings.warm:
        # Not -m: what finds and runs a module would stay in memory with every visitor.
        code = "from milatui.ssh.prefork.client import start; start()"
        program = f"{python} -c '{code}' {settings.socket}"
    else:
        program = f"/bin/sh -c '{supervisor_script()}' sh"
        program += f' "milatui: $unexpected" \\\n    {python} -m milatui'
    values = {
        "program": program,
        "explorer": " ".join(settings.explorer()),
        "language": settings.language,
        "sentences": _shell_messages(supervised=not settings.warm),
    }
    return render("launch", values)


def login_shell(settings: LoginSettings) -> str:
    """Returns the text of ``shell``, the login shell of the account."""
    return render("shell", {"launcher": settings.launcher})


def stop_script(settings: LoginSettings) -> str:
    """Returns the text of ``farewell``, which ends all sessions and lets them say goodbye."""
    values = {
        "account": settings.account,
        "python": settings.python,
        "index": settings.index,
        "socket": settings.socket,
        "patience": _EXIT_SECONDS,
        "turns": _EXIT_SECONDS * _POLLS_A_SECOND,
    }
    return render("farewell", values)


def _messages() -> dict[str, str]:
    """Returns what the launcher says, by shell variable, in the current language."""
    return {
        "unexpected": _("this session has ended unexpectedly."),
        "no_command": _("Commands are not accepted here."),
        "no_terminal": _("A terminal is needed: connect with ssh -t and without a command."),
        "no_cursor": _(
            "TERM names no terminal known here. If yours does what xterm does: TERM=xterm ssh …"
        ),
    }


def _shell_messages(*, supervised: bool) -> str:
    """Returns shell lines that set the messages in the language of the variable ``language``.

    Args:
        supervised: A shell of the launcher waits for the session and reports its loss.
    """
    previous = language()
    lines = []
    for code in LANGUAGES:
        set_language(code)
        pairs = [
            f'    {name}="{text}"'
            for name, text in _messages().items()
            if supervised or name != "unexpected"
        ]
        lines.append("\n".join((f"{code})", *pairs, "    ;;")))
    set_language(previous)
    return "\n".join(('case "$language" in', *lines, "esac"))
