"""A list of items of different heights: the cursor stays in view, no move looks at all items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size

from milatui.tui.theme.glyphs import UNICODE
from milatui.tui.theme.theme import mono_theme
from milatui.tui.widgets.list_columns import PaneColumn, fit_columns
from milatui.tui.widgets.list_pane import ListPane

if TYPE_CHECKING:
    from textual.message import Message

WORDS = ("short", "a title of two lines at most", "one that needs three lines of the narrow list")


class Titles(ListPane):
    """Items of one to three lines; every tenth is a heading."""

    pane_name = "titles"
    count = 100_000
    asked = 0

    def __init__(self, rows: int) -> None:
        super().__init__(mono_theme(UNICODE))
        self._own_size = Size(21, rows)
        self.show_items()

    @property
    def size(self) -> Size:
        return self._own_size

    def refresh(
        self,
        *regions: Region,
        repaint: bool = True,
        layout: bool = False,
        recompose: bool = False,
    ) -> Self:
        return self

    def post_message(self, message: Message) -> bool:
        return True

    def item_count(self) -> int:
        return self.count

    def is_heading(self, item: int) -> bool:
        return item % 10 == 0

    def title_of(self, item: int) -> str:
        self.asked += 1
        return WORDS[item % 3]

    def choose_columns(self, cells: int) -> list[PaneColumn]:
        return fit_columns((PaneColumn("what", "what"),), cells, 5)


MOVES = st.lists(
    st.sampled_from(["down", "up", "page", "page up", "half", "end", "home", "scroll", "jump"]),
    max_size=30,
)


def act(pane: Titles, move: str) -> None:
    """One key, or a turn of the mouse wheel."""
    {
        "down": lambda: pane.move(1),
        "up": lambda: pane.move(-1),
        "page": lambda: pane.move_page(1),
        "page up": lambda: pane.move_page(-1),
        "half": lambda: pane.move_page(0.5),
        "end": lambda: pane.move_edge(True),
        "home": lambda: pane.move_edge(False),
        "scroll": lambda: pane.scroll_by(3),
        "jump": lambda: pane.move_to(54_321),
    }[move]()


@given(MOVES, st.integers(5, 40))
def test_the_cursor_is_in_view_and_a_move_reads_a_few_screenfuls(
    moves: list[str], rows: int
) -> None:
    pane = Titles(rows)
    for move in moves:
        pane.asked = 0
        act(pane, move)
        assert pane.asked <= 6 * rows
        items = [item for item, _part in pane.rows]
        assert len(items) == pane.page_height
        assert items == sorted(items)
        assert not pane.is_heading(pane.cursor)
        if move != "scroll":
            height = min(pane.height_of(pane.cursor), pane.page_height)
            assert items.count(pane.cursor) == height


@given(st.integers(1, 200), st.integers(5, 40))
def test_down_and_up_lead_back(steps: int, rows: int) -> None:
    pane = Titles(rows)
    start = pane.cursor
    for _step in range(steps):
        pane.move(1)
    assert pane.cursor > start
    for _step in range(steps):
        pane.move(-1)
    assert pane.cursor == start


def test_a_page_down_and_a_page_up_show_every_item() -> None:
    pane = Titles(20)
    seen: set[int] = set()
    for _page in range(30):
        seen.update(item for item, _part in pane.rows)
        pane.move_page(1)
    assert seen == set(range(max(seen) + 1))


def test_titles_are_whole_only_in_the_list_that_has_the_room() -> None:
    pane = Titles(20)
    assert pane.height_of(2) == 3
    pane.set_expanded(False)
    assert pane.height_of(2) == 1
    assert pane.rows_wanted(15) == 15
