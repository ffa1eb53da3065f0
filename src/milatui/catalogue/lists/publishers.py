"""Lists publishers: they replace the partners in an archive that has none."""

from __future__ import annotations

from collections import Counter
from itertools import compress
from typing import TYPE_CHECKING

from milatui.catalogue.lists.activity_rows import PublisherRow
from milatui.catalogue.lists.rows import prefix_rank
from milatui.index.analysis.tokenizer import query_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.lists.activity_rows import PartnerSort
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex


def list_publishers(
    reader: CatalogueIndex, filters: FilterMasks, scope: Scope, sort: PartnerSort, filter_text: str
) -> list[PublisherRow]:
    """Lists the publishers of a scope whose names match a filter, see ``Catalogue.publishers``."""
    scope = scope.without("publishers")
    mask = None if scope.is_empty else filters.mask(scope)
    first_year = reader.manifest.first_year
    width = reader.manifest.last_year - first_year + 1
    counts: Counter[int] = Counter()
    newest: dict[int, int] = {}
    years: dict[int, list[int]] = {}
    column = reader.columns.publisher
    for heading, start, stop, *_counts in reader.manifest.groups:
        inside: Sequence[int] = range(start, stop)
        values = column[start:stop].tolist()
        if mask is not None:
            inside = list(compress(inside, mask[start:stop]))
            values = [column[number] for number in inside]
        for publisher, count in Counter(values).items():
            counts[publisher] += count
            if publisher not in newest:
                newest[publisher] = inside[values.index(publisher)]
            if 0 <= heading - first_year < width:
                years.setdefault(publisher, [0] * width)[heading - first_year] = count
    # The first name of the table is that of records without a publisher.
    found = [p for p in counts if p]
    names = reader.manifest.publishers
    folded = {publisher: " ".join(query_words(names[publisher])) for publisher in found}
    wanted = " ".join(query_words(filter_text))
    found = [publisher for publisher in found if wanted in folded[publisher]]
    found.sort(key=lambda p: _sort_key(sort, counts[p], newest[p], folded[p]))
    if wanted:
        found.sort(key=lambda p: prefix_rank(folded[p], wanted))
    return [
        PublisherRow(
            name=names[publisher],
            count=counts[publisher],
            last=reader.list_row(newest[publisher]).date,
            years=tuple(years.get(publisher, ())),
        )
        for publisher in found
    ]


def _sort_key(sort: PartnerSort, count: int, newest: int, name: str) -> tuple[int | str, ...]:
    """Returns the key that publishers are sorted by."""
    if sort in ("name", "sector"):
        return (name,)
    return (newest, -count) if sort == "activity" else (-count, newest)
