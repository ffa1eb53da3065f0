"""Reads a query as typed: words, quoted phrases, exclusions, unfinished and misspelt words."""

from __future__ import annotations

import heapq
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from milatui.index.analysis import terms_of_query_word, words
from milatui.index.spelling import nearest_words
from milatui.index.stopwords import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from milatui.index.texts import Texts

COMPLETIONS: Final = 64
"""Words that an unfinished one stands for at most."""

MOST_WORDS: Final = 64
"""Words of a query that are looked for; nobody types more, but somebody pastes a book."""

_CONSIDERED: Final = 2000
_COUNTED: Final = 200
_QUOTED: Final = re.compile(r'"([^"]*)"?|“([^”]*)”?|«([^»]*)»?')
_EXCLUDED: Final = re.compile(r"(?<!\S)-(?=\w)(\S+)")


@dataclass(frozen=True, slots=True)
class Group:
    """One word of the query and the index terms that stand for it, any of which will do."""

    word: str
    terms: tuple[str, ...]
    unfinished: bool = False

    @property
    def sought(self) -> str:
        """The word as ``lighting`` takes it: an unfinished one ends in a star."""
        return f"{self.word}*" if self.unfinished else self.word


@dataclass(frozen=True, slots=True)
class Query:
    """What a query asks for.

    Attributes:
        groups: Its words; a record needs one of them.
        phrases: Words that must stand one after the other.
        excluded: Terms that a record must not have.
        repairs: Unknown words and what was looked for instead.
        unknown: Words that occur nowhere and have no neighbours.
    """

    groups: tuple[Group, ...]
    phrases: tuple[tuple[Group, ...], ...]
    excluded: frozenset[str]
    repairs: tuple[tuple[str, str], ...]
    unknown: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.phrases)


def read_query(text: str, texts: Texts, *, typing: bool = False) -> Query:
    """Understand a query; every text is one.

    Function words are left out unless there are no others.  With ``typing`` the last word
    stands for all that begin so; a star at a word's end says the same.
    """
    phrases = [words(next(filter(None, m.groups()), "")) for m in _QUOTED.finditer(text)]
    rest = _QUOTED.sub(" ", text)
    excluded = [word for m in _EXCLUDED.finditer(rest) for word in words(m[1])]
    rest = _EXCLUDED.sub(" ", rest)
    typed = words(rest)[:MOST_WORDS]
    starred = {word for part in rest.split() if part.endswith("*") for word in words(part)[-1:]}
    unfinished = typed[-1] if typing and typed and text[-1:].isalnum() else ""
    kept = [w for w in typed if w not in FUNCTION_WORDS or (w == unfinished and len(typed) > 1)]
    if not kept and not any(phrases):
        kept = typed
    groups, repairs, unknown = [], [], []
    for place, word in enumerate(kept):
        is_begun = word in starred or (word == unfinished and place == len(kept) - 1)
        group = _completed(word, texts) if is_begun else None
        group = group or _known(word, texts)
        if group is None:
            neighbours = nearest_words(texts, word)
            if not neighbours:
                unknown.append(word)
                continue
            repairs.append((word, neighbours[0]))
            group = Group(neighbours[0], _all_terms(neighbours))
        groups.append(group)
    return Query(
        groups=tuple(groups),
        phrases=tuple(tuple(map(_plain, phrase)) for phrase in phrases if phrase),
        excluded=frozenset(_all_terms(excluded)),
        repairs=tuple(repairs),
        unknown=tuple(unknown),
    )


def _plain(word: str) -> Group:
    return Group(word, terms_of_query_word(word))


def _all_terms(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term for word in found for term in terms_of_query_word(word)))


def _known(word: str, texts: Texts) -> Group | None:
    group = _plain(word)
    if texts.has_word(word) or any(texts.postings("text", term)[0] for term in group.terms):
        return group
    return None


def _completed(word: str, texts: Texts) -> Group | None:
    found = texts.completions(word, _CONSIDERED)
    if not found:
        return None
    if len(found) > COMPLETIONS:
        short = heapq.nsmallest(_COUNTED, found, key=lambda w: (len(w), w))
        found = heapq.nlargest(COMPLETIONS, short, key=lambda w: (texts.frequency(w), w))
    return Group(word, _all_terms(sorted({*found, word})), unfinished=True)
