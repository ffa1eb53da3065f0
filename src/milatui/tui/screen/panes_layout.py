"""Textual layout that places bars, band and panes as ``screen_layout.arrange`` computes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import NULL_OFFSET, NULL_SPACING, Region, Size
from textual.layout import ArrangeResult, Layout, WidgetPlacement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from textual.widget import Widget

    from milatui.tui.screen.screen_layout import Box


class PanesLayout(Layout):
    """Places the children of the main screen by id; those without a box stay hidden."""

    name = "panes"

    def __init__(self, boxes: Callable[[Size], Mapping[str, Box]]) -> None:
        self.boxes = boxes

    def arrange(
        self, parent: Widget, children: list[Widget], size: Size, greedy: bool = True
    ) -> ArrangeResult:
        regions = {
            "top": Region(0, 0, size.width, 1),
            "bottom": Region(0, size.height - 1, size.width, 1),
        }
        regions |= {name: Region(*box) for name, box in self.boxes(size).items()}
        return [
            WidgetPlacement(regions[child.id], NULL_OFFSET, NULL_SPACING, child)
            for child in children
            if child.id in regions
        ]
