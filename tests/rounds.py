"""Adds long rounds to tests: variants with the marker ``long``, which only ``.ci/run`` runs.

A test whose number of rounds varies takes the fixture ``long`` of ``tests/conftest.py`` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from _pytest.mark import ParameterSet

_Value = TypeVar("_Value")


def with_long(
    values: Iterable[_Value], long_values: Iterable[_Value]
) -> list[_Value | ParameterSet]:
    """Returns parameters of a test, those of ``long_values`` for long rounds only."""
    return [*values, *(pytest.param(value, marks=pytest.mark.long) for value in long_values)]
