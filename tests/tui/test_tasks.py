"""Tasks of a journalist from a fresh start, with their keys counted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest

from milatui.tui.app import MilatuiApp
from milatui.tui.app_options import Options
from milatui.tui.keymap import Keymap
from tests.rounds import some, with_ci
from tests.tui.piloting import screen_of, settle, text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.pilot import Pilot

SHIPPED: Final = Path(__file__).parents[2] / "data"
DOCS: Final = Path(__file__).parents[2] / "docs" / "keys.md"
SIZES = pytest.mark.parametrize("size", with_ci([(120, 40)], [(80, 24)]), ids=str)


FIVE: Final = {
    "drug makers": ("f", *"drug", "enter", "enter"),
    "researchers": ("F", "down", "enter"),
    "Létourneau": ("slash", *"letour", "enter"),
    "2023": ("colon", *"2023", "enter"),
    "Samsung beside Microsoft": ("f", *"sam", "enter", "C", *"micr", "enter"),
}
"""Keys of five tasks from a fresh start."""


def _app(index: Path) -> MilatuiApp:
    return MilatuiApp(Options(SHIPPED, index, theme="dark", language="en"), Keymap())


async def _type(pilot: Pilot[int], keys: Sequence[str], most: int) -> None:
    assert len(keys) <= most
    await pilot.press(*keys)
    await settle(pilot)


def _highlighted(app: MilatuiApp) -> str:
    """The highlighted words of the reader that are in view."""
    reader = screen_of(app).reader
    assert reader.page is not None
    start, end = reader.highlights[max(0, reader.current_highlight)]
    return reader.page.text[start:end]


@SIZES
async def test_which_drug_makers_since_when_and_where_it_is_written(
    shipped_index: Path, size: tuple[int, int]
) -> None:
    app = _app(shipped_index)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await _type(pilot, FIVE["drug makers"][:5], 5)
        makers = screen_of(app).partners.partners
        assert len(makers) > 5
        assert any(row.id == "amgen" for row in makers)
        await _type(pilot, FIVE["drug makers"][5:], 3)
        assert screen_of(app).pane_name == "reader"
        assert _highlighted(app).strip()


@SIZES
async def test_how_many_researchers_and_who_contradicts(
    shipped_index: Path, size: tuple[int, int]
) -> None:
    app = _app(shipped_index)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await _type(pilot, FIVE["researchers"], 3)
        assert screen_of(app).pane_name == "reader"
        assert "researchers" in text(app)
        assert "≠" in text(app)
        assert _highlighted(app).strip()


@SIZES
async def test_what_a_person_said(shipped_index: Path, size: tuple[int, int]) -> None:
    app = _app(shipped_index)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await _type(pilot, FIVE["Létourneau"], 9)
        assert screen_of(app).pane_name == "reader"
        assert "Létourneau" in text(app)
        result = screen_of(app).results.result
        assert result is not None
        assert result.texts < result.total
        assert f"{result.total} found" in text(app)
        assert not re.search(r"found \([^)]*…", text(app))


@SIZES
@pytest.mark.parametrize("pane", ["1", "3", "4"])
async def test_what_happened_in_2023(shipped_index: Path, size: tuple[int, int], pane: str) -> None:
    app = _app(shipped_index)
    async with app.run_test(size=size) as pilot:
        await pilot.press(pane)
        await settle(pilot)
        await _type(pilot, FIVE["2023"], 6)
        main = screen_of(app)
        group = main.timeline.current_group
        assert main.pane_name == "timeline"
        assert group is not None
        assert group.year == 2023


@SIZES
async def test_samsung_beside_microsoft(shipped_index: Path, size: tuple[int, int]) -> None:
    app = _app(shipped_index)
    async with app.run_test(size=size) as pilot:
        await settle(pilot)
        await _type(pilot, FIVE["Samsung beside Microsoft"], 12)
        shown = text(app)
        assert "Samsung" in shown
        assert "Microsoft" in shown


TASKS: Final = {
    # A journalist: what did Quebec give, when; what did the head of Mila say last; autumn 2021.
    "money of Quebec": (("slash", *"quebec funding"), 15, "funding · Government of Quebec"),
    "what a head of Mila said": (("P", "down"), 2, "Does not want AI"),
    "autumn 2021": (("colon", *"autumn 2021", "enter"), 13, "AI Sweden moves into Mila"),
    # A policy researcher: a number, who works on safety, a contradicted start, texts in French.
    "papers with industry": (("slash", *"papers with ind"), 16, "papers with industry: at"),
    "partners in AI safety": (("f", *"safety"), 7, "Canadian AI Safety"),
    "start of a laboratory": (("f", *"sam", "enter", "F"), 6, "4, 4 differ"),
    "texts in French": (("t", *"fren", "enter"), 6, "63 of 318 documents"),
    # A partnership office: how it stands, with whom, what to cite.
    "how a partnership stands": (("f", *"google"), 7, "nothing since 9"),
    "with whom it appears": (
        ("f", *"recur", "escape", "4", "o", *"app", "enter"),
        13,
        "Appears together with",
    ),
    "a sentence to cite": (("f", *"amgen", "enter", "2", "down", "y"), 10, "clipboard"),
}
"""Keys from a fresh start, how many at most, and what is to be seen."""


@pytest.mark.parametrize("name", some(list(TASKS), 3, len(TASKS)))
async def test_tasks_of_a_newsroom_a_library_and_an_office(shipped_index: Path, name: str) -> None:
    keys, most, seen = TASKS[name]
    app = _app(shipped_index)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await _type(pilot, keys, most)
        shown = " ".join(text(app).split())
        assert seen in shown, text(app)


NAMED: Final = {"/", ":", "Enter", "Esc", "↓"}
"""Keys in the table of the documentation that are not letters."""


def test_the_documentation_tells_the_keys_of_each_task() -> None:
    rows = [line.split(" | ") for line in DOCS.read_text("utf-8").splitlines() if " | " in line]
    told = {row[1]: row[2] for row in rows if len(row) >= 3}
    for keys in (*FIVE.values(), *(task[0] for task in TASKS.values())):
        joined = "".join(key for key in keys if len(key) == 1).replace(" ", "")
        found = [
            count
            for shown, count in told.items()
            if "".join(part for part in shown.replace("`", "").split() if part not in NAMED)
            == joined
        ]
        assert str(len(keys)) in found, keys
