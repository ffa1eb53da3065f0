"""Collects the three dates of an event: when it happened, was announced and was published."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from milatui.index.record_relations import sources_of
from milatui.index.sort_order import UNDATED, date_sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.kinds import Kind
    from milatui.archive.records import Event
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.store import RecordStore


class EventDates(NamedTuple):
    """The dates of an event as EDTF, each empty if it is not known.

    Attributes:
        happened: When it happened.
        announced: When it was made public, if its record says so.
        published: When the first of the documents that it quotes was published.
        publication: The row of that document, None if there is none with a date.
    """

    happened: str
    announced: str
    published: str
    publication: RecordRow | None


def event_dates(store: RecordStore, event: Event) -> EventDates:
    """Returns the dates of an event."""
    first = min(_dated_documents(store, event), key=_published, default=None)
    published = first.date if first is not None else ""
    return EventDates(event.date, event.announced, published, first)


def _dated_documents(store: RecordStore, event: Event) -> Sequence[RecordRow]:
    """Returns the rows of the documents with a date that an event quotes."""
    keys: list[tuple[Kind, str]] = [("document", source.document) for source in sources_of(event)]
    numbers = [number for number in store.find_all(keys) if number is not None]
    rows = store.rows(list(dict.fromkeys(numbers)))
    return [row for row in rows if date_sort(row.date).group != UNDATED]


def _published(row: RecordRow) -> tuple[int, int]:
    """Returns the order of publication: by the last day a date may mean, then by the first."""
    moment = date_sort(row.date)
    return moment.last, moment.first
