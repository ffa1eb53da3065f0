"""A forked program behaves as a fresh one: arguments, streams, exit status, signals."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests import fork_server
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


MANY = 1100
"""More open files than ``select`` knows."""


def test_it_starts_where_many_files_are_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = max(limits[0], 2 * MANY)
    if limits[1] != resource.RLIM_INFINITY and limits[1] < most:
        pytest.skip("this system allows too few open files")
    monkeypatch.setattr(fork_server, "root", lambda: tmp_path)
    monkeypatch.setattr(fork_server, "_server", cache(fork_server._server.__wrapped__))
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, limits[1]))
    many = [os.open(os.devnull, os.O_RDONLY) for _number in range(MANY)]
    try:
        assert run([sys.executable, "-c", "print('here')"]).stdout == b"here\n"
    finally:
        fork_server._server().close()
        for descriptor in many:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, limits)


def test_it_is_the_same_whichever_test_starts_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = "import codecs, locale; print(codecs.lookup(locale.getpreferredencoding(False)).name)"
    monkeypatch.setattr(fork_server, "root", lambda: tmp_path)
    monkeypatch.setattr(fork_server, "_server", cache(fork_server._server.__wrapped__))
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("PYTHONUTF8", "0")
    missing = os.environ | {"LC_ALL": "", "LANG": "xx_XX.UTF-8"}
    try:
        assert run([sys.executable, "-c", code], missing).stdout == b"utf-8\n"
    finally:
        fork_server._server().close()
