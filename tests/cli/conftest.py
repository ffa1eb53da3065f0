"""Command lines run in this process on the sample archive, and in processes of their own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from milatui.cli.main import main
from milatui.i18n import set_language
from tests.fork_server import run as run_forked
from tests.sample import write_sample
from tests.terminal import MILATUI

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample archive, which tests only read; its index lies beside it."""
    return write_sample(tmp_path_factory.mktemp("cli") / "archive")


@pytest.fixture
def run(
    sample: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Ended]:
    """Runs a command line on the sample archive in this process."""
    monkeypatch.setenv("MILATUI_ARCHIVE", str(sample))
    monkeypatch.setenv("XDG_CACHE_HOME", str(sample.parent / "cache"))
    monkeypatch.setenv("LC_ALL", "C")

    def run_line(*words: str) -> Ended:
        code = main(words)
        captured = capsys.readouterr()
        return Ended(code, captured.out, captured.err)

    return run_line


@pytest.fixture
def spawn(sample: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Runs a command line on the sample archive as a process of its own, fresh with ``env``."""

    def spawn_line(
        *words: str, env: dict[str, str] | None = None, stdin: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {
            **os.environ,
            "MILATUI_ARCHIVE": str(sample),
            "XDG_CACHE_HOME": str(sample.parent / "cache"),
            "LC_ALL": "C",
        }
        if env:  # what decides how Python starts
            return subprocess.run(
                [*MILATUI, *words],
                input=stdin,
                capture_output=True,
                check=False,
                env=environment | env,
            )
        return run_forked([*MILATUI, *words], environment, stdin)

    return spawn_line


@pytest.fixture
def interruptible() -> Iterator[None]:
    """What a shell starts in the background ignores interrupts, and so would its children."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keeps a developer's saved searches, notes and trail out of the tests, and away from them."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data-home"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state-home"))


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    set_language("en")
    yield
    set_language("en")
