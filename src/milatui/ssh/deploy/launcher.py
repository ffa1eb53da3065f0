"""The shell script that is all the account can start."""

# untranslated: files for somebody's own archive or server, explained in English
from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import LANGUAGES, _, language, set_language
from milatui.ssh.prefork.tty_reset import SUPERVISOR_SCRIPT

if TYPE_CHECKING:
    from milatui.ssh.deploy.settings import LoginSettings

_SCRIPT = """\
#!/bin/sh
# The only program the account can start. Made by `milatui ssh config`. Commands and variables
# of the visitor are refused or compared with what is known; nothing of them is passed on.
# An interrupt before the first screen ends nothing: it would only show where Python lies.
trap "" INT QUIT
case "${{LANG:-}}" in
    fr*) language=fr ;;
    en*) language=en ;;
    *) language={language} ;;
esac
{sentences}
refuse() {{ echo "milatui: $1" >&2; exit 2; }}
if [ -n "${{SSH_ORIGINAL_COMMAND:-}}" ]; then refuse "$no_command"; fi
if ! [ -t 0 ] || ! [ -t 1 ] || ! [ -t 2 ]; then refuse "$no_terminal"; fi
# Families of terminals that understand what xterm does. Add to them, or tell visitors of another
# to say TERM=xterm.
case "${{TERM:-}}" in
    *[!A-Za-z0-9._+-]*|?????????????????????????????????????????*) refuse "$no_cursor" ;;
    xterm*|screen*|tmux*|linux*|vt[1-5][0-9][0-9]*|ansi*|rxvt*|urxvt*|Eterm*|aterm*|mlterm*) ;;
    kitty*|alacritty*|foot*|wezterm*|iterm*|iTerm*|ghostty*|konsole*|gnome*|vte*|st|st-*|stterm*) ;;
    nsterm*|Apple_Terminal|putty*|cygwin*|mintty*|ms-terminal*|contour*|rio*|zellij*|dtterm*) ;;
    cons25*|wsvt25*|pccon*|teraterm*|eterm*|fbterm*|jfbterm*|bterm*|hterm*|dvtm*|sun*) ;;
    *) refuse "$no_cursor" ;;
esac
case "$TERM" in
    *-direct*|xterm-kitty|xterm-ghostty|alacritty*|foot*|wezterm|iterm2) COLORTERM=truecolor ;;
    *) COLORTERM= ;;
esac
cd / || exit 1
umask 077
# No core files, no files at all, few descriptors, 2 GB of addresses, an hour of CPU.
ulimit -c 0 && ulimit -f 0 && ulimit -n 64 && ulimit -v 2000000 && ulimit -t 3600 || exit 1
# shellcheck disable=SC2016 # the inner shell expands what stands in single quotes
exec env -i HOME=/nonexistent LANG=C.UTF-8 PATH=/usr/bin:/bin TERM="$TERM" COLORTERM="$COLORTERM" \\
    {program} {explorer} --lang "$language"
"""


def launcher_script(settings: LoginSettings) -> str:
    """The text of ``launch``."""
    python = f"{settings.python} -I -B"
    if settings.warm:
        # Not -m, for what finds and runs a module would stay in memory with every visitor.
        program = (
            f"{python} -c 'from milatui.ssh.prefork.client import start; start()' {settings.socket}"
        )
    else:
        supervisor = f"/bin/sh -c '{SUPERVISOR_SCRIPT}' sh"
        program = f'{supervisor} "milatui: $unexpected" \\\n    {python} -m milatui'
    return _SCRIPT.format(
        program=program,
        explorer=" ".join(settings.explorer()),
        language=settings.language,
        sentences=_in_the_shell(supervised=not settings.warm),
    )


def _sentences() -> dict[str, str]:
    """What is said to those who are not let in, and to whom a session is lost, by variable."""
    return {
        "unexpected": _("this session has ended unexpectedly."),
        "no_command": _("Commands are not accepted here."),
        "no_terminal": _("A terminal is needed: connect with ssh -t and without a command."),
        "no_cursor": _(
            "TERM names no terminal known here. If yours does what xterm does: TERM=xterm ssh …"
        ),
    }


def _in_the_shell(*, supervised: bool) -> str:
    """Shell lines that set the sentences in the language of the variable ``language``.

    Args:
        supervised: A shell of the launcher's waits for the session and says how it ended.
    """
    owners = language()
    lines = []
    for spoken in LANGUAGES:
        set_language(spoken)
        pairs = [
            f'    {name}="{text}"'
            for name, text in _sentences().items()
            if supervised or name != "unexpected"
        ]
        lines.append("\n".join((f"{spoken})", *pairs, "    ;;")))
    set_language(owners)
    return "\n".join(('case "$language" in', *lines, "esac"))
