"""What all tests share."""

from __future__ import annotations

import compileall
import gc
import os
import sys
from typing import TYPE_CHECKING, Protocol

import pytest
from hypothesis import settings

from milatui.i18n import set_language
from milatui.index.builder.build import build
from tests import shared
from tests.clock import stop_query_clock
from tests.ended_apps import free_ended_apps
from tests.rounds import take_share
from tools.paths import ROOT
from tools.translation import compile_if_stale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _Worker(Protocol):
    """A process that pytest-xdist starts, and what it is given."""

    workerinput: dict[str, str]


MANY_OPEN = 256
"""Files that may be left open before garbage is collected: a fourth of what systems allow."""

# How long an example takes tells of the machine, not of the program.
# The same examples each time; `--hypothesis-profile=long` looks for new ones.
settings.register_profile("milatui", deadline=None, max_examples=25, derandomize=True)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile("milatui")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the French texts and the program if they have changed, once for all workers.

    Where ``PYTHONDONTWRITEBYTECODE`` is set each process of a test would compile it again.
    """
    if hasattr(config, "workerinput"):
        shared.take(config.workerinput["shared"])
    else:
        compile_if_stale()
        compileall.compile_dir(ROOT / "src", quiet=1)
    for folder in ("CACHE", "CONFIG", "DATA", "STATE"):
        # Whoever runs the tests keeps notes and indexes of their own, which no test may touch.
        os.environ[f"XDG_{folder}_HOME"] = str(shared.root() / "home" / folder.lower())


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: _Worker) -> None:
    """Tells a worker which folder all workers share."""
    node.workerinput["shared"] = str(shared.root())


# What pytest makes of the tests is kept for the next run, wherever else nothing is.
sys.dont_write_bytecode = False
# Some hundred modules are imported and kept: nothing in them is garbage.
gc.disable()


def pytest_collection_finish() -> None:
    """Excludes what was imported for the tests from all later garbage collections."""
    gc.freeze()
    gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    """Runs the whole suite in two processes for each core: tests of terminals wait."""
    option = config.option
    if hasattr(config, "workerinput"):  # one of these processes: it starts no others
        return
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    watched = option.usepdb or option.capture == "no"
    watched = watched or getattr(option, "update_snapshots", False)
    if whole and not watched and not option.collectonly:
        from tests.fork_server import start_shared

        start_shared()
        if getattr(option, "numprocesses", 0) is None:
            option.numprocesses = 2 * len(os.sched_getaffinity(0))


def pytest_runtest_setup() -> None:
    """Begins each test in English, whatever language the one before it has set."""
    set_language("en")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves a share of the long rounds out if ``MILATUI_LONG_SHARE`` says which one is tried."""
    share = os.environ.get("MILATUI_LONG_SHARE")
    if share:
        names = {item.nodeid: item.get_closest_marker("long") is not None for item in items}
        taken = take_share(names, share)
        config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in taken])
        items[:] = [item for item in items if item.nodeid in taken]


@pytest.fixture(
    scope="session",
    params=[
        pytest.param(False, id="short"),
        pytest.param(True, id="long", marks=pytest.mark.long),
    ],
)
def long(request: pytest.FixtureRequest) -> bool:
    """Whether a test runs all its rounds, not a few: one variant each."""
    return bool(request.param)


@pytest.fixture(scope="session", autouse=True)
def _no_query_limit() -> None:
    """Lets queries take as long as they need, however slow the machine is."""
    stop_query_clock()


@pytest.fixture(scope="session")
def shipped_index() -> Path:
    """The index of the archive that ships, which tests only read."""
    return shared.share("shipped", lambda folder: build(ROOT / "data", folder))


_opened = [0]
"""Open files after the last collection."""


@pytest.fixture(autouse=True, scope="module")
def _indexes_let_go() -> Iterator[None]:
    """Ends indexes that no test uses any more before open files run out."""
    yield
    if _count_open() > _opened[0] + MANY_OPEN:
        free_ended_apps()
        _opened[0] = _count_open()


def _count_open() -> int:
    return len(os.listdir("/dev/fd"))  # noqa: PTH208 - names suffice
