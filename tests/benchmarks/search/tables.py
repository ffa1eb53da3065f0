"""The tables of quality: judged collections, and known documents among press releases."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from tests.benchmarks.search.engines import Milatui, engines
from tests.benchmarks.search.judged import ENGLISH, FRENCH, collection, in_language
from tests.benchmarks.search.known import sought
from tests.benchmarks.search.measures import Quality, quality

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.benchmarks.search.engines import Engine
    from tests.benchmarks.search.known import Sought

KNOWN_AMONG: Final = 10_000


def chosen(folder: Path, *, peers: bool) -> Sequence[Engine]:
    """The engines to measure."""
    return engines(folder) if peers else [Milatui(folder / Milatui.name)]


def print_quality(data: Path, folder: Path, *, peers: bool) -> None:
    """nDCG@10, MAP, R@100 and MRR of every engine on every collection, and the English mean."""
    print("\nquality             nDCG@10  MAP    R@100  MRR@10")
    means: dict[str, list[Quality]] = {}
    for name in (*ENGLISH, *FRENCH):
        judged = collection(data, name)
        for engine in chosen(folder / name, peers=peers):
            engine.prepare(judged.texts)
            engine.build(judged.texts)
            engine.open()
            runs = {key: engine.search(query, 100) for key, query in judged.queries.items()}
            found = quality(judged.grades, runs)
            _print_quality(name, engine.name, found)
            if name in ENGLISH:
                means.setdefault(engine.name, []).append(found)
    for engine_name, rows in means.items():
        mean = Quality(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))
        _print_quality("English", engine_name, mean)


def _print_quality(collection_name: str, engine: str, found: Quality) -> None:
    print(
        f"{collection_name:10s} {engine:9s}" + "".join(f"{value:7.3f}" for value in found),
        flush=True,
    )


def print_known(data: Path, folder: Path, *, peers: bool) -> None:
    """How often the known document comes first: words, a typo, half a word, no accents."""
    print("\nknown document first  words   typo   half  plain")
    for language in ("en", "fr"):
        # The press releases are English: the French texts are those of the judged collection.
        texts = (
            in_language(data, language, KNOWN_AMONG)
            if language == "en"
            else collection(data, FRENCH[0]).texts
        )
        cases = sought(texts, language)
        for engine in chosen(folder / "known", peers=peers):
            engine.prepare(texts)
            engine.build(texts)
            engine.open()
            rates = "".join(f"{rate:7.3f}" for rate in _rates(engine, cases))
            print(f"{engine.name:9s} {language} {len(texts):6d} {rates}", flush=True)


def _rates(engine: Engine, cases: Sequence[Sought]) -> list[float]:
    rates = []
    for kind in ("words", "typo", "half", "plain"):
        first = 0
        for case in cases:
            found = engine.search(getattr(case, kind), 1, typing=kind == "half")
            first += found[:1] == [case.id]
        rates.append(first / max(1, len(cases)))
    return rates


def cpu() -> float:
    """CPU time of this process in ms."""
    return time.process_time() * 1000
