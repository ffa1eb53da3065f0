"""Long arrays a block at a time: what is made on the way then stays near the processor.

Besides, the system gives larger pieces of memory anew each time, page by page, which takes
longer than what is computed in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    Pair = tuple[NDArray[Any], NDArray[Any]]

BLOCK: Final = 8192


def blocks(length: int) -> Iterator[slice]:
    """The blocks of an array of this length, in order."""
    return (slice(start, start + BLOCK) for start in range(0, length, BLOCK))


def spread(begins: NDArray[Any], counts: NDArray[Any]) -> NDArray[Any]:
    """All numbers from each begin on, as many as its count says."""
    shift = begins - (np.cumsum(counts) - counts)
    return np.repeat(shift, counts) + np.arange(int(counts.sum()))


def batches(pairs: Iterable[Pair]) -> Iterator[Pair]:
    """Pairs of arrays of one length in pieces of about a block: short ones are put together."""
    waiting: list[Pair] = []
    size = 0
    for one, other in pairs:
        for block in blocks(len(one)):
            piece = one[block], other[block]
            if size + len(piece[0]) > BLOCK:
                yield _joined(waiting)
                waiting, size = [], 0
            waiting.append(piece)
            size += len(piece[0])
    if waiting:
        yield _joined(waiting)


def _joined(pairs: Sequence[Pair]) -> Pair:
    if len(pairs) == 1:
        return pairs[0]
    return np.concatenate([one for one, _o in pairs]), np.concatenate(
        [other for _o, other in pairs]
    )
