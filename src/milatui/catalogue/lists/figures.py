"""Lists figures as series: the values of one measure for one subject, in the order of time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, cast

from milatui.archive.figures.contradictions import claim_of, contradicting, series
from milatui.catalogue.labels.vocabulary import subject_label
from milatui.catalogue.lists.rows import list_records, local_name
from milatui.catalogue.scope import Scope
from milatui.index.analysis.tokenizer import query_words
from milatui.index.sort_order import date_sort

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.archive.figures.contradictions import Claim
    from milatui.archive.kinds import Kind
    from milatui.archive.records import Figure
    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.lists.rows import RecordRow, RowFactory
    from milatui.index.protocol import CatalogueIndex

    Key = tuple[Kind, str]

MAX_FIGURES: Final = 2000
"""Figures that are listed, the newest; the rest is counted."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure as one line of a list.

    Attributes:
        row: Its list row; ``row.detail`` is its value in words.
        figure: The figure as recorded.
        claim: What it says, as far as others can contradict it.
        source: Publisher of the document that it is from, else its title; empty if it has none.
        third_party: Whether somebody else than its subject or the archive's organisation gave it.
        against: Values in words of the figures that it contradicts, without repeats.
    """

    row: RecordRow
    figure: Figure
    claim: Claim
    source: str
    third_party: bool
    against: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FigureSeries:
    """The values of a measure for one subject.

    Attributes:
        measure: The measure as recorded.
        subject: Id of the partner that it is about, empty if it names none.
        title: The measure in words, with the name of the subject if others have the measure, too.
        rows: The figures in the order of time, those without a known date at the end.
    """

    measure: str
    subject: str
    title: str
    rows: tuple[FigureRow, ...]

    @property
    def is_contradicted(self) -> bool:
        """Whether figures of the series contradict each other or others."""
        return any("contradicted" in each.row.flags for each in self.rows)


@dataclass(frozen=True, slots=True)
class FigureList:
    """The figures of a scope.

    Attributes:
        series: Series with several values first, those with most values at their head; then the
            figures given once, by title. Of partners in the scope their own come first.
        total: Number of figures in the scope, more than are listed if there are very many.
    """

    series: tuple[FigureSeries, ...]
    total: int

    @property
    def rows(self) -> list[FigureRow]:
        """All rows, one series after the other."""
        return [row for each in self.series for row in each.rows]


class FigureLister:
    """Lists the figures of an index.

    Args:
        reader: The index.
        filters: Filter masks of the catalogue.
        factory: Row factory of the catalogue.
    """

    def __init__(self, reader: CatalogueIndex, filters: FilterMasks, factory: RowFactory) -> None:
        self._reader = reader
        self._filters = filters
        self._factory = factory
        self._home = reader.manifest.home

    def figures(self, scope: Scope) -> FigureList:
        """Lists the figures of a scope by measure and subject."""
        numbers = list_records(self._reader, self._filters, "figure", scope, "newest")
        found = self._by_subject(numbers[:MAX_FIGURES])
        own = scope.partners

        def order(each: FigureSeries) -> tuple[bool, bool, int, str]:
            rows = len(each.rows)
            return rows < 2, bool(own) and each.subject not in own, -rows, each.title

        found.sort(key=order)
        return FigureList(tuple(found), len(numbers))

    def series_of(self, figure: Figure) -> FigureSeries | None:
        """Returns the series that a figure is in; None if it is not in the index."""
        numbers = list_records(self._reader, self._filters, "figure", Scope(), "newest")
        # The words of the measure stand in the list rows: only its own figures are read.
        words = figure.measure.replace("_", " ")
        lines = self._reader.list_rows(numbers)
        same = [n for n, line in zip(numbers, lines, strict=True) if line.title == words]
        for found in self._by_subject(same):
            if any(each.figure.id == figure.id for each in found.rows):
                return found
        return None

    def _by_subject(self, numbers: Sequence[int]) -> list[FigureSeries]:
        """Groups figures by measure and subject."""
        # Deferred: the first screen shows no record, and the classes take time to load.
        from milatui.archive.serialize import record_from_dict

        data = self._reader.records(numbers)
        records = [cast("Figure", record_from_dict("figure", each)) for each in data]
        claims = [claim_of(record, self._home) for record in records]
        rows = self._factory.rows(numbers)
        groups = series(claims)
        subjects = [self._subject(claims[group[0]]) for group in groups]
        names = self._names(records, {self._home, *subjects})
        sources = [
            names.get(("document", r.source.document), "") if r.source else "" for r in records
        ]
        count = Counter(records[group[0]].measure for group in groups)
        found: list[FigureSeries] = []
        for group, subject in zip(groups, subjects, strict=True):
            own = {
                _first_word(names.get(("partner", partner), ""))
                for partner in (subject, self._home)
            }
            against = contradicting(claims, group)
            made = [
                FigureRow(
                    row=rows[at],
                    figure=records[at],
                    claim=claims[at],
                    source=sources[at],
                    third_party=bool(sources[at]) and own.isdisjoint(query_words(sources[at])),
                    against=tuple(
                        dict.fromkeys(rows[other].detail for other in against.get(at, ()))
                    ),
                )
                for at in group
            ]
            measure = records[group[0]].measure
            is_named = subject != self._home or count[measure] > 1
            name = names.get(("partner", subject), "") if is_named else ""
            title = subject_label(measure, name)
            found.append(FigureSeries(measure, subject, title, tuple(sorted(made, key=_in_time))))
        return found

    def _names(self, records: Sequence[Figure], partners: Iterable[str]) -> dict[Key, str]:
        """Returns names by kind and id, as far as there are such records; asks the index twice.

        A partner has its name in the interface's language, a document its publisher, else its
        title.
        """
        documents = (record.source.document for record in records if record.source)
        wanted: set[Key] = {("document", document) for document in documents}
        wanted |= {("partner", partner) for partner in partners if partner}
        keys = sorted(wanted)
        found = zip(keys, self._reader.find_all(keys), strict=True)
        numbers = {key: number for key, number in found if number is not None}
        lines = self._reader.list_rows(numbers.values())
        publishers, column = self._reader.manifest.publishers, self._reader.columns.publisher
        names: dict[Key, str] = {}
        for (key, number), line in zip(numbers.items(), lines, strict=True):
            at = column[number]
            publisher = publishers[at] if key[0] == "document" and at < len(publishers) else ""
            names[key] = publisher or local_name(line)
        return names

    def _subject(self, claim: Claim) -> str:
        """Returns the partner that names the subject: the first one that is not the home."""
        others = [partner for partner in claim.partners if partner != self._home]
        return next(iter((*others, *claim.partners)), "")


def _first_word(name: str) -> str:
    """Returns the first word of a name, which the organisation's own publications bear."""
    return next(iter(query_words(name)), "")


def _in_time(each: FigureRow) -> tuple[bool, int, int]:
    """Returns the sort key of a series: by date, vague dates at the end."""
    date = each.figure.as_of
    return "X" in date or not date, date_sort(date).first, -each.row.number
