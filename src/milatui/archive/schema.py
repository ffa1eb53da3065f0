"""What each kind of record may hold: fields, their types, which are required, what they refer to.

The tables are used to type what was read (``shaping``) and to follow references
(``checking``).  Their keys are those of the dataclasses in ``records``.
"""

# untranslated: keys and types, written as one text
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.archive.kinds import Kind

ScalarType = Literal["text", "id", "date", "address", "language", "country"]


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value.  Outside of ``choices`` (if any) it is kept with a warning.

    ``refers`` names the kind of record the value is the id of.
    """

    type: ScalarType = "text"
    choices: tuple[str, ...] = ()
    refers: Kind | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """A list of values of one shape."""

    item: Shape


@dataclass(frozen=True, slots=True)
class ByKey:
    """A mapping from free keys to values of one shape."""

    item: Shape


@dataclass(frozen=True, slots=True)
class Table:
    """A mapping with known keys.

    Without one of ``required`` it is unusable; without one of ``expected`` it is
    incomplete, which is an error too, but it is kept.
    """

    fields: Mapping[str, Shape]
    required: tuple[str, ...]
    expected: tuple[str, ...] = field(default=())


Shape: TypeAlias = Scalar | Many | ByKey | Table

PARTNER_KINDS = (
    "company",
    "startup",
    "university",
    "public-body",
    "research-institute",
    "funder",
    "investor",
    "network",
)
EVENT_KINDS = (
    "partnership",
    "expansion",
    "renewal",
    "lab-opening",
    "funding",
    "grant",
    "spin-off",
    "acquisition",
    "premises",
    "appointment",
    "publication",
    "programme",
)
RELATION_KINDS = (
    "parent",
    "subsidiary",
    "member",
    "founder",
    "funder",
    "partner",
    "spin-off",
    "successor",
    "hosted-by",
)
QUALIFIERS = ("exact", "about", "nearly", "over", "at-least", "at-most")
NAME_KINDS = ("alias", "former", "acronym", "official")
RANKS = ("preferred", "normal", "deprecated")
DOCUMENT_TYPES = ("press-release", "news", "profile", "report", "blog")
CONFIDENCES = ("low", "medium", "high")

_TEXT = Scalar()
_ID = Scalar("id")
_DATE = Scalar("date")
_ADDRESS = Scalar("address")
_LANGUAGE = Scalar("language")
_TO_PARTNER = Scalar("id", refers="partner")
_TO_PERSON = Scalar("id", refers="person")
_TO_EVENT = Scalar("id", refers="event")
_TO_DOCUMENT = Scalar("id", refers="document")
_CONFIDENCE = Scalar(choices=CONFIDENCES)


def _texts(names: str) -> dict[str, Shape]:
    return dict.fromkeys(names.split(), _TEXT)


SOURCE = Table(
    {"document": _TO_DOCUMENT, **_texts("exact prefix suffix locator"), "url": _ADDRESS},
    required=("document",),
    expected=("exact",),
)
NAME = Table(
    {**_texts("value source"), "language": _LANGUAGE, "kind": Scalar(choices=NAME_KINDS)},
    required=("value",),
)
RELATION = Table(
    {
        "to": _TO_PARTNER,
        "kind": Scalar(choices=RELATION_KINDS),
        "start": _DATE,
        "end": _DATE,
        "source": SOURCE,
    },
    required=("to", "kind"),
)
FACT = Table({"text": _TEXT, "source": SOURCE}, required=("text",))
BASIS = Table(_texts("basis source exact"), required=("basis",))
ROLE = Table(
    {**_texts("title organisation"), "partner": _TO_PARTNER, "as_of": _DATE, "source": SOURCE},
    required=("title", "organisation"),
)
_MEASUREMENT: dict[str, Shape] = {
    **_texts("measure value unit note"),
    "qualifier": Scalar(choices=QUALIFIERS),
    "as_of": _DATE,
    "source": SOURCE,
}
MEASUREMENT = Table(_MEASUREMENT, required=("measure", "value", "unit"))

PARTNER = Table(
    {
        **_texts("name sector city relation note"),
        "id": _ID,
        "names": Many(NAME),
        "kind": Scalar(choices=PARTNER_KINDS),
        "country": Scalar("country"),
        "founded": _DATE,
        "website": _ADDRESS,
        "identifiers": ByKey(_TEXT),
        "relations": Many(RELATION),
        "facts": Many(FACT),
        "sources": Many(SOURCE),
        "verified": ByKey(BASIS),
        "confidence": _CONFIDENCE,
    },
    required=("id", "name"),
    expected=("kind", "relation"),
)
PERSON = Table(
    {
        **_texts("name credentials note"),
        "id": _ID,
        "roles": Many(ROLE),
        "confidence": _CONFIDENCE,
    },
    required=("id", "name"),
)
EVENT = Table(
    {
        **_texts("title summary note"),
        "id": _ID,
        "date": _DATE,
        "kind": Scalar(choices=EVENT_KINDS),
        "partners": Many(_TO_PARTNER),
        "people": Many(_TO_PERSON),
        "places": Many(_TEXT),
        "figures": Many(MEASUREMENT),
        "sources": Many(SOURCE),
        "confidence": _CONFIDENCE,
    },
    required=("id", "date", "title"),
    expected=("kind",),
)
FIGURE = Table(
    {
        **_MEASUREMENT,
        "id": _ID,
        "partner": _TO_PARTNER,
        "rank": Scalar(choices=RANKS),
        "confidence": _CONFIDENCE,
    },
    required=("id", "measure", "value"),
    expected=("unit",),
)
STATEMENT = Table(
    {
        **_texts("about text note"),
        "id": _ID,
        "speaker": _TO_PERSON,
        "organisation": _TO_PARTNER,
        "date": _DATE,
        "event": _TO_EVENT,
        "source": SOURCE,
        "confidence": _CONFIDENCE,
    },
    required=("id", "speaker", "date", "text"),
)
DOCUMENT = Table(
    {
        **_texts("title publisher source rights description note"),
        "id": _ID,
        "date": _DATE,
        "language": _LANGUAGE,
        "original_language": _LANGUAGE,
        "type": Scalar(choices=DOCUMENT_TYPES),
        "subject": Many(_TO_PARTNER),
        "translation_of": _TO_DOCUMENT,
        "version_of": _TO_DOCUMENT,
        "follows": _TO_DOCUMENT,
        "locators": ByKey(_TEXT),
        "confidence": _CONFIDENCE,
    },
    required=("id", "title"),
)
HEAD = Table(
    {
        **_texts("title rights contact description"),
        "home": _TO_PARTNER,
        "languages": Many(_LANGUAGE),
    },
    required=(),
    expected=("title",),
)
TABLES: dict[Kind, Table] = {
    "partner": PARTNER,
    "person": PERSON,
    "event": EVENT,
    "figure": FIGURE,
    "statement": STATEMENT,
    "document": DOCUMENT,
}
