"""Makes the citation of a passage: its words, who said them, the document, and the place in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from milatui.archive.quotes.document_words import DocumentWords, WordRange
from milatui.archive.quotes.text_quote import collapse_whitespace
from milatui.archive.records import Document, Partner, Person, Statement
from milatui.archive.sanitize import sanitize
from milatui.catalogue.citations.reference import record_reference
from milatui.catalogue.labels.labels import locator_label
from milatui.catalogue.location import Location
from milatui.catalogue.pages.quotes import SENTENCE_END, by_grade, is_address, locate_quote
from milatui.catalogue.pages.record import speaker_role
from milatui.index.record_relations import sources_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from milatui.archive.quotes.text_quote import Span
    from milatui.archive.records import Record, Source
    from milatui.catalogue.pages.model import Page
    from milatui.catalogue.store import RecordStore


@dataclass(frozen=True, slots=True)
class Citation:
    """A passage and what its footnote says; or a document, a record or a view as a whole.

    Attributes:
        archive: Title of the archive.
        location: The passage in its document, ``document/ID#para=3&words=5-20``; or the whole.
        words: The words of the passage, on one line; "" for a whole.
        speaker: Who said it, if a statement is cited.
        role: The role in which it was said.
        document: The document; None for another record, or a view.
        digest: The first digits of the SHA-256 of the document's text.
        locator: Where the passage stands in the published original, in words.
        address: Web address of the published original.
        reference: For what is not a document: its reference in one line.
    """

    archive: str
    location: Location
    words: str = ""
    speaker: str = ""
    role: str = ""
    document: Document | None = None
    digest: str = ""
    locator: str = ""
    address: str = ""
    reference: str = ""

    @property
    def published(self) -> bool:
        """Whether the words are published ones; those of a brief paraphrase them."""
        return self.document is not None and self.document.original is None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a page is to be cited.

    Attributes:
        words: The words.
        span: Where they stand in the text of the document; None on the page of another record.
        selected: Whether the user has selected them.  Otherwise they are a highlight: the quote or
            the sentence is cited that they are in.
    """

    words: str
    span: Span | None
    selected: bool

    @classmethod
    def on(cls, page: Page, start: int, end: int, *, selected: bool) -> Chosen:
        """Chooses ``[start, end)`` of the text of a page."""
        first, last = page.body
        span = (start - first, end - first) if first <= start and end <= last else None
        return cls(page.text[start:end], span, selected)


def cite(store: RecordStore, location: Location, chosen: Chosen | None = None) -> Citation | None:
    """Cites what stands at a location, with the best graded document that it is written in.

    Of a document the fragment of the location may say the passage: ``words`` of a paragraph, what
    the record ``from`` quotes, or the paragraph ``para``.  A partner and a person are cited as a
    whole, unless a passage is chosen.

    Args:
        store: The records.
        location: A record or a view.
        chosen: What of its page is to be cited; None for what the location says.

    Returns:
        The citation; None if the user has selected words that are not of a document.

    Raises:
        NotFound: there is no such record.
    """
    kind = location.kind
    if kind is None:
        return Citation(store.info.title, location)
    record = store.record(kind, location.id)
    if isinstance(record, Document):
        return _cite_document(store, record, location, chosen)
    if chosen is None and isinstance(record, Partner | Person):
        return _whole(store, location, record)
    passages = list(_passages(store, record))
    if chosen is not None:
        wanted = collapse_whitespace(chosen.words)
        for document, words, source, span in passages:
            if wanted in collapse_whitespace(words.text[slice(*span)]):
                part = _part(words, span, chosen) if chosen.selected else span
                return _quote(store, record, document, words, source, part)
        if chosen.selected:
            for document, words, source, span in passages:
                if chosen.words.strip() in words.text:
                    part = _part(words, span, chosen)
                    return _quote(store, record, document, words, source, part)
            return None
    for document, words, source, span in passages[:1]:
        return _quote(store, record, document, words, source, span)
    return _whole(store, location, record)


def _whole(store: RecordStore, location: Location, record: Record) -> Citation:
    reference = sanitize(record_reference(store, record), multiline=False)
    whole = Location(location.view, location.id)
    return Citation(store.info.title, whole, reference=reference)


def _cite_document(
    store: RecordStore, document: Document, location: Location, chosen: Chosen | None
) -> Citation | None:
    words = DocumentWords(document)
    origin = location.origin
    record: Record | None = None
    if origin is not None and origin.kind and store.find(origin.kind, origin.id) is not None:
        record = store.record(origin.kind, origin.id)
    quotes = list(_quotes(record, document, words)) if record is not None else []
    labelled = words.labelled(location.get("para"), location.get("words"))
    named = words.span(*labelled) if labelled is not None else None
    span: Span | None
    if chosen is None:
        span = named or next((quote for _source, quote in quotes), None)
        if span is None and location.get("para").isdecimal():
            span = words.paragraph_span(int(location.get("para")[:9]))
    elif chosen.span is None:
        if chosen.selected:
            return None
        span = None
    elif chosen.selected:
        span = chosen.span
    else:
        around = [*([named] if named else []), *(quote for _source, quote in quotes)]
        within = (outer for outer in around if _contains(outer, chosen.span))
        span = next(within, None) or _sentence(words, chosen.span)
    for source, quote in quotes:
        if span is not None and _contains(quote, span):
            return _quote(store, record, document, words, source, span)
    return _passage(store, document, words, span)


def _passages(
    store: RecordStore, record: Record
) -> Iterator[tuple[Document, DocumentWords, Source, Span]]:
    """Yields what a record quotes, as far as it stands: of the best graded documents first."""
    for source in by_grade(store, sources_of(record)):
        if store.find("document", source.document) is not None:
            document = store.document(source.document)
            words = DocumentWords(document)
            span = locate_quote(words.text, source)
            if span is not None:
                yield document, words, source, span


def _quotes(
    record: Record, document: Document, words: DocumentWords
) -> Iterator[tuple[Source, Span]]:
    """Yields what a record quotes of a document, and where it stands."""
    for source in sources_of(record):
        span = locate_quote(words.text, source) if source.document == document.id else None
        if span is not None:
            yield source, span


def _contains(outer: Span, inner: Span) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]


def _part(words: DocumentWords, quote: Span, chosen: Chosen) -> Span:
    """Returns where selected words stand: in the quote, else anywhere, else the quote itself."""
    wanted = chosen.words.strip()
    inside = words.text.find(wanted, *quote)
    at = inside if inside >= 0 else words.text.find(wanted)
    return (at, at + len(wanted)) if at >= 0 else quote


def _sentence(words: DocumentWords, span: Span) -> Span:
    """Returns the sentence around a span of a document, within its paragraph."""
    text = words.text
    begin = text.rfind("\n", 0, span[0]) + 1
    line_end = text.find("\n", span[1])
    end = len(text) if line_end < 0 else line_end
    starts = [match.end() for match in SENTENCE_END.finditer(text, begin, span[0])]
    close = SENTENCE_END.search(text, max(span[0], span[1] - 1), end)
    return (starts[-1] if starts else begin), (close.end() if close else end)


def _quote(
    store: RecordStore,
    record: Record | None,
    document: Document,
    words: DocumentWords,
    source: Source,
    span: Span,
) -> Citation:
    """Cites a part of what a record quotes; of a statement with who said it."""
    found = _passage(store, document, words, span)
    address = found.address or (source.url if is_address(source.url) else "")
    found = replace(found, locator=locator_label(source.locator), address=address)
    if not isinstance(record, Statement):
        return found
    speaker = sanitize(store.title("person", record.speaker), multiline=False)
    role = sanitize(speaker_role(store, record), multiline=False)
    return replace(found, speaker=speaker, role=role)


def _passage(
    store: RecordStore, document: Document, words: DocumentWords, span: Span | None
) -> Citation:
    """Cites a span of a document, whole words only; the whole document if it has none."""
    location = Location("document", document.id)
    text = ""
    touched = words.in_span(*span) if span is not None else None
    if span is not None and touched is not None:
        first, last = words.span(*touched)
        quoted = words.text[min(first, span[0]) : max(last, span[1])]
        text = sanitize(" ".join(quoted.split()), multiline=False)
        location = words_location(document.id, words, touched)
    return Citation(
        store.info.title,
        location,
        words=text,
        document=document,
        digest=words.digest,
        address=document.source if is_address(document.source) else "",
    )


def words_location(document: str, words: DocumentWords, passage: WordRange) -> Location:
    """Returns the location of words of a document."""
    paragraph, numbers = words.range_label(passage)
    return Location("document", document, (("para", paragraph), ("words", numbers)))
