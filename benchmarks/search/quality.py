"""Measures what is found: judged collections, and known documents among press releases."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Final

from benchmarks.search.judged import ENGLISH, FRENCH, collection, in_language
from benchmarks.search.known import sought
from benchmarks.search.measures import Quality, quality

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from benchmarks.search.engines import Engine
    from benchmarks.search.judged import Text
    from benchmarks.search.known import Sought
    from benchmarks.search.report import Report

    Choose = Callable[[Path, int], Sequence[Engine]]

KNOWN_AMONG: Final = 10_000
_ASKED: Final = (
    *(("words", "words"), ("typo", "typo"), ("half", "half a word"), ("plain", "no accents")),
)


def measure_quality(data: Path, folder: Path, choose: Choose, report: Report) -> None:
    """nDCG@10, MAP, R@100 and MRR on every collection, and the means of the English ones."""
    means: dict[str, list[Quality]] = {}
    for name in (*ENGLISH, *FRENCH):
        judged = collection(data, name)
        for engine in choose(folder / name, len(judged.texts)):
            _build(engine, judged.texts)
            runs = {key: engine.search(query, 100) for key, query in judged.queries.items()}
            found = quality(judged.grades, runs)
            report.add(f"nDCG@10, {name}", 0, engine.name, found.ndcg)
            if name in ENGLISH:
                means.setdefault(engine.name, []).append(found)
            else:
                _add(report, "French", engine.name, found)
    for engine_name, rows in means.items():
        mean = Quality(*(sum(column) / len(rows) for column in zip(*rows, strict=True)))
        _add(report, "English mean", engine_name, mean)


def _add(report: Report, what: str, engine: str, found: Quality) -> None:
    names = ("nDCG@10", "MAP", "R@100", "MRR@10")
    for name, value in zip(names, found, strict=True):
        report.add(f"{name}, {what}", 0, engine, value)


def measure_known(data: Path, folder: Path, choose: Choose, report: Report) -> None:
    """How often the known document comes first: English ones, and French without accents."""
    # The press releases are English: the French texts are those of the judged collection.
    sets = {
        "en": in_language(data, "en", KNOWN_AMONG),
        "fr": collection(data, FRENCH[0]).texts,
    }
    for language, texts in sets.items():
        samples = {
            "known first": sought(texts, in_title=True),
            "known by title and text first": sought(texts, in_title=False),
        }
        for engine in choose(folder / "known", len(texts)):
            _build(engine, texts)
            for (line, cases), (kind, name) in product(samples.items(), _ASKED):
                meant = (kind == "plain") == (language == "fr")
                where = "" if meant else f", {language}"
                report.add(f"{line}{where}: {name}", 0, engine.name, _rate(engine, cases, kind))


def _rate(engine: Engine, cases: Sequence[Sought], kind: str) -> float:
    first = 0
    for case in cases:
        found = engine.search(getattr(case, kind), 1, typing=kind == "half")
        first += not case.ids.isdisjoint(found)
    return first / max(1, len(cases))


def _build(engine: Engine, texts: Sequence[Text]) -> None:
    engine.prepare(texts)
    engine.build(texts)
    engine.open()
