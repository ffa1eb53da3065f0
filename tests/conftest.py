"""What all tests share."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Iterator


# How long an example takes tells of the machine, not of the program.
settings.register_profile("milatui", deadline=None)
settings.load_profile("milatui")


@pytest.fixture(autouse=True, scope="module")
def _indexes_let_go() -> Iterator[None]:
    """Apps and their indexes refer to each other: end them before open files run out."""
    yield
    gc.collect()
