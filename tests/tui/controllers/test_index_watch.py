"""Read-only sessions take over what the owner of the index has renewed, at a quiet moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from milatui.index.errors import IndexUnusable
from milatui.tui.controllers.index_watch import watch_generation


async def follow_a_while(
    index: Path, idle: Callable[[], float], reopen: Callable[[], None], change: Callable[[], object]
) -> None:
    task = asyncio.create_task(watch_generation(index, idle, reopen, every=0.01, quiet=0.01))
    await asyncio.sleep(0.05)
    change()
    await asyncio.sleep(0.2)
    task.cancel()


async def test_a_renewal_is_taken_over_once(tmp_path: Path) -> None:
    current = tmp_path / "CURRENT"
    current.write_text("one", encoding="utf-8")
    opened: list[str] = []
    await follow_a_while(
        tmp_path,
        lambda: 99.0,
        lambda: opened.append(current.read_text(encoding="utf-8")),
        lambda: current.write_text("two", encoding="utf-8"),
    )
    assert opened == ["two"]


async def test_nothing_changes_under_the_hands_of_the_user(tmp_path: Path) -> None:
    current = tmp_path / "CURRENT"
    current.write_text("one", encoding="utf-8")
    opened: list[int] = []
    await follow_a_while(
        tmp_path,
        lambda: 0.0,
        lambda: opened.append(1),
        lambda: current.write_text("two", encoding="utf-8"),
    )
    assert opened == []


async def test_an_index_that_cannot_be_read_is_tried_again(tmp_path: Path) -> None:
    current = tmp_path / "CURRENT"
    current.write_text("one", encoding="utf-8")
    tries: list[int] = []

    def reopen() -> None:
        tries.append(1)
        if len(tries) < 3:
            raise IndexUnusable("damaged", "half of it")

    await follow_a_while(
        tmp_path, lambda: 99.0, reopen, lambda: current.write_text("two", encoding="utf-8")
    )
    assert len(tries) == 3


async def test_a_missing_index_is_waited_for(tmp_path: Path) -> None:
    opened: list[int] = []
    await follow_a_while(
        tmp_path,
        lambda: 99.0,
        lambda: opened.append(1),
        lambda: (tmp_path / "CURRENT").write_text("one", encoding="utf-8"),
    )
    assert opened == [1]
