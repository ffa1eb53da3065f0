"""The whole suite in forked processes: nothing that a test does is lost."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.fork_server import run
from tests.forked_run import order_modules
from tools.paths import ROOT

CONFTEST = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.forked_run import ForkedRun

def pytest_configure(config):
    config.pluginmanager.register(ForkedRun(2))
"""
PLAIN = """
import warnings

def test_passes(tmp_path):
    assert not list(tmp_path.iterdir())

def test_fails():
    print("printed")
    assert 1 == 2

def test_warns():
    warnings.warn("of a test")
"""
DEADLY = """
import os

def test_before():
    pass

def test_dies():
    os._exit(3)

def test_after():
    pass
"""
LASTING = """
import time
from pathlib import Path

import pytest

HERE = Path(__file__).parent

@pytest.fixture(scope="session")
def made():
    (HERE / "begun").touch()
    yield
    (HERE / "tidied").touch()

def test_lasts(made):
    time.sleep(60)

def test_after():  # with the last test of a module a process takes another one
    pass
"""
FAILING = """
import time
from pathlib import Path

def test_fails_once_the_other_has_begun():
    while not (Path(__file__).parent / "begun").exists():
        time.sleep(0.01)
    assert False

def test_after():
    pass
"""


def _run(folder: Path, modules: dict[str, str], *options: str) -> str:
    """Runs the tests of modules in two processes; returns what pytest prints."""
    for name, text in {"conftest": CONFTEST, **modules}.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    env = os.environ | {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "COLUMNS": "120"}
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options]
    done = run(command, env, folder=folder)
    assert done.returncode == 1
    return done.stdout.decode()


def test_what_fails_warns_and_dies_is_reported_and_all_others_run(tmp_path: Path) -> None:
    out = _run(tmp_path, {"test_plain": PLAIN, "test_deadly": DEADLY})
    assert "2 failed, 4 passed, 1 warning in" in out
    assert "UserWarning: of a test" in out
    assert "E       assert 1 == 2" in out
    assert out.count("printed") == 2, "in the source that is shown, and captured"
    assert "the process ended with status 3 during test_deadly.py::test_dies" in out


def test_a_run_that_ends_at_its_first_failure_tidies_up(tmp_path: Path) -> None:
    out = _run(tmp_path, {"test_lasting": LASTING, "test_failing": FAILING}, "-x")
    assert "stopping after 1 failures" in out
    assert "1 failed in" in out
    assert (tmp_path / "tidied").exists()


def test_modules_stay_whole_and_those_that_wait_come_first() -> None:
    names = ["tests/a.py::1", "tests/program/b.py::1", "tests/a.py::2", "tests/security/c.py::1"]
    assert order_modules(names) == [[3], [1], [0, 2]]
