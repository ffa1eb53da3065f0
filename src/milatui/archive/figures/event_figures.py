"""Makes figures of the measurements that events contain, so that all figures are one kind."""

from __future__ import annotations

from milatui.archive.records import Event, Figure


def event_figure_id(event: str, number: int) -> str:
    """Returns the id of the figure that an event's measurement ``number`` (from 1) becomes."""
    return f"{event}:{number}"


def figures_of(event: Event) -> list[Figure]:
    """Returns the measurements of an event as figures about its partners, in its order.

    One that names a partner is about that one; one without a date has the date of the event.
    """
    return [
        Figure(
            id=event_figure_id(event.id, number),
            measure=each.measure,
            value=each.value,
            unit=each.unit,
            qualifier=each.qualifier,
            as_of=each.as_of or event.date,
            partner=each.partner,
            partners=event.partners,
            event=event.id,
            note=each.note,
            confidence=event.confidence,
            source=each.source,
            extra=each.extra,
        )
        for number, each in enumerate(event.figures, 1)
    ]
