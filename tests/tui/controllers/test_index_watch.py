"""Read-only sessions reload a rebuilt index, once the user pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from milatui.index.errors import IndexUnusable
from milatui.tui.controllers.index_watch import watch_generation


class Watched:
    """An index that is watched: ``CURRENT`` is its pointer, ``opened`` what was reloaded."""

    def __init__(self, folder: Path, *, idle: float = 99.0, failures: int = 0) -> None:
        self.current = folder / "CURRENT"
        self.opened: list[str] = []
        self.tries = self.checks = 0
        self._idle, self._failures, self._folder = idle, failures, folder

    def idle_seconds(self) -> float:
        self.checks += 1
        return self._idle

    def reload(self) -> None:
        self.tries += 1
        if self.tries <= self._failures:
            raise IndexUnusable("damaged", "half of it")
        self.opened.append(self.current.read_text(encoding="utf-8"))

    async def watch_until(self, condition: Callable[[], bool]) -> None:
        """Watch the index, rebuild it, and wait for ``condition``, at most a minute."""
        watch = watch_generation(
            self._folder, self.idle_seconds, self.reload, every=0.0, quiet=0.001
        )
        task = asyncio.create_task(watch)
        await asyncio.sleep(0)  # the watch reads the pointer
        self.current.write_text("two", encoding="utf-8")
        async with asyncio.timeout(60):
            while not condition():
                await asyncio.sleep(0)
        for _turn in range(50):  # it must not reload again
            await asyncio.sleep(0)
        task.cancel()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "CURRENT").write_text("one", encoding="utf-8")
    return tmp_path


async def test_a_rebuilt_index_is_reloaded_once(folder: Path) -> None:
    index = Watched(folder)
    await index.watch_until(lambda: bool(index.opened))
    assert index.opened == ["two"]


async def test_nothing_is_reloaded_while_the_user_types(folder: Path) -> None:
    index = Watched(folder, idle=0.0)
    await index.watch_until(lambda: index.checks > 5)
    assert index.opened == []


async def test_an_index_that_cannot_be_read_is_tried_again(folder: Path) -> None:
    index = Watched(folder, failures=2)
    await index.watch_until(lambda: bool(index.opened))
    assert (index.tries, index.opened) == (3, ["two"])


async def test_a_missing_index_is_waited_for(tmp_path: Path) -> None:
    index = Watched(tmp_path)
    await index.watch_until(lambda: bool(index.opened))
    assert index.opened == ["two"]
