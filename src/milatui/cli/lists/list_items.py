"""Makes the items of lists: what JSON, CSV and tables have of each record."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias, cast

from milatui.catalogue.lists.people import HeldRole
from milatui.catalogue.location import Location

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.archive.records import Event
    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.lists.activity_rows import PartnerRow
    from milatui.catalogue.lists.people import PersonActivity
    from milatui.catalogue.lists.rows import RecordRow
    from milatui.catalogue.scope import Scope
    from milatui.cli.output import Json

    Item: TypeAlias = dict[str, Json]


def record_item(row: RecordRow) -> Item:
    """Returns a record as an item, its values as they are recorded."""
    return {
        "id": row.id,
        "kind": row.kind,
        "title": row.title,
        "date": row.date,
        "detail": row.detail,
        "language": row.language,
        "partners": list(row.partners),
        "flags": list(row.flags),
        "location": str(Location(row.kind, row.id)),
    }


def event_items(catalogue: Catalogue, rows: Sequence[RecordRow]) -> list[Item]:
    """Returns events as items, with the dates of their announcement and first publication."""
    from milatui.catalogue.timeline.event_dates import event_dates

    store = catalogue.store()
    items: list[Item] = []
    for row in rows:
        dates = event_dates(store, cast("Event", store.record("event", row.id)))
        given_dates = {"announced": dates.announced, "published": dates.published}
        items.append({**record_item(row), **given_dates})
    return items


def figure_item(catalogue: Catalogue, item: Item) -> Item:
    """Replaces labels of a figure by its measure, value, unit and qualifier as written.

    ``partner`` is the one that it is about.
    """
    figure = catalogue.record("figure", str(item["id"]))
    names = ("measure", "value", "unit", "qualifier", "partner")
    values = {name: getattr(figure, name) for name in names}
    values["title"] = values.pop("measure").replace("_", " ")
    return {key: value for key, value in {**item, **values}.items() if key != "detail"}


def people_items(catalogue: Catalogue, people: Sequence[PersonActivity]) -> list[Item]:
    """Returns people as items; ``role`` and ``organisation`` are of the latest role."""
    items: list[Item] = []
    for person in catalogue.people_summaries(people):
        latest = person.roles[0] if person.roles else None
        items.append(
            {
                **record_item(person.row),
                "role": latest.title if latest else "",
                "organisation": latest.organisation if latest else "",
                "roles": [
                    {
                        "title": role.title,
                        "organisation": role.organisation,
                        "partner": role.partner,
                        "since": role.years[0] if role.years else "",
                        "last": role.years[-1] if role.years else "",
                    }
                    for role in person.roles
                ],
                "statements": person.statements,
                "last": person.last,
            }
        )
    return items


def people_cells(catalogue: Catalogue, people: Sequence[PersonActivity]) -> list[Item]:
    """Returns people as what a table or CSV shows: roles in words, each with its years once.

    In the table the latest role stands for all, with their number; its organisation has the name
    of the partner in the interface's language.
    """
    items: list[Item] = []
    for person in catalogue.people_summaries(people):
        latest, *others = person.roles or (HeldRole("", "", "", ()),)
        name = catalogue.store().title("partner", latest.partner) if latest.partner else ""
        items.append(
            {
                **record_item(person.row),
                "role": latest.title,
                "more": f"{latest.title} +{len(others)}" if others else latest.title,
                "years": latest.period,
                "organisation": latest.organisation,
                "employer": name or latest.organisation,
                "roles": "; ".join(map(_role_text, person.roles)),
                "statements": person.statements,
                "last": person.last,
            }
        )
    return items


def _role_text(role: HeldRole) -> str:
    words = f"{role.title}, {role.organisation}"
    return f"{words} ({role.period})" if role.years else words


def partner_items(
    catalogue: Catalogue, scope: Scope, lines: Sequence[PartnerRow], *, local: bool
) -> list[Item]:
    """Returns partners as items; ``date`` and ``last`` are of the newest event or document.

    With ``local`` their names are those in the interface's language.
    """
    numbers = [line.number for line in lines]
    since = catalogue.partners_since(scope, numbers)
    items: list[Item] = [
        {
            "id": line.id,
            "kind": "partner",
            "title": line.name if local else line.title,
            "date": line.last,
            "detail": line.kind,
            "count": line.count,
            "location": str(Location("partner", line.id)),
            "sector": line.sector,
            "since": since.get(line.number, ""),
            "last": line.last,
        }
        for line in lines
    ]
    from milatui.catalogue.pages.common import state_label

    for item, status in zip(items, catalogue.statuses(numbers), strict=True):
        item["status"] = state_label(status.state) if local else status.state
        item["last_confirmed"] = status.last.date if status.last else ""
        item["announced_end"] = status.end.date if status.end else ""
    return items
