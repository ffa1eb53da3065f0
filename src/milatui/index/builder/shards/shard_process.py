"""Lets another process build a shard, and waits for it."""

from __future__ import annotations

import errno
import json
import selectors
import subprocess
import sys
from typing import TYPE_CHECKING, Any, Final

from milatui.index.builder.shards.shard import Shard
from milatui.index.builder.shards.shard_worker import WHOLE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

TICK: Final = 0.1
"""Seconds between two calls of a progress callback while the process is waited for."""


class ShardProcess:
    """A process that reads some files and writes their segment.

    Args:
        archive: The archive.
        folder: The generation.
        main_language: Of records that have no language of their own.
        paths: The files.

    Attributes:
        files_read: How many files it has read.
        written: Which part of its segment is written, from 0 to 1.
    """

    def __init__(
        self, archive: Path, folder: Path, main_language: str, paths: Sequence[str]
    ) -> None:
        self.files_read = 0
        self.written = 0.0
        self._files = len(paths)
        command = [sys.executable, "-m", "milatui.index.builder.shards.shard_worker"]
        self._process = subprocess.Popen(
            [*command, str(archive), str(folder), main_language],
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
        self._shard: Shard | None = None

    def poll(self, seconds: float = 0.0) -> None:
        """Takes in a line of its output, if one comes within ``seconds``.

        Raises:
            OSError: it could not write (the disk is full, say), or it was ended.
        """
        if self._shard is None and self._ready.select(seconds):
            line = self._output.readline()
            if not line.endswith(b"\n"):
                raise OSError(errno.EIO, _ended())
            self._take(json.loads(line))

    def result(self, tick: Callable[[], None]) -> Shard:
        """Returns its shard; ``tick`` is called while it is waited for.

        Raises:
            OSError: see ``poll``.
        """
        while self._shard is None:
            self.poll(TICK)
            tick()
        return self._shard

    def cancel(self) -> None:
        """Ends it, if it has not ended, and closes its output."""
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
            self._shard = Shard.from_json(message["result"])
            self.files_read, self.written = self._files, 1.0
        elif message["stage"] == "read":
            self.files_read = message["done"]
        else:
            self.files_read, self.written = self._files, message["done"] / WHOLE


def _ended() -> str:
    from milatui.i18n import _

    return _("a process that helps to build the index has ended")
