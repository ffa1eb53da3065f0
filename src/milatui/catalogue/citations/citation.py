"""Makes the citation of a passage: its words, who said them, the document, and the place in it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from milatui.archive.quotes.document_words import DocumentWords, WordRange
from milatui.archive.records import Document, Partner, Person, Statement
from milatui.archive.sanitize import sanitize
from milatui.catalogue.citations.reference import record_reference
from milatui.catalogue.labels.labels import locator_label
from milatui.catalogue.location import Location
from milatui.catalogue.pages.quotes import by_grade, is_address, locate_quote
from milatui.catalogue.pages.record import speaker_role
from milatui.index.record_relations import sources_of

if TYPE_CHECKING:
    from milatui.archive.quotes.text_quote import Span
    from milatui.archive.records import Record, Source
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


def cite_document(store: RecordStore, location: Location, span: Span | None = None) -> Citation:
    """Cites a passage of a document.

    Args:
        store: The records.
        location: The document.  Its fragment says the passage if ``span`` does not: ``words`` of a
            paragraph, what the record ``from`` quotes, or the paragraph ``para``.
        span: The passage, as a span of the document's text.

    Raises:
        NotFound: there is no such document.
    """
    document = store.document(location.id)
    words = DocumentWords(document.body)
    origin = location.origin
    record: Record | None = None
    if origin is not None and origin.kind and store.find(origin.kind, origin.id) is not None:
        record = store.record(origin.kind, origin.id)
    quoted = _quoted(record, document.id, words) if record is not None else []
    if span is None:
        span = _fragment_span(words, location) or next((found for _s, found in quoted), None)
        if span is None and location.get("para").isdecimal():
            span = words.paragraph_span(int(location.get("para")[:9]))
    passage = _passage(store, document, words, span)
    for source, found in quoted:
        if span is not None and found[0] <= span[0] and span[1] <= found[1]:
            return _said(store, record, replace(passage, locator=locator_label(source.locator)))
    return passage


def cite(store: RecordStore, location: Location, words: str = "") -> Citation | None:
    """Cites what stands at a location, with the best graded document that it is written in.

    A partner and a person are cited as a whole, unless ``words`` say which passage is meant.

    Args:
        store: The records.
        location: A record or a view.
        words: Words of a passage on the record's page, if they are to be cited.

    Returns:
        The citation; None if ``words`` are not of a document that the record quotes.

    Raises:
        NotFound: there is no such record.
    """
    kind = location.kind
    if kind == "document":
        return cite_document(store, location)
    if kind is None:
        return Citation(store.info.title, location)
    record = store.record(kind, location.id)
    reference = sanitize(record_reference(store, record), multiline=False)
    whole = Citation(store.info.title, Location(kind, location.id), reference=reference)
    if isinstance(record, Partner | Person) and not words:
        return whole
    for source in by_grade(store, sources_of(record)):
        if store.find("document", source.document) is None:
            continue
        document = store.document(source.document)
        numbered = DocumentWords(document.body)
        span = locate_quote(numbered.text, source)
        if span is not None and words:
            span = _part(numbered, span, words)
        if span is not None:
            found = _passage(store, document, numbered, span)
            address = found.address or (source.url if is_address(source.url) else "")
            found = replace(found, locator=locator_label(source.locator), address=address)
            return _said(store, record, found)
    return None if words else whole


def _part(numbered: DocumentWords, quote: Span, wanted: str) -> Span | None:
    """Returns the passage with certain words: in or around a quote, or else elsewhere."""
    text, words = numbered.text, wanted.strip()
    inside = text.find(words, *quote)
    at = inside if inside >= 0 else text.find(words)
    if at < 0:
        return None
    return at, at + len(words)


def _quoted(
    record: Record, document: str, words: DocumentWords
) -> list[tuple[Source, tuple[int, int]]]:
    """Returns what a record quotes of a document, and where it stands."""
    found = []
    for source in sources_of(record):
        span = locate_quote(words.text, source) if source.document == document else None
        if span is not None:
            found.append((source, span))
    return found


def _fragment_span(words: DocumentWords, location: Location) -> Span | None:
    labelled = words.labelled(location.get("para"), location.get("words"))
    return words.span(*labelled) if labelled else None


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
        location = passage_location(document.id, words, touched)
    return Citation(
        store.info.title,
        location,
        words=text,
        document=document,
        digest=words.digest,
        address=document.source if is_address(document.source) else "",
    )


def passage_location(document: str, words: DocumentWords, passage: WordRange) -> Location:
    """Returns the location of words of a document."""
    paragraph, numbers = words.range_label(passage)
    return Location("document", document, (("para", paragraph), ("words", numbers)))


def _said(store: RecordStore, record: Record | None, citation: Citation) -> Citation:
    """Adds who said the words, if the record is a statement."""
    if not isinstance(record, Statement):
        return citation
    speaker = sanitize(store.title("person", record.speaker), multiline=False)
    role = sanitize(speaker_role(store, record), multiline=False)
    return replace(citation, speaker=speaker, role=role)
