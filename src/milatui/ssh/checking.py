"""The list of attacks, tried one after the other, and the table of their outcomes."""

from __future__ import annotations

import tempfile
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.ssh import asking, forwarding, keystrokes, login, variables
from milatui.ssh.attack import Attack, Row, attempt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.ssh.client import Target

KINDS = ("request", "forwarding", "environment", "session", "login")


def attacks(kinds: Sequence[str] = KINDS) -> list[Attack]:
    """All attacks of these kinds; those that may lock an address out for a while come last."""
    every = chain(
        asking.attacks(),
        forwarding.attacks(),
        variables.attacks(),
        keystrokes.attacks(),
        login.attacks(),
    )
    return [attack for attack in every if attack.kind in kinds]


def try_all(target: Target, kinds: Sequence[str] = KINDS) -> Iterator[Row]:
    """Try the attacks and give each outcome as soon as it is known."""
    for attack in attacks(kinds):
        with tempfile.TemporaryDirectory(prefix="milatui-") as folder:
            yield attempt(attack, target, Path(folder))


def tally(rows: Sequence[Row]) -> Counter[str]:
    """How many rows ended with each verdict."""
    return Counter(row.found.verdict for row in rows)
