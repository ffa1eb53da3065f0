"""Reads size and time of change of many files of one folder at once.

``os.stat`` makes an object with twenty values of each file. Where many are asked for, the system
call behind it (``statx`` of Linux) is made directly: 1.5 instead of 2.3 µs a file.
"""

from __future__ import annotations

import os
from array import array
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Statx = Callable[[int, Sequence[bytes], array[int]], bool]

MANY: Final = 5_000
"""Number of files from which importing ``ctypes`` pays."""
_BATCH: Final = 1_000
_STATX_SIZE: Final = 256
"""Bytes of ``struct statx``, which is the same on every machine."""
_SIZE, _SECONDS, _NANOSECONDS = 5, 14, 15
"""Where it has what is asked for, in units of eight bytes; nanoseconds take the lower four."""
_MASK: Final = 0x240
"""``STATX_SIZE | STATX_MTIME``."""


def file_status(folder: int, names: Sequence[bytes], *, many: bool) -> array[int]:
    """Reads the status of files.

    Args:
        folder: Descriptor of the folder they lie in.
        names: Their names; links are followed.
        many: Whether so many are asked for that ``ctypes`` is worth its import.

    Returns:
        Size in bytes and time of change in nanoseconds of each, one file after the other.

    Raises:
        OSError: one of them is gone.
    """
    statx = _statx() if many else None
    found = array("q")
    if statx is not None and statx(folder, names, found):
        return found
    del found[:]
    for name in names:
        status = os.stat(name, dir_fd=folder)
        found.append(status.st_size)
        found.append(status.st_mtime_ns)
    return found


@cache
def _statx() -> Statx | None:
    """The system call for many files; None where there is no such call."""
    try:
        import ctypes

        call = ctypes.CDLL(None).statx
    except (ImportError, OSError, AttributeError):
        return None
    buffer = ctypes.create_string_buffer(_STATX_SIZE * _BATCH)
    slots = [ctypes.byref(buffer, _STATX_SIZE * number) for number in range(_BATCH)]

    def statx(folder: int, names: Sequence[bytes], found: array[int]) -> bool:
        for begin in range(0, len(names), _BATCH):
            batch = names[begin : begin + _BATCH]
            if any(map(call, repeat(folder), batch, repeat(0), repeat(_MASK), slots)):
                return False
            words = array("q", buffer.raw[: _STATX_SIZE * len(batch)])
            sizes, seconds = words[_SIZE::32], words[_SECONDS::32]
            for size, second, rest in zip(sizes, seconds, words[_NANOSECONDS::32], strict=True):
                found.append(size)
                found.append(second * 1_000_000_000 + (rest & 0xFFFFFFFF))
        return True

    return statx
