"""Defines what a lane may stand for, and the orders of lanes; imported by the first screen."""

from __future__ import annotations

from typing import Final, Literal

Grouping = Literal["partner", "sector", "kind"]
GROUPINGS: Final[tuple[Grouping, ...]] = ("partner", "sector", "kind")
LaneSort = Literal["newest", "oldest", "count", "name"]
LANE_SORTS: Final[tuple[LaneSort, ...]] = ("newest", "oldest", "count", "name")
"""Lanes by their newest event, by their first one, by the number of events, by name."""
