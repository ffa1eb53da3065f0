"""Collects figures while they are measured, and prints them as one table with verdicts."""

from __future__ import annotations

from typing import Final

from benchmarks.search.targets import TARGETS

OURS: Final = "milatui"
PEERS: Final = ("whoosh", "fts5", "tantivy")


class Report:
    """Figures by line, number of texts and engine."""

    def __init__(self) -> None:
        self._figures: dict[tuple[str, int], dict[str, float]] = {}
        self._remarks: list[str] = []

    def add(self, line: str, size: int, engine: str, value: float) -> None:
        """Take a figure, and say it at once: the whole takes long."""
        self._figures.setdefault((line, size), {})[engine] = value
        print(f"  {size or '':>7} {engine:8s} {line:32s} {_number(value)}", flush=True)

    def get(self, line: str, size: int, engine: str) -> float | None:
        """A figure taken before."""
        return self._figures.get((line, size), {}).get(engine)

    def remark(self, text: str) -> None:
        """Take a sentence about what is missing, once."""
        if text not in self._remarks:
            self._remarks.append(text)
            print(f"  {text}", flush=True)

    def print(self) -> None:
        """Print the table: lines with targets first, in their order, then the others."""
        order = {line: place for place, line in enumerate(TARGETS)}
        rows = sorted(self._figures, key=lambda row: (order.get(row[0], len(order)), row[1]))
        print(f"\n{'':32s}{'texts':>8}{OURS:>9}{'target':>9}  {'verdict':18s}", end="")
        print("".join(f"{peer:>9}" for peer in PEERS))
        for line, size in rows:
            figures = self._figures[line, size]
            print(f"{line:32s}{size or '':>8}{self._ours(line, size)}", end="")
            print("".join(f"{_number(figures.get(peer)):>9}" for peer in PEERS))
        for text in self._remarks:
            print(text)

    def _ours(self, line: str, size: int) -> str:
        value, target = self.get(line, size, OURS), TARGETS.get(line)
        bound = f"{'≥' if target.least else '≤'} {target.at(size):.4g}" if target else ""
        verdict = target.verdict(value, size) if target and value is not None else ""
        return f"{_number(value):>9}{bound:>9}  {verdict:18s}"


def _number(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 100 else f"{value:.0f}"
