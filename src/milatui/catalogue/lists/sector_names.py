"""Sectors of partners, and the sectors that a word stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.archive.sectors import SECTOR_NAMES
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.index.analysis.tokenizer import query_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.index.protocol import CatalogueIndex


def partner_sectors(reader: CatalogueIndex, numbers: Sequence[int]) -> list[str]:
    """Returns the sectors of partners, in the order of their record numbers; "" for none."""
    column, names = reader.columns.sector, reader.manifest.sectors
    return [names[column[number]] if column[number] < len(names) else "" for number in numbers]


def sector_names(own: Iterable[str]) -> list[str]:
    """Returns the sectors of an archive and all names of those of the common list."""
    return sorted({*own, *SECTOR_NAMES, *(name for each in SECTOR_NAMES.values() for name in each)})


def sectors_meant(value: str, own: Iterable[str]) -> frozenset[str]:
    """Finds the sectors that a word or a few words stand for.

    Args:
        value: A sector as in records, or a name of one in English or French. Without regard to
            case, accents and plurals; if no name is the value, those that begin with it count.
        own: Sectors of the archive; those of the common list are known besides.

    Returns:
        The sectors; empty if the value names none of them.
    """
    known = sorted({*own, *SECTOR_NAMES})
    if value in known:
        return frozenset({value})
    wanted = _folded(value)
    names = {
        sector: {_folded(n) for n in (sector, sector_label(sector), *SECTOR_NAMES.get(sector, ()))}
        for sector in known
    }
    exact = frozenset(sector for sector in known if wanted in names[sector])
    if exact or not wanted:
        return exact
    return frozenset(
        sector for sector in known if any(name.startswith(wanted) for name in names[sector])
    )


def _folded(name: str) -> str:
    """Returns the words of a name without accents, case and the plural's ending."""
    return " ".join(word.removesuffix("s") for word in query_words(name))
