"""Adds long rounds to tests: variants with the marker ``long``, which only ``.ci/run`` runs.

A test whose number of rounds varies takes the fixture ``long`` of ``tests/conftest.py`` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _pytest.mark import ParameterSet

_Value = TypeVar("_Value")


def some(values: Sequence[_Value], count: int) -> list[_Value | ParameterSet]:
    """Returns parameters of a test: ``count`` of them, evenly chosen; the others for long rounds.

    Both ends are among those chosen, if there are at least two.
    """
    last = len(values) - 1
    chosen = {round(number * last / max(1, count - 1)) for number in range(count)}
    return [
        value if number in chosen else pytest.param(value, marks=pytest.mark.long)
        for number, value in enumerate(values)
    ]


def with_long(
    values: Iterable[_Value], long_values: Iterable[_Value]
) -> list[_Value | ParameterSet]:
    """Returns parameters of a test, those of ``long_values`` for long rounds only."""
    return [*values, *(pytest.param(value, marks=pytest.mark.long) for value in long_values)]
