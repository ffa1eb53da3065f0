"""Opens web addresses in the user's browser; addresses come from archives and are hostile text."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping

_LONGEST: Final = 2000
"""Characters of an address that every browser takes."""
_FORBIDDEN: Final = frozenset(' "<>\\^`{|}')
"""Characters that an address has only in escaped form (RFC 3986)."""
_SECONDS: Final = 10.0
"""How long a program may take to hand an address to a browser."""
_PROGRAM: Final = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


def is_web_address(text: str) -> bool:
    """Returns whether ``text`` is a valid http or https address of a host."""
    if len(text) > _LONGEST or not text.isprintable() or not _FORBIDDEN.isdisjoint(text):
        return False
    try:
        parts = urlsplit(text)
        host = parts.hostname
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(host)


def has_browser(environment: Mapping[str, str]) -> bool:
    """Returns whether a browser would open on the screen that the user sits at.

    Args:
        environment: Environment variables of the session.
    """
    if environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY"):
        return True
    if environment.get("SSH_CONNECTION") or environment.get("SSH_TTY"):
        return False
    return sys.platform in ("darwin", "win32") or bool(environment.get("BROWSER"))


def open_in_browser(address: str) -> bool:
    """Opens an address in the user's browser; returns whether that worked.

    A process of its own does it, without the terminal: a browser's messages do not reach the
    screen, and one that runs in the terminal fails.

    Raises:
        ValueError: it is not a web address.
    """
    if not is_web_address(address):
        raise ValueError(address)
    command = [sys.executable, "-I", "-c", _PROGRAM, address]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
