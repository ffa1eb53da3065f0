"""Known documents: what somebody would type who remembers two or three words of a text."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.benchmarks.search.judged import Text

SAMPLE: Final = 300
_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_LETTERS: Final = "abcdefghijklmnopqrstuvwxyz"


class Sought(NamedTuple):
    """A document and the queries that should find it first."""

    id: str
    words: str
    typo: str
    half: str
    plain: str


def sought(texts: Sequence[Text], language: str) -> list[Sought]:
    """For a sample of the texts in a language: two title words and one of the body, or so.

    The words occur in a twentieth of the texts at most and in two at least.
    """
    chance = random.Random(7)  # noqa: S311 - the same sample in every run
    words_of = {text.id: _words(f"{text.title} {text.body}") for text in texts}
    frequency = Counter(word for words in words_of.values() for word in set(words))
    most = max(3, len(texts) // 20)
    telling = {word for word, count in frequency.items() if 2 <= count <= most}
    found = []
    candidates = [text for text in texts if text.language == language]
    for text in chance.sample(candidates, min(len(candidates), 3 * SAMPLE)):
        title = [w for w in dict.fromkeys(_words(text.title)) if w in telling]
        body = [w for w in dict.fromkeys(_words(text.body)) if w in telling and w not in title]
        if not title or len(body) < 2:
            continue
        words = chance.sample(title, min(len(title), chance.choice((1, 2))))
        words += chance.sample(body, min(len(body), chance.choice((2, 3)) - len(words)) or 1)
        found.append(_queries(text.id, words, chance))
        if len(found) == SAMPLE:
            break
    return found


def _queries(identifier: str, words: list[str], chance: random.Random) -> Sought:
    longest = max(range(len(words)), key=lambda place: len(words[place]))
    wrong = [*words[:longest], _misspelt(words[longest], chance), *words[longest + 1 :]]
    half = [*words[:-1], words[-1][: max(3, (len(words[-1]) + 1) // 2)]]
    plain = _without_accents(" ".join(words))
    return Sought(identifier, " ".join(words), " ".join(wrong), " ".join(half), plain)


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
