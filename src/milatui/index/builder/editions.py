"""Finds the documents that are one text: reprints, translations and versions of each other."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from milatui.index.builder.generation_records import NumberLists

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[Any]


class Editions(NamedTuple):
    """Editions of documents.

    Attributes:
        lowest: The lowest record number among the editions of each record, its own if it is the
            only one; shape (records,).
        members: By such a lowest number: all of several editions.
    """

    lowest: Numbers
    members: NumberLists


def edition_lists(content: Numbers, declared: tuple[Numbers, Numbers]) -> Editions:
    """Finds the editions.

    Args:
        content: Hash of the text of each record; equal ones are reprints, 0 says nothing.
        declared: Pairs of a document and what it is a translation or a version of.
    """
    order = np.argsort(content, kind="stable")
    equal = np.flatnonzero((content[order[1:]] == content[order[:-1]]) & (content[order[1:]] != 0))
    one = np.concatenate([declared[0], order[equal]]).astype(np.int64)
    other = np.concatenate([declared[1], order[equal + 1]]).astype(np.int64)
    lowest = _lowest_connected(len(content), one, other)
    several = np.bincount(lowest, minlength=len(content)) > 1
    members = np.flatnonzero(several[lowest])
    members = members[np.argsort(lowest[members], kind="stable")]
    offsets = np.zeros(len(content) + 1, np.int64)
    np.cumsum(np.bincount(lowest[members], minlength=len(content)), out=offsets[1:])
    return Editions(lowest, NumberLists(offsets, members))


def _lowest_connected(size: int, one: Numbers, other: Numbers) -> Numbers:
    """Returns the lowest number that pairs connect with each number, directly or not."""
    lowest = np.arange(size)
    while True:
        least = np.minimum(lowest[one], lowest[other])
        before = lowest.copy()
        np.minimum.at(lowest, one, least)
        np.minimum.at(lowest, other, least)
        lowest = lowest[lowest]
        if np.array_equal(lowest, before):
            return lowest
