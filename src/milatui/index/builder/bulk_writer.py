"""Writes one segment of the Whoosh index from records, without Whoosh's analysis and sorting.

Texts are tokenized in batches (``token_pieces``). A run of tokens is sorted at once as 64-bit keys:
word, document and position. Grouped by word and document it gives the postings of ``text``; the
same postings by stem give those of ``stem`` and ``title``. What comes out is what Whoosh's own
writer makes of ``schema.IndexedText`` and the other fields; a test compares both.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.util.numeric import length_to_byte

from milatui.index.analysis.language import LANGUAGES, language_of
from milatui.index.builder.content_hash import ContentHasher
from milatui.index.builder.posting_runs import PostingRuns, SpillFile, TermOrder
from milatui.index.builder.token_pieces import PADDING, PieceTable
from milatui.index.builder.vocabulary import Vocabulary
from milatui.index.codec.bulk import BulkSegmentWriter
from milatui.index.codec.postings import POSITION_GAP
from milatui.index.codec.postings_writer import (
    FieldFormat,
    PostingsChunk,
    doc_id_type,
    position_starts,
)
from milatui.index.field_names import (
    NO_TITLE,
    STEM,
    STEM_NUMBERS,
    STEM_OFFSETS,
    TEXT,
    TITLE,
    TITLE_NUMBERS,
)
from milatui.index.schema import schema
from milatui.index.scoring.bm25 import TITLE_WEIGHT
from milatui.index.store.layout import INDEX_NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from milatui.index.codec.codec import FlatSegment

    Integers = NDArray[np.integer]
    Keys = NDArray[np.uint64]

BATCH_BYTES: Final = 1_000_000
"""Text that is tokenized at a time."""
RUN_TOKENS: Final = 1_000_000
"""Tokens that are sorted at a time."""
BATCH_DOCUMENTS: Final = 4_000
"""Documents that are tokenized at a time, however short they are."""
RUN_DOCUMENTS: Final = 16_000
"""Documents whose tokens are sorted at a time."""
COMPRESSION: Final = 1
"""The level of zlib for stored fields: the third level takes 1.4 x the time and saves 6 %."""
_GUESSED_WORDS: Final = 300
"""Words that show the language of a text without a tag."""
MAX_WEIGHT: Final = 255
_WEIGHT_BITS: Final = np.uint64(8)
_TERM_SHIFT: Final = np.uint64(32)
"""A posting is sorted as 64 bits: 32 for the term, 24 for the document within its run, 8 for the
weight."""
_DOC_MASK: Final = np.uint64((1 << 24) - 1)


class RecordFields(NamedTuple):
    """A record as the writer takes it; see ``schema`` for the fields.

    Attributes:
        title: Its title; empty if it has none of its own.
        body: Its text; equal in all reprints of a document.
        rest: Everything else that it is found by, indexed behind the body.
        language: Its BCP 47 tag, or empty.
        stored: Its stored fields as JSON.
        first: First day that it may mean.
        last: Last day.
        keywords: Values of ``KEYWORDS``, in their order.
    """

    title: str
    body: str
    rest: str
    language: str
    stored: bytes
    first: int
    last: int
    keywords: tuple[Sequence[str], ...]


KEYWORDS: Final = ("key", "kind", "detail", "partner", "names", "lang", "publisher", "sector")
"""Fields of exact values."""
TEXT_PART: Final = 0.6
"""Share of the time of writing that the field ``text`` takes."""


class BulkWriter:
    """Takes records one after the other and writes a segment.

    Args:
        folder: The generation.
        main_language: Of texts whose language neither a tag nor their words show.
    """

    def __init__(self, folder: Path, main_language: str) -> None:
        self._main_language = main_language
        self._writer = BulkSegmentWriter(FileStorage(str(folder)), INDEX_NAME, COMPRESSION)
        self._spill = SpillFile(folder)
        self._vocabulary = Vocabulary()
        self._pieces = PieceTable(self._vocabulary.number)
        self._batch: list[bytes] = [b"\n"]
        self._bounds = array("Q")
        self._batch_size = 1
        self._tags: list[str] = []
        self._tokens: list[NDArray[np.uint32]] = []
        self._token_count = 0
        self._title_sizes = array("I")
        self._body_sizes = array("I")
        self._languages = bytearray()
        self._run_first = 0
        self._text = PostingRuns(self._spill)
        self._positions = PostingRuns(self._spill)
        self._stem = PostingRuns(self._spill)
        self._title = PostingRuns(self._spill)
        self._position_base = 0
        self._days = {"first": array("i"), "last": array("i")}
        self._keywords = [_KeywordPostings() for _name in KEYWORDS]
        self._content_hashes = ContentHasher(self._vocabulary.words)

    def __len__(self) -> int:
        """Returns how many records were added."""
        return len(self._writer.documents)

    @property
    def _doc_id_type(self) -> str:
        return doc_id_type(len(self))

    @property
    def segment_id(self) -> str:
        """The name of the segment."""
        return str(self._writer.segment.segid)

    def add(self, record: RecordFields) -> None:
        """Adds a record; its document number is how many were added before."""
        doc = self._writer.documents.add(record.stored)
        self._days["first"].append(record.first)
        self._days["last"].append(record.last)
        for postings, values in zip(self._keywords, record.keywords, strict=True):
            postings.add(doc, values)
        for text in (record.title, record.body, record.rest):
            part = text.encode("utf-8", "surrogatepass")
            self._batch += (part, b"\n")
            self._batch_size += len(part) + 1
            self._bounds.append(self._batch_size)
        self._tags.append(record.language)
        if self._batch_size >= BATCH_BYTES or len(self._tags) >= BATCH_DOCUMENTS:
            self._tokenize()

    def _tokenize(self) -> None:
        """Tokenizes the batch."""
        if not self._tags:
            return
        tokens = self._pieces.tokenize(b"".join((*self._batch, PADDING)))
        bounds = tokens.counts_before(np.frombuffer(self._bounds, np.int64))
        title_ends, body_ends, ends = bounds.reshape(-1, 3).T
        begins = np.concatenate([[0], ends[:-1]])
        self._title_sizes.frombytes((title_ends - begins).astype(np.uint32).tobytes())
        self._body_sizes.frombytes((ends - title_ends).astype(np.uint32).tobytes())
        self._content_hashes.add(tokens.numbers, title_ends, body_ends)
        for tag, begin in zip(self._tags, begins.tolist(), strict=True):
            self._languages.append(self._language(tag, tokens.numbers[begin:]))
        self._tokens.append(tokens.numbers)
        self._token_count += len(tokens.numbers)
        self._batch, self._bounds, self._batch_size = [b"\n"], array("Q"), 1
        self._tags = []
        run_documents = len(self._languages) - self._run_first
        if self._token_count >= RUN_TOKENS or run_documents >= RUN_DOCUMENTS:
            self._sort()

    def _language(self, tag: str, numbers: NDArray[np.uint32]) -> int:
        """Returns the number in ``LANGUAGES`` of the language that a text is analyzed in."""
        words = self._vocabulary.words
        found = (words[number] for number in numbers[:_GUESSED_WORDS].tolist()) if not tag else ()
        return LANGUAGES.index(language_of(tag, found, self._main_language))

    @property
    def content_hashes(self) -> NDArray[np.uint64]:
        """A hash of the words of each body, once the segment is finished.

        Returns:
            One hash for each document, shape (documents,).
        """
        return self._content_hashes.hashes

    def _sort(self) -> None:
        """Sorts the collected tokens by word, document and position, and spills them."""
        first = self._run_first
        titles = np.frombuffer(self._title_sizes, np.uint32)[first:].astype(np.int64)
        bodies = np.frombuffer(self._body_sizes, np.uint32)[first:].astype(np.int64)
        extents = _extents(titles, bodies)
        layout = _KeyLayout(len(titles), int(extents.max(initial=0)))
        keys = layout.keys(np.concatenate(self._tokens), titles, bodies)
        self._tokens, self._token_count = [], 0
        keys.sort()
        self._spill_run(keys, layout, titles, extents)
        self._run_first = len(self._languages)

    def _spill_run(
        self, keys: Keys, layout: _KeyLayout, titles: Integers, extents: Integers
    ) -> None:
        first = _first_of_each(keys >> layout.position_bits)
        words, docs = layout.words(keys[first]), layout.docs(keys[first])
        counts = np.diff(np.append(first, len(keys)))
        positions = layout.positions(keys)
        titled = positions < np.repeat(titles.astype(np.uint32)[docs], counts)
        in_title = np.add.reduceat(titled, first, dtype=np.int64)
        weights = counts + (TITLE_WEIGHT - 1) * in_title
        bases = self._position_base + position_starts(extents).astype(np.int64)
        self._position_base = int(bases[-1])
        positions += np.repeat(bases[docs].astype(np.uint32), counts)
        docs += self._run_first
        term_first = _first_of_each(words)
        terms = words[term_first]
        doc_freqs = np.diff(np.append(term_first, len(words)))
        self._text.add(terms, doc_freqs, docs.astype(np.uint32), _clipped(weights))
        self._positions.add(terms, np.add.reduceat(counts, term_first), positions)
        languages = np.frombuffer(self._languages, np.uint8)[docs]
        stems = np.zeros(len(words), np.uint32)
        for number in np.unique(languages).tolist():
            chosen = np.flatnonzero(languages == number)
            stems[chosen] = self._vocabulary.stem_numbers(words[chosen], LANGUAGES[number])
        _add_summed(self._stem, stems, docs, weights)
        found = np.flatnonzero(in_title)
        _add_summed(self._title, stems[found], docs[found], in_title[found])

    def finish(self, tick: Callable[[float], None] = lambda _part: None) -> FlatSegment:
        """Completes the segment.

        Args:
            tick: Told now and then which part of the work is done.

        Raises:
            OSError: the disk is full, say.
        """
        self._tokenize()
        if self._token_count:
            self._sort()
        self._set_lengths()
        fields = schema()
        for name, days in self._days.items():
            column = fields[name].column_type
            values = [fields[name].to_column_value(day) for day in days]
            self._writer.documents.set_numeric_column(name, column, np.array(values, np.uint32))
            self._write_days(name, days)
        self._write_text(tick)
        for name, postings in zip(KEYWORDS, self._keywords, strict=True):
            self._write_keywords(name, postings)
        segment = self._writer.close()
        self._spill.close()
        return segment

    def _set_lengths(self) -> None:
        titles = np.frombuffer(self._title_sizes, np.uint32).astype(np.int64)
        bodies = np.frombuffer(self._body_sizes, np.uint32)
        lengths = TITLE_WEIGHT * titles + bodies
        for name, sizes in ((TEXT, lengths), (STEM, lengths), (TITLE, titles)):
            distinct, which = np.unique(sizes, return_inverse=True)
            codes = np.array([length_to_byte(size) for size in distinct.tolist()], np.uint8)
            if len(sizes):
                self._writer.documents.set_lengths(name, codes[which], int(sizes.sum()))

    def _write_text(self, tick: Callable[[float], None]) -> None:
        # Words that were only met in pieces of tokens with a space have no posting.
        used = self._text.used_terms(len(self._vocabulary.words))
        words = TermOrder(self._vocabulary.words, used.tolist())
        stems = TermOrder(self._vocabulary.stems)
        tick(0.0)
        extents = _extents(
            np.frombuffer(self._title_sizes, np.uint32).astype(np.int64),
            np.frombuffer(self._body_sizes, np.uint32).astype(np.int64),
        )
        with self._writer.postings.field(
            TEXT,
            words.terms,
            self._text.totals(words),
            FieldFormat(self._doc_id_type, "B"),
            self._positions.totals(words),
            position_starts(extents),
        ) as field:
            for merged in self._text.merged(words, (np.uint32, np.uint8)):
                docs, weights = merged.columns
                field.append(PostingsChunk(docs, weights))
                tick(merged.part * TEXT_PART / 2)
            for merged in self._positions.merged(words, (np.uint32,)):
                nothing = np.zeros(0, np.uint32)
                field.append(PostingsChunk(nothing, positions=merged.columns[0]))
                tick((1 + merged.part) * TEXT_PART / 2)
        self._write_word_stems(words, stems)
        self._write_stems(STEM, self._stem, stems)
        tick(1 - (1 - TEXT_PART) / 2)
        in_titles = self._write_stems(TITLE, self._title, stems)
        titles = np.full(len(stems.terms), NO_TITLE, np.uint32)
        titles[in_titles] = np.arange(len(in_titles))
        self._writer.postings.add_array(TITLE_NUMBERS, "I", titles)
        tick(1.0)

    def _write_stems(self, name: str, runs: PostingRuns, stems: TermOrder) -> Integers:
        """Writes a field of stems; returns which of them it has, by their order."""
        totals = runs.totals(stems)
        present = np.flatnonzero(totals)
        terms = [stems.terms[number] for number in present.tolist()]
        with self._writer.postings.field(
            name, terms, totals[present], FieldFormat(self._doc_id_type, "B")
        ) as field:
            for merged in runs.merged(stems, (np.uint32, np.uint8)):
                docs, weights = merged.columns
                field.append(PostingsChunk(docs, weights))
        return present

    def _write_word_stems(self, words: TermOrder, stems: TermOrder) -> None:
        """Writes which stems each word has: arrays ``STEM_OFFSETS`` and ``STEM_NUMBERS``."""
        word, stem = self._vocabulary.word_stems()
        ranks, stem_ranks = words.rank[word], stems.rank[stem]
        order = np.lexsort((stem_ranks, ranks))
        offsets = np.zeros(len(words.terms) + 1, np.int64)
        np.cumsum(np.bincount(ranks, minlength=len(words.terms)), out=offsets[1:])
        self._writer.postings.add_array(STEM_OFFSETS, "I", offsets)
        self._writer.postings.add_array(STEM_NUMBERS, "I", stem_ranks[order])

    def _write_days(self, name: str, days: array[int]) -> None:
        """Writes the terms of a numeric field, as Whoosh makes them of each number."""
        values = np.frombuffer(days, np.int32)
        docs_of: dict[bytes, list[Integers]] = {}
        order = np.argsort(values, kind="stable")
        first = _first_of_each(values[order])
        field = schema()[name]
        for docs in np.split(order, first[1:]) if len(order) else ():
            for term, *_posting in field.index(int(values[docs[0]])):
                docs_of.setdefault(term, []).append(docs)
        terms = sorted(docs_of)
        postings = [np.sort(np.concatenate(docs_of[term])).astype(np.uint32) for term in terms]
        counts = np.array(list(map(len, postings)), np.int64)
        with self._writer.postings.field(
            name, terms, counts, FieldFormat(self._doc_id_type)
        ) as out:
            if postings:
                out.append(PostingsChunk(np.concatenate(postings)))

    def _write_keywords(self, name: str, postings: _KeywordPostings) -> None:
        values = TermOrder(postings.values)
        ranks = values.rank[np.frombuffer(postings.terms, np.uint32)]
        order = np.argsort(ranks, kind="stable")
        counts = np.bincount(ranks, minlength=len(values.terms))
        with self._writer.postings.field(
            name, values.terms, counts, FieldFormat(self._doc_id_type)
        ) as field:
            field.append(PostingsChunk(np.frombuffer(postings.docs, np.uint32)[order]))

    def cancel(self) -> None:
        """Removes what was written."""
        self._spill.close()
        self._writer.cancel()


class _KeyLayout:
    """Sort keys of tokens: word, document in the run and position, in 64 bits.

    Args:
        documents: Number of documents of the run.
        extent: Number of positions of the longest.
    """

    def __init__(self, documents: int, extent: int) -> None:
        self.position_bits = np.uint64(extent.bit_length())
        self._doc_bits = np.uint64(documents.bit_length())
        self._word_shift = self.position_bits + self._doc_bits

    def keys(self, words: NDArray[np.uint32], titles: Integers, bodies: Integers) -> Keys:
        """Makes the keys of tokens.

        Args:
            words: Word numbers of all tokens, shape (n,).
            titles: Number of tokens of the title of each document; body tokens follow them.
            bodies: Number of tokens of each body.
        """
        sizes = np.column_stack((titles, bodies)).ravel()
        docs = np.arange(len(titles)) << int(self.position_bits)
        begins = np.cumsum(sizes)[1::2] - titles - bodies
        # What a token has beside its word, less its place in the run.
        parts = np.column_stack((docs - begins, docs - begins + POSITION_GAP)).ravel()
        keys = words.astype(np.uint64)
        keys <<= self._word_shift
        rest = np.repeat(parts, sizes)
        rest += np.arange(len(words))
        keys |= rest.view(np.uint64)
        return keys

    def words(self, keys: Keys) -> NDArray[np.uint32]:
        """Returns the word numbers of keys."""
        return (keys >> self._word_shift).astype(np.uint32)

    def docs(self, keys: Keys) -> NDArray[np.int64]:
        """Returns the documents of keys, counted in their run."""
        mask = (np.uint64(1) << self._doc_bits) - np.uint64(1)
        return ((keys >> self.position_bits) & mask).astype(np.int64)

    def positions(self, keys: Keys) -> NDArray[np.uint32]:
        """Returns the positions of keys in their documents."""
        return (keys & ((np.uint64(1) << self.position_bits) - np.uint64(1))).astype(np.uint32)


class _KeywordPostings:
    """The postings of a field of exact values, document by document.

    Attributes:
        values: The distinct values, in the order they come.
        terms: Numbers of values.
        docs: The document of each.
    """

    def __init__(self) -> None:
        self.terms = array("I")
        self.docs = array("I")
        self._numbers: dict[str, int] = {}

    @property
    def values(self) -> list[str]:
        return list(self._numbers)

    def add(self, doc: int, values: Sequence[str]) -> None:
        """Adds the values of a document, each once."""
        numbers = self._numbers
        for value in values:
            self.terms.append(numbers.setdefault(value, len(numbers)))
            self.docs.append(doc)


def _extents(titles: Integers, bodies: Integers) -> Integers:
    """Returns the greatest position of each document plus one."""
    return titles + bodies + POSITION_GAP * (bodies > 0)


def _first_of_each(ordered: Integers) -> Integers:
    """Returns where each distinct number first stands in an ordered array."""
    if not len(ordered):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))


def _clipped(weights: Integers) -> NDArray[np.uint8]:
    return np.minimum(weights, MAX_WEIGHT).astype(np.uint8)


def _add_summed(runs: PostingRuns, terms: Integers, docs: Integers, weights: Integers) -> None:
    """Adds a run of postings in any order; weights of equal term and document are summed.

    Whole numbers of term, document and weight are sorted, which is several times as fast as sorting
    places. A weight beyond the maximum may be clipped before it is added: the sum is clipped, too.
    """
    if not len(terms):
        return
    run_first = docs.min()
    keys = terms.astype(np.uint64) << _TERM_SHIFT
    keys |= (docs - run_first).astype(np.uint64) << _WEIGHT_BITS
    keys |= _clipped(weights)
    keys.sort()
    pairs = keys >> _WEIGHT_BITS
    first = _first_of_each(pairs)
    sums = np.add.reduceat(keys & np.uint64(MAX_WEIGHT), first)
    found = (keys[first] >> _TERM_SHIFT).astype(np.uint32)
    found_docs = (pairs[first] & _DOC_MASK).astype(np.uint32) + np.uint32(run_first)
    term_first = _first_of_each(found)
    counts = np.diff(np.append(term_first, len(found)))
    runs.add(found[term_first], counts, found_docs, _clipped(sums))
