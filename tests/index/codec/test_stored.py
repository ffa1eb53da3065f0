"""Stored fields come back as they were, whatever they hold, and nothing is unpickled."""

from __future__ import annotations

import datetime as dt
import io
import json
from enum import IntEnum
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.codec.arrayfile import ArrayFile, ArrayFileWriter
from milatui.index.codec.stored import (
    BLOCK_SIZE,
    StoredFieldsReader,
    StoredFieldsWriter,
    StoredValueError,
    decode_stored,
    encode_stored,
)

texts = st.text(st.characters(), max_size=8) | st.sampled_from(["$", "$bytes", "$dict", "\ud800"])
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats(allow_nan=False)
    | texts
    | st.binary(max_size=8)
    | st.decimals(allow_nan=False)
    | st.datetimes(timezones=st.none() | st.just(dt.timezone(dt.timedelta(hours=-5))))
    | st.dates()
    | st.times()
    | st.timedeltas()
    | st.complex_numbers(allow_nan=False)
)
hashable = st.recursive(scalars, lambda inner: st.tuples(inner, inner), max_leaves=3)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.tuples(inner)
        | st.dictionaries(texts, inner, max_size=3)
        | st.dictionaries(hashable, inner, max_size=2)
        | st.sets(hashable, max_size=3)
        | st.frozensets(hashable, max_size=3)
    ),
    max_leaves=6,
)


def same(one: object, other: object) -> bool:
    """Compares values and their types, however deep."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return len(one) == len(other) and all(
            same(a, b) for a, b in zip(one.items(), other.items(), strict=True)
        )
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


@given(st.dictionaries(texts, values, max_size=4))
def test_values_of_all_types_come_back(fields: dict[str, object]) -> None:
    encoded = encode_stored(fields)
    if encoded:
        json.loads(encoded.decode("utf-8", "surrogatepass"))
    assert same(decode_stored(encoded), fields)


def test_floats_without_a_number_come_back() -> None:
    found = decode_stored(encode_stored({"x": [float("inf"), float("-inf"), float("nan")]}))["x"]
    assert str(found) == "[inf, -inf, nan]"
    assert b"NaN" not in encode_stored({"x": float("nan")})


class Colour(IntEnum):
    RED = 3


class Pair(NamedTuple):
    left: int
    right: str


def test_derived_types_become_what_they_derive_from() -> None:
    found = decode_stored(encode_stored({"a": Colour.RED, "b": Pair(1, "x"), "c": bytearray(b"y")}))
    assert same(found, {"a": 3, "b": (1, "x"), "c": b"y"})


@pytest.mark.parametrize("value", [object(), [object()], {"x": range(3)}, {object(): 1}])
def test_other_types_are_refused_with_the_name_of_the_field(value: object) -> None:
    with pytest.raises(StoredValueError, match="'odd' cannot store"):
        encode_stored({"odd": value})


def test_documents_of_all_blocks_are_found_in_any_order() -> None:
    documents = [encode_stored({"n": n, "text": "é" * (n % 97) * 20}) for n in range(300)]
    documents[7] = documents[8] = documents[299] = b""
    file = io.BytesIO()
    out = ArrayFileWriter(file)
    writer = StoredFieldsWriter(out)
    for document in documents:
        writer.add(document)
    writer.close()
    out.close()
    read = ArrayFile(file.getvalue())
    reader = StoredFieldsReader(read)
    assert len(reader) == 300
    assert len(read.view("stored/block_docs")) > sum(map(len, documents)) // BLOCK_SIZE // 2
    for n in (*range(300), 0, 150, 299, 8):
        assert reader.encoded(n) == documents[n]
    assert reader[7] == {}
    assert reader[150]["n"] == 150


def test_no_documents_at_all() -> None:
    file = io.BytesIO()
    out = ArrayFileWriter(file)
    StoredFieldsWriter(out).close()
    out.close()
    assert len(StoredFieldsReader(ArrayFile(file.getvalue()))) == 0
