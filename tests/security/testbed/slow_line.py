"""A slow connection between a visitor and a server: a proxy on loopback."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_PIECE = 256
_BUFFER = 4096
"""What the system may keep on the way: a line has no memory to speak of."""


class SlowLine:
    """Forwards connections to ``port`` at ``rate`` bytes per second each way.

    ``carried`` is how many bytes have gone from the server to the visitor.  ``cut`` makes it
    fall silent without a word to either side, as when a cable is pulled.
    """

    def __init__(self, port: int, rate: int) -> None:
        self._port, self._rate = port, rate
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._end, self._silent = threading.Event(), threading.Event()
        self._open: list[socket.socket] = []
        self.carried = 0
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self) -> None:
        """Stops forwarding, and leaves the connections open."""
        self._silent.set()

    def close(self) -> None:
        """Closes all connections."""
        self._end.set()
        for line in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                visitor, _address = self._listener.accept()
                server = socket.socket()
                for end in (visitor, server):
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, _BUFFER)
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BUFFER)
                    self._open.append(end)
                server.connect(("127.0.0.1", self._port))
                for source, target in ((visitor, server), (server, visitor)):
                    threading.Thread(target=self._carry, args=(source, target), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while not self._end.is_set() and (data := source.recv(_PIECE)):
                while self._silent.is_set():
                    if self._end.wait(0.1):
                        return
                target.sendall(data)
                if target is not self._open[1]:
                    self.carried += len(data)
                time.sleep(len(data) / self._rate)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_WR)


@contextmanager
def slow_line(port: int, rate: int = 2_000) -> Iterator[SlowLine]:
    """Opens a slow connection to ``port`` of this machine."""
    line = SlowLine(port, rate)
    try:
        yield line
    finally:
        line.close()
