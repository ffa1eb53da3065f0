"""Known documents: what somebody would type who remembers two or three words of a text.

Two samples: words of its title, which is what people remember and what the targets are for;
and one or two of the title with others from anywhere in the text, which no engine finds as well.
A text that is there more than once, under the same title or with the same words, is found
if one of them comes first.
"""

from __future__ import annotations

import html
import random
import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.search.judged import Text

SAMPLE: Final = 300
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class Sought(NamedTuple):
    """The queries that should find a document first, and the ids of it and its copies."""

    ids: frozenset[str]
    words: str
    typo: str
    half: str
    plain: str


def sought(texts: Sequence[Text], *, in_title: bool) -> list[Sought]:
    """For a sample of texts two or three words that somebody may remember.

    The words occur in a twentieth of the texts at most and in two at least.

    Args:
        texts: All texts.
        in_title: The words stand in the title; else one of them need not.
    """
    chance = random.Random(7)
    words_of = {text.id: _words(f"{text.title} {text.body}") for text in texts}
    frequency = Counter(word for words in words_of.values() for word in set(words))
    most = max(3, len(texts) // 20)
    telling = {word for word, count in frequency.items() if 2 <= count <= most}
    copies = _copies(texts)
    found: list[Sought] = []
    for text in chance.sample(texts, len(texts)):
        title = [w for w in dict.fromkeys(_words(text.title)) if w in telling]
        body = [w for w in dict.fromkeys(_words(text.body)) if w in telling and w not in title]
        if in_title and len(title) > 1:
            words = chance.sample(title, min(len(title), chance.choice((2, 3))))
        elif not in_title and title and len(body) > 1:
            words = chance.sample(title, min(len(title), chance.choice((1, 2))))
            words += chance.sample(body, min(len(body), chance.choice((2, 3)) - len(words)) or 1)
        else:
            continue
        found.append(_queries(copies[text.id], words, chance))
        if len(found) == SAMPLE:
            break
    return found


def _copies(texts: Sequence[Text]) -> dict[str, frozenset[str]]:
    """For each text those with the same title or the same words, itself among them."""
    alike: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    keys = {
        text.id: (("title", *_words(html.unescape(text.title))), ("body", *_words(text.body)))
        for text in texts
    }
    for identifier, pair in keys.items():
        for key in pair:
            alike[key].add(identifier)
    return {name: frozenset(alike[one] | alike[other]) for name, (one, other) in keys.items()}


def _queries(ids: frozenset[str], words: list[str], chance: random.Random) -> Sought:
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    wrong = [*words[:longest], _misspelt(words[longest], chance), *words[longest + 1 :]]
    half = [*words[:-1], words[-1][: max(3, (len(words[-1]) + 1) // 2)]]
    plain = _without_accents(" ".join(words))
    return Sought(ids, " ".join(words), " ".join(wrong), " ".join(half), plain)


def _misspelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    match chance.randrange(4):
        case 0:
            return word[:at] + word[at + 1 :]
        case 1:
            return word[:at] + chance.choice(_LETTERS) + word[at:]
        case 2:
            return word[:at] + chance.choice(_LETTERS) + word[at + 1 :]
        case _:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
