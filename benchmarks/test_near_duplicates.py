"""Near duplicates are found in a fraction of the time that other work on the same texts takes.

``MILATUI_RELEASES`` names a file of JSON Lines with ``id title text date``; without it, releases
are made of the shipped archive.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING

from milatui.archive.records import Document
from milatui.ingest.near_duplicates.finder import NearDuplicateFinder
from tests.ingest.near_duplicates.texts import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

COUNT = int(os.environ.get("MILATUI_BENCH_DOCUMENTS", "5000"))
MOST_SPLITS = 6.0
"""Times as long as splitting the same texts into words with a regular expression."""
_WORD = re.compile(r"\w+")


def given_documents() -> list[Document]:
    path = os.environ.get("MILATUI_RELEASES", "")
    if not path:
        words = " ".join(paragraphs("en")).split()
        chosen = random.Random(1)
        return [
            Document(f"made-{number}", f"Title {number}", " ".join(chosen.sample(words, 600)))
            for number in range(min(COUNT, 2_000))
        ]
    with Path(path).open(encoding="utf-8") as lines:
        read = (json.loads(line) for line in lines)
        return [
            Document(each["id"], each["title"], each["text"], date=each["date"][:10])
            for each in islice(read, COUNT)
        ]


def _documents(given: list[Document]) -> Iterator[Document]:
    """Yields the given documents, then versions of them with other words in every sentence."""
    yield from given
    chosen = random.Random(2)
    for turn in count(1):
        for document in given:
            words = document.body.split(" ")
            for place in range(chosen.randrange(7), len(words), 7):
                words[place] = f"{words[place]}{turn}"
            body = " ".join(words)
            yield Document(f"{document.id}-{turn}", document.title, body, date=document.date)


def test_near_duplicates_cost_little_beside_splitting_words() -> None:
    finder = NearDuplicateFinder()
    found = 0
    seconds = splitting = 0.0
    for document in islice(_documents(given_documents()), COUNT):
        begun = time.process_time()
        sketched = finder.find(document)
        if sketched is not None:
            finder.add(sketched[0])
            found += sketched[1] is not None
        between = time.process_time()
        _WORD.findall(document.body.casefold())
        seconds += between - begun
        splitting += time.process_time() - between
    per_100_000 = seconds / COUNT * 100_000
    print(
        f"\n{COUNT:,} documents: {per_100_000:.0f} s of CPU for 100,000,"
        f" {seconds / splitting:.1f} times as long as splitting words; {found:,} near duplicates"
    )
    assert seconds / splitting < MOST_SPLITS
