"""Adds rounds to tests: variants with the markers ``ci`` and ``long``.

Plain ``pytest`` tries neither.  ``.ci/run`` tries all those of ``ci`` and a share of the long ones;
``pytest -m long`` tries all of these, ``MILATUI_LONG_SHARE=3/12`` a share: see ``take_share``.
A test whose number of rounds varies takes the fixture ``long`` of ``tests/conftest.py`` instead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

import pytest
from hypothesis import HealthCheck, example, given, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from _pytest.mark import ParameterSet
    from hypothesis.strategies import SearchStrategy

_Value = TypeVar("_Value")


def some(values: Sequence[_Value], count: int, ci: int = 0) -> list[_Value | ParameterSet]:
    """Returns parameters of a test: some of them, evenly chosen; the others for more rounds.

    Args:
        values: All of them.
        count: How many are tried always.  Both ends are among them, if they are at least two.
        ci: How many are tried by ``.ci/run``; those tried always are among them.
    """
    tried = _spread(range(len(values)), max(count, ci))
    always = _spread(tried, count)
    return [
        value
        if number in always
        else pytest.param(value, marks=pytest.mark.ci if number in tried else pytest.mark.long)
        for number, value in enumerate(values)
    ]


def _spread(numbers: Sequence[int], count: int) -> Sequence[int]:
    last = len(numbers) - 1
    chosen = {round(number * last / max(1, count - 1)) for number in range(count)}
    return [numbers[number] for number in sorted(chosen)]


def with_ci(
    values: Iterable[_Value], ci_values: Iterable[_Value], long_values: Iterable[_Value] = ()
) -> list[_Value | ParameterSet]:
    """Returns parameters of a test: for all rounds, for those of ``.ci/run``, for long ones."""
    more = [pytest.param(value, marks=pytest.mark.ci) for value in ci_values]
    return [*values, *more, *with_long([], long_values)]


def with_long(
    values: Iterable[_Value], long_values: Iterable[_Value]
) -> list[_Value | ParameterSet]:
    """Returns parameters of a test, those of ``long_values`` for long rounds only."""
    return [*values, *(pytest.param(value, marks=pytest.mark.long) for value in long_values)]


def examples(
    few: int, many: int, strategy: SearchStrategy[_Value], *chosen: _Value
) -> Callable[[Callable[[_Value], None]], Callable[[bool], None]]:
    """Makes a test of a function that holds for all examples; long rounds try ``many``.

    Those ``chosen`` are always tried.  Plain ``pytest`` tries a third of ``few``: see ``quota``.
    """

    def decorate(holds: Callable[[_Value], None]) -> Callable[[bool], None]:
        tries_chosen = holds
        for each in chosen:
            tries_chosen = example(each)(tries_chosen)

        def test(long: bool) -> None:
            count = many if long else quota(few)
            tried = settings(max_examples=count, suppress_health_check=list(HealthCheck))
            tried(given(strategy)(tries_chosen))()

        test.__name__, test.__doc__ = holds.__name__, holds.__doc__
        return test

    return decorate


def quota(count: int) -> int:
    """Returns how many examples of a property are tried: a third of ``count`` by plain ``pytest``.

    ``.ci/run`` says by a profile of Hypothesis that it tries them all.
    """
    return count // 3 if settings.get_current_profile_name() == "milatui" else count


def take_share(names: Mapping[str, bool], share: str) -> set[str]:
    """Returns the names of tests without most of their long rounds.

    Args:
        names: Node ids of tests, and whether each is a long round.
        share: ``3/8`` keeps the fourth of eight shares: long rounds whose name has a CRC-32 that
            leaves 3 when divided by 8.
    """
    number, _slash, shares = share.partition("/")
    return {
        name
        for name, is_long in names.items()
        if not is_long or crc32(name.encode()) % int(shares) == int(number)
    }
