"""The list of attacks, tried one after the other, and the table of their outcomes."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.messages import _
from milatui.ssh import account, asking, channels, forwarding, keystrokes, login, replies, variables
from milatui.ssh.attack import ENTERED, Attack, Row, attempt, last_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.ssh.client import Target

KINDS = ("account", "request", "forwarding", "environment", "session", "login")


def why_shut(target: Target) -> str:
    """Why a visitor cannot enter there; "" if one can, for only then do refusals say anything."""
    if shutil.which("ssh") is None:
        return _("there is no ssh here: install OpenSSH's client")
    with target.session() as session:
        if session.wait_for(ENTERED, 15):
            session.send(b"q")
            session.wait_exit(5)
            return ""
        return last_line(session.raw.decode("utf-8", "replace")) or _("no answer")


def attacks(kinds: Sequence[str] = KINDS) -> list[Attack]:
    """All attacks of these kinds; those that lock an address out for a while come last."""
    every = chain(
        account.attacks(),
        asking.attacks(),
        forwarding.attacks(),
        variables.attacks(),
        keystrokes.attacks(),
        replies.attacks(),
        channels.attacks(),
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
