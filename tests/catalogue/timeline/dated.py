"""An index of nothing but dates, for properties of bins and lanes."""

from __future__ import annotations

from array import array
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from hypothesis import strategies as st

from milatui.archive.kinds import KINDS
from milatui.catalogue.filters import FilterMasks
from milatui.index.search.doc_set import DocSet
from milatui.index.sort_order import date_sort
from milatui.index.store.manifest import HeadingRange
from milatui.index.store.record_columns import SPAN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.index.protocol import CatalogueIndex

EVENT_KINDS = ("grant", "award", "")
"""Kinds that the events have in turn."""
YEARS = st.integers(1990, 2030)
MONTHS = st.builds("{:04}-{:02}".format, YEARS, st.integers(1, 12))
DAYS = st.builds("{:04}-{:02}-{:02}".format, YEARS, st.integers(1, 12), st.integers(1, 28))
SEASONS = st.builds("{:04}-{:02}".format, YEARS, st.sampled_from((21, 22, 23, 24, 33, 34, 35, 36)))
PLAIN = st.one_of(st.builds(str, YEARS), MONTHS, DAYS, SEASONS)
MARKED = st.builds("{}{}".format, PLAIN, st.sampled_from(("", "~", "?", "%")))
OPEN = st.one_of(st.builds("{}/..".format, PLAIN), st.builds("../{}".format, PLAIN))
SPANS = st.builds(lambda one, other: "/".join(sorted((one, other))), DAYS, DAYS)
VAGUE = st.sampled_from(("199X", "200X", "202X", "19XX"))
UNDATED = st.sampled_from(("", "20XX"))
DATES = st.one_of(MARKED, OPEN, SPANS, VAGUE, UNDATED)
"""EDTF dates of every precision, and undated records."""


def index_of(dates: Sequence[str]) -> CatalogueIndex:
    """An index of events with these dates."""
    dates = sorted(dates, key=lambda text: date_sort(text).key)
    sorts = [date_sort(text) for text in dates]
    groups: list[HeadingRange] = []
    for number, each in enumerate(sorts):
        if groups and groups[-1].heading == each.group:
            last = groups[-1]
            groups[-1] = last._replace(stop=number + 1, events=last.events + 1)
        else:
            groups.append(HeadingRange(each.group, number, number + 1, 1, 0))
    columns = SimpleNamespace(
        kind=memoryview(bytes([KINDS.index("event")]) * len(sorts)),
        first_day=memoryview(array("i", [each.first for each in sorts])),
        last_day=memoryview(array("i", [each.last for each in sorts])),
        detail=memoryview(bytes(number % len(EVENT_KINDS) for number in range(len(sorts)))),
        dating=memoryview(bytes(SPAN if "/" in text else 0 for text in dates)),
        heading=memoryview(array("i", [each.group for each in sorts])),
    )
    manifest = SimpleNamespace(
        groups=groups, counts={"event": len(sorts)}, details=EVENT_KINDS, home=""
    )
    index = SimpleNamespace(size=len(sorts), columns=columns, manifest=manifest)
    return cast("CatalogueIndex", index)


def masks_of(index: CatalogueIndex) -> FilterMasks:
    """The filter masks of an index whose words nobody asks for."""
    return FilterMasks(index, lambda _query: DocSet.nothing(index.size))
