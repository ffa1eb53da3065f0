"""Keeps the documents under review in a temporary file: thousands of files need little memory."""

from __future__ import annotations

import pickle
import tempfile
from collections import OrderedDict
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, cast, overload

if TYPE_CHECKING:
    from milatui.ingest.review.review_session import ReviewDocument

_IN_MEMORY: Final = 32
"""Documents that are in memory at a time: those that were asked for last."""


class DocumentSpool(Sequence["ReviewDocument"]):
    """The documents under review, each read back when its turn comes.

    The file has no name, so nobody else can read or change it, and it is gone with the process.
    Use as a context manager.
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="milatui-")  # noqa: SIM115 - closed at the exit
        self._ends = [0]
        self._recent: OrderedDict[int, ReviewDocument] = OrderedDict()

    def __enter__(self) -> DocumentSpool:
        return self

    def __exit__(self, *_error: object) -> None:
        self._file.close()

    def append(self, document: ReviewDocument) -> None:
        """Adds a document at the end.

        Raises:
            OSError: the disk does not take it.
        """
        data = pickle.dumps(document, pickle.HIGHEST_PROTOCOL)
        self._file.seek(self._ends[-1])
        self._file.write(data)
        self._ends.append(self._ends[-1] + len(data))

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, index: int) -> ReviewDocument: ...

    @overload
    def __getitem__(self, index: slice) -> list[ReviewDocument]: ...

    def __getitem__(self, index: int | slice) -> ReviewDocument | list[ReviewDocument]:
        numbers = range(len(self))[index]
        if isinstance(numbers, range):
            return [self._read(number) for number in numbers]
        return self._read(numbers)

    def _read(self, number: int) -> ReviewDocument:
        if number in self._recent:
            self._recent.move_to_end(number)
            return self._recent[number]
        start, end = self._ends[number : number + 2]
        self._file.seek(start)
        data = self._file.read(end - start)
        # What this process has written into a file without a name.
        document = cast("ReviewDocument", pickle.loads(data))  # noqa: S301
        self._recent[number] = document
        if len(self._recent) > _IN_MEMORY:
            self._recent.popitem(last=False)
        return document
