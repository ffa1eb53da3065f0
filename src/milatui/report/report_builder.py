"""Builds the report of a scope: what happened, which figures, who said what, what disagrees."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.kinds import KINDS
from milatui.archive.records import Document, Event, Source, Statement
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import count_label, format_count, kind_label
from milatui.catalogue.labels.vocabulary import sector_label
from milatui.catalogue.location import Location, parse_location
from milatui.catalogue.pages.chart import can_draw
from milatui.catalogue.pages.common import state_label
from milatui.catalogue.pages.figures import chart_points
from milatui.catalogue.pages.record import speaker_role
from milatui.i18n import _, language, ngettext
from milatui.index.record_relations import sources_of
from milatui.report.blocks import (
    ArchiveAddress,
    Chart,
    Heading,
    Items,
    Paragraph,
    Reference,
    Report,
    Table,
    Text,
)
from milatui.report.footnotes import Footnotes
from milatui.report.svg_chart import draw_series, draw_years

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Record
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lists.figures import FigureRow, FigureSeries
    from milatui.catalogue.lists.status import Evidence
    from milatui.catalogue.notes import Note, RecordKey
    from milatui.catalogue.scope import Chip, Scope
    from milatui.catalogue.store import RecordStore
    from milatui.report.blocks import Block, Run, Runs

_BATCH: Final = 256
"""Records that are read at a time."""
MOST_LISTED: Final = 5_000
"""Events, and statements, that a report lists, the newest ones: nobody reads more, and each is
kept in memory with its footnotes."""


class ReportBuilder:
    """Builds the report of a scope.

    Args:
        catalogue: The archive.
        scope: The scope.
        own_notes: The user's own notes that the report has, by kind and id.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        scope: Scope,
        own_notes: Mapping[RecordKey, Note] | None = None,
    ) -> None:
        self._catalogue = catalogue
        self._scope = scope
        self._own_notes = own_notes or {}
        self._notes = Footnotes()

    def build(self, colophon: Sequence[str]) -> Report:
        """Builds the report.

        Args:
            colophon: Sentences for its end: what was read, when, with which program.
        """
        blocks: list[Block] = [
            *self._summary(),
            *self._partners(),
            *self._timeline(),
            *self._figures(),
            *self._statements(),
            *self._noted(),
        ]
        return Report(
            title=self._title(),
            language=language(),
            blocks=blocks,
            notes=self._notes.notes,
            notes_title=_("Where it is written"),
            colophon=[(Text(sentence),) for sentence in colophon],
        )

    def _title(self) -> str:
        restrictions = [chip.label for chip in self._chips()]
        archive = self._catalogue.info.title
        if not restrictions:
            return archive
        return _("{label}: {value}").format(label=archive, value=", ".join(restrictions))

    def _chips(self) -> Sequence[Chip]:
        return self._scope.chips(self._catalogue.partner_name)

    def _numbers(self, kind: Kind) -> Sequence[int]:
        return self._catalogue.list_records(kind, self._scope)

    def _records(self, kind: Kind) -> Iterator[tuple[RecordStore, Record]]:
        """Yields the newest records of a kind in the scope, with the store that they are of."""
        numbers = self._numbers(kind)[:MOST_LISTED]
        for start in range(0, len(numbers), _BATCH):
            store = self._catalogue.store()
            for record in store.records(numbers[start : start + _BATCH]):
                yield store, record

    def _left_out(self, kind: Kind) -> Iterator[Block]:
        """Yields how many older records of a kind are not listed."""
        rest = len(self._numbers(kind)) - MOST_LISTED
        if rest > 0:
            text = _("Left out, older: {records}. Narrow the scope to see them.")
            words = text.format(records=count_label(kind, rest))
            yield Paragraph((Text(words, "warning"),))

    def _years(self, kind: Kind) -> Counter[int]:
        """Counts all records of a kind by year, those of no single year left out."""
        found: Counter[int] = Counter()
        numbers = self._numbers(kind)
        for start in range(0, len(numbers), _BATCH):
            rows = self._catalogue.rows(numbers[start : start + _BATCH])
            found.update(year for row in rows if (year := _year(row.date)) is not None)
        return found

    # Sections ----------------------------------------------------------------------------

    def _summary(self) -> Iterator[Block]:
        counts = {kind: len(self._numbers(kind)) for kind in KINDS}
        summary = ", ".join(count_label(kind, count) for kind, count in counts.items() if count)
        if not summary:
            yield Paragraph((Text(_("Nothing in the archive is in this scope.")),))
            return
        yield Paragraph((Text(_("In this report: {counts}.").format(counts=summary)),))
        chips = [chip.label for chip in self._chips()]
        if chips:
            yield Paragraph((Text(_("Restricted to: {scope}.").format(scope=" · ".join(chips))),))
        yield Paragraph(
            (
                Text(_("Every claim has a footnote with the passage that proves it. ")),
                Text(_("Quotation marks hold published words; everything else is a paraphrase.")),
            )
        )

    def _partners(self) -> Iterator[Block]:
        rows = self._catalogue.partners(self._scope, "count")
        home, wanted = self._catalogue.info.home, self._scope.partners
        scoped = [row for row in rows if row.id != home and (row.id in wanted or not wanted)]
        if not scoped:
            return
        yield Heading(_("Partners ({n})").format(n=format_count(len(scoped))), anchor="partners")
        states = self._catalogue.statuses([row.number for row in scoped])
        store = self._catalogue.store()
        yield Table(
            header=(_("Partner"), _("Kind"), _("Sector"), _("Since"), _("Latest"), _("State")),
            rows=[
                (
                    (Text(row.name, "strong"),),
                    (Text(kind_label(row.kind)),),
                    (Text(sector_label(row.sector) if row.sector else ""),),
                    self._dated(store, status.first),
                    self._dated(store, status.last),
                    (Text(state_label(status.state)),),
                )
                for row, status in zip(scoped, states, strict=True)
            ],
            unbroken=frozenset({3, 4}),
        )

    def _dated(self, store: RecordStore, evidence: Evidence | None) -> Runs:
        """Returns a date with the mark of what the record that it is from quotes."""
        if evidence is None:
            return ()
        location = parse_location(evidence.record)
        assert location.kind is not None  # noqa: S101 - evidence names a record
        record = store.record(location.kind, location.id)
        own = [Source(record.id, "")] if isinstance(record, Document) else sources_of(record)[:1]
        return (Text(format_date(evidence.date)), *self._notes.references(store, own))

    def _timeline(self) -> Iterator[Block]:
        events = [(store, one) for store, one in self._records("event") if isinstance(one, Event)]
        if not events:
            return
        total = len(self._numbers("event"))
        yield Heading(_("What happened ({n})").format(n=format_count(total)), anchor="events")
        years = self._years("event")
        if len(years) > 1:
            yield _bars(years, total - years.total())
        yield Items([self._event(store, event) for store, event in events])
        yield from self._left_out("event")

    def _event(self, store: RecordStore, event: Event) -> Runs:
        runs: list[Run] = [Text(format_date(event.date) or _("undated"), "strong"), Text(" ")]
        runs.append(Text(event.title))
        if event.confidence == "low":
            runs += (Text(" "), Text(_("low confidence"), "warning"))
        partners = ", ".join(
            store.title("partner", each) for each in event.partners if each != store.info.home
        )
        runs.append(Text(f" ({kind_label(event.kind)}{': ' if partners else ''}{partners})", "dim"))
        return (*runs, *self._notes.references(store, sources_of(event)))

    def _figures(self) -> Iterator[Block]:
        found = self._catalogue.figures(self._scope)
        if not found.series:
            return
        yield Heading(_("Figures ({n})").format(n=format_count(found.total)), anchor="figures")
        numbered = list(enumerate(found.series, 1))
        disagreeing = [(n, series) for n, series in numbered if series.is_contradicted]
        if disagreeing:
            words = ngettext(
                "Sources disagree on {n} measure: ",
                "Sources disagree on {n} measures: ",
                len(disagreeing),
            )
            runs: list[Run] = [Text(words.format(n=format_count(len(disagreeing))), "warning")]
            for index, (number, series) in enumerate(disagreeing):
                runs.append(Text("; " if index else ""))
                runs.append(Reference(series.title, _anchor(number)))
            yield Paragraph((*runs, Text(".")))
        for number, series in numbered:
            yield from self._series(series, _anchor(number))
        if found.total > len(found.rows):
            rest = found.total - len(found.rows)
            more = ngettext(
                "{n} older figure is left out.", "{n} older figures are left out.", rest
            )
            yield Paragraph((Text(more.format(n=format_count(rest)), "warning"),))

    def _series(self, series: FigureSeries, anchor: str) -> Iterator[Block]:
        store = self._catalogue.store()
        yield Heading(series.title, level=3, anchor=anchor)
        table = Table(
            header=(_("Value"), _("As of"), _("According to"), _("Not the same as")),
            rows=[self._figure(store, row) for row in series.rows],
            numeric=frozenset({0}),
            unbroken=frozenset({1}),
        )
        unit = Counter(row.figure.unit for row in series.rows).most_common(1)[0][0]
        points = chart_points(series, unit)
        if can_draw(points):
            yield Chart(draw_series(points, series.title), series.title, table, whole=True)
        else:
            yield table

    def _figure(self, store: RecordStore, row: FigureRow) -> tuple[Runs, ...]:
        value: list[Run] = [Text(row.row.detail, "strong")]
        value += self._notes.references(store, sources_of(row.figure))
        flagged = [Text(", ".join(row.against), "warning")] if row.against else []
        as_of = format_date(row.figure.as_of)
        return tuple(value), (Text(as_of),), (Text(row.source),), tuple(flagged)

    def _statements(self) -> Iterator[Block]:
        said: dict[str, list[tuple[RecordStore, Statement]]] = {}
        for store, record in self._records("statement"):
            if isinstance(record, Statement):
                said.setdefault(record.speaker, []).append((store, record))
        if not said:
            return
        total = len(self._numbers("statement"))
        yield Heading(_("Who said what ({n})").format(n=format_count(total)), anchor="statements")
        for speaker, statements in sorted(said.items(), key=lambda each: -len(each[1])):
            name = statements[0][0].title("person", speaker)
            roles = {speaker_role(store, statement) for store, statement in statements}
            one = roles.pop() if len(roles) == 1 else ""
            yield Heading(f"{name}, {one}" if one else name, level=3)
            yield Items([self._statement(store, each, not one) for store, each in statements])
        yield from self._left_out("statement")

    def _noted(self) -> Iterator[Block]:
        """Yields what the user has noted about records of the scope."""
        items: list[Runs] = []
        store = self._catalogue.store()
        for kind in KINDS:
            keys = [key for key in self._own_notes if key[0] == kind]
            inside = set(self._numbers(kind)) if keys else set()
            for key in keys:
                number = store.find(*key)
                if number in inside:
                    record = Text(f"{store.title(*key)} ({kind_label(kind)}): ", "dim")
                    address = ArchiveAddress(str(Location(*key)), self._own_notes[key].digest)
                    items.append((record, *_own_words(self._own_notes[key]), Text(" "), address))
        if items:
            yield Heading(
                _("My notes ({n})").format(n=format_count(len(items))), anchor="own-notes"
            )
            yield Items(items)

    def _statement(self, store: RecordStore, statement: Statement, with_role: bool) -> Runs:
        role = speaker_role(store, statement) if with_role else ""
        runs: list[Run] = [Text(format_date(statement.date), "strong"), Text(" ")]
        runs += [Text(f"({role}) ", "dim")] if role else []
        runs.append(Text(statement.text))
        return (*runs, *self._notes.references(store, sources_of(statement)))


def _own_words(note: Note) -> Runs:
    """Returns star, tags and text of a note, set apart from the words of the archive."""
    signs = [_("starred")] if note.starred else []
    signs += [f"#{tag}" for tag in note.tags]
    runs = [Text(" ".join(signs), "strong")] if signs else []
    words = " ".join(note.text.split())
    return tuple(runs if not words else [*runs, Text(f" {words}" if runs else words)])


def _bars(years: Counter[int], others: int) -> Chart:
    """Draws the events by year; ``others`` are those whose year is not known."""
    caption = _("Events by year")
    if others:
        words = ngettext("{n} event of no single year", "{n} events of no single year", others)
        caption = f"{caption} ({words.format(n=format_count(others))})"
    header = (_("Year"), _("Events"))
    rows = [((Text(str(year)),), (Text(format_count(years[year])),)) for year in sorted(years)]
    numbers = Table(header, rows, numeric=frozenset({0, 1}))
    return Chart(draw_years(years, caption), caption, numbers)


def _year(text: str) -> int | None:
    """Returns the year that a date lies in, None if it is undated or spans several."""
    try:
        span = parse_edtf(text)
    except DateError:
        return None
    if span.first is None or span.last is None:
        return None
    first, last = date.fromordinal(span.first).year, date.fromordinal(span.last).year
    return first if first == last else None


def _anchor(number: int) -> str:
    """Returns the anchor of a series by its number: its measure and subject are not unique."""
    return f"figures-{number}"
