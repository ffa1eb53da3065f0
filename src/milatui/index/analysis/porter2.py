"""Stems English words with Porter2, three times as fast as Whoosh's stemmer and with its results.

Source: M. F. Porter, *The English (Porter2) stemming algorithm*, snowballstem.org. R1 is the part
of a word behind the first consonant that follows a vowel, R2 the same part of R1. Whoosh's stemmer
keeps both as texts of their own, and loses R2 where a suffix began before it that is replaced. Here
they are the places where they begin, with the same result: a property test compares the stems.
"""

from __future__ import annotations

import re
from typing import Final, TypeAlias

_Suffixes: TypeAlias = dict[str, list[tuple[str, str]]]

_NOWHERE: Final = 1 << 30
"""Where a part begins that is empty and stays so."""
_VOWELS: Final = frozenset("aeiouy")
_REGION_BEGINS: Final = re.compile("[aeiouy][^aeiouy]")
_WHOLE_WORDS: Final = {
    "skis": "ski",
    "skies": "sky",
    "dying": "die",
    "lying": "lie",
    "tying": "tie",
    "idly": "idl",
    "gently": "gentl",
    "ugly": "ugli",
    "early": "earli",
    "only": "onli",
    "singly": "singl",
    "howe": "howe",
    "atlas": "atlas",
    "cosmos": "cosmos",
    "bias": "bias",
    "andes": "andes",
    "news": "news",
    "sky": "sky",
    **{word: word for word in ("inning", "outing", "canning", "herring", "earring")},
    **{f"{word}s": word for word in ("inning", "outing", "canning", "herring", "earring")},
    **{
        word + ending: word
        for word in ("proceed", "exceed", "succeed")
        for ending in ("", "s", "ed", "ing")
    },
}
"""Words that the rules do not stem."""
_LONG_PREFIXES: Final = ("gener", "commun", "arsen")
"""R1 begins behind these beginnings of words."""
_PAST: Final = ("eedly", "ingly", "edly", "eed", "ing", "ed")
_DOUBLE: Final = frozenset(("bb", "dd", "ff", "gg", "mm", "nn", "pp", "rr", "tt"))
_BEFORE_LI: Final = frozenset("cdeghkmnrt")
_NOT_SHORT: Final = _VOWELS | frozenset("wxY")
"""Letters that do not end a short syllable."""


def _by_ending(suffixes: dict[str, str]) -> _Suffixes:
    """Groups suffixes with what replaces them by their last two letters, in their order."""
    found: _Suffixes = {}
    for suffix, replacement in suffixes.items():
        found.setdefault(suffix[-2:], []).append((suffix, replacement))
    return found


_STEP_2: Final = _by_ending(
    {
        "ization": "ize",
        "ational": "ate",
        "fulness": "ful",
        "ousness": "ous",
        "iveness": "ive",
        "tional": "tion",
        "biliti": "ble",
        "lessli": "less",
        "entli": "ent",
        "ation": "ate",
        "alism": "al",
        "aliti": "al",
        "ousli": "ous",
        "iviti": "ive",
        "fulli": "ful",
        "enci": "ence",
        "anci": "ance",
        "abli": "able",
        "izer": "ize",
        "ator": "ate",
        "alli": "al",
        "bli": "ble",
        "ogi": "og",
        "li": "",
    }
)
_STEP_3: Final = _by_ending(
    {
        "ational": "ate",
        "tional": "tion",
        "alize": "al",
        "icate": "ic",
        "iciti": "ic",
        "ative": "",
        "ical": "ic",
        "ness": "",
        "ful": "",
    }
)
_STEP_4: Final = _by_ending(
    dict.fromkeys(
        (
            *("ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti"),
            *("ous", "ive", "ize", "ion", "al", "er", "ic"),
        ),
        "",
    )
)
_ONLY_CUT: Final = frozenset(
    (
        *("fulness", "tional", "lessli", "entli", "fulli", "enci", "anci", "abli", "ogi", "li"),
        *("alize", "ative", "ness", "ful"),
    )
)
"""Suffixes of which letters are cut off or changed one by one: what was in R2 stays in R2."""
_E_IN_R2: Final = frozenset(("ational", "ation", "ator", "iveness", "iviti"))
"""Suffixes of step 2 whose new e is in R2 if they began before it."""


def stem_english(word: str) -> str:
    """Returns the stem of a word.

    Args:
        word: Three lower-case letters of ASCII or more.
    """
    if word in _WHOLE_WORDS:
        return _WHOLE_WORDS[word]
    if "y" in word:
        word = _with_consonant_y(word)
    r1 = _behind_prefix(word) if word.startswith(_LONG_PREFIXES) else _region(word, 0)
    r2 = _region(word, r1)
    if word[-1] == "s" or word.endswith("ied"):
        word = _without_plural(word)
    if word[-1] in "dgy" and word.endswith(_PAST):
        word, r1, r2 = _without_past(word, r1, r2)
    if word[-1] in "yY" and len(word) > 2 and word[-2] not in _VOWELS:
        word = word[:-1] + "i"
    if word[-2:] in _STEP_2:
        word, r2 = _step_2(word, r1, r2)
    if word[-2:] in _STEP_3:
        word, r2 = _step_3(word, r1, r2)
    if word[-2:] in _STEP_4:
        word = _step_4(word, r2)
    if word[-1] in "el":
        word = _step_5(word, r1, r2)
    return word.replace("Y", "y")


def _with_consonant_y(word: str) -> str:
    """Writes a consonant y as Y: the first letter, or one that follows a vowel."""
    letters = list(word)
    if letters[0] == "y":
        letters[0] = "Y"
    for at in range(1, len(letters)):
        if letters[at] == "y" and letters[at - 1] in _VOWELS:
            letters[at] = "Y"
    return "".join(letters)


def _behind_prefix(word: str) -> int:
    return next(len(prefix) for prefix in _LONG_PREFIXES if word.startswith(prefix))


def _region(word: str, start: int) -> int:
    """Returns where the region behind the next vowel with a consonant begins."""
    found = _REGION_BEGINS.search(word, start)
    return found.end() if found else _NOWHERE


def _without_plural(word: str) -> str:
    """Applies step 1a."""
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith(("ied", "ies")):
        return word[:-2] if len(word) > 4 else word[:-1]
    if word.endswith(("us", "ss")) or _VOWELS.isdisjoint(word[:-2]):
        return word
    return word[:-1]


def _without_past(word: str, r1: int, r2: int) -> tuple[str, int, int]:
    """Applies step 1b."""
    suffix = next(suffix for suffix in _PAST if word.endswith(suffix))
    begin = len(word) - len(suffix)
    if suffix in ("eedly", "eed"):
        if r1 > begin:
            return word, r1, r2
        return word[:begin] + "ee", r1, r2 if r2 <= begin else _NOWHERE
    if _VOWELS.isdisjoint(word[:begin]):
        return word, r1, r2
    word = word[:begin]
    if word.endswith(("at", "bl", "iz")):
        r1 = min(r1, begin)
        # Of these lengths Whoosh's stemmer takes the e into R2.
        is_long = begin >= 5 or begin - r1 >= 2
        return word + "e", r1, min(r2, begin) if is_long else _NOWHERE
    if word[-2:] in _DOUBLE:
        return word[:-1], r1, r2
    if r1 >= begin and _is_short(word):
        return word + "e", _NOWHERE, _NOWHERE
    return word, r1, r2


def _is_short(word: str) -> bool:
    """Returns whether a word ends in a short syllable."""
    if len(word) == 2:
        return word[0] in _VOWELS and word[1] not in _VOWELS
    return (
        len(word) > 2
        and word[-1] not in _NOT_SHORT
        and word[-2] in _VOWELS
        and word[-3] not in _VOWELS
    )


def _suffix(word: str, suffixes: _Suffixes) -> tuple[str, str]:
    """Returns the longest suffix of a word and what replaces it; empty if there is none."""
    for suffix, replacement in suffixes[word[-2:]]:
        if word.endswith(suffix):
            return suffix, replacement
    return "", ""


def _step_2(word: str, r1: int, r2: int) -> tuple[str, int]:
    suffix, replacement = _suffix(word, _STEP_2)
    begin = len(word) - len(suffix)
    if not suffix or r1 > begin:
        return word, r2
    if suffix == "li" and word[-3] not in _BEFORE_LI:
        return word, r2
    if suffix == "ogi" and word[-4] != "l":
        return word, r2
    word = word[:begin] + replacement
    if r2 > begin and suffix in _E_IN_R2:
        return word, len(word) - 1
    return word, _region_left(suffix, begin, r2)


def _step_3(word: str, r1: int, r2: int) -> tuple[str, int]:
    suffix, replacement = _suffix(word, _STEP_3)
    begin = len(word) - len(suffix)
    if not suffix or r1 > begin or (suffix == "ative" and r2 > begin):
        return word, r2
    return word[:begin] + replacement, _region_left(suffix, begin, r2)


def _region_left(suffix: str, begin: int, r2: int) -> int:
    """Returns where R2 begins when a suffix that began at ``begin`` has been replaced."""
    return r2 if r2 <= begin or suffix in _ONLY_CUT else _NOWHERE


def _step_4(word: str, r2: int) -> str:
    suffix, _nothing = _suffix(word, _STEP_4)
    begin = len(word) - len(suffix)
    if not suffix or r2 > begin or (suffix == "ion" and word[-4] not in "st"):
        return word
    return word[:begin]


def _step_5(word: str, r1: int, r2: int) -> str:
    last = len(word) - 1
    if word[-1] == "l":
        return word[:-1] if r2 <= last and word[-2] == "l" else word
    if r2 <= last:
        return word[:-1]
    if r1 > last or last < 3:
        return word
    short = word[-2] not in _NOT_SHORT and word[-3] in _VOWELS and word[-4] not in _VOWELS
    return word if short else word[:-1]
