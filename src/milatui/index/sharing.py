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
        self._buffer = b""

    def poll(self, seconds: float = 0.0) -> bool:
        """Take in what it has said; False once it has said all.

        Raises:
            OSError: it could not write (the disk is full, say), or it was ended.
        """
        if not self._ready.select(seconds):
            return True
        data = self._output.read1(1 << 20)  # type: ignore[attr-defined]
        if not data:
            raise OSError(errno.EIO, _ended())
        self._buffer += data
        while True:
            line, newline, rest = self._buffer.partition(b"\n")
            if not newline:
                return True
            self._buffer = rest
            if not self._take(json.loads(line)):
                return False

    def result(self, tick: Callable[[], None]) -> Result:
        """What came of it; ``tick`` is called while it is waited for.

        Raises:
            OSError: see ``poll``.
        """
        while self.poll(PATIENCE):
            tick()
        while len(self._buffer) < self._size:
            data = self._output.read1(1 << 20)  # type: ignore[attr-defined]
            if not data:
                raise OSError(errno.EIO, _ended())
            self._buffer += data
        result: Result = pickle.loads(self._buffer)  # noqa: S301 - from our own process
        return result

    def cancel(self) -> None:
        """End it, if it has not ended, and let go of its output."""
        self._ready.close()
        self._output.close()
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()

    def _take(self, message: dict[str, Any]) -> bool:
        if "error" in message:
            number, text = message["error"]
            raise OSError(number, text)
        if "result" in message:
            self._size = int(message["result"])
            self.read, self.written = self.files, 1.0
            return False
        if message["stage"] == "read":
            self.read = message["done"]
        else:
            self.read, self.written = self.files, message["done"] / WHOLE
        return True


def _ended() -> str:
    from milatui.messages import _

    return _("a process that helps to build the index has ended")
