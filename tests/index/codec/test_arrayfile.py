"""Array files: what was written is read, with and without NumPy, and damage is noticed."""

from __future__ import annotations

import io
import subprocess
import sys
from array import array
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.index.codec.arrayfile import (
    ALIGNMENT,
    ITEM_SIZES,
    ArrayFile,
    ArrayFileError,
    ArrayFileWriter,
    map_file,
    release_mapped_files,
)

if TYPE_CHECKING:
    import mmap
    from pathlib import Path
    from types import FrameType

    from _typeshed import TraceFunction
    from numpy.typing import NDArray

HEAD = 40
"""Bytes of the head that its checksum covers, and the checksum."""


@st.composite
def arrays(draw: st.DrawFn) -> NDArray[Any]:
    """Makes an array of any type that a file can hold."""
    shape = draw(st.lists(st.integers(0, 4), min_size=1, max_size=3))
    typecode = draw(st.sampled_from(sorted(ITEM_SIZES)))
    size = int(np.prod(shape)) * ITEM_SIZES[typecode]
    data = draw(st.binary(min_size=size, max_size=size))
    if typecode == "?":
        data = bytes(byte & 1 for byte in data)
    return np.frombuffer(data, typecode).reshape(shape)


def written(contents: dict[str, NDArray[Any]]) -> bytes:
    file = io.BytesIO()
    writer = ArrayFileWriter(file)
    for name, content in contents.items():
        writer.reserve(name, content.dtype.char.replace("L", "Q").replace("l", "q"), *content.shape)
    for name, content in reversed(contents.items()):
        flat = content.ravel()
        half = len(flat) // 2
        writer.write(name, flat[half:], half)
        writer.write(name, flat[:half])
    writer.close({"names": list(contents)})
    return file.getvalue()


@given(st.dictionaries(st.text(max_size=5), arrays(), max_size=4))
def test_arrays_come_back_as_views_and_as_arrays(contents: dict[str, NDArray[Any]]) -> None:
    data = written(contents)
    file = ArrayFile(data)
    assert file.meta == {"names": list(contents)}
    assert list(file) == list(contents)
    for name, content in contents.items():
        spec = file.spec(name)
        assert spec.offset % ALIGNMENT == 0
        assert spec.shape == content.shape
        assert file.data(name) == content.tobytes()
        found = file.array(name)
        assert found.shape == content.shape
        assert found.tobytes() == content.tobytes()
        assert not found.flags.writeable
        view = file.view(name)
        assert view.tobytes() == content.tobytes()
        if content.size:
            assert view.shape == content.shape


@given(st.dictionaries(st.text(max_size=5), arrays(), max_size=3), st.data())
def test_a_flipped_bit_of_head_or_contents_table_is_refused(
    contents: dict[str, NDArray[Any]], data: st.DataObject
) -> None:
    whole = bytearray(written(contents))
    toc = int.from_bytes(whole[16:24], sys.byteorder)
    place = data.draw(st.integers(0, HEAD - 1) | st.integers(toc, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(ArrayFileError):
        ArrayFile(bytes(whole))


@given(st.dictionaries(st.text(max_size=5), arrays(), max_size=3), st.data())
def test_a_file_that_was_cut_off_is_refused(
    contents: dict[str, NDArray[Any]], data: st.DataObject
) -> None:
    whole = written(contents)
    size = data.draw(st.integers(0, len(whole) - 1))
    with pytest.raises(ArrayFileError):
        ArrayFile(whole[:size])


def test_a_file_that_is_not_complete_is_refused() -> None:
    file = io.BytesIO()
    ArrayFileWriter(file).add("numbers", "I", array("I", [1, 2]))
    with pytest.raises(ArrayFileError, match="not a complete array file"):
        ArrayFile(file.getvalue())


def test_a_file_of_another_version_or_byte_order_says_so() -> None:
    whole = bytearray(written({}))
    turned = bytes(whole[:12]) + bytes(whole[12:16][::-1]) + bytes(whole[16:])
    with pytest.raises(ArrayFileError, match="endian"):
        ArrayFile(turned)
    with pytest.raises(ArrayFileError, match="no array 'x'"):
        ArrayFile(bytes(whole)).view("x")


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty"
    path.write_bytes(b"")
    with pytest.raises(ArrayFileError, match="empty"):
        ArrayFile.open(path)


def test_arrays_grow_at_the_end_of_the_file_only() -> None:
    file = io.BytesIO()
    writer = ArrayFileWriter(file)
    for part in ([1, 2], [], [3]):
        writer.append("growing", "H", array("H", part))
    writer.add("fixed", "B", b"abc")
    with pytest.raises(ValueError, match="not the last one"):
        writer.append("growing", "H", array("H", [4]))
    with pytest.raises(ValueError, match="already exists"):
        writer.add("fixed", "B", b"")
    with pytest.raises(ValueError, match="no room"):
        writer.write("fixed", b"abcd")
    writer.close()
    read = ArrayFile(file.getvalue())
    assert read.view("growing").tolist() == [1, 2, 3]
    assert bytes(read.data("fixed")) == b"abc"


def test_files_may_be_mapped_while_pages_are_released(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(written({"n": np.arange(6, dtype=np.uint32)}))
    mapped: list[mmap.mmap] = []

    def map_another(_frame: FrameType, event: str, _arg: object) -> TraceFunction:
        # What another thread may do at any line.
        if event == "line":
            with path.open("rb") as file:
                mapped.append(map_file(file.fileno(), "file"))
        return map_another

    with path.open("rb") as file:
        mapped.append(map_file(file.fileno(), "file"))
    before = sys.gettrace()
    sys.settrace(map_another)
    try:
        release_mapped_files()
    finally:
        sys.settrace(before)
    assert len(mapped) > 1
    assert mapped[0][:8] == path.read_bytes()[:8]


def test_views_need_neither_numpy_nor_whoosh(tmp_path: Path) -> None:
    path = tmp_path / "plain"
    path.write_bytes(written({"n": np.arange(6, dtype=np.uint32).reshape(2, 3)}))
    script = f"""
import sys
sys.modules["numpy"] = sys.modules["whoosh"] = None
from milatui.index.codec.arrayfile import ArrayFile
view = ArrayFile.open({str(path)!r}).view("n")
assert view[1, 2] == 5 and view.tolist() == [[0, 1, 2], [3, 4, 5]]
"""
    subprocess.run([sys.executable, "-c", script], check=True)
