"""Finds the documents that are one text: reprints, translations and versions of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from milatui.index.columns import ColumnsWriter

    Numbers = NDArray[Any]


def add_editions(
    columns: ColumnsWriter, content: Numbers, declared: tuple[Numbers, Numbers]
) -> None:
    """Add the columns ``edition`` and ``editions``.

    The first gives each record the lowest number among its editions, which is its own if it is
    the only one; the second lists, for such a lowest number, all of several.

    Args:
        columns: Take what is found.
        content: Of each record; if it is equal they are reprints, 0 says nothing.
        declared: Pairs of a document and what it is a translation or a version of.
    """
    order = np.argsort(content, kind="stable")
    equal = np.flatnonzero((content[order[1:]] == content[order[:-1]]) & (content[order[1:]] != 0))
    one = np.concatenate([declared[0], order[equal]]).astype(np.int64)
    other = np.concatenate([declared[1], order[equal + 1]]).astype(np.int64)
    edition = _joined(len(content), one, other)
    several = np.bincount(edition, minlength=len(content)) > 1
    members = np.flatnonzero(several[edition])
    members = members[np.argsort(edition[members], kind="stable")]
    starts = np.zeros(len(content) + 1, np.int64)
    np.cumsum(np.bincount(edition[members], minlength=len(content)), out=starts[1:])
    columns.add("edition", "I", edition)
    columns.add("editions.from", "I", starts)
    columns.add("editions", "I", members)


def _joined(size: int, one: Numbers, other: Numbers) -> Numbers:
    """The lowest number of those that pairs join with each number, directly or not."""
    lowest = np.arange(size)
    while True:
        least = np.minimum(lowest[one], lowest[other])
        before = lowest.copy()
        np.minimum.at(lowest, one, least)
        np.minimum.at(lowest, other, least)
        lowest = lowest[lowest]
        if np.array_equal(lowest, before):
            return lowest
