"""The codec and its segment: what Whoosh's writers, readers and table of contents refer to.

A segment ``NAME`` consists of two array files: ``NAME.inv`` (``postings``) and ``NAME.doc``
(``documents``). Columns that Whoosh's ``add_sortable`` adds later are files ``NAME.FIELD.col``.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final, NamedTuple, Self, TypedDict

from whoosh.codec import base

from milatui.index.codec.arrayfile import ArrayFile, ArrayFileError
from milatui.index.codec.columns import map_storage_file
from milatui.index.codec.documents import DocumentsReader, FlatPerDocReader
from milatui.index.codec.postings import FieldReader
from milatui.index.codec.terms_reader import FlatTermsReader

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.filedb.filestore import Storage
    from whoosh.filedb.structfile import StructFile

    from milatui.index.codec.documents_writer import FlatPerDocWriter
    from milatui.index.codec.segment_writer import FlatFieldWriter

POSTINGS_EXT: Final = ".inv"
DOCUMENTS_EXT: Final = ".doc"
COLUMN_EXT: Final = ".col"
_BLOCK: Final = 1 << 20


class SegmentManifest(TypedDict):
    """What is needed to open a segment without Whoosh's table of contents; JSON types only.

    Attributes:
        index_name: The name of the index, usually ``MAIN``.
        segment_id: The segment's own part of its file names.
        doc_count: The number of documents, deleted ones included.
        deleted: The deleted documents, ascending.
        files: Size and CRC-32 of each file, by name.
    """

    index_name: str
    segment_id: str
    doc_count: int
    deleted: list[int]
    files: dict[str, list[int]]


class SegmentError(ValueError):
    """A file of a segment is missing, damaged, or not the one that the manifest names."""


class FieldReaders(Mapping[str, FieldReader]):
    """The readers of the fields that have terms, by name, in the order of names.

    Args:
        postings: The postings file.
        documents: The documents; None if the segment has no documents file yet.
    """

    def __init__(self, postings: ArrayFile, documents: DocumentsReader | None) -> None:
        self._postings = postings
        self._documents = documents
        self._readers: dict[str, FieldReader | None] = dict.fromkeys(postings.meta["fields"])

    def __getitem__(self, name: str) -> FieldReader:
        reader = self._readers[name]
        if reader is None:
            lengths = None if self._documents is None else self._documents.lengths(name)
            reader = self._readers[name] = FieldReader(self._postings, name, lengths)
        return reader

    def __iter__(self) -> Iterator[str]:
        return iter(self._readers)

    def __len__(self) -> int:
        return len(self._readers)


class SegmentArrays(NamedTuple):
    """The opened files of a segment: everything it holds, as arrays.

    Attributes:
        fields: The readers of the fields that have terms.
        documents: Lengths, stored fields, columns, vectors.
        postings_file: The postings file, for arrays that a builder added to it.
    """

    fields: FieldReaders
    documents: DocumentsReader
    postings_file: ArrayFile


class FlatSegment(base.Segment):
    """A segment: its name, its number of documents, and which of them are deleted.

    Whoosh's table of contents pickles these three only. ``from_manifest`` opens a segment without
    it, and so without unpickling anything:
    ``SegmentReader(storage, schema, FlatSegment.from_manifest(manifest))``.
    """

    def __init__(self, indexname: str, segment_id: str | None = None) -> None:
        super().__init__(indexname)
        if segment_id is not None:
            self.segid = segment_id
        self._doc_count = 0
        self._deleted: set[int] = set()
        self._storage: Storage | None = None
        self._files: dict[str, ArrayFile] = {}

    def __getstate__(self) -> dict[str, object]:
        return {
            "indexname": self.indexname,
            "segid": self.segid,
            "doc_count": self._doc_count,
            "deleted": sorted(self._deleted),
        }

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__init__(state["indexname"], state["segid"])  # type: ignore[misc]
        self._doc_count = state["doc_count"]  # type: ignore[assignment]
        self._deleted = set(state["deleted"])  # type: ignore[call-overload]

    @classmethod
    def from_manifest(cls, manifest: SegmentManifest) -> Self:
        """Makes a segment from its manifest; its files are not touched.

        Raises:
            SegmentError: if the manifest is incomplete.
        """
        try:
            segment = cls(manifest["index_name"], manifest["segment_id"])
            segment._doc_count = manifest["doc_count"]
            segment._deleted = set(manifest["deleted"])
        except (KeyError, TypeError) as error:
            raise SegmentError(f"the manifest of a segment is not valid: {error!r}") from error
        return segment

    def to_manifest(self, storage: Storage, *, checksums: bool = True) -> SegmentManifest:
        """Describes the segment and its files.

        Args:
            storage: Where its files lie.
            checksums: Whether to read all files and record their CRC-32; else it is 0.
        """
        return {
            "index_name": self.indexname,
            "segment_id": self.segid,
            "doc_count": self._doc_count,
            "deleted": sorted(self._deleted),
            "files": {
                name: [storage.file_length(name), crc32(storage, name) if checksums else 0]
                for name in sorted(self.list_files(storage))
            },
        }

    def open(self, storage: Storage) -> SegmentArrays:
        """Maps the segment's files into memory; the maps are shared by all that open it.

        Raises:
            SegmentError: if a file is missing, cut off or has a damaged head, or has another
                number of documents.
        """
        documents = self.open_documents(storage)
        if documents.doc_count != self._doc_count:
            name = self.make_filename(DOCUMENTS_EXT)
            count = f"{documents.doc_count} documents, not {self._doc_count}"
            raise SegmentError(f"{name} cannot be opened: it has {count}")
        postings = self._open(storage, POSTINGS_EXT)
        return SegmentArrays(FieldReaders(postings, documents), documents, postings)

    def open_documents(self, storage: Storage) -> DocumentsReader:
        """Maps the documents file only.

        Raises:
            SegmentError: see ``open``.
        """
        return DocumentsReader(self._open(storage, DOCUMENTS_EXT))

    def open_fields(self, storage: Storage) -> FieldReaders:
        """Maps the postings file, and the documents file if there is one.

        Raises:
            SegmentError: see ``open``.
        """
        has_documents = storage.file_exists(self.make_filename(DOCUMENTS_EXT))
        documents = self.open_documents(storage) if has_documents else None
        return FieldReaders(self._open(storage, POSTINGS_EXT), documents)

    def _open(self, storage: Storage, extension: str) -> ArrayFile:
        if storage is not self._storage:
            self._storage, self._files = storage, {}
        if extension not in self._files:
            self._files[extension] = open_arrays(storage, self.make_filename(extension))
        return self._files[extension]

    def codec(self, **_kwargs: object) -> FlatCodec:
        """Returns the codec."""
        return FlatCodec()

    def should_assemble(self) -> bool:
        """Refuses compound files: Whoosh would copy parts of them into memory."""
        return False

    def set_doc_count(self, doccount: int) -> None:
        """Sets the number of documents."""
        self._doc_count = doccount

    def doc_count_all(self) -> int:
        """Returns the number of documents, deleted ones included."""
        return self._doc_count

    def deleted_count(self) -> int:
        """Returns the number of deleted documents."""
        return len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Iterates over the deleted documents in ascending order."""
        return iter(sorted(self._deleted))

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        """Marks a document as deleted, or no longer."""
        if delete:
            self._deleted.add(docnum)
        else:
            self._deleted.discard(docnum)

    def is_deleted(self, docnum: int) -> bool:
        """Returns whether a document is deleted."""
        return docnum in self._deleted


class FlatCodec(base.Codec):
    """Whoosh's codec interface: pass it as ``index.writer(codec=FlatCodec())``.

    Readers take the codec from the segment, so that ``open_dir`` needs no argument.
    """

    def per_document_writer(self, storage: Storage, segment: FlatSegment) -> FlatPerDocWriter:
        """Returns the writer of documents."""
        # Deferred: searches load no writers.
        from milatui.index.codec.documents_writer import FlatPerDocWriter

        return FlatPerDocWriter(
            create_segment_file(storage, segment, DOCUMENTS_EXT), _folder(storage)
        )

    def field_writer(self, storage: Storage, segment: FlatSegment) -> FlatFieldWriter:
        """Returns the writer of postings."""
        # Deferred: searches load no writers.
        from milatui.index.codec.segment_writer import FlatFieldWriter

        file = create_segment_file(storage, segment, POSTINGS_EXT)
        return FlatFieldWriter(file, segment.doc_count_all, _folder(storage))

    def per_document_reader(self, storage: Storage, segment: FlatSegment) -> FlatPerDocReader:
        """Returns the reader of documents; the postings need not exist yet."""
        return FlatPerDocReader(storage, segment, segment.open_documents(storage))

    def terms_reader(self, storage: Storage, segment: FlatSegment) -> FlatTermsReader:
        """Returns the reader of terms and postings."""
        return FlatTermsReader(segment.open_fields(storage))

    def new_segment(self, _storage: Storage, indexname: str) -> FlatSegment:
        """Returns a new segment with a random name."""
        return FlatSegment(indexname)

    def supports_columns(self) -> bool:
        """Tells Whoosh that there may be columns."""
        return True

    @classmethod
    def column_filename(cls, segment: FlatSegment, fieldname: str) -> str:
        """Returns the file of a column that is added to a finished segment."""
        name: str = segment.make_filename(f".{fieldname}{COLUMN_EXT}")
        return name


def verify(storage: Storage, manifest: SegmentManifest) -> None:
    """Reads all files of a segment and compares them with its manifest.

    Raises:
        SegmentError: if one is missing, or differs in size or content.
    """
    for name, (size, expected) in manifest["files"].items():
        if not storage.file_exists(name) or storage.file_length(name) != size:
            raise SegmentError(f"{name} is missing or has another size than {size}")
        if crc32(storage, name) != expected:
            raise SegmentError(f"{name} is damaged: its checksum differs")


def crc32(storage: Storage, name: str) -> int:
    """Computes the CRC-32 of a file."""
    check = 0
    with storage.open_file(name) as file:
        while block := file.read(_BLOCK):
            check = zlib.crc32(block, check)
    return check


def open_arrays(storage: Storage, name: str) -> ArrayFile:
    """Opens an array file of a Whoosh storage: mapped if it lies on disk, copied if in memory.

    Raises:
        SegmentError: if it is missing or damaged.
    """
    try:
        return ArrayFile(map_storage_file(storage, name), name)
    except (OSError, NameError, ArrayFileError) as error:
        raise SegmentError(f"{name} cannot be opened: {error}") from error


def create_segment_file(storage: Storage, segment: FlatSegment, extension: str) -> StructFile:
    """Creates a file of a segment that can be mapped while it is written."""
    return segment.create_file(storage, extension, mode="w+b")


def _folder(storage: Storage) -> str | None:
    return getattr(storage, "folder", None) or None
