"""Finds out whether an archive holds a document already: title, date and text decide together."""

from __future__ import annotations

from dataclasses import dataclass
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
from milatui.archive.records import Document
from milatui.archive.syntax.front_matter import split_front_matter
from milatui.archive.syntax.yaml_nodes import YamlSyntaxError
from milatui.index.analysis.folding import fold

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class _KnownText:
    """A document with some text.

    Attributes:
        identifier: Its id.
        heading: What ``_heading`` says of it; None as long as only its file has been seen.
        path: Its file in the archive, until the heading is known.
    """

    identifier: str
    heading: tuple[str, str] | None
    path: str = ""


class KnownDocuments:
    """Ids, files and texts of the documents of an archive; grows with what is added."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._ids: set[str] = set()
        self._stems: set[str] = set()
        self._texts: dict[bytes, list[_KnownText]] = {}

    @classmethod
    def of_archive(cls, root: Path) -> KnownDocuments:
        """Reads the documents of the archive at ``root``, faulty files as far as possible."""
        known = cls(root)
        for relpath in scan(root):
            if relpath != METADATA_FILE and kind_of_path(relpath) == "document":
                known._add_file(relpath)
        return known

    def add(self, document: Document, stem: str) -> None:
        """Adds a document, whose file is called ``stem``."""
        self._ids.add(document.id)
        self._stems.add(stem)
        text = _KnownText(document.id, _heading(document))
        self._texts.setdefault(content_digest(document.body), []).append(text)

    def has_id(self, identifier: str) -> bool:
        """Returns whether a document has this id."""
        return identifier in self._ids

    def has_stem(self, stem: str) -> bool:
        """Returns whether the file of a document is called so (without its ending)."""
        return stem in self._stems

    def exact_duplicate(self, document: Document) -> str:
        """Returns the id of a document with the same title, date and text, or empty text.

        Neither white space nor the case and accents of a title make a difference.  Documents
        without a text are the same only if they have the same id, too.
        """
        heading = _heading(document)
        for text in self._texts.get(content_digest(document.body), ()):
            if text.heading is None:
                text.heading = self._read_heading(text.path)
            same_id = text.identifier == document.id
            if text.heading == heading and (same_id or document.body.strip()):
                return text.identifier
        return ""

    def _add_file(self, relpath: str) -> None:
        stem = normalize_name(relpath.rpartition("/")[2].removesuffix(".md"))
        self._stems.add(stem)
        try:
            parts = split_front_matter(read_text(self._root, relpath))
        except (UnreadableFileError, YamlSyntaxError):
            self._ids.add(stem)
            return
        identifier = stem
        # Only a file whose name cannot be its id names the id: the others need no YAML.
        if "id:" in parts.header or '"id"' in parts.header or "'id'" in parts.header:
            for located in load_file(self._root, relpath).records:
                identifier = located.record.id
        self._ids.add(identifier)
        text = _KnownText(identifier, None, relpath)
        self._texts.setdefault(content_digest(parts.body), []).append(text)

    def _read_heading(self, relpath: str) -> tuple[str, str]:
        for located in load_file(self._root, relpath).records:
            if isinstance(located.record, Document):
                return _heading(located.record)
        return "", ""


def content_digest(body: str) -> bytes:
    """Returns a digest of the words of a text; white space makes no difference."""
    words = " ".join(body.split())
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _heading(document: Document) -> tuple[str, str]:
    """Returns title and date as they are compared."""
    return " ".join(fold(document.title).split()), document.date
