"""The units of figures and measures in words, in the language spoken."""

from __future__ import annotations

import re
from functools import lru_cache

from milatui.i18n import _, language, pgettext

__all__ = ["amount"]


def amount(number: str, unit: str) -> str:
    """A number in words with its unit: ``CAD 4,500,000``, ``50 people``, ``97%``.

    Units of an archive's own are given as written; ``count``, ``claim`` and none say nothing.
    """
    if unit in ("", "count", "year", "claim"):
        return number
    if re.fullmatch(r"[A-Z]{3}", unit):
        return pgettext("money", "{currency} {number}").format(currency=unit, number=number)
    if unit == "percent":
        return _("{number}%").format(number=number)
    return f"{number} {_units(language()).get(unit, unit)}"


@lru_cache(maxsize=2)
def _units(_spoken: str) -> dict[str, str]:
    """The units that archives use most; the language is only the key of the cache."""
    return {
        "people": pgettext("unit", "people"),
        "years": pgettext("unit", "years"),
        "months": pgettext("unit", "months"),
        "weeks": pgettext("unit", "weeks"),
        "days": pgettext("unit", "days"),
        "hours": pgettext("unit", "hours"),
        "minutes": pgettext("unit", "minutes"),
        "times": pgettext("unit", "times"),
        "sq ft": pgettext("unit", "sq ft"),
        "m2": pgettext("unit", "m²"),
        "companies": pgettext("unit", "companies"),
        "organisations": pgettext("unit", "organisations"),
        "projects": pgettext("unit", "projects"),
        "jobs": pgettext("unit", "jobs"),
        "places": pgettext("unit", "places"),
        "papers": pgettext("unit", "papers"),
        "articles": pgettext("unit", "articles"),
        "dollars": pgettext("unit", "dollars"),
    }
