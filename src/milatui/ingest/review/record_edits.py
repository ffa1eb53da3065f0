"""Collects edits of an archive's records: new files, and additions to those that are there."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING, Final

from milatui.archive.edit.record_file import RecordFile, new_record_path, numbered_path
from milatui.archive.edit.yaml_edit import EditError
from milatui.archive.files import METADATA_FILE, kind_of_path, scan
from milatui.archive.loader import load_file
from milatui.archive.published.json_schema import FOLDER, modeline
from milatui.archive.records import Event, Figure, Partner, Person, Statement
from milatui.archive.serialize import kind_of, part_to_dict, record_to_dict
from milatui.archive.writer import ConflictError, sync_files
from milatui.i18n import _
from milatui.ingest.review.candidate import name_key
from milatui.ingest.review.similar_names import nearest_name

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence
    from pathlib import Path

    from milatui.archive.edit.record_file import WrittenList
    from milatui.archive.kinds import Data, Kind
    from milatui.archive.records import Document, Name, Record, Role

MAX_GROUPED: Final = 500
"""Records of a file of many: it stays quick to read and to look through."""


class _NumberedFiles:
    """The numbered files of records of a kind: ``part-001.yaml``, ... each filled before the next.

    Args:
        kind: The kind.
        taken: Paths that there are already.
    """

    def __init__(self, kind: Kind, taken: Container[str]) -> None:
        self._kind: Kind = kind
        self._number = next(n for n in count(1) if numbered_path(kind, n) not in taken)
        self._room = MAX_GROUPED

    def next_path(self) -> str:
        """Returns the path of the file that takes the next record."""
        if not self._room:
            self._number += 1
            self._room = MAX_GROUPED
        self._room -= 1
        return numbered_path(self._kind, self._number)


class RecordEdits:
    """Collects the edits of records of an archive, and writes them.

    Attributes:
        refused: Why accepted candidates could not become records, for people.
    """

    def __init__(self, root: Path) -> None:
        self.refused: list[str] = []
        self._root = root
        self._files: dict[str, RecordFile] = {}
        self._new: dict[tuple[Kind, str], tuple[str, Record]] = {}
        self._numbered: dict[Kind, _NumberedFiles] = {}
        self._written: dict[str, WrittenList] = {}
        self._names: dict[tuple[Kind, str], Partner | Person] = {}
        self._made: dict[tuple[Kind, str], frozenset[bytes]] = {}
        self._paths: dict[tuple[Kind, str], str] = {}
        self._partner_ids: dict[str, str] = {}
        self._person_ids: dict[str, str] = {}
        self._has_schemas = (root / FOLDER).is_dir()
        self._taken = scan(root)
        for relpath in self._taken:
            if relpath != METADATA_FILE and kind_of_path(relpath) != "document":
                for located in load_file(root, relpath).records:
                    self._learn(located.record, relpath)

    @property
    def records(self) -> Iterable[Record]:
        """The partners and people of the archive, and those that are made."""
        return self._names.values()

    def write(self, *, grouped: bool = False) -> list[str]:
        """Writes all files that were changed, each atomically.

        Args:
            grouped: Whether new records come into files of many; else each into the file that is
                named after it, or after its document.

        Returns:
            The paths of the files in the archive.

        Raises:
            ConflictError: somebody else has changed a file meanwhile.
            OSError: the disk does not take it.
        """
        self._insert_new(grouped)
        written = [path for path, file in self._files.items() if file.text != file.before]
        for relpath in written:
            file = self._files[relpath]
            file.write(sync=False)
            if file.written is not None:
                self._written[relpath] = file.written
        sync_files(self._root, written)
        # Read again if another edit needs it: an import of any size needs no more memory.
        self._files.clear()
        return written

    def _insert_new(self, grouped: bool) -> None:
        """Puts the new records into the files that they belong to."""
        by_path: dict[str, list[Record]] = {}
        for key, (path, record) in self._new.items():
            kind, _identifier = key
            if grouped:
                if kind not in self._numbered:
                    self._numbered[kind] = _NumberedFiles(kind, self._taken)
                path = self._numbered[kind].next_path()
                if key in self._paths:
                    self._paths[key] = path
            by_path.setdefault(path, []).append(record)
        self._new.clear()
        for path, records in by_path.items():
            kind = kind_of(records[0])
            try:
                self._append(path, kind, records)
            except EditError as error:
                # Another program has made a file of that name meanwhile.
                raise ConflictError(self._root / path, error.message) from None

    def _append(self, path: str, kind: Kind, records: Sequence[Record]) -> None:
        top = modeline(kind) if self._has_schemas else ""
        self._file(path, kind).append_records([record_to_dict(each) for each in records], top)

    # Looking up --------------------------------------------------------------------------

    def partner_id(self, name: str) -> str:
        """Returns the id of the partner with a name or id; empty if there is none."""
        if ("partner", name) in self._names:
            return name
        return self._partner_ids.get(name_key(name), "")

    def nearest_partner(self, name: str) -> str:
        """Returns the id of the partner whose name is most like another one; empty if none is."""
        return nearest_name(name_key(name), self._partner_ids)

    def person_id(self, name: str) -> str:
        """Returns the id of the person with a name or id; empty if there is none."""
        if ("person", name) in self._names:
            return name
        return self._person_ids.get(name_key(name), "")

    def partner(self, identifier: str) -> Partner | None:
        """Returns a partner of the archive, or one that is made."""
        found = self._names.get(("partner", identifier))
        return found if isinstance(found, Partner) else None

    def person(self, identifier: str) -> Person | None:
        """Returns a person of the archive, or one that is made."""
        found = self._names.get(("person", identifier))
        return found if isinstance(found, Person) else None

    def path_of(self, kind: Kind, identifier: str) -> str:
        """Returns the path of the file that a record is in, or will be."""
        return self._paths[kind, identifier]

    def changes(self) -> Iterator[tuple[str, str, str]]:
        """Yields what would be written.

        Yields:
            Path, text before (empty if the file is new) and text after of each file.
        """
        self._insert_new(grouped=False)
        for relpath, file in self._files.items():
            if file.text != file.before:
                yield relpath, file.before, file.text

    def find_same(self, record: Event | Figure | Statement, wanted: str) -> str:
        """Returns the id of a record that says the same by the same words; empty if none does.

        Args:
            record: A record that is not made yet.
            wanted: Its id; also ``wanted-2``, ... are looked at, as far as there are any.
        """
        kind = kind_of(record)
        digests = _digests(record)
        for identifier in _numbered(wanted):
            present = self._made.get((kind, identifier))
            if present is None:
                return ""
            if present & digests:
                return identifier
        return ""

    def free_id(self, kind: Kind, wanted: str) -> str:
        """Returns an id that no record of a kind has: ``wanted``, or with a number."""
        taken = self._names if kind in ("partner", "person") else self._made
        ids = _numbered(wanted or kind)
        return next(each for each in ids if (kind, each) not in taken)

    # Editing -----------------------------------------------------------------------------

    def make(self, record: Record, file_name: str) -> None:
        """Adds a new record to the file that is named after ``file_name``, or to a numbered one.

        Raises:
            EditError: the file that is there cannot be extended in place.
            UnreadableFileError: it gives no text.
        """
        kind = kind_of(record)
        path = new_record_path(kind, file_name)
        if path in self._files or (self._root / path).exists():
            self._append(path, kind, [record])
        else:
            self._new[kind, record.id] = path, record
        self._learn(record, path)

    def append_name(self, partner: Partner, name: Name) -> None:
        """Gives a partner another name; errors as of ``make``."""
        extended = replace(partner, names=(*partner.names, name))
        self._extend(extended, "names", part_to_dict(name))

    def append_role(self, person: Person, role: Role) -> None:
        """Gives a person another role; errors as of ``make``."""
        extended = replace(person, roles=(*person.roles, role))
        self._extend(extended, "roles", part_to_dict(role))

    def _extend(self, extended: Partner | Person, key: str, item: Data) -> None:
        """Adds an item to a list of a record.

        Args:
            extended: The record with the item.
            key: The name of the list.
            item: The item.
        """
        kind = kind_of(extended)
        path = self._paths[kind, extended.id]
        if (kind, extended.id) in self._new:
            self._new[kind, extended.id] = path, extended
        else:
            self._file(path, kind).append_item(extended.id, key, item)
        self._learn(extended, path)

    def append_subject(self, path: str, document: Document, partner: str) -> None:
        """Adds a partner to the subjects of a document, once; errors as of ``make``."""
        file = self._file(path, "document")
        if partner not in file.list_items(document.id, "subject"):
            file.append_item(document.id, "subject", partner)

    def set_value(self, path: str, document: Document, key: str, value: str) -> None:
        """Gives a document a value in its front matter; errors as of ``make``."""
        self._file(path, "document").set_value(document.id, key, value)

    def refuse(self, document: str, what: str, reason: str) -> None:
        """Remembers that an accepted candidate could not become a record."""
        message = _("{document}: {what}: {reason}")
        self.refused.append(message.format(document=document, what=what, reason=reason))

    def _file(self, path: str, kind: Kind) -> RecordFile:
        if path not in self._files:
            self._files[path] = RecordFile(self._root, path, kind, self._written.get(path))
        return self._files[path]

    def _learn(self, record: Record, path: str) -> None:
        key = kind_of(record), record.id
        if isinstance(record, Partner | Person):
            self._names[key] = record
            self._paths.setdefault(key, path)
        if isinstance(record, Partner):
            for name in (record.name, *(each.value for each in record.names)):
                self._partner_ids.setdefault(name_key(name), record.id)
        elif isinstance(record, Person):
            self._person_ids.setdefault(name_key(record.name), record.id)
        elif isinstance(record, Event | Figure | Statement):
            # All of their text would fill the memory in an import of many documents.
            self._made[key] = _digests(record)


def _digests(record: Event | Figure | Statement) -> frozenset[bytes]:
    """Returns a digest of what a record says with each of its sources."""
    sources = record.sources if isinstance(record, Event) else (record.source,)
    value = record.value if isinstance(record, Figure) else ""
    return frozenset(
        blake2b(
            "\0".join((value, each.document, each.exact, each.prefix, each.suffix)).encode(),
            digest_size=8,
        ).digest()
        for each in sources
        if each is not None
    )


def _numbered(wanted: str) -> Iterator[str]:
    yield wanted
    for number in count(2):
        yield f"{wanted}-{number}"
