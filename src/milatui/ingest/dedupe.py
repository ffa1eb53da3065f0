"""Finds out whether an archive holds a document already, by id or by content."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

from milatui.archive.files import (
    METADATA_FILE,
    UnreadableFileError,
    kind_of_path,
    normalize_name,
    read_text,
    scan,
)
from milatui.archive.loader import load_file
from milatui.archive.syntax.front_matter import split_front_matter
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.archive.records import Document


class KnownDocuments:
    """Ids and digests of the documents of an archive; grows with what is added."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._contents: dict[bytes, str] = {}

    @classmethod
    def of_archive(cls, root: Path) -> KnownDocuments:
        """Reads the documents of the archive at ``root``, faulty files as far as possible."""
        holdings = cls()
        for relpath in scan(root):
            if relpath != METADATA_FILE and kind_of_path(relpath) == "document":
                holdings._add_file(root, relpath)
        return holdings

    def add(self, identifier: str, body: str) -> None:
        """Adds a document."""
        self._ids.add(identifier)
        digest = content_digest(body)
        if digest is not None:
            self._contents.setdefault(digest, identifier)

    def has_id(self, identifier: str) -> bool:
        """Returns whether a document has this id."""
        return identifier in self._ids

    def same_content(self, document: Document) -> str:
        """Returns the id of a document with the same text (except whitespace), or empty text."""
        digest = content_digest(document.body)
        return self._contents.get(digest, "") if digest is not None else ""

    def _add_file(self, root: Path, relpath: str) -> None:
        try:
            parts = split_front_matter(read_text(root, relpath))
        except (UnreadableFileError, YamlSyntaxError):
            self._ids.add(normalize_name(relpath.rpartition("/")[2].removesuffix(".md")))
            return
        identifier = normalize_name(relpath.rpartition("/")[2].removesuffix(".md"))
        # Only a file whose name cannot be its id names the id: the others need no YAML.
        if "id:" in parts.header or '"id"' in parts.header or "'id'" in parts.header:
            load = load_file(root, relpath)
            for located in load.records:
                identifier = located.record.id
        self.add(identifier, parts.body)


def content_digest(body: str) -> bytes | None:
    """Returns a digest of the words of a text; None if it has none."""
    words = " ".join(body.split())
    if not words:
        return None
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()
