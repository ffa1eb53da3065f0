"""Resolves what outside files refer to: subjects are partners, documents are documents."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urlsplit

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.files import METADATA_FILE, kind_of_path, scan
from milatui.archive.loader import load_file
from milatui.archive.records import Partner
from milatui.i18n import _
from milatui.index.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milatui.archive.kinds import Data
    from milatui.archive.records import Document
    from milatui.ingest.proposal import Proposal

DOCUMENT_REFERENCES: Final = ("translation_of", "version_of", "follows")


class PartnerDirectory:
    """The partners of an archive by id, name and website."""

    def __init__(self, root: Path) -> None:
        self._ids: set[str] = set()
        self._by_name: dict[str, str] = {}
        self._by_host: dict[str, str] = {}
        for relpath in scan(root):
            if relpath != METADATA_FILE and kind_of_path(relpath) == "partner":
                for located in load_file(root, relpath).records:
                    if isinstance(located.record, Partner):
                        self._add(located.record)
        self._by_host.pop("", None)

    def id_of(self, text: str) -> str:
        """Returns the id of the partner that a text is the id or a name of, or empty text."""
        return text if text in self._ids else self._by_name.get(fold(text.strip()), "")

    def of_address(self, address: str) -> str:
        """Returns the partner whose website (or its subdomain) ``address`` is on, or empty text."""
        host = _host(address)
        while "." in host:
            if name := self._by_host.get(host):
                return name
            host = host.partition(".")[2]
        return ""

    def _add(self, partner: Partner) -> None:
        self._ids.add(partner.id)
        for name in (partner.name, *(name.value for name in partner.names)):
            self._by_name.setdefault(fold(name.strip()), partner.id)
        if partner.website:
            self._by_host.setdefault(_host(partner.website), partner.name)


class UnresolvedReference(NamedTuple):
    """A reference to a document that is not there, and the key that it is kept under."""

    field: str
    identifier: str
    key: str


def with_known_subjects(proposal: Proposal, partners: PartnerDirectory) -> Proposal:
    """Keeps subjects that are partners; all others under ``subject_given``, with a note."""
    document = proposal.document
    if not document.subject:
        return proposal
    ids = [partners.id_of(subject) for subject in document.subject]
    topics: list[Data] = [
        subject for subject, known in zip(document.subject, ids, strict=True) if not known
    ]
    known = tuple(dict.fromkeys(identifier for identifier in ids if identifier))
    if not topics:
        return replace(proposal, document=replace(document, subject=known))
    key = _free_key(document, "subject")
    message = _("subjects that are not partners of the archive are kept as “{key}”")
    note = Diagnostic(
        proposal.file, proposal.line, 1, "subject", message.format(key=key), "warning"
    )
    document = replace(document, subject=known, extra={**document.extra, key: topics})
    return replace(proposal, document=document, notes=(*proposal.notes, note))


def without_unknown_documents(
    document: Document, has_id: Callable[[str], bool]
) -> tuple[Document, list[UnresolvedReference]]:
    """Moves references to documents that are not there (or to itself) to keys of their own.

    Args:
        has_id: Whether there is a document with an id.

    Returns:
        The document, and the references that were moved.
    """
    unresolved = []
    for field in DOCUMENT_REFERENCES:
        identifier: str = getattr(document, field)
        if identifier and (identifier == document.id or not has_id(identifier)):
            key = _free_key(document, field)
            unresolved.append(UnresolvedReference(field, identifier, key))
            extra = {**document.extra, key: identifier}
            document = _with_reference(document, field, "", extra)
    return document, unresolved


def with_resolved(document: Document, reference: UnresolvedReference) -> Document:
    """Puts a reference back in its field: the document is there by now."""
    extra = {key: value for key, value in document.extra.items() if key != reference.key}
    return _with_reference(document, reference.field, reference.identifier, extra)


def _with_reference(
    document: Document, field: str, identifier: str, extra: dict[str, Data]
) -> Document:
    if field == "translation_of":
        return replace(document, translation_of=identifier, extra=extra)
    if field == "version_of":
        return replace(document, version_of=identifier, extra=extra)
    return replace(document, follows=identifier, extra=extra)


def _free_key(document: Document, field: str) -> str:
    key = f"{field}_given"
    while key in document.extra:
        key += "_too"
    return key


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket out of place
        return ""
