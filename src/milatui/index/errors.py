"""What can be wrong with an index: always answered by building it anew from the text."""

from __future__ import annotations

from typing import Literal

Reason = Literal["missing", "damaged", "foreign version", "not trusted", "locked"]


class IndexUnusable(Exception):  # noqa: N818 - it is not a fault of the program
    """There is no index that may be read; ``reason`` says why, the message says it in words.

    ``missing``, ``damaged`` and ``foreign version`` are mended by a build.  ``not trusted``
    means that the folder belongs to someone else: it is neither read nor written.
    ``locked`` means that another process is building it at this moment.
    """

    def __init__(self, reason: Reason, message: str) -> None:
        super().__init__(message)
        self.reason: Reason = reason
