"""Where the reader has been: back and forward as in a browser."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

Place = TypeVar("Place")


@dataclass(slots=True)
class Trail(Generic[Place]):
    """Places in the order they were visited, with a mark at the present one.

    A place is whatever the caller needs to come back: a location with its scroll, say.
    """

    limit: int = 500
    _places: list[Place] = field(default_factory=list)
    _at: int = -1

    @property
    def current(self) -> Place | None:
        """The present place, or None before the first."""
        return self._places[self._at] if self._at >= 0 else None

    @property
    def can_go_back(self) -> bool:
        return self._at > 0

    @property
    def can_go_forward(self) -> bool:
        return self._at + 1 < len(self._places)

    def visit(self, place: Place) -> None:
        """Go to a new place: what lay ahead is forgotten; the same place again is no step."""
        if self.current == place:
            return
        del self._places[self._at + 1 :]
        self._places.append(place)
        del self._places[: -self.limit]
        self._at = len(self._places) - 1

    def update(self, place: Place) -> None:
        """Replace the present place (its scroll has changed)."""
        if self._at >= 0:
            self._places[self._at] = place

    def back(self) -> Place | None:
        """One step back, or None at the beginning."""
        if not self.can_go_back:
            return None
        self._at -= 1
        return self._places[self._at]

    def forward(self) -> Place | None:
        """One step forward, or None at the end."""
        if not self.can_go_forward:
            return None
        self._at += 1
        return self._places[self._at]
