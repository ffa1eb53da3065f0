"""The borders of a pane: its name or tabs, what it holds, its ornament and its corner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment

from milatui.tui.text.cells import cut, width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.style import Style

    from milatui.tui.pane import Pane


def top_border(pane: Pane, wide: int) -> list[Segment]:
    """The upper border in exactly ``wide`` cells."""
    glyphs = pane.theme.glyphs
    frame = pane.theme["frame-focus" if pane.active else "frame"]
    parts = [Segment(glyphs.top_left + " ", frame)]
    parts += _names(pane, wide - 4, frame)
    used = sum(width(part.text) for part in parts)
    info = pane.info() if pane.filled and len(pane.tabs) < 2 else ""
    if info and wide - used > 8:
        info = _whole(info, wide - used - 5, glyphs.dot)
        parts += [
            Segment(glyphs.across * 2 + " ", frame),
            Segment(info + " ", pane.theme["dim"]),
        ]
        used += width(info) + 4
    ornament = pane.ornament(wide - used - 4)
    taken = sum(width(part.text) for part in ornament)
    rest = wide - used - taken - (3 if ornament else 1)
    parts.append(Segment(glyphs.across * max(0, rest) + (" " if ornament else ""), frame))
    parts += ornament
    parts.append(Segment((" " if ornament else "") + glyphs.top_right, frame))
    return parts


def _names(pane: Pane, cells: int, frame: Style) -> list[Segment]:
    """The pane's name, or the names of all panes that share its place."""
    theme = pane.theme
    tabs = pane.tabs or ((pane.pane_name, f"{pane.number} {pane.heading()}"),)
    parts: list[Segment] = []
    pane.tab_ends = []
    at = 2
    for name, label in _short_tabs(tabs, pane.pane_name, cells):
        mine = name == pane.pane_name
        focus = mine and (pane.active or len(tabs) > 1)
        parts.append(
            Segment(label + " ", theme["name-focus" if focus else "text" if mine else "name"])
        )
        at += width(label) + 1
        pane.tab_ends.append((at, name))
        if name != tabs[-1][0]:
            parts.append(Segment(" ", frame))
            at += 1
    return parts


def bottom_border(pane: Pane, wide: int) -> list[Segment]:
    """The lower border in exactly ``wide`` cells."""
    glyphs = pane.theme.glyphs
    frame = pane.theme["frame-focus" if pane.active else "frame"]
    corner = pane.corner()
    room = wide - 8 - width(corner)
    info = pane.info() if pane.filled and len(pane.tabs) > 1 else ""
    info = _whole(info, room, glyphs.dot)
    left = f" {info} " if info else ""
    right = f" {corner} " if corner else ""
    rest = wide - 4 - width(left) - width(right)
    if rest < 0:
        left, right, rest = "", "", wide - 4
    return [
        Segment(glyphs.bottom_left + glyphs.across, frame),
        Segment(left, pane.theme["dim"]),
        Segment(glyphs.across * rest, frame),
        Segment(right, pane.theme["dim"]),
        Segment(glyphs.across + glyphs.bottom_right, frame),
    ]


def _whole(info: str, room: int, dot: str) -> str:
    """``info``, without what stands behind its dot where not all of it has room."""
    return info if width(info) <= room else cut(info.partition(f" {dot} ")[0], room)


def _short_tabs(tabs: Sequence[tuple[str, str]], mine: str, cells: int) -> list[tuple[str, str]]:
    """The names of the panes, all but ``mine`` shortened as far as the room asks for."""
    gaps = 2 * (len(tabs) - 1)
    room = cells - gaps - sum(width(label) for name, label in tabs if name == mine)
    others = [label for name, label in tabs if name != mine]
    if sum(map(width, others)) <= room:
        return [(name, cut(label, cells)) for name, label in tabs]
    each = room // max(1, len(others))
    short = each if each >= 5 else 1
    return [
        (
            name,
            cut(label, cells) if name == mine else label[:1] if short == 1 else cut(label, short),
        )
        for name, label in tabs
    ]
