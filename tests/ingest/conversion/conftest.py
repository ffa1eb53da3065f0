"""A child process with small limits for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from milatui.ingest.conversion.converted import Limits
from milatui.ingest.conversion.converter import Converter

SMALL = Limits(wall_seconds=60.0, cpu_seconds=20, memory=2**29)


@pytest.fixture(scope="module")
def converter() -> Iterator[Converter]:
    """A converter whose process has half a gigabyte."""
    with Converter(SMALL) as converter:
        yield converter
