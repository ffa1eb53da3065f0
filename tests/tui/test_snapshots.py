"""Pictures of the interface; look at a new one before it is accepted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.tui.piloting import settle

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import MakeApp

Compare = Callable[..., bool]


def pressing(*keys: str) -> Callable[[Pilot[int]], object]:
    """Press keys and wait until everything they set off has been drawn."""

    async def run(pilot: Pilot[int]) -> None:
        for key in keys:
            await pilot.press(key)
            await settle(pilot)

    return run


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=["60x20", "80x24", "120x40"])
@pytest.mark.parametrize(
    "keys",
    [("1",), ("2", "down", "enter"), ("slash", *"robot", "down")],
    ids=["start", "passage", "search"],
)
def test_panes(
    snap_compare: Compare, make_app: MakeApp, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    assert snap_compare(make_app(), terminal_size=size, run_before=pressing(*keys))


@pytest.mark.parametrize("theme", ["light", "ansi"])
def test_themes(snap_compare: Compare, make_app: MakeApp, theme: str) -> None:
    app = make_app(theme=theme)
    assert snap_compare(app, terminal_size=(80, 24), run_before=pressing("2", "plus", "enter"))


def test_the_palette(snap_compare: Compare, make_app: MakeApp) -> None:
    assert snap_compare(make_app(), terminal_size=(80, 24), run_before=pressing("ctrl+p", *"sc"))


def test_a_nameless_query(snap_compare: Compare, make_app: MakeApp) -> None:
    keys = pressing("slash", *"zzzyx")
    assert snap_compare(make_app(), terminal_size=(80, 24), run_before=keys)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40)], ids=["60x20", "80x24", "120x40"])
def test_lanes(snap_compare: Compare, make_app: MakeApp, size: tuple[int, int]) -> None:
    assert snap_compare(make_app(), terminal_size=size, run_before=pressing("2", "z", "left"))


def test_the_time_band(snap_compare: Compare, make_app: MakeApp) -> None:
    keys = pressing("0", "left", "shift+left")
    assert snap_compare(make_app(), terminal_size=(120, 40), run_before=keys)
