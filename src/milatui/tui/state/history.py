"""Navigation history of the reader: back and forward, as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from milatui.catalogue.location import Location

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One step of the history.

    Args:
        location: The location in the reader.
        offset: Offset into the page's text of the first character in view; None reveals the
            highlights.
        pane: Name of the pane with the focus.
        item: Item under the cursor, if that pane is a list.
        terms: Search terms highlighted in the page.
    """

    location: Location
    offset: int | None = None
    pane: str = "partners"
    item: int = 0
    terms: tuple[str, ...] = ()


@dataclass(slots=True)
class NavigationHistory(Generic[Entry]):
    """Visited entries in order, at most ``limit``, and the position of the current one."""

    limit: int = 500
    _entries: list[Entry] = field(default_factory=list)
    _at: int = -1

    @property
    def current(self) -> Entry | None:
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

    def push(self, entry: Entry) -> None:
        """Adds an entry after the current one and drops those ahead; the same again adds none."""
        if self.current == entry:
            return
        del self._entries[self._at + 1 :]
        self._entries.append(entry)
        del self._entries[: -self.limit]
        self._at = len(self._entries) - 1

    def replace_current(self, entry: Entry) -> None:
        """Replaces the current entry, if there is one."""
        if self._at >= 0:
            self._entries[self._at] = entry

    def back(self) -> Entry | None:
        """Goes one entry back and returns it, None at the beginning."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self._entries[self._at]

    def forward(self) -> Entry | None:
        """Goes one entry forward and returns it, None at the end."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self._entries[self._at]
