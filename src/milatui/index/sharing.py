"""Lets another process read a share of an archive's files, and waits for it."""

from __future__ import annotations

import errno
import json
import pickle
import selectors
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from milatui.index.shareworker import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from milatui.index.share import Result

PATIENCE: Final = 0.1
"""Seconds after which who waits is told that it is still going on."""


class RemoteShare:
    """A process that reads some files and writes their part of the index.

    Args:
        archive: The archive.
        folder: The generation.
        number: Of the part.
        main_language: Of records that tell none.
        paths: The files.

    Attributes:
        read: How many files it has read.
        written: Which part of its work of writing is done, from 0 to 1.
    """

    def __init__(
        self, archive: Path, folder: Path, number: int, main_language: str, paths: Sequence[str]
    ) -> None:
        self.read = 0
        self.written = 0.0
        self.files = len(paths)
        command = [sys.executable, "-m", "milatui.index.shareworker"]
        self._process = subprocess.Popen(
            [*command, str(archive), str(folder), str(number), main_language],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None  # noqa: S101 - it was asked for
        assert self._process.stdout is not None  # noqa: S101 - it was asked for
        # Names that are not UTF-8 come as lone surrogates and survive as escapes.
        self._process.stdin.write(json.dumps(list(paths)).encode("ascii"))
        self._process.stdin.close()
        self._output = self._process.stdout
        self._ready = selectors.DefaultSelector()
        self._ready.register(self._output, selectors.EVENT_READ)
        self._result: Result | None = None

    def poll(self, seconds: float = 0.0) -> None:
        """Take in what it has said, if it says something within so many seconds.

        Raises:
            OSError: it could not write (the disk is full, say), or it was ended.
        """
        if self._result is None and self._ready.select(seconds):
            line = self._output.readline()
            if not line.endswith(b"\n"):
                raise OSError(errno.EIO, _ended())
            self._take(json.loads(line))

    def result(self, tick: Callable[[], None]) -> Result:
        """What came of it; ``tick`` is called while it is waited for.

        Raises:
            OSError: see ``poll``.
        """
        while self._result is None:
            self.poll(PATIENCE)
            tick()
        return self._result

    def cancel(self) -> None:
        """End it, if it has not ended, and let go of its output."""
        self._ready.close()
        self._output.close()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def _take(self, message: dict[str, Any]) -> None:
        if "error" in message:
            number, text = message["error"]
            raise OSError(number, text)
        if "result" in message:
            self._result = self._unpickled(message["result"])
            self.read, self.written = self.files, 1.0
        elif message["stage"] == "read":
            self.read = message["done"]
        else:
            self.read, self.written = self.files, message["done"] / WHOLE

    def _unpickled(self, size: int) -> Any:
        data = self._output.read(size)
        if len(data) != size:
            raise OSError(errno.EIO, _ended())
        return pickle.loads(data)  # noqa: S301 - from our own process


def _ended() -> str:
    from milatui.messages import _

    return _("a process that helps to build the index has ended")
