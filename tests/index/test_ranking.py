"""Pairs of texts of which the first must come first for a query: what the ranking is for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.index.engine.engine import Engine
from milatui.index.engine.inverting import Inverter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

FIRST = [
    # query, the text that comes first, one that comes later (title / body)
    ("robot", "A robot / It walks.", "A walk / It is a robot."),
    ("robots health", "x / robots in health", "x / robots robots robots and robots"),
    ("partner", "x / one partner of many", "x / partners of partners of partners"),
    ("laboratories", "x / one of many laboratories", "x / laboratory by laboratory"),
    ("quebec labratory", "x / quebec laboratory", "x / quebec laboratories"),
]
WHILE_TYPING = [
    ("robots hea", "x / robots in health", "x / robots robots robots and robots"),
    ("loan", "x / two loans, each a loan", "x / a loan of a certain kind"),
    ("company part", "x / a company as a partner", "x / it took part, took part, took part"),
]
OTHERS = ("x / Nothing of it.", "x / Another text on work.", "x / A company works.") * 4


def order(folder: Path, query: str, texts: Sequence[str], *, typing: bool, fast: bool) -> list[int]:
    """The numbers of the texts found, the best first."""
    inverter = Inverter()
    for text in texts:
        title, body = text.split(" / ")
        inverter.add(title, body, "en")
    inverter.write(folder / "all.flat")
    engine = Engine([folder / "all.flat"], range(len(texts)), len(texts), fast=fast)
    found = engine.find(query, lambda _field, _value: "no fields here", typing=typing)
    return [number for number, _score in found.tally.best(found.matching, len(texts))]


@pytest.mark.parametrize("fast", [False, True], ids=["plain", "numpy"])
@pytest.mark.parametrize(("query", "first", "later"), FIRST)
def test_comes_first(tmp_path: Path, query: str, first: str, later: str, fast: bool) -> None:
    # Of equals the lower number comes first: the better text stands behind.
    texts = [later, first, *OTHERS]
    assert order(tmp_path, query, texts, typing=False, fast=fast)[0] == 1


@pytest.mark.parametrize(("query", "first", "later"), WHILE_TYPING)
def test_comes_first_while_typing(tmp_path: Path, query: str, first: str, later: str) -> None:
    assert order(tmp_path, query, [later, first, *OTHERS], typing=True, fast=True)[0] == 1
