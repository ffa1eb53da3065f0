"""The tables of speed: CPU per query, cold and warm, and texts built per second."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
from functools import partial
from typing import TYPE_CHECKING, Final

from milatui.catalogue.scope import Scope
from tests.benchmarks.search.engines import Milatui
from tests.benchmarks.search.judged import press_releases
from tests.benchmarks.search.tables import chosen, cpu

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from milatui.catalogue.answers import Answer
    from tests.benchmarks.search.engines import Engine

TYPED: Final = ("new partnership", "artificial intelligence", "company announces", "the health")
"""Queries that are typed letter by letter."""
ENTERED: Final = (
    *(
        "partnership",
        "company announces partnership",
        "oil health montreal",
        "artifical inteligence",
    ),
    *("new product launch in europe", "annual results of the bank", "climate change conference"),
)
PATIENCE: Final = 20_000
"""CPU ms after which an engine is not asked the rest of a row."""
PHRASES: Final = ('"the company"', '"press release"', '"new partnership"', '"of the"')


def print_speed(data: Path, folder: Path, size: int, *, peers: bool) -> None:
    """All of it for so many press releases."""
    texts = press_releases(data, size)
    typed = [
        query[:end] for query in TYPED for end in range(1, len(query) + 1) if query[end - 1] != " "
    ]
    short = [a + b for a in "abcdefghilmnoprstw" for b in ("", "a", "e", "o", "h")]
    print(f"\n{size} texts: CPU ms                    p50     p95     max")
    for engine in chosen(folder / str(size), peers=peers):
        engine.prepare(texts)
        before = cpu()
        engine.build(texts)
        spent = (cpu() - before) / 1000
        engine.open()
        _row(engine, "key, cold", typed[::5], typing=True, cold=True)
        _row(engine, "key, warm", typed, typing=True)
        _row(engine, "key, 1-2 letters", short, typing=True)
        _row(engine, "enter", ENTERED)
        if isinstance(engine, Milatui):
            _row(engine, "phrase", PHRASES)
            _print_more(engine)
        print(
            f"{engine.name:9s} build      {size / spent:8.0f} texts per second of CPU", flush=True
        )


def _row(
    engine: Engine, label: str, queries: Sequence[str], *, typing: bool = False, cold: bool = False
) -> None:
    spent: list[float] = []
    engine.search("zygote", 1)
    for query in queries:
        if cold:
            engine.open()
        if sum(spent) > PATIENCE:
            break
        spent.append(_spent(partial(engine.search, query, 50, typing=typing)))
    spent.sort()
    p95 = spent[min(len(spent) - 1, int(len(spent) * 0.95))]
    middle = statistics.median(spent)
    print(f"{engine.name:9s} {label:20s}{middle:10.2f}{p95:8.2f}{spent[-1]:8.2f}", flush=True)


def _spent(work: Callable[[], object]) -> float:
    before = cpu()
    work()
    return cpu() - before


def _count(answer: Answer) -> None:
    for name in answer.facets:
        dict(answer.facets[name])


def _print_more(engine: Milatui) -> None:
    """What facets and sorting add, and what the first answer of a process takes."""
    added = []
    for query in ENTERED:
        plain = _spent(partial(engine.search, query, 50, typing=True))
        answer = engine.catalogue.search(query, Scope(), 50, True, "oldest")
        facets = _spent(partial(_count, answer))
        sort = _spent(partial(engine.catalogue.search, query, Scope(), 50, True, "oldest"))
        added.append(facets + max(0.0, sort - plain))
    print(f"{engine.name:9s} facets + sort add   {statistics.median(added):10.2f}{max(added):8.2f}")
    script = (
        "import sys, time, json, resource\nfrom pathlib import Path\n"
        "import whoosh.index, whoosh.reading, whoosh.codec.whoosh3, numpy\n"
        "import milatui.index.texts, whoosh.lang.snowball.english, whoosh.lang.snowball.french\n"
        "import milatui.catalogue.searching, milatui.index.engine.engine\n"
        "from milatui.index.engine import fastkernel\n"
        "from milatui.catalogue.catalogue import Catalogue\n"
        "from milatui.catalogue.scope import Scope\n"
        "peak = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024\n"
        "memory, start = peak(), time.process_time()\n"
        "Catalogue.open(Path(sys.argv[1])).search('partnership', Scope()).total\n"
        "print(json.dumps([(time.process_time() - start) * 1000, peak() - memory]))\n"
    )
    found = subprocess.run(
        [sys.executable, "-c", script, str(engine.index)], capture_output=True, check=True
    )
    spent, memory = json.loads(found.stdout)
    print(f"{engine.name:9s} open to first answer{spent:10.2f} ms, {memory:.0f} MB")
