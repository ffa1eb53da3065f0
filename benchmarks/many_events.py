"""Writes an archive of very many events: partners and sectors, dates of every precision."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Final

from milatui.archive.schema import EVENT_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTNERS: Final = 2000
_YEARS: Final = range(1950, 2027)
_PER_FILE: Final = 1000
_SECTORS: Final = ("pharmaceuticals", "finance", "energy", "transport", "education", "retail")
_HEAD: Final = """\
title: Many events
home: p0
languages: [en]
eras:
- {name: before, date: 1950/1989}
- {name: after, date: 1990/..}
"""


def write_many_events(folder: Path, events: int, seed: int = 1) -> None:
    """Writes an archive of some number of events of 2,000 partners over 77 years.

    Most events are in the last years; one date in four is less precise than a day, one in two
    hundred is missing.
    """
    chance = random.Random(seed)
    for name in ("partners", "events"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    (folder / "archive.yaml").write_text(_HEAD, encoding="utf-8")
    partners = "".join(
        f"- {{id: p{n}, name: Partner {n}, kind: company, relation: partner,"
        f" sector: {_SECTORS[n % len(_SECTORS)]}}}\n"
        for n in range(PARTNERS)
    )
    (folder / "partners" / "all.yaml").write_text(partners, encoding="utf-8")
    lines = list(_events(chance, events))
    for first in range(0, events, _PER_FILE):
        path = folder / "events" / f"{first // _PER_FILE:04}.yaml"
        path.write_text("".join(lines[first : first + _PER_FILE]), encoding="utf-8")


def _events(chance: random.Random, events: int) -> Iterator[str]:
    for number in range(events):
        kind = chance.choice(EVENT_KINDS)
        partners = {int(PARTNERS * chance.random() ** 2) for _ in range(chance.choice((1, 1, 2)))}
        names = ", ".join(f"p{n}" for n in sorted(partners))
        yield (
            f"- {{id: e{number}, date: '{_date(chance)}', kind: {kind},"
            f" title: Event {number} of the {kind} kind, partners: [{names}]}}\n"
        )


def _date(chance: random.Random) -> str:
    year = _YEARS[int(len(_YEARS) * chance.random() ** 0.5)]
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    form = chance.random()
    if form < 0.005:
        return "20XX"
    if form < 0.06:
        return f"{year}"
    if form < 0.2:
        return f"{year}-{month:02}"
    if form < 0.23:
        return f"{year}-{chance.choice((21, 22, 23, 33, 34, 35)):02}"
    if form < 0.26:
        return f"{year}-{month:02}/.."
    if form < 0.27:
        return f"{year - 1}/{year}"
    return f"{year}-{month:02}-{day:02}{chance.choice(('', '', '', '~', '?'))}"
