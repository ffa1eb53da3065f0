"""Queues the organisations that documents of an archive name and no record has."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milatui.archive.records import Document, Name, Partner
from milatui.i18n import ngettext
from milatui.ingest.detect import slug
from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.recognise import recognise
from milatui.ingest.review.candidate import guess_partner_kind, name_key
from milatui.ingest.review.record_edits import RecordEdits
from milatui.ingest.review.similar_names import nearest_name
from milatui.ingest.review.source_words import sentence_around, source_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from milatui.archive.loader import LoadedArchive
    from milatui.archive.records import Source
    from milatui.ingest.recognise.findings import OrganisationMention


@dataclass(slots=True)
class QueuedName:
    """An organisation without a record.

    Attributes:
        name: The form of its name that most documents use first.
        documents: The ids of the documents that name it, in the order of their files.
        source: A passage that names it.
        nearest: The id of the partner whose name is most like it; empty if none is.
        short_names: Other forms of its name.
    """

    name: str
    documents: list[str] = field(default_factory=list)
    source: Source | None = None
    nearest: str = ""
    short_names: dict[str, None] = field(default_factory=dict)


def queue_names(loaded: LoadedArchive, least: int = 2) -> list[QueuedName]:
    """Recognises the organisations of all documents; returns those without a record.

    Args:
        loaded: The archive.
        least: How many documents must name one.

    Returns:
        The names in most documents first.
    """
    records = (each.record for kind in ("partner", "person") for each in loaded.records[kind])
    names = NameIndex(records)
    by_key: dict[str, QueuedName] = {}
    for document in _documents(loaded):
        for mention in recognise(document, names).organisations:
            _add(by_key, document, mention)
    queue = [each for each in by_key.values() if len(each.documents) >= least]
    _find_nearest(queue, names.partners.values())
    return sorted(queue, key=lambda each: (-len(each.documents), each.name))


def _documents(loaded: LoadedArchive) -> Iterable[Document]:
    for located in loaded.records["document"]:
        if isinstance(located.record, Document):
            yield located.record


def _add(by_key: dict[str, QueuedName], document: Document, mention: OrganisationMention) -> None:
    queued = by_key.setdefault(name_key(mention.name), QueuedName(mention.name))
    if document.id not in queued.documents:
        queued.documents.append(document.id)
    queued.short_names.update(dict.fromkeys(mention.short_names))
    if queued.source is None:
        span = sentence_around(document.body, mention.span)
        queued.source = source_of(document.id, document.body, *span)


def _find_nearest(queue: Iterable[QueuedName], partners: Iterable[Partner]) -> None:
    ids: dict[str, str] = {}
    for partner in partners:
        for name in (partner.name, *(each.value for each in partner.names)):
            ids.setdefault(name_key(name), partner.id)
    for queued in queue:
        queued.nearest = nearest_name(name_key(queued.name), ids)


def accept_name(
    root: Path, loaded: LoadedArchive, queued: QueuedName, *, alias_of: str = "", kind: str = ""
) -> RecordEdits:
    """Makes a partner of a name, or an alias; the documents that name it get it as a subject.

    Args:
        root: The archive.
        loaded: Its records.
        queued: The name.
        alias_of: The id of the partner that it is another name of; empty makes a partner.
        kind: The kind of the new partner; empty guesses it by the name.

    Returns:
        The edits, not written yet.

    Raises:
        KeyError: there is no partner ``alias_of``.
        EditError: a file cannot be edited in place.
        UnreadableFileError: a file gives no text.
    """
    edits = RecordEdits(root)
    if alias_of:
        partner = edits.partner(alias_of)
        if partner is None:
            raise KeyError(alias_of)
        alias = Name(queued.name, kind="alias", source=queued.documents[0])
        edits.append_name(partner, alias)
    else:
        number = len(queued.documents)
        form = ngettext("named in {n} document", "named in {n} documents", number)
        partner = Partner(
            id=edits.free_id("partner", slug(queued.name)),
            name=queued.name,
            kind=kind or guess_partner_kind(queued.name),
            relation=form.format(n=number),
            names=[Name(each) for each in queued.short_names if each != queued.name],
            sources=[queued.source] if queued.source else [],
        )
        edits.make(partner, partner.id)
    wanted = set(queued.documents)
    for located in loaded.records["document"]:
        if located.record.id in wanted and isinstance(located.record, Document):
            edits.append_subject(located.file, located.record, partner.id)
    return edits
