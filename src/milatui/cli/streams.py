"""The three standard streams: open even if the caller has closed them, and UTF-8."""

from __future__ import annotations

import io
import os
import sys


def open_missing() -> None:
    """Give the process those of its first three descriptors that the caller has closed.

    Python has no stream for them, and the next file opened, an index being written perhaps,
    would take the number to which all the world writes its messages.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            if not _is_open(number):
                os.open(os.devnull, os.O_RDWR)
            # Never closed: it lives as long as the process.
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", encoding="utf-8"))


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def write_utf8() -> None:
    """Data leaves as UTF-8 whatever the locale says; what is no text leaves as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def let_go() -> None:
    """Let the interpreter's last flush of what nobody takes any more pass without a word."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, stream.fileno())
            os.close(devnull)
