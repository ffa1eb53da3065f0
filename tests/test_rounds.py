"""Some rounds by default; shares of the long ones, which together are all of them."""

from __future__ import annotations

from _pytest.mark import ParameterSet

from tests.rounds import some, take_share

SHARES = 8
NAMES = {
    "test_a.py::test_sampled[1]": False,
    **{f"test_a.py::test_sampled[{number}]": True for number in range(2, 100)},
    "test_a.py::test_short": False,
    "test_b.py::test_long_only[1]": True,
    "test_b.py::test_long_only[2]": True,
}


def test_both_ends_are_among_some() -> None:
    values = some(range(100), 3)
    assert [value for value in values if isinstance(value, int)] == [0, 50, 99]
    assert len(values) == 100
    assert [value for value in some("abc", 1) if isinstance(value, str)] == ["a"]


def test_what_is_tried_always_is_tried_by_the_gate_and_all_in_long_rounds() -> None:
    values = some(range(10), 2, 4)
    assert [value for value in values if isinstance(value, int)] == [0, 9]
    more = [value for value in values if isinstance(value, ParameterSet)]
    marks = {value.values[0]: [mark.name for mark in value.marks] for value in more}
    assert [number for number, names in marks.items() if names == ["ci"]] == [3, 6]
    assert [number for number, names in marks.items() if names == ["long"]] == [1, 2, 4, 5, 7, 8]


def test_the_shares_are_all_rounds_and_no_round_is_in_two() -> None:
    shares = [take_share(NAMES, f"{number}/{SHARES}") for number in range(SHARES)]
    short = {name for name, is_long in NAMES.items() if not is_long}
    assert set.union(*shares) == set(NAMES)
    assert set.intersection(*shares) == short
    assert sum(len(share - short) for share in shares) == len(NAMES) - len(short)
    assert all(len(share) < len(NAMES) / 2 for share in shares)
