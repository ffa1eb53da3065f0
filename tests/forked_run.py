"""Runs the whole suite in processes that are forked after collection.

The processes of pytest-xdist are fresh ones: each imports the program and collects all tests anew,
four seconds of processor time each.  Plugins see what xdist shows them: ``PYTEST_XDIST_WORKER``.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections import deque
from dataclasses import dataclass, field
from multiprocessing import Pipe
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, NoReturn

import pytest

if TYPE_CHECKING:
    import warnings
    from collections.abc import Iterable, Sequence
    from multiprocessing.connection import Connection

Location = tuple[str, int | None, str]
_WAITING = ("tests/security/", "tests/program/")
"""Folders of tests that wait for other processes more than they compute."""


@dataclass
class _Worker:
    """A forked process, and what it has to do.

    Attributes:
        pid: Its process id.
        from_end: Whether it takes the last module that nobody has, not the first.
        numbers: Positions of its items in the session that it has not finished.
    """

    pid: int
    from_end: bool
    numbers: deque[int] = field(default_factory=deque)


class ForkedRun:
    """A plugin of pytest that runs the items of a session in several processes."""

    def __init__(self, processes: int) -> None:
        self._processes = processes

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Runs all items; leaves it to pytest if there is nothing to run."""
        if session.testsfailed or session.config.option.collectonly or not session.items:
            return None
        # Who has collected writes which test passed, not what is in which file.
        session.config.pluginmanager.getplugin("terminalreporter").showfspath = False
        os.environ["PYTEST_XDIST_WORKER_COUNT"] = str(self._processes)
        _Controller(session).run(self._processes)
        return True


class _Controller:
    """Hands modules out to processes, and reports what comes back."""

    def __init__(self, session: pytest.Session) -> None:
        self._session = session
        self._modules = deque(order_modules([item.nodeid for item in session.items]))
        self._workers: dict[Connection, _Worker] = {}

    def run(self, processes: int) -> None:
        """Runs all items.

        Raises:
            Failed, Interrupted: as a run in one process does.
        """
        try:
            for number in range(processes):
                self._start(from_end=number % 2 == 1)
            while self._workers:
                ready = wait(list(self._workers))
                for connection in [each for each in self._workers if each in ready]:
                    self._receive(connection)
                if self._session.shouldfail:
                    raise self._session.Failed(self._session.shouldfail)
                if self._session.shouldstop:
                    raise self._session.Interrupted(self._session.shouldstop)
        finally:
            # What interrupts this process has interrupted the others, too.
            interrupted = isinstance(sys.exception(), KeyboardInterrupt)
            for connection, worker in self._workers.items():
                connection.close()
                if not interrupted:
                    os.kill(worker.pid, signal.SIGTERM)
            for worker in self._workers.values():
                os.waitpid(worker.pid, 0)

    def _start(self, *, from_end: bool) -> None:
        ours, theirs = Pipe()
        pid = os.fork()
        if not pid:
            for connection in (ours, *self._workers):
                connection.close()
            _work(self._session, theirs, f"gw{os.getpid()}")
        theirs.close()
        self._workers[ours] = _Worker(pid, from_end)

    def _receive(self, connection: Connection) -> None:
        try:
            kind, *rest = connection.recv()
        except EOFError:
            self._bury(connection)
            return
        hook, config = self._session.config.hook, self._session.config
        worker = self._workers[connection]
        if kind == "next":
            numbers: Sequence[int] = ()
            if self._modules:
                numbers = self._modules.pop() if worker.from_end else self._modules.popleft()
            worker.numbers.extend(numbers)
            connection.send(numbers)
        elif kind == "report":
            report = hook.pytest_report_from_serializable(config=config, data=rest[0])
            hook.pytest_runtest_logreport(report=report)
        elif kind == "start":
            hook.pytest_runtest_logstart(nodeid=rest[0], location=rest[1])
        elif kind == "finish":
            worker.numbers.popleft()
            hook.pytest_runtest_logfinish(nodeid=rest[0], location=rest[1])
        elif kind == "warning":
            hook.pytest_warning_recorded.call_historic(kwargs=rest[0])
        else:
            setattr(self._session, kind, rest[0])

    def _bury(self, connection: Connection) -> None:
        """Reports the test in which a process has ended; another one goes on with its others."""
        worker = self._workers.pop(connection)
        connection.close()
        status = os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])
        if not worker.numbers:
            return
        item = self._session.items[worker.numbers.popleft()]
        self._session.config.hook.pytest_runtest_logreport(
            report=pytest.TestReport(
                nodeid=item.nodeid,
                location=item.location,
                keywords={},
                outcome="failed",
                longrepr=f"the process ended with status {status} during {item.nodeid}",
                when="call",
            )
        )
        self._modules.append(list(worker.numbers))
        self._start(from_end=True)


class _Reporter:
    """A plugin of pytest that sends what happens to the process that has collected."""

    def __init__(self, config: pytest.Config, connection: Connection) -> None:
        self._config = config
        self._connection = connection

    def pytest_runtest_logstart(self, nodeid: str, location: Location) -> None:
        self._connection.send(("start", nodeid, location))

    def pytest_runtest_logfinish(self, nodeid: str, location: Location) -> None:
        self._connection.send(("finish", nodeid, location))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        data = self._config.hook.pytest_report_to_serializable(config=self._config, report=report)
        self._connection.send(("report", data))

    def pytest_warning_recorded(
        self,
        warning_message: warnings.WarningMessage,
        when: str,
        nodeid: str,
        location: tuple[str, int, str] | None,
    ) -> None:
        warning_message.source = None  # what leaked cannot be sent
        arguments = {
            "warning_message": warning_message,
            "when": when,
            "nodeid": nodeid,
            "location": location,
        }
        self._connection.send(("warning", arguments))


def order_modules(names: Iterable[str]) -> list[list[int]]:
    """Returns the positions of tests by module, first those that wait for other processes.

    Args:
        names: The node ids of all tests.
    """
    modules: dict[str, list[int]] = {}
    for number, name in enumerate(names):
        modules.setdefault(name.partition("::")[0], []).append(number)
    return [modules[module] for module in sorted(modules, key=_rank)]


def _rank(module: str) -> int:
    ranks = [number for number, folder in enumerate(_WAITING) if module.startswith(folder)]
    return ranks[0] if ranks else len(_WAITING)


def _work(session: pytest.Session, connection: Connection, name: str) -> NoReturn:
    """Runs items until there are no more, then ends this process."""
    os.environ["PYTEST_XDIST_WORKER"] = name
    plugins = session.config.pluginmanager
    plugins.register(_Reporter(session.config, connection))
    # What tests print goes to a file of this process; what pytest writes here goes nowhere.
    capture = plugins.getplugin("capturemanager")
    capture.stop_global_capturing()
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    capture.start_global_capturing()
    capture.suspend_global_capture()
    factory = session.config._tmp_path_factory  # type: ignore[attr-defined]
    factory._basetemp = factory.mktemp(name, numbered=False)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        _run_items(session, connection)
    finally:
        error = sys.exception()
        if error and not isinstance(error, KeyboardInterrupt | ConnectionError | EOFError):
            traceback.print_exception(error)
        if error:  # accounts and servers of the tests do not stay behind
            session._setupstate.teardown_exact(None)
        os._exit(error is not None)  # what shall be done at the end of a run is done elsewhere


def _run_items(session: pytest.Session, connection: Connection) -> None:
    numbers: deque[int] = deque()

    def ask() -> None:
        connection.send(("next",))
        numbers.extend(connection.recv())

    ask()
    while numbers:
        item = session.items[numbers.popleft()]
        if not numbers:
            ask()  # what the next item needs too is kept for it
        following = session.items[numbers[0]] if numbers else None
        session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        for reason in ("shouldfail", "shouldstop"):
            if value := getattr(session, reason):
                connection.send((reason, value))
