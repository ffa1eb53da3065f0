"""What differs between two records as plain data."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.diff.value_diff import align, diff_values
from milatui.archive.kinds import Data

DATA: st.SearchStrategy[Data] = st.recursive(
    st.sampled_from(["", "a", "b", "Mila"]),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(st.sampled_from(["document", "exact", "title", "to"]), inner, max_size=4),
    ),
    max_leaves=12,
)


@given(DATA, DATA)
def test_only_equal_data_have_no_differences(old: Data, new: Data) -> None:
    assert (old == new) == (not list(diff_values(old, new)))


@given(st.lists(DATA, max_size=6), st.lists(DATA, max_size=6))
def test_every_item_is_aligned_once(old: list[Data], new: list[Data]) -> None:
    pairs = align(old, new)
    assert sorted(one for one, _other in pairs if one is not None) == list(range(len(old)))
    assert sorted(other for _one, other in pairs if other is not None) == list(range(len(new)))


def test_an_item_that_is_inserted_changes_nothing_of_the_others() -> None:
    old: list[Data] = [{"document": "a", "exact": "x"}, {"document": "b", "exact": "y"}]
    new: list[Data] = [{"document": "c", "exact": "z"}, *old]
    assert [(change.path, change.kind) for change in diff_values(old, new)] == [
        ((None, 0), "added")
    ]


def test_an_item_is_recognised_by_what_identifies_it() -> None:
    old: list[Data] = [{"to": "mila", "kind": "partner", "start": "2019"}]
    new: list[Data] = [{"to": "mila", "kind": "partner", "start": "2020"}]
    found = list(diff_values(old, new))
    assert [(change.path, change.old, change.new) for change in found] == [
        (((None, 0), "start"), "2019", "2020")
    ]
