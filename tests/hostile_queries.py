"""Queries that are dear to answer: 400 letters of every kind that a field can be filled with."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

LETTERS: Final = 400
"""What the search field takes."""

VOCABULARY: Final = (
    "institute", "partners", "partnership", "announce", "laboratory", "learning", "montreal",
    "students", "companies", "health", "climate", "language", "vision", "safety", "robotics",
    "discovery", "responsible", "training", "funding", "science", "research", "university",
)  # fmt: skip
"""Words of the archive that ships."""


def _misspelt(chance: random.Random, vocabulary: Sequence[str]) -> str:
    word = chance.choice(vocabulary)
    at = chance.randrange(2, len(word))
    return f"{word[:at]}{chance.choice('jkqxz')}{word[at + 1 :]}"


def hostile_queries(vocabulary: Sequence[str] = VOCABULARY) -> dict[str, str]:
    """Queries by name; those of words take them from ``vocabulary``, words of an archive."""
    chance = random.Random(8)  # noqa: S311 - no secret
    some = [chance.choice(vocabulary) for _number in range(120)]
    keys = "abcdefghijklmnopqrstuvwxyzéàœ0123 ''\"()-*/"
    queries = {
        "a letter that folds to four": "\ufdf4" * LETTERS,
        "a letter that folds to eighteen": "\ufdfa" * LETTERS,
        "one word": "a" * LETTERS,
        "marks on a letter": ("a" + "\u0301\u0302\u0303\u0304" * 2) * 45,
        "ligatures": "ﬃ" * LETTERS,
        "fractions": "½" * LETTERS,
        "Chinese": "".join(chr(0x4E00 + 7 * n) for n in range(LETTERS)),
        "Korean": "".join(chr(0xAC00 + 11 * n) for n in range(LETTERS)),
        "pictures": "😀👩\u200d👩\u200d👧" * 70,
        "digits": "1" * LETTERS,
        "numbers": "1 " * 200,
        "grouped numbers": "1 000 " * 67,
        "hyphens": "a-" * 200,
        "dots": "a." * 200,
        "ampersands": "a&" * 200,
        "apostrophes": "l'a'" * 100,
        "underscores": "a_" * 200,
        "short words": " ".join(chr(97 + n % 26) for n in range(200)),
        "words": " ".join(some),
        "rare words begun": "* ".join(word[:5] for word in some),
        "common words begun": "a* s* " * 67,
        "misspelt words": " ".join(_misspelt(chance, vocabulary) for _number in range(120)),
        "two words as one": " ".join(map("".join, pairwise(some))),
        "misspelt once": _misspelt(chance, vocabulary) * 100,
        "quotation marks": '"' * LETTERS,
        "phrases": '"the of" ' * 45,
        "different phrases": " ".join(f'"{a} {b}"' for a, b in pairwise(some)),
        "nearness": "the near/60 of " * 27,
        "a long expression": f"/{'[a-z]*' * 3}{'x' * 370}/",
        "expressions": "/(a|b)(c|d)(e|f)(g|h).*.*.*/ " + " ".join(f"/.*.*.*{c}x/" for c in keys),
        "expressions for all": "/.*/ /.*a.*/ /.*e.*/ /.+/ " * 16,
        "parentheses": "(" * LETTERS,
        "alternatives": "a OR " * 80,
        "exclusions": "-a " * 134,
        "titles": "title:a* " * 45,
        "dates": " ".join(f"date:{1950 + n}" for n in range(40)),
        "unknown partners": " ".join(f"partner:x{n}y" for n in range(40)),
        "unknown fields": " ".join(f"parrtner{n}:x" for n in range(40)),
        "measures": " ".join(f"measure:f{n}" for n in range(40)),
        "anything": "".join(chance.choice(keys) for _number in range(LETTERS)),
    }
    return {name: query[:LETTERS] for name, query in queries.items()}
