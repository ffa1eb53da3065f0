"""The judged collections and the press releases, as they lie in the data folder."""

from __future__ import annotations

import json
import lzma
from collections import defaultdict
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ENGLISH: Final = ("cranfield", "cisi", "cacm", "nfcorpus")
FRENCH: Final = ("cdtn_fr",)


@dataclass(frozen=True, slots=True)
class Text:
    """A document to be found."""

    id: str
    title: str
    body: str
    language: str
    date: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """Documents, queries by id, and for each query the grades of its relevant documents."""

    name: str
    texts: list[Text]
    queries: dict[str, str]
    grades: dict[str, dict[str, int]]


def collection(folder: Path, name: str) -> Collection:
    """Read a collection of the data folder."""
    lines = (folder / name / "queries.jsonl").read_text("utf-8").splitlines()
    queries = {query["id"]: query["text"] for query in map(json.loads, lines)}
    grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for line in (folder / name / "qrels.tsv").read_text("utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        if int(grade) > 0 and query in queries:
            grades[query][document] = int(grade)
    texts = list(_texts(folder / name / "docs.jsonl.xz"))
    return Collection(name, texts, {q: queries[q] for q in grades}, grades)


def in_language(folder: Path, language: str, most: int) -> list[Text]:
    """The first press releases in a language."""
    texts = _texts(folder / "pressreleases.jsonl.xz")
    return list(islice((text for text in texts if text.language == language), most))


def press_releases(folder: Path, count: int) -> list[Text]:
    """So many press releases; beyond those there are, again under other ids."""
    found = list(islice(_texts(folder / "pressreleases.jsonl.xz"), count))
    return [
        Text(f"r{n:06d}", text.title, text.body, text.language, text.date)
        for n, text in ((n, found[n % len(found)]) for n in range(count))
    ]


def _texts(path: Path) -> Iterator[Text]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for data in map(json.loads, lines):
            date = (data.get("date") or "")[:10]
            yield Text(data["id"], data["title"], data["text"], data.get("lang", ""), date)
