"""Random indexes and random queries, with the tokens they are made of as the oracle."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from whoosh import fields, index, query
from whoosh.analysis import SpaceSeparatedTokenizer

from milatui.index.codec.codec import FlatCodec

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh.index import Index

WORDS: Final = (
    *("lab", "labs", "mila", "robot", "robots", "health", "drug", "drugs", "fund", "the", "of"),
    *("partner", "partners", "quebec", "research", "été", "日本", "zygote"),
)
FIELDS: Final = ("body", "title", "bare", "tags")
Tokens = dict[str, list[str]]
"""The words of a document by field, in order."""


def schema() -> fields.Schema:
    """Fields with positions, without, and without lengths."""
    tokenizer = SpaceSeparatedTokenizer()
    return fields.Schema(
        key=fields.ID(stored=True, unique=True),
        body=fields.TEXT(analyzer=tokenizer),
        title=fields.TEXT(analyzer=tokenizer),
        bare=fields.TEXT(analyzer=tokenizer, phrase=False),
        tags=fields.KEYWORD(),
    )


@dataclass
class RandomIndex:
    """An index and its documents by document number, deleted ones as None.

    ``deleted`` are the deleted ones by document number.
    """

    index: Index
    documents: list[Tokens | None] = field(default_factory=list)
    deleted: dict[int, Tokens] = field(default_factory=dict)

    def living(self) -> dict[int, Tokens]:
        """The documents that are not deleted."""
        return {n: tokens for n, tokens in enumerate(self.documents) if tokens is not None}


def random_index(chance: random.Random, folder: Path) -> RandomIndex:
    """An index of one to four segments, some of their documents deleted."""
    # On disk: all indexes in memory share the folder of Whoosh's temporary files.
    made = RandomIndex(index.create_in(str(folder), schema()))
    weights = [1 / (rank + 1) for rank in range(len(WORDS))]
    for _segment in range(chance.randint(1, 4)):
        writer = made.index.writer(codec=FlatCodec())
        for _doc in range(chance.choice([1, 5, 60])):
            tokens = {
                name: chance.choices(WORDS, weights, k=chance.choice([0, 1, 3, 12]))
                for name in FIELDS
            }
            texts = {name: " ".join(words) for name, words in tokens.items() if words}
            writer.add_document(key=str(len(made.documents)), **texts)
            made.documents.append(tokens)
        writer.commit(merge=False)
    if chance.random() < 0.6:
        writer = made.index.writer(codec=FlatCodec())
        share = chance.choice([0.05, 0.5])
        for number, gone in enumerate(made.documents):
            if gone is not None and chance.random() < share:
                writer.delete_by_term("key", str(number))
                made.deleted[number] = gone
                made.documents[number] = None
        writer.commit(merge=False)
    return made


def random_query(chance: random.Random, depth: int = 0) -> query.Query:
    """A query of any class that the collector knows, and of some that it does not."""
    name = chance.choice(FIELDS)
    kind = chance.randint(0, 19 if depth < 2 else 7)
    if kind <= 3:
        return query.Term(name, chance.choice(WORDS), boost=chance.choice([1.0, 1.0, 2.5]))
    if kind <= 5:
        words = [chance.choice(WORDS) for _word in range(chance.randint(1, 3))]
        return query.Phrase(chance.choice(["body", "title"]), words, slop=chance.choice([1, 1, 2]))
    if kind == 6:
        return query.Prefix(name, chance.choice(WORDS)[: chance.randint(1, 3)])
    if kind == 7:
        return chance.choice([query.Every(), query.Every(name), query.Term("no", "lab")])
    parts = [random_query(chance, depth + 1) for _part in range(chance.randint(2, 3))]
    if kind <= 11:
        return query.Or(parts)
    if kind <= 13:
        return query.And(parts)
    if kind == 14:
        return query.And([parts[0], query.Not(parts[1])])
    if kind == 15:
        return query.Not(parts[0])
    binary = (query.AndMaybe, query.Require, query.AndNot, query.AndNot)
    return binary[kind - 16](parts[0], parts[1])


def expected_docs(asked: query.Query, documents: dict[int, Tokens]) -> set[int]:
    """The documents that a query must match, found by looking at every word."""

    def among(part: query.Query) -> set[int]:
        return expected_docs(part, documents)

    match asked:
        case query.Term():
            return {
                n for n, words in documents.items() if asked.text in words.get(asked.fieldname, ())
            }
        case query.Prefix():
            return {
                n
                for n, words in documents.items()
                if any(word.startswith(asked.text) for word in words[asked.fieldname])
            }
        case query.Phrase():
            return {
                n
                for n, words in documents.items()
                if _stands_in(asked.words, words[asked.fieldname], asked.slop)
            }
        case query.Every():
            return {
                n for n, words in documents.items() if not asked.fieldname or words[asked.fieldname]
            }
        case query.Not():
            return set(documents) - among(asked.query)
        case query.AndNot():
            return among(asked.a) - among(asked.b)
        case query.AndMaybe():
            return among(asked.a)
        case query.Require():
            return among(asked.a) & among(asked.b)
        case query.Or():
            return set.union(*map(among, asked.subqueries))
        case query.And():
            return set.intersection(*map(among, asked.subqueries))
    raise AssertionError(asked)


def _stands_in(phrase: list[str], words: list[str], slop: int) -> bool:
    """Whether words follow one another, each at most ``slop`` places behind the one before."""
    places = {n for n, word in enumerate(words) if word == phrase[0]}
    for wanted in phrase[1:]:
        places = {
            n
            for n, word in enumerate(words)
            if word == wanted and any(n - slop <= before < n for before in places)
        }
    return bool(places)
