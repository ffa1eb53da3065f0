"""The pre-warmed process: has everything imported, and forks a session for each visitor.

It runs no loop of Textual's and no thread, so a fork copies nothing that moves.  A session
is a process of its own: when one dies, the others and this one do not notice.  A session
holds its own end of the visitor's socket, so the death of this process ends no session.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket
import struct
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from milatui.messages import _, set_language
from milatui.ssh.protocol import ENDED, LONGEST, RESIZED, encode_end
from milatui.ssh.request import Request, RequestError, decode_request
from milatui.ssh.seat import sit

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from milatui.ssh.warming import Warmth
    from milatui.tui.options import Options

_PATIENCE = 15.0
"""Seconds a caller may take to say what is wanted; meanwhile others are served."""
_DRAIN = 5.0
"""Seconds sessions have to say goodbye when this process is stopped."""


class WarmServer:
    """Listens at ``path``; ``warmth`` runs one session with the options it is given."""

    def __init__(self, path: Path, options: Options, warmth: Warmth, seats: int) -> None:
        self._path, self._options, self._warmth, self._seats = path, options, warmth, seats
        self._selector = selectors.DefaultSelector()
        self._sessions: dict[int, socket.socket] = {}
        self._arriving: dict[socket.socket, float] = {}
        self._stopping = False
        self._listener = _listen(path)
        self._bell, self._clapper = os.pipe()
        for descriptor in (self._bell, self._clapper):
            os.set_blocking(descriptor, False)

    def serve(self) -> None:
        """Serve visitors until a signal says stop, then let every session say goodbye."""
        signal.set_wakeup_fd(self._clapper)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._bell, selectors.EVENT_READ)
        _freeze()
        while not self._stopping:
            for key, _events in self._selector.select(_PATIENCE if self._arriving else None):
                self._attend(key.fileobj)
            now = time.monotonic()
            for line in [line for line, end in self._arriving.items() if end < now]:
                self._dismiss(line)
        self._drain()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _attend(self, source: object) -> None:
        if source is self._listener:
            with contextlib.suppress(OSError):
                self._welcome(self._listener.accept()[0])
        elif source in self._arriving and isinstance(source, socket.socket):
            self._receive(source)
        elif isinstance(source, socket.socket):
            self._hear(source)
        else:
            with contextlib.suppress(BlockingIOError):
                os.read(self._bell, 4096)
            self._reap()

    def _welcome(self, line: socket.socket) -> None:
        """Let a caller in who is one of ours; what they want is heard when they say it."""
        if _caller(line) not in (0, os.getuid()):
            line.close()
            return
        line.setblocking(False)
        self._arriving[line] = time.monotonic() + _PATIENCE
        self._selector.register(line, selectors.EVENT_READ)

    def _dismiss(self, line: socket.socket) -> None:
        self._arriving.pop(line, None)
        with contextlib.suppress(KeyError):
            self._selector.unregister(line)
        line.close()

    def _receive(self, line: socket.socket) -> None:
        """Fork a session for the visitor who called, if the request is one and there is room."""
        descriptors: list[int] = []
        try:
            data, descriptors, _flags, _address = socket.recv_fds(line, LONGEST, 3)
            request = decode_request(data)
            if len(descriptors) != 3 or not all(map(os.isatty, descriptors)):
                raise RequestError("no terminal")
            if len(self._sessions) < self._seats:
                self._arriving.pop(line)
                self._selector.unregister(line)
                self._seat(request, descriptors, line)
                return
            set_language(request.language)
            full = _("All {n} places are taken. Please come back later.")
            line.sendall(encode_end(75, full.format(n=self._seats)))
        except BlockingIOError:
            return
        except (OSError, RequestError):
            pass
        finally:
            for descriptor in descriptors:
                with contextlib.suppress(OSError):
                    os.close(descriptor)
        self._dismiss(line)

    def _seat(self, request: Request, descriptors: list[int], line: socket.socket) -> None:
        line.setblocking(True)
        if self._warmth.renew():
            _freeze()
        process = os.fork()
        if process == 0:
            self._forget()
            sit(request, descriptors, line, self._warmth.explore, self._options_for(request))
        self._sessions[process] = line
        self._selector.register(line, selectors.EVENT_READ)

    def _options_for(self, request: Request) -> Options:
        return replace(self._options, language=request.language)

    def _forget(self) -> None:
        """In the child: nothing of the server and of other visitors stays open."""
        self._selector.close()
        self._listener.close()
        os.close(self._bell)
        signal.set_wakeup_fd(-1)
        os.close(self._clapper)
        for other in (*self._sessions.values(), *self._arriving):
            other.close()

    def _hear(self, line: socket.socket) -> None:
        """A visitor's client has a new size, or is gone and its session with it."""
        process = next((p for p, held in self._sessions.items() if held is line), None)
        try:
            said = line.recv(64, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if not said:
            self._selector.unregister(line)
        if process is not None:
            number = signal.SIGWINCH if RESIZED in said else signal.SIGHUP
            number = signal.SIGTERM if ENDED in said else number
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, number)

    def _reap(self) -> None:
        """Forget sessions that have ended; one that died says so by saying nothing."""
        while True:
            try:
                process, _status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            line = self._sessions.pop(process, None)
            if line is not None:
                with contextlib.suppress(KeyError):
                    self._selector.unregister(line)
                line.close()

    def _drain(self) -> None:
        """Ask every session to end, wait a little, and end those that do not."""
        self._listener.close()
        self._path.unlink(missing_ok=True)
        end = time.monotonic() + _DRAIN
        for number in (signal.SIGTERM, signal.SIGKILL):
            for process in self._sessions:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, number)
            while self._sessions and time.monotonic() < end:
                self._selector.select(0.1)
                self._reap()
        self._reap()


def _freeze() -> None:
    """Keep the collector of a session from touching, and so copying, what it shares with others."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _listen(path: Path) -> socket.socket:
    """A listening socket that only our own account can reach; an old one is replaced.

    Raises ``OSError`` if its folder is open to others or the place is taken by a file.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = path.parent.stat()
    if status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(13, _("this folder must belong to us alone"), str(path.parent))
    if path.is_socket():
        path.unlink()
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        listener.bind(os.fspath(path))
    finally:
        os.umask(before)
    listener.listen(128)
    return listener


def _caller(line: socket.socket) -> int:
    """The account at the other end, as the kernel says."""
    size = struct.calcsize("3i")
    _process, account, _group = struct.unpack(
        "3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    )
    return int(account)
