"""Textual layout that places bars and panes as ``layout.arrange`` computes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widget import Widget

    from milatui.tui.screen.screen_layout import Arrangement


class PanesLayout(Layout):
    """Places the children of the main screen by id; those without a box stay hidden."""

    name = "panes"

    def __init__(self, arrangement: Callable[[Size], Arrangement]) -> None:
        self.arrangement = arrangement

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        regions = {
            "top": Region(0, 0, size.width, 1),
            "bottom": Region(0, size.height - 1, size.width, 1),
        }
        boxes = self.arrangement(size).boxes
        regions |= {name: Region(*box) for name, box in boxes.items()}
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id in regions
        ]
