"""Lets the fork server start the builder of an index; a fresh one imports for half a second."""

from __future__ import annotations

import asyncio
import subprocess
from typing import TYPE_CHECKING

from tests.fork_server import popen

if TYPE_CHECKING:
    from tests.fork_server import ForkedProcess


class ForkedBuilder:
    """The part of asyncio's ``Process`` that the explorer uses.

    Attributes:
        stdout: What the builder writes.
    """

    def __init__(self, process: ForkedProcess) -> None:
        self.stdout = asyncio.StreamReader()
        self._process = process
        self._transport: asyncio.ReadTransport | None = None

    async def connect(self) -> None:
        """Begins to read what the builder writes."""
        loop = asyncio.get_running_loop()
        protocol = asyncio.StreamReaderProtocol(self.stdout)
        self._transport, _protocol = await loop.connect_read_pipe(
            lambda: protocol, self._process.stdout
        )

    @property
    def returncode(self) -> int | None:
        """The exit status, once the builder has ended."""
        return self._process.poll()

    async def wait(self) -> int:
        """Waits for the end; returns the exit status."""
        while (status := self._process.poll()) is None:
            await asyncio.sleep(0.002)
        return status

    def kill(self) -> None:
        """Ends the builder at once."""
        self._process.kill()
        if self._transport is not None:
            self._transport.close()


async def create_forked(*command: str, **_streams: int) -> ForkedBuilder:
    """Stands in for ``asyncio.create_subprocess_exec``."""
    null = subprocess.DEVNULL
    builder = ForkedBuilder(popen(command, stdin=null, stdout=subprocess.PIPE, stderr=null))
    await builder.connect()
    return builder
