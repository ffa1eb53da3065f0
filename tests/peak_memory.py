"""Measures the memory that Python objects of a call take at a time."""

from __future__ import annotations

import os
import traceback
import tracemalloc
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def peak_memory(call: Callable[[], object]) -> int:
    """Returns the most bytes that a call holds at a time, beside what was there before.

    A forked child makes the call: ``tracemalloc.stop`` can crash a process with other threads
    (python/cpython#128679), and a process of pytest-xdist has some.  So the child is the only
    one that traces, and never stops.

    Args:
        call: What is measured.  What it changes is gone with the child.

    Raises:
        AssertionError: the call raised; its traceback is on stderr.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            tracemalloc.start()
            call()
            os.write(writer, b"%d" % tracemalloc.get_traced_memory()[1])
            code = 0
        finally:
            if code:
                traceback.print_exc()
            os._exit(code)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        answer = pipe.read()
    _pid, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0, "the measured call failed"
    return int(answer)
