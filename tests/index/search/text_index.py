"""Writes an index of texts in one go, for the tests of the ranked search.

It has the fields that ranking reads (``text``, ``stem``, ``title``), as the schema describes them.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from whoosh import fields
from whoosh.index import TOC
from whoosh.util.numeric import length_to_byte

from milatui.index.analysis.analyzers import StemAnalyzer, WordAnalyzer, language_stem
from milatui.index.analysis.tokenizer import words
from milatui.index.codec.bulk import BulkSegmentWriter
from milatui.index.codec.postings import POSITION_GAP
from milatui.index.codec.postings_writer import FieldFormat, PostingsChunk, position_starts
from milatui.index.codec.stored import encode_stored
from milatui.index.scoring.bm25 import TITLE_WEIGHT

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray
    from whoosh.filedb.filestore import Storage

    from milatui.index.codec.codec import FlatSegment

    Numbers = NDArray[np.int64]


class Text(NamedTuple):
    """A document: its title, its body and the language it is analyzed in."""

    title: str
    body: str
    language: str = "en"


def schema() -> fields.Schema:
    """The fields that are ranked by."""
    stems = StemAnalyzer()
    return fields.Schema(
        key=fields.STORED,
        text=fields.TEXT(analyzer=WordAnalyzer()),
        stem=fields.TEXT(analyzer=stems, phrase=False, multitoken_query="or"),
        title=fields.TEXT(analyzer=stems, phrase=False, multitoken_query="or"),
    )


def write_index(
    storage: Storage, segments: Sequence[Sequence[Text]], deleted: Collection[int] = ()
) -> None:
    """Writes an index that ``open_index`` opens.

    Args:
        storage: Where to.
        segments: The texts of each segment.
        deleted: Numbers of deleted documents, over all segments.
    """
    written = [write_segment(storage, texts) for texts in segments]
    offset = 0
    for segment in written:
        for doc in range(segment.doc_count_all()):
            if offset + doc in deleted:
                segment.delete_document(doc)
        offset += segment.doc_count_all()
    TOC(schema(), written, 1).write(storage, "MAIN")


def write_segment(storage: Storage, texts: Sequence[Text], first: int = 0) -> FlatSegment:
    """Writes a segment; ``key`` counts the texts from ``first`` on."""
    split = [(words(text.title), words(text.body)) for text in texts]
    vocabulary = sorted({word for pair in split for word in chain(*pair)}, key=str.encode)
    numbers = {word: number for number, word in enumerate(vocabulary)}
    titles = [[numbers[word] for word in title] for title, _body in split]
    bodies = [[numbers[word] for word in body] for _title, body in split]
    in_title, in_body = _occurrences(titles), _occurrences(bodies)
    gaps = np.array([len(title) + POSITION_GAP if title else 0 for title in titles], np.int64)
    extents = np.array(
        [
            gap + len(body) if body else len(title)
            for gap, title, body in zip(gaps, titles, bodies, strict=True)
        ],
        np.int64,
    )
    starts = position_starts(extents)
    occurrences = _Occurrences(*map(np.concatenate, zip(in_title, in_body, strict=True)))
    occurrences.positions[len(in_title.docs) :] += gaps[in_body.docs]
    weights = np.ones(len(occurrences.docs), np.int64)
    weights[: len(in_title.docs)] = TITLE_WEIGHT
    lengths = np.array(
        [TITLE_WEIGHT * len(t) + len(b) for t, b in zip(titles, bodies, strict=True)]
    )
    stems, stem_of = _stems(vocabulary, [text.language for text in texts], occurrences)
    with BulkSegmentWriter(storage) as writer:
        for number in range(len(texts)):
            writer.documents.add(encode_stored({"key": first + number}))
        terms = [word.encode() for word in vocabulary]
        _write_field(writer, "text", terms, occurrences, weights, starts)
        _set_lengths(writer, "text", lengths)
        by_stem = occurrences._replace(terms=stem_of)
        _write_field(writer, "stem", [stem.encode() for stem in stems], by_stem, weights)
        _set_lengths(writer, "stem", lengths)
        _write_stem_map(writer, len(terms), occurrences.terms, stem_of)
        of_titles = stem_of[: len(in_title.docs)]
        used, again = np.unique(of_titles, return_inverse=True)
        in_title = in_title._replace(terms=again)
        title_terms = [stems[number].encode() for number in used.tolist()]
        _write_field(writer, "title", title_terms, in_title, np.ones(len(again), np.int64))
        _set_lengths(writer, "title", np.array([len(title) for title in titles]))
    return writer.segment


class _Occurrences(NamedTuple):
    docs: Numbers
    terms: Numbers
    positions: Numbers


def _occurrences(documents: list[list[int]]) -> _Occurrences:
    counts = np.array([len(document) for document in documents], np.int64)
    return _Occurrences(
        np.repeat(np.arange(len(documents)), counts),
        np.fromiter(chain.from_iterable(documents), np.int64, int(counts.sum())),
        np.fromiter((n for document in documents for n in range(len(document))), np.int64),
    )


def _stems(
    vocabulary: list[str], languages: list[str], occurrences: _Occurrences
) -> tuple[list[str], Numbers]:
    """The stem terms in order, and the number of that of each occurrence."""
    codes = {language: code for code, language in enumerate(dict.fromkeys(languages))}
    of_doc = np.array([codes[language] for language in languages], np.int64)
    pairs = occurrences.terms * max(1, len(codes)) + of_doc[occurrences.docs]
    distinct, again = np.unique(pairs, return_inverse=True)
    names = list(codes)
    made = [
        language_stem(vocabulary[pair // len(codes)], names[pair % len(codes)])
        for pair in distinct.tolist()
    ]
    stems = sorted(set(made), key=str.encode)
    numbers = {stem: number for number, stem in enumerate(stems)}
    return stems, np.array([numbers[stem] for stem in made], np.int64)[again]


def _write_field(
    writer: BulkSegmentWriter,
    name: str,
    terms: list[bytes],
    occurrences: _Occurrences,
    weights: Numbers,
    starts: NDArray[np.uint32] | None = None,
) -> None:
    docs, term_numbers, positions = occurrences
    order = np.lexsort((positions, docs, term_numbers))
    docs, term_numbers, positions = docs[order], term_numbers[order], positions[order]
    size = int(docs.max()) + 1 if len(docs) else 1
    _keys, first, again = np.unique(
        term_numbers * size + docs, return_index=True, return_inverse=True
    )
    doc_freqs = np.bincount(term_numbers[first], minlength=len(terms))
    summed = np.bincount(again, weights[order]) if len(again) else np.zeros(0)
    counts = None if starts is None else np.bincount(term_numbers, minlength=len(terms))
    on_line = None if starts is None else starts[docs].astype(np.int64) + positions
    with writer.postings.field(
        name, terms, doc_freqs, FieldFormat("H", "B"), counts, starts
    ) as field:
        field.append(PostingsChunk(docs[first], summed, on_line))


def _set_lengths(writer: BulkSegmentWriter, name: str, lengths: Numbers) -> None:
    codes = np.array([length_to_byte(length) for length in lengths.tolist()], np.uint8)
    writer.documents.set_lengths(name, codes, int(lengths.sum()))


def _write_stem_map(
    writer: BulkSegmentWriter, size: int, term_numbers: Numbers, stem_of: Numbers
) -> None:
    pairs = np.unique(np.stack([term_numbers, stem_of]), axis=1)
    offsets = np.searchsorted(pairs[0], np.arange(size + 1)).astype(np.uint32)
    out = writer.postings._out
    out.add("text/stem_offsets", "I", offsets)
    out.add("text/stem_numbers", "I", pairs[1].astype(np.uint32))
