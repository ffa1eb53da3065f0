"""Measures how long answers take: CPU per query, warm, and cold with the index opened anew."""

from __future__ import annotations

import statistics
from functools import partial
from typing import TYPE_CHECKING, Final

from benchmarks.search.engines import Milatui, cpu
from benchmarks.search.fresh import process_of
from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from benchmarks.search.engines import Engine
    from benchmarks.search.report import Report
    from milatui.catalogue.search.results import SearchResult

SHOWN: Final = 200
"""Hits that the pane asks for."""
_TYPED: Final = ("new partnership", "artificial intelligence", "company announces", "the health")
TYPED: Final = (
    *(query[:end] for query in _TYPED for end in range(1, len(query) + 1) if query[end - 1] != " "),
    *(one + other for one in "abcdefghilmnoprstw" for other in ("", "a", "e", "o", "h")),
)
"""Queries letter by letter, then what one and two letters begin."""
ENTERED: Final = (
    *("partnership", "company announces partnership", "oil health montreal"),
    *("artifical inteligence", "new product launch in europe", "annual results of the bank"),
    *("climate change conference", "university research", "quarterly dividend of the company"),
)
PHRASES: Final = (
    *("the company", "press release", "new partnership", "of the", "of the university"),
    *("in the united states", "the new york stock exchange"),
)
NEAR: Final = ("company near/5 announces", "the near/5 of", 'health near/5 "the university"')
OPENED: Final = ("partnership", "new p", "the company")
PATIENCE: Final = 10_000
"""CPU ms after which an engine is not asked the rest of a row."""


def measure_answers(engine: Engine, size: int, report: Report) -> None:
    """All lines about answers that other engines give, too."""
    every = partial(_spent, engine, report, size)
    engine.open()
    engine.search("zygote", 1)
    every("key, warm", TYPED, partial(engine.search, limit=SHOWN, typing=True), middle=True)
    every("enter", ENTERED, partial(engine.search, limit=SHOWN))
    every("common phrase", PHRASES, partial(engine.phrase, limit=SHOWN))
    cold = partial(every, before=engine.open)
    cold("key, cold", TYPED[::3], partial(engine.search, limit=SHOWN, typing=True), middle=True)
    cold("enter, cold", ENTERED, partial(engine.search, limit=SHOWN))
    cold("common phrase, cold", PHRASES, partial(engine.phrase, limit=SHOWN))
    fresh = [process_of(engine, query) for query in OPENED]
    report.add("open to first answer, ms", size, engine.name, max(ms for ms, _mb in fresh))
    report.add("open to first answer, MB", size, engine.name, max(mb for _ms, mb in fresh))


def measure_ours(engine: Milatui, size: int, report: Report) -> None:
    """The lines that only milatui answers: nearness, scopes, facets."""
    engine.open()
    year = engine.catalogue.info.last_year - 1
    scope = Scope(since=str(year), until=str(year))
    every = partial(_spent, engine, report, size)
    every("near/5", NEAR, lambda query: engine.catalogue.search(query, Scope(), limit=SHOWN))
    ask = engine.catalogue.search
    every("phrase in a scope", PHRASES, lambda words: ask(f'"{words}"', scope, limit=SHOWN))
    added = [_added(engine, query) for query in (*ENTERED, "the", "a", "in")]
    report.add("facets, total, sort add, ms", size, engine.name, _high(added))


def _spent(
    engine: Engine,
    report: Report,
    size: int,
    line: str,
    queries: Sequence[str],
    ask: Callable[[str], object],
    *,
    before: Callable[[], None] = lambda: None,
    middle: bool = False,
) -> None:
    """Ask all queries twice and take the quicker time of each: what others do on the machine is
    not ours. Never one query twice in a row, which nobody does: what was just computed is kept."""
    spent: list[float] = []
    for query in queries:
        if sum(spent) > PATIENCE:
            report.remark(f"{engine.name}, {size} texts, {line}: {len(spent)} queries only")
            break
        spent.append(_once(before, partial(ask, query)))
    again = [_once(before, partial(ask, query)) for query in queries[: len(spent)]]
    spent = [min(times) for times in zip(spent, again, strict=True)]
    if middle:
        report.add(f"{line}, p50, ms", size, engine.name, statistics.median(spent))
    report.add(f"{line}, p95, ms", size, engine.name, _high(spent))


def _once(before: Callable[[], None], work: Callable[[], object]) -> float:
    before()
    start = cpu()
    work()
    return cpu() - start


def _high(values: Sequence[float]) -> float:
    """The 95th of a hundred."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]


def _added(engine: Milatui, query: str) -> float:
    """What facets, total and another order take besides the answer itself."""
    ask = partial(engine.catalogue.search, query, Scope(), limit=SHOWN, typing=True)
    best = float("inf")
    for _time in range(3):
        start = cpu()
        ask()
        plain = cpu()
        answer = ask(sort="oldest")
        ordered = cpu()
        _count(answer)
        best = min(best, max(0.0, (ordered - plain) - (plain - start)) + cpu() - ordered)
    return best


def _count(answer: SearchResult) -> int:
    return answer.total + sum(len(answer.facets[name]) for name in answer.facets)
