"""The child process: one for many files, replaced when it ends or hangs, and shut in."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from subprocess import run

import pytest

from milatui.ingest.conversion import child_process
from milatui.ingest.conversion.converted import ConversionError, Limits
from milatui.ingest.conversion.converter import Converter

PAGE = b"<p>The laboratory opens its doors to partners from four countries in spring.</p>"
HARD = b"<p " + b" ".join(b"a%d=1" % number for number in range(60_000)) + b">x</p>"
"""A page whose attributes are compared with each other."""


def _process_of(converter: Converter) -> int:
    process = converter._process
    assert process is not None
    return process.pid


def test_one_process_converts_many_files() -> None:
    with Converter() as converter:
        assert converter.convert("html", PAGE)[0].body.startswith("The laboratory")
        first = _process_of(converter)
        with pytest.raises(ConversionError):
            converter.convert("pdf", b"%PDF-")
        assert converter.convert("html", PAGE)
        assert _process_of(converter) == first


def test_a_process_that_was_ended_is_replaced_and_the_file_read_again() -> None:
    with Converter() as converter:
        converter.convert("html", PAGE)
        first = _process_of(converter)
        os.kill(first, signal.SIGSTOP)
        os.kill(first, signal.SIGKILL)
        assert converter.convert("html", PAGE)
        assert _process_of(converter) != first


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_read() -> None:
    with Converter(Limits(wall_seconds=0.3)) as converter:
        with pytest.raises(ConversionError, match="longer than"):
            converter.convert("html", HARD)
        assert converter._process is None


def test_a_file_that_takes_too_much_memory_is_refused() -> None:
    with Converter(Limits(memory=120 * 2**20)) as converter:
        with pytest.raises(ConversionError, match=r"memory|has ended"):
            converter.convert("html", b"<i>x</i>" * 390_000)
        assert converter.convert("html", PAGE)


def test_nothing_is_left_running() -> None:
    with Converter() as converter:
        converter.convert("html", PAGE)
        pid = _process_of(converter)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


FORBIDDEN = {
    "a connection": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "a name": "import socket; socket.getaddrinfo('localhost', 80)",
    "a process": "import subprocess; subprocess.Popen(['true'])",
    "a command": "import os; os.system('true')",
    "a fork": "import os; os.fork()",
    "a file": "open('/tmp/milatui-escaped', 'w')",
    "a file by number": "import os; os.open('/tmp/milatui-escaped', os.O_CREAT | os.O_WRONLY)",
    "a removal": "import os; os.remove('/tmp/milatui-none')",
}


@pytest.mark.parametrize("code", FORBIDDEN.values(), ids=FORBIDDEN)
def test_what_the_process_may_not_do(code: str) -> None:
    program = (
        "import sys\nfrom milatui.ingest.conversion.child_process import _refuse\n"
        f"sys.addaudithook(_refuse)\n{code}"
    )
    ended = run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "PermissionError" in ended.stderr


def test_a_missing_library_is_named_with_the_command_that_installs_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "lxml.py").write_text("raise ModuleNotFoundError('lxml')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Converter() as converter, pytest.raises(ConversionError) as refusal:
        converter.convert("html", PAGE)
    assert "pip install 'milatui[html]'" in str(refusal.value)


def test_limits_of_the_process_are_set_before_it_reads() -> None:
    program = (
        "import resource\nfrom milatui.ingest.conversion import child_process\n"
        "child_process._set_limits(2**30)\n"
        "child_process._limit_time(5)\nprint(resource.getrlimit(resource.RLIMIT_AS)[0],"
        "resource.getrlimit(resource.RLIMIT_CPU)[0], resource.getrlimit(resource.RLIMIT_FSIZE)[0])"
    )
    ended = run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    memory, seconds, size = map(int, ended.stdout.split())
    assert (memory, size) == (2**30, 0)
    assert 5 < seconds < 30
    assert child_process._CONVERTERS.keys() == {"html", "pdf", "docx", "feed", "sitemap"}
