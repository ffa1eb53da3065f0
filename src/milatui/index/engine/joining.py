"""Joins segments of flat postings that several processes have written into one.

One segment answers faster than two, and the same whoever has written it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from milatui.index.engine.container import Container, release
from milatui.index.engine.laying import COLUMNS, Chunk, Layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


def join(paths: Sequence[Path], path: Path, tick: Callable[[float], None]) -> None:
    """Write the texts of some segments, one behind the other, as the segment ``path``.

    Args:
        paths: The segments.
        path: Another file.
        tick: Told now and then which part of the work is done.
    """
    terms: dict[str, int] = {}
    stems: list[bytes] = []
    chunks: list[Chunk] = []
    places = [np.zeros(1, np.uint32)]
    columns: dict[str, list[Any]]
    columns = {"length": [], "title_length": [], "doc_place": places, "tokens": []}
    docs = 0
    sources = [Container(path) for path in paths]
    for source in sources:
        stem_of = source.view("stem.of").tolist()
        found = list(_strings(source, "stem"))
        tick(0.0)
        numbers = []
        for word, stem in zip(_strings(source, "word"), stem_of, strict=True):
            number = terms.setdefault(word.decode(), len(terms))
            if number == len(stems):
                stems.append(found[stem])
            numbers.append(number)
        tick(0.0)
        base = int(places[-1][-1])
        chunks += _chunks(source, np.array(numbers, np.int64), docs, base)
        for name in ("length", "title_length", "tokens"):
            columns[name].append(np.asarray(source.view(name)))
        places.append(np.asarray(source.view("doc_place"))[1:] + np.uint32(base))
        docs += source.meta["docs"]
    texts = {name: (parts[0].dtype.char, np.concatenate(parts)) for name, parts in columns.items()}

    def stretch_written(part: float) -> None:
        for source in sources:
            release(source.map)
        tick(part)

    Layout(terms, stems, chunks, texts, tick).write(path, stretch_written)


def _strings(source: Container, name: str) -> Iterator[bytes]:
    data = bytes(source.view(name))
    return (data[start:end] for start, end in pairwise(source.view(f"{name}.from").tolist()))


def _chunks(source: Container, terms: Any, docs: int, places: int) -> Iterator[Chunk]:
    """The lists of a segment; its texts follow ``docs`` others, which take so many places."""
    for name, columns in COLUMNS.items():
        counts = np.diff(np.asarray(source.view(f"{name}.from")))
        shift = places if name == "place" else docs
        stored = [np.asarray(source.view(column)) for column, *_types in columns]
        yield Chunk(name, terms, counts, stored, shift)
