"""A forked program behaves as a fresh one: arguments, streams, exit status, signals."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fork_server import popen, run

PROGRAMS = (
    "import sys; print(sys.argv, __name__, sys.stdin.read())",
    "import os; print(os.getcwd(), dict(sorted(os.environ.items()))['MARK'])",
    "import sys; print('out'); print('err', file=sys.stderr); sys.exit(7)",
    "import sys; sys.exit('words')",
    "import sys; print('kept'); sys.exit()",
    "import atexit; atexit.register(print, 'last')",
)


@pytest.mark.parametrize("code", PROGRAMS)
def test_it_says_and_returns_what_a_fresh_one_does(code: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", code, "one", "two words"]
    env = os.environ | {"MARK": "é"}
    fresh = subprocess.run(
        command, input=b"given", capture_output=True, check=False, env=env, cwd=tmp_path
    )
    forked = run(command, env, b"given", tmp_path)
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        fresh.returncode,
        fresh.stdout,
        fresh.stderr,
    )


def test_an_error_is_a_traceback() -> None:
    done = run([sys.executable, "-c", "raise ValueError('wrong')"])
    assert done.returncode == 1
    assert done.stderr.endswith(b"ValueError: wrong\n")


def test_signals_end_it() -> None:
    process = popen([sys.executable, "-c", "import time; time.sleep(60)"])
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == -signal.SIGTERM
