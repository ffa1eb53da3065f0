"""Finds the evidence of one state of an archive that no longer stands in another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.diff.differences import LostEvidence
from milatui.archive.diff.value_diff import align
from milatui.archive.quotes.document_text import document_text, find_quotes
from milatui.archive.records import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from milatui.archive.diff.differences import Loss, RecordName
    from milatui.archive.kinds import Data
    from milatui.archive.records import Document
    from milatui.archive.validate import FieldPath

_SOURCE_KEYS: Final = ("source", "sources")


class Documents:
    """The documents of one state.

    Attributes:
        unreadable: Ids of documents that are there and cannot be read.
    """

    def __init__(self, documents: Mapping[str, Document], unreadable: Collection[str]) -> None:
        self._documents = documents
        self.unreadable = unreadable

    def body(self, identifier: str) -> str | None:
        """Returns the Markdown of a document, None if there is none with that id."""
        document = self._documents.get(identifier)
        return None if document is None else document.body

    def stands(self, source: Source) -> bool:
        """Returns whether the quoted words are in the document."""
        document = self._documents.get(source.document)
        if document is None or not source.exact:
            return False
        return bool(find_quotes(document_text(document), source, limit=1))


class _Part(NamedTuple):
    """A mapping of the old record and its counterpart in the new one, None if there is none."""

    path: FieldPath
    old: dict[str, Data]
    new: dict[str, Data] | None


def lost_evidence(
    record: RecordName,
    old: dict[str, Data],
    new: dict[str, Data],
    before: Documents,
    after: Documents,
) -> Iterator[LostEvidence]:
    """Yields the evidence that proved values of a record in the old state and no longer does.

    What went together with its value is not lost evidence, but a removed value.

    Args:
        record: The record of the new state.
        old: Plain data of the record in the old state.
        new: The same in the new state.
        before: Documents of the old state.
        after: Documents of the new state.
    """
    for part in _parts(old, new, None):
        own = list(_sources(part.old, part.path))
        if not own or part.new is None:
            continue
        remaining = [source for _path, source in _sources(part.new, part.path)]
        for path, source in own:
            is_kept = source in remaining
            text = after.body(source.document)
            if is_kept and text == before.body(source.document):
                continue
            if not before.stands(source):
                continue
            if not is_kept:
                if not remaining:
                    yield _lost(record, path, source, "source-gone")
            elif text is None:
                is_there = source.document in after.unreadable
                yield _lost(
                    record, path, source, "document-unreadable" if is_there else "document-gone"
                )
            elif not after.stands(source):
                yield _lost(record, path, source, "words-gone")


def _lost(record: RecordName, path: FieldPath, source: Source, loss: Loss) -> LostEvidence:
    return LostEvidence(record, path, source.document, source.exact, loss)


def _parts(old: Data, new: Data | None, path: FieldPath) -> Iterator[_Part]:
    """Yields every mapping that may own sources, with its counterpart."""
    if isinstance(old, dict):
        other = new if isinstance(new, dict) else None
        yield _Part(path, old, other)
        for key, value in old.items():
            if key not in _SOURCE_KEYS:
                yield from _parts(value, None if other is None else other.get(key), (path, key))
    elif isinstance(old, list):
        items = new if isinstance(new, list) else []
        for before, after in align(old, items):
            if before is not None:
                counterpart = None if after is None else items[after]
                yield from _parts(old[before], counterpart, (path, before))


def _sources(part: dict[str, Data], path: FieldPath) -> Iterator[tuple[FieldPath, Source]]:
    """Yields the sources that a mapping owns itself, with their paths."""
    source = part.get("source")
    if isinstance(source, dict):
        yield (path, "source"), _source(source)
    elif isinstance(source, str) and "basis" in part:
        yield path, _source({**part, "document": source})
    many = part.get("sources")
    if isinstance(many, list):
        for number, item in enumerate(many):
            if isinstance(item, dict):
                yield ((path, "sources"), number), _source(item)


def _source(data: dict[str, Data]) -> Source:
    texts = {key: value for key, value in data.items() if isinstance(value, str)}
    document, exact = texts.get("document", ""), texts.get("exact", "")
    return Source(document, exact, texts.get("prefix", ""), texts.get("suffix", ""))
