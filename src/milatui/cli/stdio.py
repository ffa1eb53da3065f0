"""The three standard streams: open even if the caller has closed them, and UTF-8."""

from __future__ import annotations

import io
import os
import sys


def reopen_closed() -> None:
    """Opens those of the descriptors 0, 1 and 2 on /dev/null that the caller has closed.

    Otherwise the next file that is opened, such as an index, would get descriptor 1 or 2, and
    messages would be written into it.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            if not _is_open(number):
                os.open(os.devnull, os.O_RDWR)
            # Never closed: in use as long as the process lives.
            setattr(sys, name, os.fdopen(number, "r" if number == 0 else "w", encoding="utf-8"))


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def set_utf8() -> None:
    """Writes UTF-8 regardless of the locale; lone surrogates are written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def flush_quietly() -> None:
    """Flushes both output streams, so that a closed pipe causes no message at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            devnull = os.open(os.devnull, os.O_WRONLY)
            os.dup2(devnull, stream.fileno())
            os.close(devnull)
