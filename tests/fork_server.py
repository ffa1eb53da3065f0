"""A fork server: starts Python programs from a parent that has imported milatui.

A start that imports everything anew takes half a second of processor time; a fork takes a tenth.
The forked process has the environment, folder, streams and signals that a fresh one would have.
What is peculiar to a fresh start (the installed program, Python's own variables, the locale of the
streams, how long a query may take, how long a message stays) is tested with one.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import json
import locale
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType, TracebackType
from typing import IO, NoReturn, Self

from milatui.tui.terminal.environment import scrub_environment
from tests.clock import stop_query_clock
from tests.shared import root
from tests.terminal import PATIENCE

Stream = int | IO[bytes] | None
_ROOT = Path(__file__).resolve().parents[1]
_ENVIRONMENT = os.environ | {"LC_ALL": "C.UTF-8"}
"""The environment of the server: not that of the test which needs it first."""
_MOST_BYTES = 1 << 17
"""Bytes of a request: the command and the environment."""
_SOCKET = "fork-server"
"""Name of the socket in the folder that the processes of a run share."""
_STREAMS = ("stdin", "stdout", "stderr")
_PRELOADED = (
    "linkify_it",
    "markdown_it",
    "mdit_py_plugins.footnote",
    "milatui.catalogue.lists.status",
    "milatui.catalogue.search.search_records",
    "milatui.catalogue.search.suggestions",
    "milatui.catalogue.trail.trail_store",
    "milatui.cli.commands.add",
    "milatui.cli.commands.check",
    "milatui.cli.commands.list",
    "milatui.cli.commands.search",
    "milatui.cli.commands.show",
    "milatui.cli.explore",
    "milatui.cli.index_access",
    "milatui.cli.main",
    "milatui.index.builder.assembly",
    "milatui.index.builder.build",
    "milatui.index.query.query_corrections",
    "milatui.index.scoring.feedback",
    "milatui.index.search.searcher",
    "milatui.ssh.prefork.preload",
    "milatui.tui.app",
    "numpy",
    "whoosh.lang.snowball",
    "whoosh.qparser",
    "whoosh.searching",
)


class ForkedProcess:
    """A process that the server forked; has the part of ``Popen`` that tests use.

    Attributes:
        stdin, stdout, stderr: Our ends of its pipes.
    """

    def __init__(
        self, pid: int, status: socket.socket, pipes: Sequence[IO[bytes] | None] = (None,) * 3
    ) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self.stdin, self.stdout, self.stderr = pipes
        self._status = status

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for pipe in (self.stdin, self.stdout, self.stderr):
            if pipe:
                with contextlib.suppress(BrokenPipeError):
                    pipe.close()
        self.wait(PATIENCE)

    def poll(self) -> int | None:
        """Returns the exit status, if the process has ended."""
        return self._read_status(0)

    def wait(self, timeout: float | None = None) -> int:
        """Waits for the end; returns the exit status, ``-N`` after a signal.

        Raises:
            TimeoutExpired: after ``timeout`` seconds.
        """
        status = self._read_status(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("milatui", timeout or 0)
        return status

    def send_signal(self, number: int) -> None:
        """Sends a signal, unless the process has ended."""
        if self.poll() is None:
            # Its exit status may be on its way.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    def kill(self) -> None:
        """Ends the process at once."""
        self.send_signal(signal.SIGKILL)

    def communicate(self, given: bytes = b"") -> tuple[bytes, bytes]:
        """Writes ``given`` to its stdin, waits for the end; returns what it wrote to its pipes."""
        said = {1: b"", 2: b""}

        def read(number: int, pipe: IO[bytes]) -> None:
            said[number] = pipe.read()

        readers = [
            threading.Thread(target=read, args=(number, pipe))
            for number, pipe in enumerate((self.stdout, self.stderr), 1)
            if pipe
        ]
        for reader in readers:
            reader.start()
        with self:
            if self.stdin:
                with contextlib.suppress(BrokenPipeError):
                    self.stdin.write(given)
                    self.stdin.close()
            for reader in readers:
                reader.join(PATIENCE)
        return said[1], said[2]

    def _read_status(self, timeout: float | None) -> int | None:
        if self.returncode is None:
            waiting = select.poll()  # select() knows no descriptors beyond 1023
            waiting.register(self._status, select.POLLIN)
            if waiting.poll(None if timeout is None else timeout * 1000):
                self.returncode = int(self._status.recv(16))
                self._status.close()
        return self.returncode


def fork(command: Sequence[str], env: Mapping[str, str], slave: int) -> ForkedProcess:
    """Starts a program in a terminal as ``tests.terminal.spawn`` does, but for the imports.

    Args:
        command: See ``popen``.
        env: The whole environment.
        slave: The descriptor of stdin, stdout and stderr.
    """
    return ForkedProcess(*_ask(command, env, (slave, slave, slave)))


def popen(
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    *,
    folder: Path | None = None,
    stdin: Stream = None,
    stdout: Stream = None,
    stderr: Stream = None,
) -> ForkedProcess:
    """Starts a program as ``subprocess.Popen`` does, but for the imports.

    Args:
        command: ``sys.executable``, then ``-m MODULE``, ``-c CODE`` or a script, and arguments.
        env: The whole environment; ours if ``None``.
        folder: The working directory; ours if ``None``.
        stdin, stdout, stderr: A descriptor, a file, ``subprocess.PIPE`` or ``DEVNULL``; ours if
            ``None``.
    """
    theirs: list[int] = []
    pipes: list[IO[bytes] | None] = []
    with contextlib.ExitStack() as stack:
        for number, stream in enumerate((stdin, stdout, stderr)):
            pipe = None
            if stream is None:
                descriptor = number
            elif stream == subprocess.DEVNULL:
                descriptor = os.open(os.devnull, os.O_RDWR)
                stack.callback(os.close, descriptor)
            elif stream == subprocess.PIPE:
                ends = os.pipe()
                descriptor = ends[number > 0]
                stack.callback(os.close, descriptor)
                pipe = open(ends[number == 0], "rb" if number else "wb")  # noqa: PTH123, SIM115
            else:
                descriptor = stream if isinstance(stream, int) else stream.fileno()
            theirs.append(descriptor)
            pipes.append(pipe)
        pid, status = _ask(command, os.environ if env is None else env, theirs, folder)
    return ForkedProcess(pid, status, pipes)


def run(
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    given: bytes = b"",
    folder: Path | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Runs a program and captures what it says, as ``subprocess.run`` does; see ``popen``."""
    pipe = subprocess.PIPE
    process = popen(command, env, folder=folder, stdin=pipe, stdout=pipe, stderr=pipe)
    out, err = process.communicate(given)
    return subprocess.CompletedProcess(command, process.wait(), out, err)


def run_text(
    command: Sequence[str],
    env: Mapping[str, str] | None = None,
    given: str = "",
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Does as ``run``, with text."""
    done = run(command, env, given.encode(), folder)
    return subprocess.CompletedProcess(
        command, done.returncode, done.stdout.decode(), done.stderr.decode()
    )


def _ask(
    command: Sequence[str],
    env: Mapping[str, str],
    streams: Sequence[int],
    folder: Path | None = None,
) -> tuple[int, socket.socket]:
    """Returns the number of a new process and the socket on which its exit status will come."""
    assert command[0] == sys.executable, command
    server = _server()
    mine, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    request = {"words": list(command[1:]), "env": dict(env), "folder": str(folder or Path.cwd())}
    with theirs:
        socket.send_fds(server, [json.dumps(request).encode()], [*streams, theirs.fileno()])
    return int(server.recv(16)), mine


def start_shared() -> None:
    """Starts a server for all processes of this run; it ends when this process does."""
    _start(root() / _SOCKET)


@cache
def _server() -> socket.socket:
    """Connects to the server of the run; if it has none, this process starts one of its own."""
    path = root() / _SOCKET
    if not path.exists():
        path = root() / f"{_SOCKET}-{os.getpid()}"
        _start(path)
    ours = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.connect(str(path))
    return ours


def _start(path: Path) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(path))
        listener.listen()
        code = f"from tests.fork_server import serve; serve({listener.fileno()})"
        process = subprocess.Popen(
            [sys.executable, "-c", code],
            cwd=_ROOT,
            env=_ENVIRONMENT,
            pass_fds=[listener.fileno()],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )
    atexit.register(_stop, process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    process.wait()


def serve(number: int) -> NoReturn:
    """Forks a process for each request of those who connect; ends when stdin does.

    Args:
        number: The descriptor of the socket that listens.
    """
    from milatui.ssh.prefork.preload import LAZY_MODULES
    from milatui.tui.screen import main_screen

    # Whoever reads a terminal late shall see its messages.
    main_screen.STATUS_SECONDS = 3600.0
    for name in (*_PRELOADED, *LAZY_MODULES):
        importlib.import_module(name)
    stop_query_clock()
    gc.freeze()
    # A process with many files open hands over a number that select() does not know.
    listener = socket.socket(fileno=os.dup(number))
    os.close(number)
    connections: list[socket.socket] = []
    bell, clapper = socket.socketpair()
    clapper.setblocking(False)
    signal.set_wakeup_fd(clapper.fileno())
    signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
    ends: dict[int, int] = {}
    while True:
        sources: list[int | socket.socket] = [0, listener, bell, *connections]
        ready = select.select(sources, [], [])[0]
        if 0 in ready:
            sys.exit()
        if bell in ready:
            bell.recv(1024)
            _report_ended(ends)
        if listener in ready:
            connections.append(listener.accept()[0])
        for connection in [each for each in connections if each in ready]:
            message, descriptors, _flags, _address = socket.recv_fds(connection, _MOST_BYTES, 4)
            if not message:
                connections.remove(connection)
                connection.close()
                continue
            *streams, end = descriptors
            pid = os.fork()
            if not pid:
                _run(message, streams)
            ends[pid] = end
            for stream in streams:
                os.close(stream)
            # Whoever asked may have ended meanwhile.
            with contextlib.suppress(BrokenPipeError):
                connection.send(b"%d" % pid)


def _report_ended(ends: dict[int, int]) -> None:
    """Sends the exit statuses of processes that have ended to those who wait for them."""
    with contextlib.suppress(ChildProcessError):
        while (found := os.waitpid(-1, os.WNOHANG))[0]:
            end = ends.pop(found[0])
            with contextlib.suppress(BrokenPipeError):
                os.write(end, b"%d" % os.waitstatus_to_exitcode(found[1]))
            os.close(end)


def _run(message: bytes, streams: Sequence[int]) -> NoReturn:
    """Makes this process what a fresh one would be, and runs the program in it."""
    request = json.loads(message)
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.setsid()
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
    os.closerange(3, 4096)
    os.chdir(request["folder"])
    os.environ.clear()
    os.environ.update(request["env"])
    with contextlib.suppress(locale.Error):  # Python goes on without it, too
        locale.setlocale(locale.LC_CTYPE, "")
    _open_streams()
    if os.isatty(0):  # a fresh process does so before it imports Textual
        scrub_environment(os.environ)
    status: object = None
    try:
        _run_program(request["words"])
    except SystemExit as end:
        status = end.code
    _exit(status)


def _exit(status: object) -> NoReturn:
    """Ends this process as ``sys.exit`` does, but leaves its memory to the system."""
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    if not isinstance(status, int | None):
        print(status, file=sys.stderr)
        status = 1
    for stream in (sys.stdout, sys.stderr):
        if stream and not stream.closed:
            stream.flush()
    os._exit(status or 0)


def _open_streams() -> None:
    for number, name in enumerate(_STREAMS):
        mode, errors = ("w" if number else "r"), ("backslashreplace" if number == 2 else "strict")
        buffering = 1 if number == 2 else -1
        # Never closed: it lives as long as the process.
        stream = open(number, mode, buffering, "utf-8", errors, closefd=False)  # noqa: SIM115
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _run_program(words: Sequence[str]) -> None:
    """Runs ``python WORDS`` in this process."""
    if words[0] == "-c":
        sys.argv = ["-c", *words[2:]]
        module = ModuleType("__main__")
        sys.modules["__main__"] = module
        exec(compile(words[1], "<string>", "exec"), module.__dict__)  # noqa: S102
    elif words[0] == "-m":
        sys.argv = list(words[1:])
        if not hasattr(sys.modules.get(words[1]), "__path__"):
            sys.modules.pop(words[1], None)  # a module runs once more, as the main one
        runpy.run_module(words[1], run_name="__main__", alter_sys=True)
    else:
        sys.argv = list(words)
        runpy.run_path(words[0], run_name="__main__")
