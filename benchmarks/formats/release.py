"""Press releases to make files of: title, date and paragraphs."""

from __future__ import annotations

import json
import lzma
import random
import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from pathlib import Path

_SENTENCES = re.compile(r"(?<=[.!?]) (?=[A-Z“\"])")


@dataclass(frozen=True)
class Release:
    """A press release; ``date`` as ISO 8601."""

    identifier: str
    title: str
    date: str
    text: str
    source: str

    def paragraphs(self) -> list[str]:
        """Returns the text in paragraphs of two to four sentences."""
        sentences = _SENTENCES.split(self.text)
        paragraphs, number = [], 0
        while sentences:
            count = 2 + (number + len(self.title)) % 3
            paragraphs.append(" ".join(sentences[:count]))
            sentences = sentences[count:]
            number += 1
        return paragraphs

    def day(self) -> str:
        """Returns the date in words: ``March 5, 2024``."""
        day = date.fromisoformat(self.date)
        return f"{day:%B} {day.day}, {day.year}"


def read_releases(file: Path) -> list[Release]:
    """Returns all releases of a collection (JSON Lines, xz)."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        objects = map(json.loads, lines)
        return [
            Release(
                o["id"],
                unescape(" ".join(o["title"].split())),
                o["date"],
                unescape(o["text"]),
                o["source"],
            )
            for o in objects
        ]


def sample(releases: list[Release], seed: int, count: int) -> list[Release]:
    """Returns some of the releases, the same ones for the same seed."""
    return random.Random(seed).sample(releases, count)
