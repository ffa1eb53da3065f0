"""Checks what only several records together can show: references, evidence, order, duplicates."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.files import (
    METADATA_FILE,
    endings_of,
    is_original_path,
    printable_path,
    unread_files,
)
from milatui.archive.kinds import FOLDERS, KINDS
from milatui.archive.quotes.document_text import document_text, find_quotes
from milatui.archive.records import Document, Event, Figure, Partner, Person, Source, Statement
from milatui.archive.sanitize import excerpt
from milatui.archive.schema import (
    FIELD_SOURCE,
    NAME,
    SCHEMAS,
    SOURCE,
    ListOf,
    MapOf,
    RecordSchema,
    Scalar,
)
from milatui.archive.serialize import record_to_dict
from milatui.archive.source_map import DiagnosticCollector, path_in_file
from milatui.archive.validate import format_path
from milatui.i18n import _
from milatui.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from milatui.archive.edtf import EdtfDate
    from milatui.archive.kinds import Data, Kind
    from milatui.archive.loader import LoadedArchive, LoadedRecord
    from milatui.archive.records import ArchiveMetadata
    from milatui.archive.schema import ValueSchema
    from milatui.archive.validate import FieldPath


_MOST_NAMES: Final = 5
"""Names of files that a message lists."""


def check(loaded: LoadedArchive) -> list[Diagnostic]:
    """Checks the records of an archive against each other.

    Those of single files are in ``loaded.diagnostics``.  What refers to a record that was
    rejected while loading is not a fault of its own.

    Returns:
        The diagnostics, by file and line.
    """
    reporter = DiagnosticCollector(loaded.root)
    first_of = _report_duplicates(loaded, reporter)
    references = ReferenceCheck(loaded, first_of, reporter)
    evidence = QuoteCheck(loaded, first_of["document"], reporter)
    references.check_head(loaded.head, METADATA_FILE)
    for kind in KINDS:
        table = SCHEMAS[kind]
        for located in loaded.records[kind]:
            data = record_to_dict(located.record)
            for field_path, shape, value in walk_values(data, table):
                references.check(located, field_path, shape, value)
                evidence.check(located, field_path, shape, value)
            evidence.check_presence(located)
            _check_original_file(located, loaded.root, reporter)
            _check_order(located, first_of["document"], reporter)
    return sorted([*reporter.diagnostics, *_unread(loaded.root)])


def _unread(root: Path) -> Iterator[Diagnostic]:
    """Yields a warning for each ending of files that no record is read from."""
    for kind, paths in unread_files(root).items():
        by_ending: dict[str, list[str]] = {}
        for path in paths:
            by_ending.setdefault(PurePosixPath(path).suffix, []).append(path)
        for same in by_ending.values():
            names = [printable_path(PurePosixPath(path).name) for path in same[:_MOST_NAMES]]
            if len(same) > _MOST_NAMES:
                names.append("…")
            message = _(
                "not read: the names of files in {folder} must end in {endings}: {names} ({n})"
            ).format(
                folder=FOLDERS[kind],
                endings=", ".join(endings_of(kind)),
                names=", ".join(names),
                n=len(same),
            )
            yield Diagnostic(printable_path(same[0]), 1, 1, "", message, "warning")


def _report_duplicates(
    loaded: LoadedArchive, reporter: DiagnosticCollector
) -> dict[str, dict[str, LoadedRecord]]:
    """Reports repeated ids; returns the first record of each kind and id."""
    first_of: dict[str, dict[str, LoadedRecord]] = {}
    for kind in KINDS:
        known: dict[str, LoadedRecord] = {}
        for located in loaded.records[kind]:
            first = known.setdefault(located.record.id, located)
            if first is not located:
                message = duplicate_message(kind, located.record.id, f"{first.file}:{first.line}")
                reporter.add(located, (None, "id"), message)
        first_of[kind] = known
    return first_of


def _check_order(
    located: LoadedRecord, documents: dict[str, LoadedRecord], reporter: DiagnosticCollector
) -> None:
    record = located.record
    if isinstance(record, Partner):
        for number, relation in enumerate(record.relations):
            if _is_before(relation.end, relation.start):
                field_path = (((None, "relations"), number), "end")
                reporter.add(located, field_path, _("the relation ends before it starts"))
    elif isinstance(record, Document):
        for field in ("translation_of", "version_of", "follows"):
            if getattr(record, field) == record.id:
                reporter.add(located, (None, field), _("the document refers to itself"))
        followed = documents.get(record.follows)
        if followed is not None and isinstance(followed.record, Document):
            date = followed.record.date
            if _is_before(record.date, date):
                message = _("the document is dated before the one it follows ({date})")
                reporter.add(located, (None, "follows"), message.format(date=date), "warning")


def _check_original_file(located: LoadedRecord, root: Path, reporter: DiagnosticCollector) -> None:
    """Reports a kept file that is missing, or a path to something else."""
    record = located.record
    if not isinstance(record, Document) or not record.file:
        return
    if not is_original_path(record.file):
        message = _(
            "an original file is called originals/DIGEST and its ending, such as originals/….pdf"
        )
        reporter.add(located, (None, "file"), message)
    elif not (root / record.file).is_file():
        message = _("the original file “{file}” is missing").format(file=record.file)
        reporter.add(located, (None, "file"), message, "warning")


def _is_before(one: str, other: str) -> bool:
    """Returns whether every day of ``one`` comes before every day of ``other``."""
    earlier, later = _date(one), _date(other)
    if earlier is None or later is None or earlier.last is None or later.first is None:
        return False
    return earlier.last < later.first


def _date(text: str) -> EdtfDate | None:
    try:
        return parse_edtf(text) if text else None
    except DateError:
        return None


class QuoteCheck:
    """Checks sources against the bodies of an archive's documents."""

    def __init__(
        self,
        loaded: LoadedArchive,
        documents: Mapping[str, LoadedRecord],
        reporter: DiagnosticCollector,
    ) -> None:
        self._documents = documents
        self._reporter = reporter
        self._told: dict[str, set[str]] = {}
        for diagnostic in loaded.diagnostics:
            if diagnostic.severity == "error":
                self._told.setdefault(diagnostic.file, set()).add(diagnostic.path)

    def check(
        self, located: LoadedRecord, field_path: FieldPath, shape: ValueSchema, value: Data
    ) -> None:
        """Reports a source whose quote is missing from its document, or is ambiguous in it."""
        if not isinstance(value, dict) or not (shape is SOURCE or shape is FIELD_SOURCE):
            return
        source = Source(
            document=_text(value, "document" if shape is SOURCE else "source"),
            exact=_text(value, "exact"),
            prefix=_text(value, "prefix") if shape is SOURCE else "",
            suffix=_text(value, "suffix") if shape is SOURCE else "",
        )
        quoted = self._documents.get(source.document)
        if quoted is None or not isinstance(quoted.record, Document) or not source.exact:
            return
        text = document_text(quoted.record)
        # What stands behind a field is often one name, which needs no single place.
        spans = find_quotes(text, source, limit=2 if shape is SOURCE else 1)
        if len(spans) == 1:
            return
        message = _ambiguous_quote(source) if spans else _missing_quote(text, source)
        self._reporter.add(located, (field_path, "exact"), message)

    def check_presence(self, located: LoadedRecord) -> None:
        """Reports parts of a record that lack the source they need."""
        for field_path, message in _missing_sources(located):
            path = format_path(path_in_file(located, field_path))
            if not any(_within(path, reported) for reported in self._told.get(located.file, ())):
                self._reporter.add(located, field_path, message)


def _missing_sources(located: LoadedRecord) -> Iterator[tuple[FieldPath, str]]:
    record = located.record
    if isinstance(record, Event):
        if not record.sources:
            yield (None, "sources"), _("the event has no source")
        for number, figure in enumerate(record.figures):
            if figure.source is None:
                field_path = (((None, "figures"), number), "source")
                yield field_path, _("the figure has no source")
    elif isinstance(record, Figure):
        if record.source is None:
            yield (None, "source"), _("the figure has no source")
    elif isinstance(record, Statement):
        if record.source is None:
            yield (None, "source"), _("the statement has no source")
    elif isinstance(record, Person):
        for number, role in enumerate(record.roles):
            if role.source is None and not role.sources:
                yield (((None, "roles"), number), "source"), _("the role has no source")
    elif isinstance(record, Partner):
        for number, relation in enumerate(record.relations):
            if relation.source is None:
                yield (((None, "relations"), number), "source"), _("the relation has no source")


def _within(path: str, reported: str) -> bool:
    """Returns whether the path of a diagnostic is ``path`` or within it."""
    return reported == path or reported.startswith((f"{path}.", f"{path}["))


def _ambiguous_quote(source: Source) -> str:
    message = _("the quoted words are in “{document}” more than once; give a prefix or a suffix")
    return message.format(document=excerpt(source.document))


def _missing_quote(text: str, source: Source) -> str:
    if find_quotes(text, Source(source.document, source.exact), limit=1):
        message = _("the quoted words are in “{document}”, but not with this prefix and suffix")
    else:
        message = _("the quoted words are not in “{document}”")
    return message.format(document=excerpt(source.document))


def _text(data: Mapping[str, Data], key: str) -> str:
    value = data.get(key, "")
    return value if isinstance(value, str) else ""


_MOST_SUGGESTIONS = 200
"""Wrong ids for which the nearest is sought, which takes long in a large archive."""
Step = tuple["FieldPath", "ValueSchema", "Data"]


def walk_values(data: Data, shape: ValueSchema, field_path: FieldPath = None) -> Iterator[Step]:
    """Yields every reference and every mapping within ``data`` with its path."""
    if isinstance(shape, RecordSchema):
        if isinstance(data, dict):
            if field_path is not None:
                yield field_path, shape, data
            for key, value in data.items():
                inner = shape.fields.get(key)
                if inner is not None and not (isinstance(inner, Scalar) and not inner.refers):
                    yield from walk_values(value, inner, (field_path, key))
    elif isinstance(shape, ListOf):
        if isinstance(data, list) and not _is_free(shape.item):
            for number, item in enumerate(data):
                yield from walk_values(item, shape.item, (field_path, number))
    elif isinstance(shape, MapOf):
        if isinstance(data, dict) and not _is_free(shape.item):
            for key, value in data.items():
                yield from walk_values(value, shape.item, (field_path, key))
    elif shape.refers:
        yield field_path, shape, data


def _is_free(shape: ValueSchema) -> bool:
    return isinstance(shape, Scalar) and not shape.refers


def is_document_id(text: str) -> bool:
    """Returns whether the source of a name or field means a document: no address, no words like
    ``general knowledge``.
    """
    return bool(text) and "://" not in text and " " not in text


class ReferenceCheck:
    """Checks references against the ids of an archive."""

    def __init__(
        self,
        loaded: LoadedArchive,
        first_of: Mapping[str, Mapping[str, LoadedRecord]],
        reporter: DiagnosticCollector,
    ) -> None:
        self._ids = first_of
        self._rejected = loaded.rejected
        self._reporter = reporter
        self._meant: dict[tuple[Kind, str], str] = {}

    def check(
        self, located: LoadedRecord, field_path: FieldPath, shape: ValueSchema, value: Data
    ) -> None:
        """Reports a reference to a missing record."""
        if isinstance(shape, Scalar):
            if shape.refers and isinstance(value, str) and not self._is_known(shape.refers, value):
                self._reporter.add(located, field_path, self._message(shape.refers, value))
        elif (shape is FIELD_SOURCE or shape is NAME) and isinstance(value, dict):
            source = value.get("source", "")
            if (
                isinstance(source, str)
                and is_document_id(source)
                and not self._is_known("document", source)
            ):
                self._reporter.add(
                    located, (field_path, "source"), self._message("document", source)
                )

    def check_head(self, head: ArchiveMetadata, file: str) -> None:
        """Reports a home organisation that is not a partner of the archive."""
        if head.home and not self._is_known("partner", head.home):
            self._reporter.add_to_file(file, (None, "home"), self._message("partner", head.home))

    def _is_known(self, kind: Kind, identifier: str) -> bool:
        return identifier in self._ids[kind] or (kind, identifier) in self._rejected

    def _message(self, kind: Kind, identifier: str) -> str:
        key = (kind, identifier)
        if key not in self._meant:
            few = len(self._meant) < _MOST_SUGGESTIONS
            near = closest(identifier, self._ids[kind]) if few else ()
            self._meant[key] = "".join(near)
        return missing_message(kind, excerpt(identifier), excerpt(self._meant[key]))


def duplicate_message(kind: Kind, identifier: str, position: str) -> str:
    """Returns the message that another record of a kind has the same id."""
    messages: dict[Kind, str] = {
        "partner": _("another partner has the id “{id}” already ({place})"),
        "person": _("another person has the id “{id}” already ({place})"),
        "event": _("another event has the id “{id}” already ({place})"),
        "figure": _("another figure has the id “{id}” already ({place})"),
        "statement": _("another statement has the id “{id}” already ({place})"),
        "document": _("another document has the id “{id}” already ({place})"),
    }
    return messages[kind].format(id=identifier, place=position)


def missing_message(kind: Kind, identifier: str, meant: str) -> str:
    """Returns the message that a record is missing; ``meant`` is the closest id, if any."""
    messages: dict[Kind, str] = {
        "partner": _("there is no partner “{id}”"),
        "person": _("there is no person “{id}”"),
        "event": _("there is no event “{id}”"),
        "figure": _("there is no figure “{id}”"),
        "statement": _("there is no statement “{id}”"),
        "document": _("there is no document “{id}”"),
    }
    message = messages[kind].format(id=identifier)
    if not meant:
        return message
    return _("{message}; did you mean “{meant}”?").format(message=message, meant=meant)
