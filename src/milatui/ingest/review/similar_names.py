"""Finds the record that a name may mean: with fewer words, misspelt, or in the other language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Mapping

_SIMILAR: Final = 0.75
"""Least similarity of a misspelt name, see ``closest``."""
_ENGLISH_HEADS: Final = {
    "universite": "university",
    "institut": "institute",
    "ministere": "ministry",
    "fondation": "foundation",
    "banque": "bank",
    "hopital": "hospital",
    "gouvernement": "government",
    "ville": "city",
    "chambre": "chamber",
    "conseil": "council",
    "ecole": "school",
    "societe": "society",
    "agence": "agency",
    "academie": "academy",
    "laboratoire": "laboratory",
    "laboratoires": "laboratories",
    "federation": "federation",
    "reseau": "network",
    "musee": "museum",
    "bibliotheque": "library",
    "commission": "commission",
    "centre": "center",
    "sante": "health",
    "recherche": "research",
    "sciences": "science",
    "groupe": "group",
    "fonds": "fund",
    "bureau": "office",
}
"""Heads of French names, folded, and the English ones."""
_HEADS_IN_BOTH: Final = frozenset((*_ENGLISH_HEADS, *_ENGLISH_HEADS.values()))
_SMALL_WORDS: Final = frozenset(
    ("of", "the", "for", "and", "de", "du", "des", "la", "le", "les", "l", "d", "et", "en", "a")
)


def nearest_name(key: str, ids: Mapping[str, str]) -> str:
    """Returns the id of the name that is most like another one; empty if none is.

    Args:
        key: The name, as ``name_key`` makes it.
        ids: Ids by the names that there are, as ``name_key`` makes them.
    """
    words = key.split()
    for length in range(len(words), 0, -1):
        # A name with further words: “samsung” for “samsung canada”.
        if found := ids.get(" ".join(words[:length])):
            return found
    near = closest(key, ids, cutoff=_SIMILAR)
    return ids[near[0]] if near else _name_in_other_language(key, ids)


def _name_in_other_language(key: str, ids: Mapping[str, str]) -> str:
    """Returns the id of ``Université de Montréal`` for ``University of Montreal``."""
    if not _HEADS_IN_BOTH & set(key.split()):
        return ""
    wanted = _in_english(key)
    return next((ids[name] for name in ids if _in_english(name) == wanted), "")


def _in_english(key: str) -> frozenset[str]:
    """Returns the words of a name with English heads, without small words."""
    return frozenset(_ENGLISH_HEADS.get(word, word) for word in key.split()) - _SMALL_WORDS
