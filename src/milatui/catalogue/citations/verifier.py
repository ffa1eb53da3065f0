"""Verifies citations: whether what they cite still stands, has moved, has changed, or is gone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

from milatui.archive.quotes.document_words import DocumentWords, WordRange, body_digest
from milatui.archive.quotes.word_text import WordText
from milatui.archive.sanitize import sanitize
from milatui.catalogue.citations.citation import words_location
from milatui.catalogue.location import Location
from milatui.catalogue.scope import Scope
from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.archive.quotes.text_quote import Span
    from milatui.archive.records import Document
    from milatui.catalogue.citations.find_citations import FoundCitation, Region
    from milatui.catalogue.store import RecordStore

Status = Literal["stands", "moved", "changed", "gone"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

_OPENING: Final = "“„«‹"
_CLOSING: Final = "”»›"
_BATCH: Final = 500
"""Documents that are read at once when one is looked for by its hash."""
_CACHED: Final = 50
"""Maximum number of documents whose words are remembered."""
_LONGEST: Final = 5_000
"""Maximum number of words of a passage that is compared with a document."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What has become of a citation.

    Attributes:
        found: The citation, and where it is.
        status: ``stands``, ``moved``, ``changed`` or ``gone``.
        reason: The status in a few words.
        title: Title of the document or the record; "" if it is gone.
        now: Where the words, or the nearest ones, stand now; None if nowhere.
        words: The words as the text has them; "" if it cites a whole.
        nearest: The words of the document that are most like them, if they differ.
    """

    found: FoundCitation
    status: Status
    reason: str
    title: str = ""
    now: Location | None = None
    words: str = ""
    nearest: str = ""


class _Passage:
    """The words of a citation in the text that has it."""

    def __init__(self, text: str, words: WordText, first: int, last: int) -> None:
        self.words = words.words[first:last]
        span = words.span(first, last) if first < last else (0, 0)
        self.text = sanitize(" ".join(text[slice(*span)].split()), multiline=False)


class Verifier:
    """Verifies citations against an archive.

    Args:
        store: The records.
    """

    def __init__(self, store: RecordStore) -> None:
        self._store = store
        self._documents: dict[str, DocumentWords] = {}
        self._ids_by_digest: dict[str, str] | None = None

    def verify(self, found: FoundCitation) -> Verdict:
        """Verifies one citation."""
        location = found.location
        if location is None or location.kind is None:
            return Verdict(found, "gone", _("this is not an address of a record"))
        if self._store.find(location.kind, location.id) is None:
            return self._missing(found, location)
        if location.kind == "document":
            return self._document(found, location)
        title = self._store.title(location.kind, location.id)
        return Verdict(found, "stands", _("the record is there"), title, location)

    def _missing(self, found: FoundCitation, location: Location) -> Verdict:
        """Looks for a document that has another id now."""
        if location.kind == "document" and found.digest:
            identifier = self._with_digest(found.digest)
            if identifier:
                now = Location("document", identifier, location.fragment)
                title = self._store.title("document", identifier)
                return Verdict(found, "moved", _("the document has another id"), title, now)
        return Verdict(found, "gone", _("it is not in the archive"))

    def _document(self, found: FoundCitation, location: Location) -> Verdict:
        document = self._store.document(location.id)
        words = self._words_of(document)
        same = bool(found.digest) and words.digest.startswith(found.digest[: len(words.digest)])
        if not location.get("words"):
            return self._whole(found, document, same=same)
        word_range = words.labelled(location.get("para"), location.get("words"))
        size = _size(location.get("words"))
        passages = [
            passage
            for region in found.regions
            for passage in _passages(found.text, region, size, document)
        ]
        for passage in passages:
            where = _locate(words, passage.words, word_range, location)
            if where is not None:
                return self._there(found, document, passage, where, location)
        expected = words.words[slice(*word_range)] if word_range else []
        for region in found.regions:
            passage_here = _containing(found.text, region, expected, document)
            if word_range is not None and passage_here is not None:
                return self._there(found, document, passage_here, word_range, location)
        return self._changed(found, document, passages, word_range, same=same)

    def _whole(
        self, found: FoundCitation, document: Document, *, same: bool, lost: bool = False
    ) -> Verdict:
        """Verifies a citation without words; ``lost``: the words that it names are not there."""
        here = Location("document", document.id)
        if same or not (found.digest or lost):
            reason = _("its text is the same") if same else _("the document is there")
            return Verdict(found, "stands", reason, document.title, here)
        return Verdict(found, "changed", _("its text has changed"), document.title, here)

    def _there(
        self,
        found: FoundCitation,
        document: Document,
        passage: _Passage,
        where: WordRange,
        location: Location,
    ) -> Verdict:
        words = self._words_of(document)
        now = words_location(document.id, words, where)
        if now.get("para") == location.get("para"):
            reason = _("the words are there")
            return Verdict(found, "stands", reason, document.title, now, passage.text)
        reason = _("the words stand elsewhere in the document")
        return Verdict(found, "moved", reason, document.title, now, passage.text)

    def _changed(
        self,
        found: FoundCitation,
        document: Document,
        passages: Sequence[_Passage],
        word_range: WordRange | None,
        *,
        same: bool,
    ) -> Verdict:
        words = self._words_of(document)
        if not passages:
            return self._whole(found, document, same=same, lost=word_range is None)
        near = [(words.nearest(passage.words), passage) for passage in passages]
        best, passage = max(near, key=lambda pair: pair[0].ratio if pair[0] else 0.0)
        reason = _("the document is the same, the words in the text differ from it")
        if not same:
            reason = _("the document has other words")
        if best is None:
            here = Location("document", document.id)
            return Verdict(found, "changed", reason, document.title, here, passage.text)
        where = WordRange(best.first, best.last)
        nearest = words.text[slice(*words.span(*where))]
        return Verdict(
            found,
            "changed",
            reason,
            document.title,
            words_location(document.id, words, where),
            passage.text,
            sanitize(" ".join(nearest.split()), multiline=False),
        )

    def _words_of(self, document: Document) -> DocumentWords:
        if document.id not in self._documents:
            if len(self._documents) >= _CACHED:
                self._documents.clear()
            self._documents[document.id] = DocumentWords(document)
        return self._documents[document.id]

    def _with_digest(self, digest: str) -> str:
        """Returns the id of a document whose text has a digest, "" if none has."""
        if self._ids_by_digest is None:
            self._ids_by_digest = {}
            numbers = self._store.list_records("document", Scope())
            for start in range(0, len(numbers), _BATCH):
                for document in self._store.documents_once(numbers[start : start + _BATCH]):
                    self._ids_by_digest.setdefault(body_digest(document.body), document.id)
        return self._ids_by_digest.get(digest, "")


def _size(numbers: str) -> int:
    """Returns how many words a range such as ``5-20`` names, 0 if it is not one."""
    first, _hyphen, last = numbers.partition("-")
    if not (first.isdecimal() and last.isdecimal() and len(first) < 10 and len(last) < 10):
        return 0
    return max(0, int(last) - int(first) + 1)


def _locate(
    words: DocumentWords, wanted: Sequence[str], word_range: WordRange | None, location: Location
) -> WordRange | None:
    """Finds words of a passage: where they were cited, in that paragraph, or anywhere."""
    paragraph = location.get("para")
    inside = words.paragraph(int(paragraph[:9])) if paragraph.isdecimal() else None
    for area in (word_range, inside, WordRange(0, len(words.words))):
        if area is not None:
            # A passage may run on into the next paragraph.
            last = len(words.words) if area is inside else area.last
            first = words.find(wanted, area.first, last)
            if first >= 0 and (area is not inside or first < area.last):
                return WordRange(first, first + len(wanted))
    return None


def _passages(text: str, region: Region, size: int, document: Document) -> Iterator[_Passage]:
    """Yields what a region may cite: what is in quotation marks at its end, or as many words."""
    if not region.ends:
        return
    part = text[region.start : region.end]
    if document.original is None:
        quoted = _quoted_at_end(part)
        if quoted is not None:
            inner = part[slice(*quoted)]
            words = WordText(inner)
            if words.words:
                yield _Passage(inner, words, 0, min(len(words.words), _LONGEST))
            return
    words = WordText(part)
    count = min(size, len(words.words), _LONGEST)
    if count:
        yield _Passage(part, words, len(words.words) - count, len(words.words))


def _containing(
    text: str, region: Region, expected: Sequence[str], document: Document
) -> _Passage | None:
    """Returns the words that are expected, if a region has them anywhere."""
    part = text[region.start : region.end]
    quoted = document.original is None and region.ends and _quoted_at_end(part) is not None
    if quoted or not expected:
        return None
    words = WordText(part)
    first = words.find(expected)
    return _Passage(part, words, first, first + len(expected)) if first >= 0 else None


def _quoted_at_end(text: str) -> Span | None:
    """Finds what stands in quotation marks at the end of a text; quotes may be nested."""
    stripped = text.rstrip(" \t\n\u00a0\u202f.,;:!?)]*_>")
    if not stripped.endswith((*_CLOSING, '"')):
        return None
    end = len(stripped) - 1
    depth = 0
    for at in range(end, -1, -1):
        kind = _direction(stripped, at)
        depth += {"close": 1, "open": -1}.get(kind, 0)
        if depth == 0:
            return at + 1, end
    return None


def _direction(text: str, at: int) -> str:
    """Returns whether the character at ``at`` opens or closes a quotation, "" if neither."""
    sign = text[at]
    if sign in _OPENING:
        return "open"
    if sign in _CLOSING:
        return "close"
    if sign != '"':
        return ""
    before = text[at - 1 : at]
    return "open" if not before or before.isspace() or before in "([“«—–" else "close"
