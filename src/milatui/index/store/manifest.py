"""The manifest of a generation: what it was made from, its segments, counts and checksums."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.index.store.layout import INDEX_NAME, MANIFEST, damaged
from milatui.index.store.whoosh_version import has_our_schema

if TYPE_CHECKING:
    from milatui.archive.kinds import Data

FORMAT: Final = 16
"""Version of everything in a generation beside Whoosh's schema."""


class FileEntry(NamedTuple):
    """A file of the generation: size in bytes, time of change in nanoseconds, checksums."""

    size: int
    mtime_ns: int
    sha256: str
    crc32: int


class HeadingRange(NamedTuple):
    """A heading of the timeline and its range of record numbers.

    Attributes:
        heading: See ``sort_order``: a year, a decade or century, or ``UNDATED``.
        start: Its first record number.
        stop: The record number after its last.
        events: Number of events in it.
        documents: Number of documents in it.
    """

    heading: int
    start: int
    stop: int
    events: int
    documents: int


class SegmentEntry(NamedTuple):
    """A segment of the Whoosh index.

    Attributes:
        segment_id: Its name within Whoosh.
        doc_count: Number of documents, deleted ones included.
        deleted: Document numbers that are deleted, ascending.
    """

    segment_id: str
    doc_count: int
    deleted: list[int]

    @property
    def file_prefix(self) -> str:
        """The beginning of the names of all its files."""
        return f"{INDEX_NAME}_{self.segment_id}."

    @property
    def records_file(self) -> str:
        """The name of the file of list rows and record columns."""
        return f"{self.file_prefix}rec"

    @property
    def documents_file(self) -> str:
        """The name of the codec's file of stored fields, lengths and columns."""
        return f"{self.file_prefix}doc"


class Manifest(NamedTuple):
    """What a generation is.

    Attributes:
        engine: Which Whoosh and schema made it, see ``whoosh_version``.
        archive: The archive's real path, see ``file_manifest.archive_id``.
        head: The content of ``archive.yaml``.
        built: When, in seconds since the epoch.
        counts: Number of records by kind.
        groups: Headings of the timeline in order.
        first_year: First year of the partners' histogram; 0 if nothing is dated.
        last_year: Its last year.
        details: Kinds within the kinds, by their number in column ``detail``; the first is empty.
        languages: Languages, likewise.
        publishers: Publishers, likewise.
        sectors: Sectors of partners, likewise.
        synonyms: Groups of words that mean the same.
        duplicates: Records that were left out because their ids occur twice.
        segments: In the order of their documents.
        previous: Folder of the generation before, which open sessions may read.
        files: All files of the folder but the manifest.
    """

    engine: str
    archive: str
    head: dict[str, Data]
    built: int
    counts: dict[str, int]
    groups: list[HeadingRange]
    first_year: int
    last_year: int
    details: list[str]
    languages: list[str]
    publishers: list[str]
    sectors: list[str]
    synonyms: list[list[str]]
    duplicates: int
    segments: list[SegmentEntry]
    previous: str
    files: dict[str, FileEntry]
    format: int = FORMAT

    @property
    def size(self) -> int:
        """Number of records."""
        return sum(self.counts.values())

    @property
    def doc_count(self) -> int:
        """Number of documents in all segments, deleted ones included."""
        return sum(segment.doc_count for segment in self.segments)

    @property
    def title(self) -> str:
        """Title of the archive."""
        return self._head_text("title")

    @property
    def home(self) -> str:
        """Id of the organisation whose archive it is, or empty."""
        return self._head_text("home")

    @property
    def description(self) -> str:
        """What the archive says of itself, or empty."""
        return self._head_text("description")

    def _head_text(self, key: str) -> str:
        text = self.head.get(key)
        return text if isinstance(text, str) else ""

    @property
    def declared_languages(self) -> tuple[str, ...]:
        """Languages that the archive names.

        Returns:
            BCP 47 codes in the order of ``archive.yaml``; empty if it has none.
        """
        languages = self.head.get("languages")
        return tuple(map(str, languages)) if isinstance(languages, list) else ()

    @property
    def main_language(self) -> str:
        """Language of the records that have none of their own."""
        return main_language(self.head)

    def to_json(self) -> bytes:
        """Encodes the manifest."""
        segments = [segment._asdict() for segment in self.segments]
        found = self._asdict() | {"segments": segments}
        return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode(
            "utf-8", "surrogatepass"
        )

    @classmethod
    def from_json(cls, data: bytes) -> Self:
        """Decodes what ``to_json`` returned.

        Raises:
            IndexUnusable: damaged, or of another version.
        """
        try:
            found = json.loads(data.decode("utf-8", "surrogatepass"))
            if found["format"] != FORMAT or not has_our_schema(found["engine"]):
                message = _("the index was built by another version of milatui")
                raise IndexUnusable("foreign version", message)
            found["groups"] = [HeadingRange(*group) for group in found["groups"]]
            found["segments"] = [SegmentEntry(**segment) for segment in found["segments"]]
            found["files"] = {name: FileEntry(*entry) for name, entry in found["files"].items()}
            return cls(**found)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise damaged(MANIFEST) from error


def main_language(head: dict[str, Data]) -> str:
    """Returns the first language of an archive, English if it names none.

    Args:
        head: The archive's metadata, as ``metadata_to_dict`` gives it.
    """
    languages = head.get("languages")
    return str(languages[0]) if isinstance(languages, list) and languages else "en"
