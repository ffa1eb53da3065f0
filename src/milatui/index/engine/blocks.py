"""Long arrays a block at a time: what is made on the way then stays near the processor.

Besides, the system gives larger pieces of memory anew each time, page by page, which takes
longer than what is computed in them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

BLOCK: Final = 8192


def blocks(length: int) -> Iterator[slice]:
    """The blocks of an array of this length, in order."""
    return (slice(start, start + BLOCK) for start in range(0, length, BLOCK))
