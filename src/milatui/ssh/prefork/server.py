"""The preloaded server: has everything imported, and forks a session for each visitor.

It runs neither Textual's event loop nor a thread, so a fork copies nothing that is in motion. It
does as little as possible: it accepts connections, acknowledges requests, forks, and reaps. A
session is a process of its own, and the visitor's socket and terminal belong to it alone (see
``session_process`` and ``handshake``): what happens to a connection or a session cannot disturb
this process, and the death of this process ends no session.

A fork takes milliseconds, or some tenths of a second while many sessions paint their first screens.
Between two forks every request that has arrived is acknowledged: a client without an answer
assumes that this process hangs and starts an explorer, which costs five times as much.

Nothing here waits for a disk. A rebuilt index is first opened by a forked process, the scout, which
may take as long as the disk wants. Once the scout has succeeded, the files are in the page cache,
and this process opens the index itself, which takes milliseconds (6 for 100,000 documents), so that
later sessions share it. Sessions that start in between see that the index they inherit is not the
current one, and open the current one themselves.
"""

from __future__ import annotations

import contextlib
import gc
import os
import selectors
import signal
import socket
import struct
import sys
import time
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, NoReturn

from milatui.i18n import LANGUAGES, _, language, set_language
from milatui.ssh.prefork.handshake import MAX_REQUEST_BYTES, QUEUED, encode_exit
from milatui.ssh.prefork.request import Request, RequestError, decode_request
from milatui.ssh.prefork.session_process import run_session

if TYPE_CHECKING:
    from pathlib import Path
    from types import FrameType

    from milatui.ssh.prefork.preload import SessionFactory
    from milatui.tui.app_options import Options

_REQUEST_TIMEOUT = 5.0
"""Seconds a client has to send its request; meanwhile others are served."""
_MAX_PENDING = 128
"""Connections without a request; one more closes the oldest."""
_ACCEPT_BATCH = 32
"""Connections that are accepted before the open ones are read."""
_ACCEPT_PAUSE = 1.0
"""Seconds without accepting after the system had no resources for a connection."""
_SCOUT_INTERVAL = 2.0
"""Seconds between two checks for a rebuilt index."""
_DRAIN_SECONDS = 5.0
"""Time sessions have to say goodbye when this process is stopped."""
_POLL_SECONDS = 0.5
_HANDLED = (signal.SIGTERM, signal.SIGINT, signal.SIGCHLD)
_RELOADED, _UNCHANGED, _FAILED = 3, 0, 70
"""Exit status of a scout: the index has changed and opens; it has not; it does not open."""
_FULL = 75
"""Exit status of a client for which there is no session left (EX_TEMPFAIL)."""


class PreforkServer:
    """Listens at ``path`` and runs at most ``max_sessions`` sessions of ``factory`` at a time."""

    def __init__(
        self, path: Path, options: Options, factory: SessionFactory, max_sessions: int
    ) -> None:
        self._path, self._options, self._factory = path, options, factory
        self._max_sessions = max_sessions
        self._full = _full_messages(max_sessions)
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
        """Serves visitors until SIGTERM or SIGINT, then lets every session say goodbye."""
        signal.set_wakeup_fd(self._wakeup_write, warn_on_full_buffer=False)
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._stop)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._wakeup_read, selectors.EVENT_READ)
        freeze_objects()
        while not self._stopping:
            waiting = _POLL_SECONDS if self._pending or self._accept_again else None
            for key, _events in self._selector.select(0 if self._queue else waiting):
                self._dispatch(key.fileobj)
            self._expire(time.monotonic())
            if self._queue:
                self._start_session(*self._queue.popleft())
        self._drain()

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _dispatch(self, source: object) -> None:
        """Handles one event of a batch; an earlier event may have closed its connection."""
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
        """Closes connections that sent no request in time; accepts again after a pause."""
        for connection in [connection for connection, end in self._pending.items() if end < now]:
            self._release(connection).close()
        if self._accept_again and self._accept_again < now:
            self._accept_again = 0.0
            try:
                self._selector.register(self._listener, selectors.EVENT_READ)
            except OSError:
                self._accept_again = now + _ACCEPT_PAUSE

    def _accept(self) -> bool:
        """Accepts a connection if it is from our account or root; returns False if none waits."""
        try:
            connection, _address = self._listener.accept()
        except BlockingIOError:
            return False
        except OSError:
            # Out of descriptors or memory: the connection stays, and would wake us again and again.
            self._selector.unregister(self._listener)
            self._accept_again = time.monotonic() + _ACCEPT_PAUSE
            return False
        try:
            connection.setblocking(False)
            if _peer_uid(connection) not in (0, os.getuid()):
                raise PermissionError
            self._selector.register(connection, selectors.EVENT_READ)
        except OSError:
            connection.close()
            return True
        self._pending[connection] = time.monotonic() + _REQUEST_TIMEOUT
        if len(self._pending) > _MAX_PENDING:
            self._release(next(iter(self._pending))).close()
        return True

    def _release(self, connection: socket.socket) -> socket.socket:
        """Stops reading a pending connection, and returns it."""
        del self._pending[connection]
        self._selector.unregister(connection)
        return connection

    def _receive(self, connection: socket.socket) -> None:
        """Acknowledges a request, or refuses it. A fault concerns this client only."""
        try:
            data = connection.recv(MAX_REQUEST_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._release(connection)
        try:
            request = decode_request(data)
            if len(self._sessions) + len(self._queue) < self._max_sessions:
                connection.sendall(QUEUED)
                self._queue.append((request, connection))
                return
            connection.sendall(self._full[request.language])
        except (OSError, MemoryError, RequestError):
            pass
        connection.close()

    def _start_session(self, request: Request, connection: socket.socket) -> None:
        """Forks a session unless its client has closed the connection.

        If the fork fails, the client starts an explorer itself.
        """
        with connection, contextlib.suppress(OSError, MemoryError):
            if _is_closed(connection):
                return
            process = self._fork()
            if process == 0:
                self._run_session(request, connection)
            self._sessions.add(process)
            self._start_scout()

    def _run_session(self, request: Request, connection: socket.socket) -> NoReturn:
        try:
            self._close_inherited()
            options = replace(self._options, language=request.language)
            run_session(request, connection, self._factory.run, options)
        finally:
            os._exit(_FAILED)

    def _start_scout(self) -> None:
        """Forks a scout if the last one has ended and the interval has passed."""
        now = time.monotonic()
        if self._scout or now < self._next_scout:
            return
        self._next_scout = now + _SCOUT_INTERVAL
        process = self._fork()
        if process == 0:
            status = _FAILED
            try:
                self._close_inherited()
                status = _RELOADED if self._factory.reload_if_changed() else _UNCHANGED
            finally:
                os._exit(status)
        self._scout = process

    def _fork(self) -> int:
        """Forks; in the child the signals have their default handlers.

        Signals are blocked in between: the child would take them for signals to this process.

        Raises:
            OSError: The system has no room for a process.
        """
        signal.pthread_sigmask(signal.SIG_BLOCK, _HANDLED)
        try:
            process = os.fork()
            if process == 0:
                signal.set_wakeup_fd(-1)
                # Where nohup has started the server, a session would outlive its line.
                for number in (*_HANDLED, signal.SIGHUP):
                    signal.signal(number, signal.SIG_DFL)
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _HANDLED)
        return process

    def _close_inherited(self) -> None:
        """Closes, in a child, all descriptors of the server and of other visitors."""
        self._selector.close()
        self._listener.close()
        os.close(self._wakeup_read)
        os.close(self._wakeup_write)
        for other in (*self._pending, *(connection for _request, connection in self._queue)):
            other.close()

    def _reap(self) -> None:
        """Reaps children that have ended; reloads the index if the scout has succeeded."""
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
                if os.waitstatus_to_exitcode(status) == _RELOADED and not self._stopping:
                    self._factory.reload()
                    freeze_objects()

    def _drain(self) -> None:
        """Asks every session to end, waits, and kills those that have not ended."""
        self._listener.close()
        self._path.unlink(missing_ok=True)
        for connection in (*self._pending, *(connection for _request, connection in self._queue)):
            connection.close()
        if self._scout:
            os.kill(self._scout, signal.SIGKILL)
        # A process that has ended keeps its id until it is reaped here.
        for process in self._sessions:
            os.kill(process, signal.SIGTERM)
        end = time.monotonic() + _DRAIN_SECONDS
        while self._sessions and time.monotonic() < end:
            time.sleep(_DRAIN_SECONDS / 100)
            self._reap()
        for process in self._sessions:
            with contextlib.suppress(ProcessLookupError):  # just forked, without a group of its own
                os.killpg(process, signal.SIGKILL)
        self._reap()


def _full_messages(max_sessions: int) -> dict[str, bytes]:
    """Returns the exit message for a visitor when all sessions are taken, by language."""
    previous = language()
    texts = {}
    for code in LANGUAGES:
        set_language(code)
        message = _("All {n} places are taken. Please come back later.").format(n=max_sessions)
        texts[code] = encode_exit(_FULL, message)
    set_language(previous)
    return texts


def freeze_objects() -> None:
    """Leaves present objects alone in sessions, each of which would copy the pages it changes.

    Garbage collection excludes them.  The interpreter's cache of attributes is emptied: a session
    that replaces an entry counts down the references to the old name, and 1 MB of pages has
    nothing else that changes.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    sys._clear_type_cache()


def _listen(path: Path) -> socket.socket:
    """Returns a listening socket that only our own account can reach; an old one is replaced.

    Raises:
        OSError: The folder is open to others, or ``path`` is a file.
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


def _peer_uid(connection: socket.socket) -> int:
    """Returns the account at the other end, as the kernel says."""
    size = struct.calcsize("3i")
    credentials = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, size)
    _process, uid, _group = struct.unpack("3i", credentials)
    return int(uid)


def _is_closed(connection: socket.socket) -> bool:
    """Returns whether the client has closed the connection."""
    try:
        return not connection.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return False
