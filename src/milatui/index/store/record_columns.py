"""Columns of a generation by record number, mapped from one array file, typed by name.

Record numbers count the living records, newest first, see ``sort_order``. Columns are plain memory
views: no NumPy is needed to read them; ``numpy.asarray`` makes arrays of them without copying.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, overload

from milatui.index.codec.arrayfile import ArrayFile, ArrayFileError
from milatui.index.store.layout import COLUMNS, damaged

if TYPE_CHECKING:
    from pathlib import Path

NO_RECORD: Final = 0xFFFFFFFF
"""Stands for *no record* in columns of record numbers."""
CONTRADICTED: Final = 1
"""Bit of column ``flags``: other figures contradict this one."""
SPAN: Final = 1
"""Bit of column ``dating``: the date is an interval, of which the days are both ends."""
UNCERTAIN: Final = 2
"""Bit of column ``dating``: the date is marked with ``?``."""
APPROXIMATE: Final = 4
"""Bit of column ``dating``: the date is marked with ``~``."""
OFFSETS: Final = ".offsets"
"""Ending of the array that tells where the list of each owner begins in the array of items."""


class ListColumn:
    """A column of lists of integers: ``column[i]`` is the list of owner i.

    Attributes:
        offsets: Where the list of each owner begins in ``items``, and the end.
        items: All lists, one after the other.
    """

    __slots__ = ("items", "offsets")

    def __init__(self, offsets: memoryview, items: memoryview) -> None:
        self.offsets = offsets
        self.items = items

    def __getitem__(self, owner: int) -> memoryview:
        return self.items[self.offsets[owner] : self.offsets[owner + 1]]

    def __len__(self) -> int:
        return len(self.offsets) - 1


class Column:
    """Declares a column of ``RecordColumns``: an array of one type."""

    def __init__(self, typecode: str) -> None:
        self.typecode = typecode
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, columns: None, owner: type) -> Column: ...
    @overload
    def __get__(self, columns: RecordColumns, owner: type) -> memoryview: ...

    def __get__(self, columns: RecordColumns | None, owner: type) -> Column | memoryview:
        if columns is None:
            return self
        view = columns.view(self.name, self.typecode)
        columns.__dict__[self.name] = view
        return view


class Lists:
    """Declares a column of lists of ``RecordColumns``; offsets and items are unsigned 32 bits."""

    def __init__(self) -> None:
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, columns: None, owner: type) -> Lists: ...
    @overload
    def __get__(self, columns: RecordColumns, owner: type) -> ListColumn: ...

    def __get__(self, columns: RecordColumns | None, owner: type) -> Lists | ListColumn:
        if columns is None:
            return self
        offsets = columns.view(self.name + OFFSETS, "I")
        lists = ListColumn(offsets, columns.view(self.name, "I"))
        columns.__dict__[self.name] = lists
        return lists


class RecordColumns:
    """The columns of a generation. Attributes are read when they are first asked for.

    By record number:
        kind: Number of the kind in ``KINDS``.
        detail: Number of the kind within the kind, in the manifest's ``details``.
        language: Number in the manifest's ``languages``.
        publisher: Number in the manifest's ``publishers``.
        sector: Number in the manifest's ``sectors``; 0 for all but partners.
        heading: Heading of the timeline.
        first_day: First day that the date may mean.
        last_day: Last day that it may mean.
        dating: ``SPAN``, ``UNCERTAIN`` and ``APPROXIMATE`` of the date, added up.
        flags: ``CONTRADICTED`` or nothing.
        edition: Lowest record number among the reprints, translations and versions of a document.
        grade: Rank among the editions of a document, 0 the nearest to the publisher.
        doc: Document number, counted over all segments.
        partners: Ordinals of the partners that the record counts for.
        named_by: Records that name or quote the record.

    By document number over all segments:
        number: Record number, ``NO_RECORD`` if the document is deleted.

    By partner ordinal (partners in the order of their record numbers):
        partner_number: Record number of the partner.
        partner_records: Records that count for the partner.
        partner_count: Number of its events and documents.
        partner_newest: Newest of them, or ``NO_RECORD``.
        partner_years: Number of them in each year of the histogram, one partner after the other.

    Others:
        editions: By lowest record number: all editions of a document that has several.
        by_id: Record numbers in the order of kind and id.
        partners_by_activity: Partner ordinals, most recently active first.
        partners_by_count: Partner ordinals, most records first.
        events: Record numbers of all events.
        events_and_documents: Record numbers of all events and documents.

    Raises:
        IndexUnusable: the file is damaged, now or when a column is first read.
    """

    kind = Column("B")
    detail = Column("B")
    language = Column("B")
    publisher = Column("I")
    sector = Column("B")
    heading = Column("i")
    first_day = Column("i")
    last_day = Column("i")
    dating = Column("B")
    flags = Column("B")
    edition = Column("I")
    grade = Column("B")
    doc = Column("I")
    number = Column("I")
    by_id = Column("I")
    partner_number = Column("I")
    partner_count = Column("I")
    partner_newest = Column("I")
    partner_years = Column("H")
    partners_by_activity = Column("I")
    partners_by_count = Column("I")
    events = Column("I")
    events_and_documents = Column("I")
    partners = Lists()
    named_by = Lists()
    partner_records = Lists()
    editions = Lists()

    def __init__(self, folder: Path) -> None:
        self._file = map_arrays(folder / COLUMNS)

    def view(self, name: str, typecode: str) -> memoryview:
        """Returns an array of the file.

        Raises:
            IndexUnusable: there is no such array, or it has another type.
        """
        return view(self._file, name, typecode)


def map_arrays(path: Path) -> ArrayFile:
    """Maps an array file.

    Raises:
        IndexUnusable: it is missing or damaged.
    """
    try:
        return ArrayFile.open(path)
    except (OSError, ArrayFileError, KeyError, ValueError, TypeError) as error:
        raise damaged(path.name) from error


def view(file: ArrayFile, name: str, typecode: str) -> memoryview:
    """Returns an array of a file as a memory view.

    Raises:
        IndexUnusable: there is no such array, or it has another type.
    """
    try:
        found = file.view(name)
    except (ArrayFileError, ValueError, TypeError) as error:
        raise damaged(file.name.rpartition("/")[2]) from error
    if found.format != typecode:
        raise damaged(file.name.rpartition("/")[2])
    return found
