"""Defines and makes the rows of lists: records, partners and publishers."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from milatui.catalogue.labels.labels import format_value
from milatui.catalogue.labels.vocabulary import subject_label
from milatui.i18n import language
from milatui.index.analysis.tokenizer import query_words
from milatui.index.sort_order import UNDATED
from milatui.index.store.record_columns import CONTRADICTED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.kinds import Kind
    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.scope import Scope
    from milatui.index.protocol import CatalogueIndex
    from milatui.index.store.list_row import ListRow


RecordSort = Literal["newest", "oldest", "title"]
RECORD_SORTS: Final[tuple[RecordSort, ...]] = ("newest", "oldest", "title")


class RecordRow(NamedTuple):
    """A record as one line of a list.

    Attributes:
        number: The record's number in this generation of the index; newest records first.
        kind: Kind of record.
        id: Id within its kind.
        title: Name of a partner or person, title of an event or document, text of a
            statement, measure of a figure in words (``floor area``): as recorded, whatever
            the interface's language (see ``label``).
        date: EDTF text, empty if undated.
        detail: Kind of a partner or event, type of a document (raw: see ``kind_label``),
            latest role of a person, speaker of a statement, value of a figure in words.
        language: BCP 47 tag, empty if unknown.
        partners: Ids of the partners it is about.
        names: Pairs of a language and the name of a partner in it.
        subject: Figures: name of the partner that it is about, in the interface's language; empty
            if that is the archive's own organisation.
        flags: Any of ``low-confidence``, ``deprecated``, ``contradicted`` (figures:
            others cannot be true as well), ``home`` (partners: the archive's own organisation).
    """

    number: int
    kind: Kind
    id: str
    title: str
    date: str
    detail: str
    language: str
    partners: tuple[str, ...]
    flags: tuple[str, ...]
    names: tuple[tuple[str, str], ...] = ()
    subject: str = ""

    @property
    def label(self) -> str:
        """The title in the interface's language, where measures and partners have one in it.

        A figure is called by its measure and whom it is about.
        """
        if self.kind == "figure":
            return subject_label(self.title.replace(" ", "_"), self.subject)
        return dict(self.names).get(language(), self.title)


class RowFactory:
    """Makes the rows of records from their lines in the index, in the interface's language."""

    def __init__(self, reader: CatalogueIndex) -> None:
        self._reader = reader
        self._named: dict[tuple[Kind, str], ListRow | None] = {}

    def row(self, number: int) -> RecordRow:
        """Returns the row of a record.

        Raises:
            IndexError: there is no such number.
        """
        return self.rows((number,))[0]

    def rows(self, numbers: Sequence[int]) -> list[RecordRow]:
        """Returns the rows of records, in the order of ``numbers``.

        The index is asked at most thrice.

        Raises:
            IndexError: there is no such number.
        """
        lines = self._reader.list_rows(numbers)
        self._read_named(lines)
        return [self._make(number, line) for number, line in zip(numbers, lines, strict=True)]

    def _make(self, number: int, line: ListRow) -> RecordRow:
        flags, shown, subject = line.flags, line.shown, ""
        detail = shown if isinstance(shown, str) else ""
        if line.kind == "figure" and isinstance(shown, list):
            qualifier, value, unit = shown
            detail = format_value(value, qualifier, unit)
            about = self._named.get(("partner", line.partners[0])) if line.partners else None
            subject = local_name(about) if about is not None else ""
            if self._reader.columns.flags[number] & CONTRADICTED:
                flags = [*flags, "contradicted"]
        elif line.kind == "person":
            detail = ", ".join(part for part in shown if part)
        elif line.kind == "statement":
            speaker = self._named.get(("person", detail))
            detail = speaker.title if speaker is not None else detail
        elif line.kind == "partner":
            detail = shown[0]
            if line.id == self._reader.manifest.home:
                flags = [*flags, "home"]
        return RecordRow(
            number=number,
            kind=line.kind,
            id=line.id,
            title=line.title,
            date=line.date,
            detail=detail,
            language=line.language,
            partners=tuple(line.partners),
            flags=tuple(flags),
            names=_names(line),
            subject=subject,
        )

    def _read_named(self, lines: Iterable[ListRow]) -> None:
        """Reads the rows that are not known yet: of speakers, and of whom figures are about."""
        home = self._reader.manifest.home
        ids: set[tuple[Kind, str]] = set()
        for line in lines:
            if line.kind == "statement" and isinstance(line.shown, str):
                ids.add(("person", line.shown))
            elif line.kind == "figure" and line.partners and line.partners[0] != home:
                ids.add(("partner", line.partners[0]))
        missing = sorted(ids - self._named.keys())
        if not missing:
            return
        numbers = self._reader.find_all(missing)
        found = {i: n for i, n in zip(missing, numbers, strict=True) if n is not None}
        self._named.update(dict.fromkeys(missing))
        self._named.update(zip(found, self._reader.list_rows(found.values()), strict=True))


def _names(line: ListRow) -> tuple[tuple[str, str], ...]:
    """Returns pairs of a language and the name of a partner in it."""
    shown = line.shown if line.kind == "partner" else ()
    return tuple(zip(shown[1::2], shown[2::2], strict=True))


def local_name(line: ListRow) -> str:
    """Returns the name of a partner in the interface's language, where that is recorded."""
    return dict(_names(line)).get(language(), line.title)


def prefix_rank(name: str, words: str) -> int:
    """Ranks a folded name that a list is filtered by: the best rank is 0.

    Returns:
        0 if the name begins with ``words``, 1 if one of its words does, 2 if they are inside a
        word, 3 if the name lacks them.
    """
    if name.startswith(words):
        return 0
    return 1 if f" {words}" in name else 2 if words in name else 3


def list_records(
    reader: CatalogueIndex, filters: FilterMasks, kind: str, scope: Scope, sort: RecordSort
) -> Sequence[int]:
    """Returns the numbers of the records of a kind in a scope."""
    numbers = array("I", filters.numbers(filters.mask(scope), kind))
    if sort == "oldest":
        return oldest_first(reader, numbers)
    if sort == "title":
        titles = (query_words(line.title) for line in reader.list_rows(numbers))
        return [number for _title, number in sorted(zip(titles, numbers, strict=True))]
    if numbers and numbers[-1] - numbers[0] == len(numbers) - 1:
        return range(numbers[0], numbers[-1] + 1)  # takes no memory
    return numbers


def oldest_first(
    reader: CatalogueIndex, numbers: Sequence[int], limit: int | None = None
) -> list[int]:
    """Sorts record numbers by date, the oldest first; undated records stay at the end."""
    last = reader.manifest.groups[-1:]
    undated = last[0].start if last and last[0].heading == UNDATED else reader.size
    end = bisect_left(numbers, undated)
    most = len(numbers) if limit is None else limit
    dated = numbers[max(0, end - most) : end][::-1]
    return [*dated, *numbers[end : end + most - len(dated)]]
