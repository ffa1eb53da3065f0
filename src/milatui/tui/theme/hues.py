"""Gives kinds their hues: a hue for each family of kinds; signs and words distinguish the kinds."""

from __future__ import annotations

from typing import Final

HUES: Final = ("money", "place", "people", "partnership", "publication")
"""Roles of the theme."""

_FAMILIES: Final = {
    "money": ("funding", "grant", "acquisition"),
    "place": ("lab-opening", "premises", "visit"),
    "people": ("appointment", "person", "award", "statement"),
    "partnership": (
        "partnership",
        "expansion",
        "renewal",
        "spin-off",
        "founding",
        "partner",
        "programme",
        "strategy",
    ),
    "publication": (
        "publication",
        "document",
        "product",
        "press-release",
        "news",
        "profile",
        "report",
        "blog",
    ),
}

_HUE_OF_KIND: Final = {kind: hue for hue, kinds in _FAMILIES.items() for kind in kinds}


def kind_role(kind: str) -> str:
    """Returns the theme's role for a kind, or kind within a kind; plain for an archive's own."""
    return _HUE_OF_KIND.get(kind, "dim")
