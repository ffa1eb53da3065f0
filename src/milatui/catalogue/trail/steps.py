"""Defines the steps of a visit: searches and opened records, as values and as lines of JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final, TypeAlias

from milatui.archive.sanitize import sanitize
from milatui.catalogue.location import Location, LocationError, parse_location

MAX_HITS: Final = 30
"""Maximum number of hits of a search that are recorded, the first ones."""


@dataclass(frozen=True, slots=True)
class SearchStep:
    """A search whose answer was looked at.

    Attributes:
        at: When, as an ISO date and time in UTC.
        location: The search: query, scope and sort order.
        total: Number of records that it found.
        hits: Locations of the first hits, at most ``MAX_HITS``.
    """

    at: str
    location: Location
    total: int
    hits: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A record that was opened.

    Attributes:
        at: When, as an ISO date and time in UTC.
        location: The record.
        digest: First digits of the hash of the record, of a document of its text.
        title: What it was called.
    """

    at: str
    location: Location
    digest: str = ""
    title: str = ""


Step: TypeAlias = SearchStep | OpenStep


@dataclass(frozen=True, slots=True)
class Visit:
    """One run of the explorer.

    Attributes:
        id: When it began, as an ISO date and time in UTC, and a number that no other has.
        generation: The generation of the index that it began with.
        steps: What was done, in order.
    """

    id: str
    generation: str
    steps: tuple[Step, ...]

    @property
    def searches(self) -> tuple[SearchStep, ...]:
        """The searches."""
        return tuple(step for step in self.steps if isinstance(step, SearchStep))

    @property
    def opened(self) -> tuple[OpenStep, ...]:
        """The opened records, each once."""
        found = (step for step in self.steps if isinstance(step, OpenStep))
        return tuple({step.location: step for step in reversed(tuple(found))}.values())[::-1]


def step_line(visit: str, generation: str, step: Step) -> str:
    """Returns a step as one line of JSON."""
    data: dict[str, object] = {"visit": visit, "generation": generation, "at": step.at}
    match step:
        case SearchStep():
            data |= {"search": str(step.location), "found": step.total}
            data["hits"] = [str(hit) for hit in step.hits]
        case OpenStep():
            data |= {"opened": str(step.location), "digest": step.digest, "title": step.title}
    return json.dumps(data, ensure_ascii=True)


def parse_line(line: bytes) -> tuple[str, str, Step] | None:
    """Returns visit, generation and step of a line; None if it is not whole or not a step."""
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    visit, generation, at = (_text(data.get(key)) for key in ("visit", "generation", "at"))
    search, opened = _location(data.get("search")), _location(data.get("opened"))
    if not visit or not at:
        return None
    if search is not None and search.view == "search":
        found, hits = data.get("found"), data.get("hits")
        total = found if isinstance(found, int) else 0
        parsed = map(_location, hits[:MAX_HITS] if isinstance(hits, list) else [])
        return visit, generation, SearchStep(at, search, total, tuple(filter(None, parsed)))
    if opened is not None and opened.kind is not None:
        digest, title = _text(data.get("digest")), _text(data.get("title"))
        return visit, generation, OpenStep(at, opened, digest, title)
    return None


def _text(value: object) -> str:
    return sanitize(value, multiline=False) if isinstance(value, str) else ""


def _location(value: object) -> Location | None:
    try:
        return parse_location(value) if isinstance(value, str) else None
    except LocationError:
        return None
