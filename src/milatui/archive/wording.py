"""Messages that name a kind of record: whole sentences, as languages inflect around the noun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.messages import _

if TYPE_CHECKING:
    from milatui.archive.kinds import Kind


def a_second(kind: Kind, identifier: str, place: str) -> str:
    """That another record of ``kind`` at ``place`` has the same id."""
    messages: dict[Kind, str] = {
        "partner": _("another partner has the id “{id}” already ({place})"),
        "person": _("another person has the id “{id}” already ({place})"),
        "event": _("another event has the id “{id}” already ({place})"),
        "figure": _("another figure has the id “{id}” already ({place})"),
        "statement": _("another statement has the id “{id}” already ({place})"),
        "document": _("another document has the id “{id}” already ({place})"),
    }
    return messages[kind].format(id=identifier, place=place)


def dangling(kind: Kind, identifier: str, meant: str) -> str:
    """That there is no record of ``kind`` with this id; ``meant`` is the nearest, if any."""
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
