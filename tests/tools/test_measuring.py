"""The benchmarks measure a program that takes its time to paint as they measure a quick one."""

from __future__ import annotations

import sys

from benchmarks.measuring import Program, start

SLOW = "import time; time.sleep(0.6); print('a paint', flush=True); time.sleep(60)"


def test_a_start_lasts_until_something_is_painted() -> None:
    assert start(Program((sys.executable, "-S", "-c", SLOW), {})).size == len("a paint\r\n")
