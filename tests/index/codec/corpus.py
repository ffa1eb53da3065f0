"""Random schemas and documents, and the same writing sessions on two codecs."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from whoosh import analysis, columns, fields, formats, index, query
from whoosh.filedb.filestore import RamStorage

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from whoosh.codec.base import Codec

_TEXT: Final = """
    a ab abc abcd abcdefgh abcdefghi abcdefghij b ba bad bade cab cabbage cabbages café cafe deed
    éte œuvre the to zygote 12 1234 x indexing indexed \U0001d54fray 東京
"""
WORDS: Final = tuple(_TEXT.split())
EPOCH: Final = dt.datetime(2020, 1, 1)  # noqa: DTZ001 Whoosh's DATETIME has no time zones
Document = dict[str, Any]


def phrase(rng: random.Random, most: int, words: Sequence[str] = WORDS) -> str:
    """Returns some words; the first ones are the commonest."""
    chances = [1 / (rank + 1) for rank in range(len(words))]
    return " ".join(rng.choices(words, weights=chances, k=rng.randint(0, most)))


def boosted(rng: random.Random, most: int) -> str:
    """Returns some words with boosts."""
    return phrase(rng, most, ["ab", "abc^2", "bad^0.5", "cab^1.25", "deed"])


def stored_value(rng: random.Random) -> object:
    """Returns something that only Python can store."""
    choices: list[object] = [
        None,
        True,
        -7,
        2.5,
        "$bytes",
        b"\x00\xff",
        Decimal("1.10"),
        EPOCH,
        ("a", 1, ("b", b"c")),
        {"$tuple": [1], "x": {"y": None}},
        {1: "one", (2, 3): "two"},
        [float("inf"), {"a", "b"}],
        dt.date(2020, 2, 29),
        dt.timedelta(days=-1, microseconds=5),
    ]
    return rng.choice(choices)


def random_schema(rng: random.Random) -> fields.Schema:
    """Returns a schema with a field of each kind, and random options.

    Whoosh cannot copy schemas with spelling fields: call it twice with the same seed.
    """

    def chance() -> bool:
        return rng.random() < 0.5

    boosts = analysis.RegexTokenizer(r"\S+") | analysis.DelimitedAttributeFilter()
    boost_format = rng.choice([formats.PositionBoosts, formats.CharacterBoosts, formats.Frequency])
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        body=fields.TEXT(stored=True, vector=chance(), sortable=chance()),
        title=fields.TEXT(field_boost=rng.choice([1.0, 2.0, 1.5]), stored=chance()),
        stem=fields.TEXT(analyzer=analysis.StemmingAnalyzer(), spelling=chance()),
        chars=fields.TEXT(chars=True),
        nopos=fields.TEXT(phrase=False, vector=formats.Frequency() if chance() else None),
        boosts=fields.FieldType(format=boost_format(), analyzer=boosts, scorable=True),
        grams=fields.NGRAMWORDS(
            minsize=2, maxsize=3, stored=chance(), at=rng.choice([None, "start"])
        ),
        tags=fields.KEYWORD(commas=True, scorable=chance(), sortable=True, stored=chance()),
        n=fields.NUMERIC(sortable=chance(), stored=chance(), bits=rng.choice([32, 64])),
        price=fields.NUMERIC(Decimal, decimal_places=2, sortable=True),
        ratio=fields.NUMERIC(float, stored=True),
        when=fields.DATETIME(sortable=chance(), stored=chance()),
        flag=fields.BOOLEAN(stored=chance()),
        ref=fields.COLUMN(columns.RefBytesColumn()),
        bits=fields.COLUMN(columns.BitColumn()),
        extra=fields.STORED(),
    )


def random_document(rng: random.Random, name: str) -> Document:
    """Returns a document of such a schema; some fields are missing."""
    document: Document = {
        "id": name,
        "body": phrase(rng, 40),
        "title": phrase(rng, 6),
        "stem": phrase(rng, 6),
        "chars": phrase(rng, 12),
        "nopos": phrase(rng, 12),
        "boosts": boosted(rng, 6),
        "grams": phrase(rng, 3),
        "tags": ",".join(sorted(set(rng.choices(WORDS, k=3)))),
        "n": rng.randint(-5, 60),
        "price": Decimal(rng.randint(0, 9999)) / 100,
        "ratio": rng.randint(-100, 100) / 8,
        "when": EPOCH + dt.timedelta(days=rng.randint(0, 27)),
        "flag": rng.random() < 0.5,
        "ref": rng.choice([b"x", b"yy", b""]),
        "bits": rng.random() < 0.3,
        "extra": stored_value(rng),
    }
    for key in list(document):
        if key not in ("id", "body") and rng.random() < 0.15:
            del document[key]
    return document


@dataclass
class Session:
    """What one index writer does."""

    added: list[Document] = field(default_factory=list)
    updated: list[Document] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    deleted_word: str = ""
    merge: bool = False
    optimize: bool = False


def random_sessions(rng: random.Random, most: int) -> list[Session]:
    """Returns one to five sessions; most leave several segments, some with deletions.

    Args:
        rng: The source of randomness.
        most: Documents that a session adds at most.
    """
    sizes = rng.choices([0, 1, 3, 30, most // 2, most], [2, 2, 2, 4, 2, 1], k=rng.randint(1, 4))
    sessions: list[Session] = []
    count = 0
    for size in sizes:
        session = Session(merge=rng.random() < 0.2)
        for _new in range(size):
            session.added.append(random_document(rng, str(count)))
            count += 1
        if sessions and rng.random() < 0.4:
            names = [str(n) for n in range(count) if rng.random() < 0.05]
            session.updated = [random_document(rng, name) for name in names]
        sessions.append(session)
    if rng.random() < 0.5:
        names = [str(n) for n in range(count) if rng.random() < 0.1]
        word = rng.choice(WORDS) if rng.random() < 0.2 else ""
        sessions.append(Session(deleted=names, deleted_word=word, optimize=rng.random() < 0.2))
    return sessions


def build(
    codec: Codec, schema: fields.Schema, sessions: list[Session], folder: Path | None
) -> index.FileIndex:
    """Runs the sessions on a codec, in a folder or in memory, and open the index anew."""
    if folder is None:
        made = RamStorage().create_index(schema)
    else:
        folder.mkdir(parents=True)
        made = index.create_in(str(folder), schema)
    for session in sessions:
        writer = made.writer(codec=codec)
        for document in session.added:
            writer.add_document(**document)
        for document in session.updated:
            writer.update_document(**document)
        for name in session.deleted:
            writer.delete_by_term("id", name)
        if session.deleted_word:
            writer.delete_by_query(query.Term("title", session.deleted_word))
        writer.commit(merge=session.merge, optimize=session.optimize)
    return made if folder is None else index.open_dir(str(folder))
