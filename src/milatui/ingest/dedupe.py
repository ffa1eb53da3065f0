"""Finds out whether an archive holds a document already, or one that is nearly the same."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from milatui.archive.files import METADATA_FILE, kind_of_path, normalize_name, scan
from milatui.archive.loader import load_file
from milatui.archive.records import Document
from milatui.index.analysis.folding import fold
from milatui.ingest.near_duplicates.finder import NearDuplicateFinder
from milatui.ingest.sketch_cache import CachedDocument, SketchCache

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milatui.archive.files import FileStat
    from milatui.ingest.near_duplicates.finder import NearDuplicate, SketchedDocument

_COMMIT_BATCH = 1_000
"""Documents that are read before the cache is written."""


class KnownDocuments:
    """Ids, digests and sketches of the documents of an archive; grows with what is added.

    Close it to keep for the next time what was read.

    Args:
        root: The archive. Faulty files are read as far as possible.
        progress: Told how many files are known, of how many.
    """

    def __init__(self, root: Path, progress: Callable[[int, int], None] | None = None) -> None:
        self._paths: dict[str, str] = {}
        self._contents: dict[bytes, str] = {}
        self._near = NearDuplicateFinder()
        self._cache = SketchCache(root)
        files = {
            path: stat
            for path, stat in scan(root).items()
            if path != METADATA_FILE and kind_of_path(path) == "document"
        }
        new = self._add_cached(files)
        for number, (path, stat) in enumerate(new.items(), 1):
            self._add_file(root, path, stat)
            if progress is not None:
                progress(number, len(new))
            if number % _COMMIT_BATCH == 0:
                self._cache.commit()
        self._cache.commit()

    def close(self) -> None:
        """Closes the cache."""
        self._cache.close()

    def has_id(self, identifier: str) -> bool:
        """Returns whether a document has this id."""
        return identifier in self._paths

    def path_of(self, identifier: str) -> str:
        """Returns the path of the document with an id; empty if there is none."""
        return self._paths.get(identifier, "")

    def same_content(self, document: Document) -> str:
        """Returns the id of the same document (see ``content_digest``), or empty text."""
        return self._contents.get(content_digest(document), "")

    def near(self, document: Document) -> tuple[SketchedDocument | None, NearDuplicate | None]:
        """Returns the sketch of a document, and what it is nearly the same as."""
        return self._near.find(document) or (None, None)

    def add(
        self,
        document: Document,
        sketched: SketchedDocument | None,
        path: str,
        stat: FileStat | None,
    ) -> None:
        """Adds a document.

        Args:
            document: The document.
            sketched: The sketch that ``near`` has made of it.
            path: Where it is or would be, within the archive.
            stat: The status of its file, by which it is remembered for the next time; None if it
                is not written.
        """
        known = CachedDocument(document.id, content_digest(document), sketched)
        self._add(known, path)
        if stat is not None:
            self._cache.put(path, stat, known)

    def keep(self, path: str, stat: FileStat) -> None:
        """Keeps what is known of a file that was edited, but not in what is compared."""
        self._cache.update(path, stat)

    def commit(self) -> None:
        """Writes what was remembered."""
        self._cache.commit()

    def _add(self, known: CachedDocument, path: str) -> None:
        self._paths.setdefault(known.id, path)
        self._contents.setdefault(known.digest, known.id)
        if known.sketched is not None:
            self._near.add(known.sketched)

    def _add_cached(self, files: dict[str, FileStat]) -> dict[str, FileStat]:
        """Adds the files that are as they were when they were read; returns the others."""
        new = dict(files)
        changed = []
        for path, stat, known in self._cache.rows():
            if files.get(path) == stat:
                self._add(known, path)
                del new[path]
            else:
                changed.append(path)
        self._cache.remove(changed)
        return new

    def _add_file(self, root: Path, path: str, stat: FileStat) -> None:
        records = [located.record for located in load_file(root, path).records]
        if not records:
            # Its id cannot be read: its file name counts, which no other document may have.
            self._paths.setdefault(normalize_name(PurePosixPath(path).stem), path)
        for record in records:
            if isinstance(record, Document):
                sketched, _near = self.near(record)
                self.add(record, sketched, path, stat)


def content_digest(document: Document) -> bytes:
    """Returns a digest of title, date and words; without words also of the id.

    Two announcements with the same words and another title or date are two.  White space, and
    the case and accents of a title, make no difference.
    """
    words = " ".join(document.body.split()) or f"\0{document.id}"
    content = "\n".join((" ".join(fold(document.title).split()), document.date, words))
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).digest()
