"""Random queries, and everything that stock Whoosh answers to one."""

from __future__ import annotations

import datetime as dt
import random
import struct
from typing import TYPE_CHECKING, Final

from whoosh import highlight, query, scoring, sorting, versionstring
from whoosh.query import spans
from whoosh.reading import TermNotFound

from tests.index.codec.corpus import EPOCH, WORDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from whoosh.searching import Hit, Searcher

FIELDS: Final = ("body", "body", "title", "stem", "chars", "nopos", "tags", "boosts", "grams")
POSITIONAL: Final = ("body", "title", "chars")
WEIGHTINGS: Final = (scoring.BM25F, scoring.TF_IDF, scoring.Frequency)
DEPTH: Final = 2
WHOOSH_FAILS: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NameError,
    RuntimeError,
    TypeError,
    ValueError,
    TermNotFound,
    query.QueryError,
    struct.error,
)


def word(rng: random.Random) -> str:
    """Returns a word that is probably indexed."""
    return rng.choice(WORDS)


def _pattern(rng: random.Random) -> query.Query:
    name = rng.choice(FIELDS)
    return rng.choice(
        [
            query.Prefix(name, word(rng)[: rng.randint(1, 4)]),
            query.Wildcard(name, word(rng)[:2] + rng.choice(["*", "?", "*e", "?c*"])),
            query.Regex(name, word(rng)[:2] + ".*"),
            query.FuzzyTerm(
                name, word(rng), maxdist=rng.choice([1, 2]), prefixlength=rng.choice([0, 1, 2])
            ),
            query.Variations(name, word(rng)),
        ]
    )


def _phrase(rng: random.Random) -> query.Query:
    words = [word(rng) for _n in range(rng.randint(2, 3))]
    name = rng.choice(POSITIONAL)
    if rng.random() < 0.5:
        return query.Phrase(name, words, slop=rng.choice([1, 1, 2, 4]))
    terms = [query.Term(name, text) for text in words]
    slop, ordered = rng.randint(1, 4), rng.choice([True, False])
    return rng.choice(
        [
            spans.SpanNear2(terms, slop=slop, ordered=ordered),
            spans.SpanNear(terms[0], terms[1], slop=slop, ordered=ordered),
            spans.SpanFirst(terms[0], limit=rng.randint(0, 5)),
            spans.SpanOr(terms),
            spans.SpanNot(terms[0], terms[1]),
            query.Ordered(terms),
        ]
    )


def _range(rng: random.Random) -> query.Query:
    day = EPOCH + dt.timedelta(days=rng.randint(1, 27))
    return rng.choice(
        [
            query.Every(),
            query.Every(rng.choice(FIELDS)),
            query.NumericRange("n", rng.randint(-5, 5), rng.randint(5, 50)),
            query.NumericRange("price", rng.randint(0, 50), None, startexcl=True),
            query.TermRange(rng.choice(FIELDS), word(rng), word(rng)),
            query.DateRange("when", EPOCH, day),
            query.Term("flag", rng.choice([b"t", b"f"])),
            query.NullQuery,
        ]
    )


def _compound(rng: random.Random, depth: int) -> query.Query:
    subs = [random_query(rng, depth + 1) for _n in range(rng.randint(2, 3))]
    first, second = subs[:2]
    make: Callable[[], query.Query] = rng.choice(
        [
            lambda: query.Or(subs, scale=rng.choice([None, 0.9])),
            lambda: query.Or(subs),
            lambda: query.And(subs),
            lambda: query.And([first, query.Not(second)]),
            lambda: query.AndNot(first, second),
            lambda: query.AndMaybe(first, second),
            lambda: query.Require(first, second),
            lambda: query.DisjunctionMax(subs, tiebreak=rng.choice([0.0, 0.3])),
            lambda: query.ConstantScoreQuery(first, 2.0),
            lambda: query.Otherwise(first, second),
        ]
    )
    return make()


def random_query(rng: random.Random, depth: int = 0) -> query.Query:
    """Returns a query of any of Whoosh's kinds, nested ``DEPTH`` deep at most."""
    kind = rng.random() if depth < DEPTH else rng.random() * 0.5
    if kind < 0.15:
        return query.Term(rng.choice(FIELDS), word(rng), boost=rng.choice([1.0, 1.0, 2.5]))
    if kind < 0.3:
        return _pattern(rng)
    if kind < 0.42:
        return _phrase(rng)
    if kind < 0.5:
        return _range(rng)
    return _compound(rng, depth)


def _rounded(hits: list[Hit]) -> list[float]:
    return [round(hit.score, 6) for hit in hits]


def _ordered(searcher: Searcher, asked: query.Query) -> object:
    order = ["n", sorting.FieldFacet("when", reverse=True), "id"]
    found = [hit.docnum for hit in searcher.search(asked, limit=20, sortedby=order)]
    by_price = [sorting.FieldFacet("price"), "id"]
    return found, [hit.docnum for hit in searcher.search(asked, limit=None, sortedby=by_price)]


def _grouped(searcher: Searcher, asked: query.Query) -> object:
    facets = sorting.Facets()
    facets.add_field("tags", allow_overlap=True)
    facets.add_field("flag")
    facets.add_field("ref")
    facets.add_facet("n", sorting.RangeFacet("n", 0, 60, 20))
    found = searcher.search(asked, limit=None, groupedby=facets)
    return {
        name: {key: sorted(docs) for key, docs in found.groups(name).items()}
        for name in ("tags", "flag", "ref", "n")
    }


def _narrowed(searcher: Searcher, asked: query.Query) -> object:
    only, hidden = query.Term("flag", b"t"), query.Prefix("tags", "ab")
    found = searcher.search(asked, limit=10, filter=only, mask=hidden)
    everything = searcher.search(asked, limit=None, filter=only)
    return _rounded(found), len(found), sorted(hit.docnum for hit in everything)


def _collapsed(searcher: Searcher, asked: query.Query) -> object:
    found = searcher.search(asked, limit=None, collapse="n", collapse_order="id")
    paged = searcher.search_page(asked, 2, pagelen=7, sortedby="id")
    return sorted(hit.docnum for hit in found), [hit.docnum for hit in paged]


def _lit(searcher: Searcher, asked: query.Query) -> object:
    found = searcher.search(asked, limit=None, terms=True, sortedby="id")
    # Whoosh breaks ties between fragments by their addresses in memory.
    found.fragmenter = highlight.WholeFragmenter()
    matched = sorted(found.matched_terms()) if found.has_matched_terms() else None
    hits = list(found)[:3]
    return matched, [(h.highlights("body"), h.fields(), sorted(h.matched_terms())) for h in hits]


def _similar(searcher: Searcher, asked: query.Query) -> object:
    found = searcher.search(asked, limit=2)
    return [
        (_rounded(searcher.more_like(hit.docnum, "body", top=5)), found.key_terms("body"))
        for hit in found
    ]


def scored(searcher: Searcher, asked: query.Query) -> tuple[list[tuple[int, float]], list[float]]:
    """Returns documents and scores of all hits, and the best scores."""
    full = searcher.search(asked, limit=None)
    scores = sorted((hit.docnum, round(hit.score, 6)) for hit in full)
    return scores, _rounded(searcher.search(asked, limit=5))


EXTRAS: Final = (_ordered, _grouped, _narrowed, _collapsed, _lit, _similar)
"""What else is asked about a query, now and then."""


def may_never_end(asked: query.Query) -> bool:
    """Tells whether Whoosh itself may search without end: 2.7.4 does for some ``SpanNot``."""
    return versionstring() == "2.7.4" and "SpanNot" in repr(asked)
