"""Restarts the preloaded server without anything that it inherited.

In the foreground, root's shell starts the server, and every session is a fork of it: each would
have root's variables in ``/proc/PID/environ``, which only a new start clears, and root's open
files. A module of its own, so that nothing else is imported twice.
"""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARK = "milatui-isolated"
_ENVIRONMENT = {"HOME": "/nonexistent", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"}
"""Those of the five variables of a session that do not depend on the visitor."""


def reexec_isolated(arguments: Sequence[str]) -> None:
    """Replaces this process by an isolated ``milatui`` with these arguments, unless it is one.

    The new process has three environment variables, no descriptor beyond standard error, an empty
    standard input, and ``/`` as its working directory.
    """
    if _MARK in sys._xoptions:
        return
    os.chdir("/")
    os.umask(0o077)
    for name in [entry.name for entry in Path("/dev/fd").iterdir()]:
        if int(name) > 2:
            with contextlib.suppress(OSError):  # the descriptor that listed the others
                os.close(int(name))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    command = [sys.executable, "-I", "-B", "-X", _MARK, "-m", "milatui", *arguments]
    os.execve(command[0], command, _ENVIRONMENT)  # noqa: S606 - no shell is wanted
