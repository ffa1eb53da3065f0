"""The term dictionary finds what a sorted list of terms would."""

from __future__ import annotations

import io
from bisect import bisect_left
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from milatui.index.codec.arrayfile import ArrayFile, ArrayFileWriter
from milatui.index.codec.terms import TermDictionary, write_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

letters = st.lists(st.sampled_from([0, 1, 97, 98, 255]), max_size=11).map(bytes)
"""Terms that often share their first eight bytes, and bytes that padding could be taken for."""


@pytest.fixture(params=[0, 4096], ids=["bisected", "read whole"], autouse=True)
def _small(request: pytest.FixtureRequest) -> Iterator[None]:
    """Small dictionaries are read whole; here the others are as small."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("milatui.index.codec.terms.SMALL", request.param)
        yield


def dictionary(terms: list[bytes]) -> TermDictionary:
    file = io.BytesIO()
    writer = ArrayFileWriter(file)
    write_terms(writer, "f", terms)
    writer.close()
    return TermDictionary(ArrayFile(file.getvalue()), "f")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(letters), st.lists(letters))
@example({b"a", b"a\0", b"a\0\0", b"\xff" * 9}, [b"", b"a", b"\xff" * 8, b"\xff" * 9, b"\0"])
def test_lookups_agree_with_a_sorted_list(some: set[bytes], asked: list[bytes]) -> None:
    terms = sorted(some)
    found = dictionary(terms)
    assert len(found) == len(terms)
    assert list(found) == terms
    everything = range(len(terms))
    assert [found[n] for n in everything] == terms
    assert found.sizes(everything).tolist() == [len(term) for term in terms]
    for term in asked + terms:
        assert found.lower_bound(term) == bisect_left(terms, term)
        assert found.number(term) == (terms.index(term) if term in some else None)
        expected = [n for n, other in enumerate(terms) if other.startswith(term)]
        assert list(found.prefix_range(term)) == expected
    assert found.chosen(range(len(terms))[::2]) == terms[::2]
    if terms:
        expected_lines = [term if len(term) <= 3 else b"" for term in terms]
        assert found.lines(everything, 3) == b"\n".join(expected_lines)
    numbers = [terms.index(term) if term in some else -1 for term in asked + terms]
    assert found.numbers(asked + terms).tolist() == numbers


@pytest.mark.parametrize("terms", [[b"b", b"a"], [b"a", b"a"]])
def test_terms_that_are_not_sorted_are_refused(terms: list[bytes]) -> None:
    with pytest.raises(ValueError, match="not sorted"):
        dictionary(terms)
