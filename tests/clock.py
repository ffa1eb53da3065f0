"""A clock that tests set forward, and the one of queries, which stands still."""

from __future__ import annotations

from types import SimpleNamespace


class ManualClock:
    """Seconds, as ``time.monotonic`` returns them, that pass only when a test says so."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def stop_query_clock() -> None:
    """Lets no time pass for queries in this process: a slow machine would cut them short.

    Tests of their limits give them a clock of their own; programs that start afresh have the real
    one.
    """
    from milatui.catalogue.search import query_gate

    clock = SimpleNamespace(perf_counter=lambda: 0.0, thread_time=lambda: 0.0)
    vars(query_gate)["time"] = clock
