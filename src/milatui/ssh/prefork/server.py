"""The warm process: has everything imported, and forks a session for each visitor.

It runs no event loop of Textual's and no thread, so a fork copies nothing that moves.  It does as
little as possible itself: it accepts connections, acknowledges requests, forks, and reaps.  A
session is a process of its own, and the visitor's socket and terminal belong to it alone (see
``seat`` and ``protocol``): what happens to a line or a session cannot disturb this process, and
the death of this process ends no session.

A fork takes milliseconds, or some tenths of a second while a crowd paints its first screens.
Between two forks every request that has come is acknowledged, for a client that hears nothing
takes this process for hung and starts an explorer, which costs five times as much.

Nothing here waits for a disk.  A renewed index is first opened by a forked process, the scout,
which may take as long as the disk wants.  When the scout has succeeded, the files are in the
system's cache, and this process opens the index itself, which takes milliseconds (6 for 100,000
documents), so that later sessions share it.  Sessions that start in between see that the index
they inherit is not the current one, and open the current one themselves.
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
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from milatui.i18n import LANGUAGES, _, language, set_language
from milatui.ssh.prefork.handshake import MAX_REQUEST_BYTES, QUEUED, encode_exit
from milatui.ssh.prefork.request import Request, RequestError, decode_request
from milatui.ssh.prefork.worker import run_session

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from milatui.ssh.prefork.preload import SessionFactory
    from milatui.tui.options import Options

_REQUEST_TIMEOUT = 5.0
"""Seconds a client has to send its request; meanwhile others are served."""
_MAX_PENDING = 128
"""Connections without a request; one more closes the oldest."""
_ACCEPT_BATCH = 32
"""Connections that are accepted before those that are open are heard."""
_ACCEPT_PAUSE = 1.0
"""Seconds without accepting after the system has refused a connection its resources."""
_SCOUT_INTERVAL = 2.0
"""Seconds between two looks for a renewed index."""
_DRAIN = 5.0
"""Seconds sessions have to say goodbye when this process is stopped."""
_TICK = 0.5
_HANDLED = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
_RENEWED, _UNCHANGED, _FAILED = 3, 0, 70
_FULL = 75


class PreforkServer:
    """Listens at ``path`` and runs at most ``max_sessions`` sessions of ``warmth`` at a time."""

    def __init__(
        self, path: Path, options: Options, warmth: SessionFactory, max_sessions: int
    ) -> None:
        self._path, self._options, self._warmth = path, options, warmth
        self._max_sessions = max_sessions
        self._full = _refusals(max_sessions)
        self._selector = selectors.DefaultSelector()
        self._pending: dict[socket.socket, float] = {}
        self._queue: deque[tuple[Request, socket.socket]] = deque()
        self._sessions: set[int] = set()
        self._scout = 0
        self._next_scout = 0.0
        self._accept_again = 0.0
        self._stopping = False
        self._listener = _listen(path)
        self._wakeup_read, self._wakeup_write = os.pipe()
        for descriptor in (self._wakeup_read, self._wakeup_write):
            os.set_blocking(descriptor, False)

    def serve(self) -> None:
        """Serve visitors until a signal says stop, then let every session say goodbye."""
        signal.set_wakeup_fd(self._wakeup_write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wakeup_read, selectors.EVENT_READ)
        _freeze()
        while not self._stopping:
            waiting = _TICK if self._pending or self._accept_again else None
            for key, _events in self._selector.select(0 if self._queue else waiting):
                self._dispatch(key.fileobj)
            self._expire(time.monotonic())
            if self._queue:
                self._start_session(*self._queue.popleft())
        self._drain()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _dispatch(self, source: object) -> None:
        """Handle one event of a batch; an earlier one may have closed its connection."""
        if source is self._listener:
            for _connection in range(_ACCEPT_BATCH):
                if not self._accept():
                    return
        elif isinstance(source, socket.socket):
            if source in self._pending:
                self._receive(source)
        else:
            with contextlib.suppress(BlockingIOError):
                os.read(self._wakeup_read, 4096)
            self._reap()

    def _expire(self, now: float) -> None:
        """Close connections whose time is over; accept again after a pause."""
        for line in [line for line, end in self._pending.items() if end < now]:
            self._release(line).close()
        if self._accept_again and self._accept_again < now:
            self._accept_again = 0.0
            try:
                self._selector.register(self._listener, selectors.EVENT_READ)
            except OSError:
                self._accept_again = now + _ACCEPT_PAUSE

    def _accept(self) -> bool:
        """Accept a connection if it is from our account or root; False if none waits."""
        try:
            line, _address = self._listener.accept()
        except BlockingIOError:
            return False
        except OSError:
            # Out of descriptors or memory: the connection waits on, and would wake us for ever.
            self._selector.unregister(self._listener)
            self._accept_again = time.monotonic() + _ACCEPT_PAUSE
            return False
        try:
            line.setblocking(False)
            if _peer_uid(line) not in (0, os.getuid()):
                raise PermissionError
            self._selector.register(line, selectors.EVENT_READ)
        except OSError:
            line.close()
            return True
        self._pending[line] = time.monotonic() + _REQUEST_TIMEOUT
        if len(self._pending) > _MAX_PENDING:
            self._release(next(iter(self._pending))).close()
        return True

    def _release(self, line: socket.socket) -> socket.socket:
        """Stop listening to a connection that is pending."""
        del self._pending[line]
        self._selector.unregister(line)
        return line

    def _receive(self, line: socket.socket) -> None:
        """Acknowledge a request, or refuse it.  Whatever goes wrong, only this client notices."""
        try:
            data = line.recv(MAX_REQUEST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._release(line)
        try:
            request = decode_request(data)
            if len(self._sessions) + len(self._queue) < self._max_sessions:
                line.sendall(QUEUED)
                self._queue.append((request, line))
                return
            line.sendall(self._full[request.language])
        except (OSError, MemoryError, RequestError):
            pass
        line.close()

    def _start_session(self, request: Request, line: socket.socket) -> None:
        """Fork a session unless its client has given up; without one the client starts afresh."""
        with line, contextlib.suppress(OSError, MemoryError):
            if _hung_up(line):
                return
            process = self._fork()
            if process == 0:
                self._run_session(request, line)
            self._sessions.add(process)
            self._look_for_renewal()

    def _run_session(self, request: Request, line: socket.socket) -> NoReturn:
        try:
            self._forget()
            options = replace(self._options, language=request.language)
            run_session(request, line, self._warmth.explore, options)
        finally:
            os._exit(_FAILED)

    def _look_for_renewal(self) -> None:
        """Fork a scout if the last one has ended and some time has passed."""
        now = time.monotonic()
        if self._scout or now < self._next_scout:
            return
        self._next_scout = now + _SCOUT_INTERVAL
        process = self._fork()
        if process == 0:
            status = _FAILED
            try:
                self._forget()
                status = _RENEWED if self._warmth.is_renewed() else _UNCHANGED
            finally:
                os._exit(status)
        self._scout = process

    def _fork(self) -> int:
        """Fork; in the child the signals have their usual meaning.

        No signal comes in between, for the child would take it for one to this process.
        Raises ``OSError`` if the system has no room for a process.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, _HANDLED)
        try:
            process = os.fork()
            if process == 0:
                signal.set_wakeup_fd(-1)
                for number in _HANDLED:
                    signal.signal(number, signal.SIG_DFL)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _HANDLED)
        return process

    def _forget(self) -> None:
        """In a child: close everything that belongs to the server and to other visitors."""
        self._selector.close()
        self._listener.close()
        os.close(self._wakeup_read)
        os.close(self._wakeup_write)
        for other in (*self._pending, *(line for _request, line in self._queue)):
            other.close()

    def _reap(self) -> None:
        """Forget children that have ended."""
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            self._sessions.discard(process)
            if process == self._scout:
                self._scout = 0
                if os.waitstatus_to_exitcode(status) == _RENEWED and not self._stopping:
                    self._warmth.renew()
                    _freeze()

    def _drain(self) -> None:
        """Ask every session to end, wait a little, and end those that do not."""
        self._listener.close()
        self._path.unlink(missing_ok=True)
        for line in (*self._pending, *(line for _request, line in self._queue)):
            line.close()
        if self._scout:
            os.kill(self._scout, signal.SIGKILL)
        # A process that has ended keeps its number until it is reaped here.
        for process in self._sessions:
            os.kill(process, signal.SIGTERM)
        end = time.monotonic() + _DRAIN
        while self._sessions and time.monotonic() < end:
            time.sleep(_DRAIN / 100)
            self._reap()
        for process in self._sessions:
            with contextlib.suppress(ProcessLookupError):  # just forked, and alone
                os.killpg(process, signal.SIGKILL)
        self._reap()


def _refusals(places: int) -> dict[str, bytes]:
    """What a visitor is told when all places are taken, by language."""
    owners = language()
    texts = {}
    for spoken in LANGUAGES:
        set_language(spoken)
        words = _("All {n} places are taken. Please come back later.").format(n=places)
        texts[spoken] = encode_exit(_FULL, words)
    set_language(owners)
    return texts


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
    listener.listen(_MAX_PENDING)
    listener.setblocking(False)
    return listener


def _peer_uid(line: socket.socket) -> int:
    """The account at the other end, as the kernel says."""
    size = struct.calcsize("3i")
    credentials = line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    _process, uid, _group = struct.unpack("3i", credentials)
    return int(uid)


def _hung_up(line: socket.socket) -> bool:
    """Whether the client has given up waiting for an answer."""
    try:
        return not line.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
