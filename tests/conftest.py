"""What all tests share."""

from __future__ import annotations

import compileall
import gc
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tools.paths import ROOT
from tools.translation import compile_if_stale

if TYPE_CHECKING:
    from collections.abc import Iterator


# How long an example takes tells of the machine, not of the program.
settings.register_profile("milatui", deadline=None, max_examples=40)
settings.register_profile("ci", deadline=None)
settings.register_profile("long", deadline=None, max_examples=5000)
settings.load_profile("milatui")


def pytest_configure(config: pytest.Config) -> None:
    """Compiles the French texts and the program if they have changed, once for all workers.

    Where ``PYTHONDONTWRITEBYTECODE`` is set each process of a test would compile it again.
    """
    if not hasattr(config, "workerinput"):
        compile_if_stale()
        compileall.compile_dir(ROOT / "src", quiet=1)


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


@pytest.fixture(autouse=True, scope="module")
def _indexes_let_go() -> Iterator[None]:
    """Apps and their indexes refer to each other: end them before open files run out."""
    yield
    gc.collect()
