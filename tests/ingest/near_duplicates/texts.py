"""Releases made of the texts of the shipped archive, and near duplicates planted among them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, replace
from functools import cache

from milatui.archive.loader import load_archive
from milatui.archive.records import Document
from milatui.ingest.near_duplicates.relations import Relation
from milatui.paths import bundled_archive

ABOUT = (
    "## About Example\n\nExample is the leading provider of examples for businesses of every "
    "size in more than forty countries. Founded by teachers, it employs thousands of people who "
    "explain difficult matters in plain words. Its shares are listed in several places. This "
    "release has forward-looking statements within the meaning of the law; actual results may "
    "differ materially from those that it expresses or implies, for reasons that its annual report "
    "lists, among them competition, regulation, exchange rates and the weather. For more "
    "information, write to the press office, which answers on working days.\n"
)


@dataclass(frozen=True, slots=True)
class Planted:
    """A near duplicate: its ``relation`` to the document ``of``."""

    document: Document
    of: str
    relation: Relation


@cache
def paragraphs(language: str) -> tuple[str, ...]:
    """Returns paragraphs of the shipped archive, each once."""
    found = []
    for located in load_archive(bundled_archive()).records["document"]:
        record = located.record
        if isinstance(record, Document) and record.language == language:
            found += [each for each in record.body.split("\n\n") if len(each.split()) >= 25]
    return tuple(dict.fromkeys(found))


def releases(count: int, about: str = ABOUT) -> list[Document]:
    """Returns English releases that have nothing in common except what is ``about`` the company."""
    texts = list(paragraphs("en"))
    random.Random(7).shuffle(texts)
    return [
        Document(
            f"release-{number}",
            f"Release {number} of the company",
            "\n\n".join(["MONTREAL, March 3, 2024 – " + texts[3 * number]])
            + "\n\n"
            + "\n\n".join([*texts[3 * number + 1 : 3 * number + 3], about]),
            date="2024-03-03",
            language="en",
        )
        for number in range(count)
    ]


def planted(document: Document, number: int) -> Planted:
    """Returns a near duplicate of a document, of another sort for each number."""
    parts = document.body.split("\n\n")
    new = replace(document, id=f"near-{number}", date="2024-03-04")
    match number % 5:
        case 0:  # Another dateline.
            body = document.body.replace(
                "MONTREAL, March 3, 2024 –", "TORONTO, 4 March 2024 (Wire) -"
            )
            return Planted(replace(new, body=body), document.id, "reprint")
        case 1:  # Without what is about the company.
            return Planted(replace(new, body="\n\n".join(parts[:3])), document.id, "reprint")
        case 2:  # One paragraph edited, another one added.
            words = parts[1].split()
            words[3:20] = ["as", "the", "company", "now", "says"]
            added = (
                "The company added this paragraph when journalists had asked what it meant by that."
            )
            body = "\n\n".join([parts[0], " ".join(words), added, *parts[2:]])
            return Planted(replace(new, body=body), document.id, "version")
        case 3:  # The same words in typographic dress.
            body = document.body.replace("'", "’").replace(" – ", " — ").replace("\n\n", "\n\n\n")
            return Planted(replace(new, body=body.upper()), document.id, "reprint")
        case _:  # The same words and other numbers in another month.
            body = re.sub(r"\b\d+\b", lambda found: str(int(found[0]) + 3), document.body)
            body = body.replace("March", "July") + "\n\nIn July: 12, 345, 678, 901 and 234.\n"
            return Planted(replace(new, body=body, date="2024-07-03"), document.id, "other-date")
