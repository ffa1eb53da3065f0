"""The top bar (title, scope, totals) and the bottom bar (keys, or a message)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip

from milatui.i18n import _
from milatui.tui.actions import HINTS, applies
from milatui.tui.keymap import first_key
from milatui.tui.text.cells import cut, width
from milatui.tui.widgets.line_widget import LineWidget

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from textual import events

    from milatui.catalogue.scope import Chip, ScopeField
    from milatui.tui.actions import Action
    from milatui.tui.keymap import Keymap
    from milatui.tui.theme.theme import Theme


class Bar(LineWidget):
    """A bar of one line."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(id=name)
        self.theme = theme

    def parts(self, cells: int) -> list[Segment]:
        """Draws the line in exactly ``cells`` cells."""
        raise NotImplementedError

    def line(self, y: int, cells: int) -> Strip:
        return Strip(self.parts(cells)).crop(0, cells)


class TopBar(Bar):
    """Shows the archive's title, the restrictions of the scope as chips, and totals."""

    class ChipClicked(Message):
        """The chip of the restriction ``field`` was clicked."""

        def __init__(self, field: ScopeField) -> None:
            super().__init__()
            self.field = field

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "top")
        self.title = ""
        self.chips: Sequence[Chip] = ()
        self.totals: Sequence[str] = ()
        self._chip_ends: list[tuple[int, int, ScopeField]] = []

    def show(self, title: str, chips: Sequence[Chip], totals: Sequence[str]) -> None:
        """Shows a title, chips, and the longest of the wordings ``totals`` that fits."""
        if (title, chips, totals) != (self.title, self.chips, self.totals):
            self.title, self.chips, self.totals = title, chips, totals
            self.refresh()

    def parts(self, cells: int) -> list[Segment]:
        theme = self.theme
        labels = [(field, f" {label} {theme.glyphs.remove} ") for field, label in self.chips]
        chips = sum(width(label) + 1 for _field, label in labels)
        title = cut(self.title, max(8, cells - chips - 4))
        parts = [Segment(f" {title}  ", theme["bar-strong"])]
        at = width(title) + 3
        self._chip_ends = []
        for field, label in labels:
            label = cut(label, cells - at - 1)
            if not label:
                break
            parts += [Segment(label, theme["chip"]), Segment(" ", theme["bar"])]
            self._chip_ends.append((at, at + width(label), field))
            at += width(label) + 1
        totals = next((f"{t} " for t in self.totals if width(t) + 2 <= cells - at), "")
        parts.append(Segment(" " * max(0, cells - at - width(totals)), theme["bar"]))
        parts.append(Segment(totals, theme["bar"]))
        return parts

    def on_click(self, event: events.Click) -> None:
        """Reports a click on a chip."""
        event.stop()
        for start, end, field in self._chip_ends:
            if start <= event.x < end:
                self.post_message(self.ChipClicked(field))


class BottomBar(Bar):
    """Shows the keys that apply, or a message."""

    class HintClicked(Message):
        """The hint of ``action`` was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "bottom")
        self.hints: Sequence[tuple[str, str, str]] = ()
        self.message = ""
        self._hint_ends: list[tuple[int, str]] = []

    def show_hints(self, hints: Sequence[tuple[str, str, str]]) -> None:
        """Shows hints: ``(action id, key, word)``.

        Args:
            hints: Action id, key and word of each hint, the most important first.
        """
        if hints != self.hints:
            self.hints = hints
            self.refresh()

    def show_message(self, message: str) -> None:
        """Shows ``message`` instead of the hints; "" shows the hints."""
        if message != self.message:
            self.message = message
            self.refresh()

    def parts(self, cells: int) -> list[Segment]:
        theme = self.theme
        if self.message:
            text = cut(self.message, cells - 2)
            return [Segment(f" {text}" + " " * (cells - 1 - width(text)), theme["bar-accent"])]
        parts = [Segment(" ", theme["bar"])]
        at = 1
        self._hint_ends = []
        for action, key, word in self.hints:
            size = width(key) + 1 + width(word)
            if at + size > cells:
                break
            gap = min(3, cells - at - size)
            parts += [Segment(key, theme["key"]), Segment(f" {word}{' ' * gap}", theme["bar"])]
            at += size + gap
            self._hint_ends.append((at, action))
        parts.append(Segment(" " * (cells - at), theme["bar"]))
        return parts

    def on_click(self, event: events.Click) -> None:
        """Reports a click on a hint."""
        event.stop()
        for end, action in self._hint_ends:
            if event.x < end:
                self.post_message(self.HintClicked(action))
                return


_ONLY_IN = {
    "find.filter": ("partners", "search"),
    "find.documents": ("timeline",),
    "scope.year": ("timeline",),
    "open.next-hit": ("reader",),
    "open.outline": ("reader",),
}
"""Actions that work everywhere but get a hint in some panes only."""


def hints(
    known: Mapping[str, Action],
    keymap: Keymap,
    pane: str,
    *,
    typing: bool,
    useless: Collection[str] = (),
    words: Mapping[str, str] | None = None,
) -> list[tuple[str, str, str]]:
    """Chooses the hints for a pane.

    Args:
        known: All actions by id.
        keymap: The user's keys.
        pane: Name of the active pane.
        typing: Its text field has the focus.
        useless: Ids of actions that would do nothing now.
        words: Words for actions by id, instead of those of the registry.

    Returns:
        ``(action id, key, word)``, the most useful first.
    """
    if typing:
        opens = (words or {}).get("open.this", _("open"))
        wanted = [("open.this", opens), ("move.down", _("choose")), ("pane.leave", _("leave"))]
        if pane == "search" and "move.up" not in useless:
            wanted.append(("move.up", _("earlier searches")))
    else:
        names = [name for name in HINTS if name not in useless]
        usable = [known[name] for name in names if applies(known[name], pane)]
        usable = [action for action in usable if pane in _ONLY_IN.get(action.id, (pane,))]
        wanted = [(a.id, (words or {}).get(a.id, a.hint)) for a in usable]
    return [(name, first_key(known[name], keymap), word) for name, word in wanted]
