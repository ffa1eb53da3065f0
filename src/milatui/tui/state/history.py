"""Navigation history of the reader: back and forward, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from milatui.catalogue.location import Location


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of the history.

    Args:
        location: The location in the reader.
        offset: Offset into the page's text of the first character in view; None reveals the
            highlights.
        pane: Name of the pane with the focus.
        source: Name of the list that the location was taken from, "" if from none.
        item: Item of that list under its cursor.
        link: Index of the selected link of the page, -1 for none.
        terms: Search terms highlighted in the page.
        view: The view that stood in the place of the search results, if the location is from it.
    """

    location: Location
    offset: int | None = None
    pane: str = "partners"
    source: str = ""
    item: int = 0
    link: int = -1
    terms: tuple[str, ...] = ()
    view: Location | None = None

    def shows_the_same(self, other: HistoryEntry | None) -> bool:
        """Returns whether both show the same words of the same location."""
        return other is not None and (self.location, self.terms) == (other.location, other.terms)


@dataclass(slots=True)
class NavigationHistory:
    """Visited entries in order, at most ``limit``, and the position of the current one.

    The last entry may be a *preview*: what a list shows while its cursor moves.  The next preview
    of the same list takes its place; everything else makes it a visited entry.  No two neighbours
    show the same location with the same pane active: each step changes the screen.
    """

    limit: int = 500
    _entries: list[HistoryEntry] = field(default_factory=list)
    _at: int = -1
    _preview: bool = False

    @property
    def current(self) -> HistoryEntry | None:
        """The current entry, None before the first."""
        return self._entries[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        """Whether there is an entry before the current one."""
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        """Whether there is an entry after the current one."""
        return self._at + 1 < len(self._entries)

    def push(self, entry: HistoryEntry) -> None:
        """Adds a visited entry after the current one and drops those ahead."""
        self._preview = False
        del self._entries[self._at + 1 :]
        self._entries.append(entry)
        self._at += 1
        self._join_same()
        dropped = len(self._entries) - self.limit
        if dropped > 0:
            del self._entries[:dropped]
            self._at -= dropped

    def preview(self, entry: HistoryEntry) -> None:
        """Adds a preview; it replaces the current entry if that is one of the same list.

        A preview of what the entry before it shows adds none: that entry is current again.
        """
        current = self.current
        if self._preview and current is not None and current.source == entry.source:
            del self._entries[self._at :]
            self._at -= 1
        if entry.shows_the_same(self.current):
            self._preview = False
        else:
            self.push(entry)
            self._preview = True

    def keep_preview(self) -> None:
        """Makes the current entry a visited one."""
        self._preview = False

    def replace_current(self, entry: HistoryEntry) -> None:
        """Replaces the current entry, if there is one."""
        if self._at >= 0:
            self._entries[self._at] = entry
            self._join_same()

    def back(self) -> HistoryEntry | None:
        """Goes one entry back and returns it, None at the beginning."""
        if not self.can_go_back:
            return None
        self._preview = False
        self._at -= 1
        return self._entries[self._at]

    def forward(self) -> HistoryEntry | None:
        """Goes one entry forward and returns it, None at the end."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self._entries[self._at]

    def _join_same(self) -> None:
        """Drops neighbours of the current entry that a step to would not change the screen."""
        here = self._entries[self._at]
        for neighbour in (self._at + 1, self._at - 1):
            if 0 <= neighbour < len(self._entries):
                other = self._entries[neighbour]
                if other.pane == here.pane and other.shows_the_same(here):
                    del self._entries[neighbour]
                    self._at -= neighbour < self._at
