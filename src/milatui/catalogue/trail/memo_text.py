"""Reads a research memo back: its searches with their hits, the opened records, the fingerprint.

What is read are addresses, which survive editors and word processors: ``milatui:search?q=lab``
with ``#found=12``, ``milatui:event/x#hit=1`` for its hits, and ``#opened=`` for opened records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from milatui.catalogue.citations.find_citations import find_addresses
from milatui.catalogue.location import Location, LocationError, parse_location

FOUND: Final = "found"
HIT: Final = "hit"
OPENED: Final = "opened"
_FINGERPRINT: Final = re.compile(r"SHA-256[\s\u00a0\u202f:]{1,3}([0-9a-f]{64})\b")
_MOST_DIGITS: Final = 12


@dataclass(frozen=True, slots=True)
class MemoSearch:
    """A search of a memo.

    Attributes:
        location: The search.
        found: Number of records that it found.
        hits: Locations of its first hits.
    """

    location: Location
    found: int
    hits: tuple[Location, ...] = ()


@dataclass(frozen=True, slots=True)
class MemoRecord:
    """An opened record of a memo; ``digest`` is that of its content, "" if it is not given."""

    location: Location
    digest: str


@dataclass(frozen=True, slots=True)
class Memo:
    """What a memo says.

    Attributes:
        fingerprint: That of the archive; "" if the memo does not name it.
        searches: Its searches, in order.
        opened: The opened records, in order.
    """

    fingerprint: str
    searches: tuple[MemoSearch, ...]
    opened: tuple[MemoRecord, ...]


def read_memo(text: str) -> Memo:
    """Reads a memo, or any text with the addresses of searches and opened records."""
    searches: list[MemoSearch] = []
    opened: dict[Location, MemoRecord] = {}
    for address in find_addresses(text):
        try:
            location = parse_location(address.text)
        except LocationError:
            continue
        plain = location._replace(fragment=())
        found = location.get(FOUND)
        if location.view == "search" and found.isdecimal() and len(found) <= _MOST_DIGITS:
            searches.append(MemoSearch(plain, int(found)))
        elif location.kind is not None and location.get(HIT) and searches:
            last = searches[-1]
            searches[-1] = replace(last, hits=(*last.hits, plain))
        elif location.kind is not None and location.get(OPENED):
            opened.setdefault(plain, MemoRecord(plain, address.digest))
    prints = _FINGERPRINT.findall(text)
    return Memo(prints[-1] if prints else "", tuple(searches), tuple(opened.values()))


def with_fragment(location: Location, key: str, value: str) -> Location:
    """Returns a location with what a memo says of it, such as ``#found=12``."""
    return location._replace(fragment=((key, value),))


# PAD
