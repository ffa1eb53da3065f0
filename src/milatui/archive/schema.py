"""Defines the schemas of records: fields, types, required ones, references.

``validate`` types what was read by them, and ``checks`` follows their references.  Their keys
are those of the dataclasses in ``records``.
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
class ListOf:
    """A list of values of one shape."""

    item: ValueSchema


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping from free keys to values of one shape."""

    item: ValueSchema


@dataclass(frozen=True, slots=True)
class RecordSchema:
    """A mapping with known keys.

    Without one of ``required`` it is unusable; without one of ``expected`` it is
    incomplete, which is an error too, but it is kept.
    """

    fields: Mapping[str, ValueSchema]
    required: tuple[str, ...]
    expected: tuple[str, ...] = field(default=())


ValueSchema: TypeAlias = Scalar | ListOf | MapOf | RecordSchema

PARTNER_KINDS = (
    "company",
    "startup",
    "university",
    "public-body",
    "research-institute",
    "funder",
    "investor",
    "network",
    "organisation",
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
    "award",
    "visit",
    "founding",
    "strategy",
    "product",
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
NAME_KINDS = ("label", "official", "alias", "former", "acronym")
RANKS = ("preferred", "normal", "deprecated")
DOCUMENT_TYPES = ("press-release", "news", "profile", "report", "blog")
GRADES = ("publisher", "news-report", "republication", "aggregator")
"""How near a document is to its publisher, the nearest first."""
CONFIDENCES = ("low", "medium", "high")


def grade_rank(grade: str) -> int:
    """Returns the rank of a grade, 0 the nearest to the publisher; without one it is a report."""
    return GRADES.index(grade) if grade in GRADES else GRADES.index("news-report")


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


def _texts(names: str) -> dict[str, ValueSchema]:
    return dict.fromkeys(names.split(), _TEXT)


SOURCE = RecordSchema(
    {"document": _TO_DOCUMENT, **_texts("exact prefix suffix locator"), "url": _ADDRESS},
    required=("document",),
    expected=("exact",),
)
NAME = RecordSchema(
    {**_texts("value source"), "language": _LANGUAGE, "kind": Scalar(choices=NAME_KINDS)},
    required=("value",),
)
RELATION = RecordSchema(
    {
        "to": _TO_PARTNER,
        "kind": Scalar(choices=RELATION_KINDS),
        "announced": _DATE,
        "start": _DATE,
        "end": _DATE,
        **_texts("amount currency"),
        "source": SOURCE,
    },
    required=("to", "kind"),
)
FACT = RecordSchema({"text": _TEXT, "source": SOURCE}, required=("text",))
FIELD_SOURCE = RecordSchema(_texts("basis source exact"), required=("basis",))
ROLE = RecordSchema(
    {
        **_texts("title organisation"),
        "partner": _TO_PARTNER,
        "as_of": _DATE,
        "start": _DATE,
        "end": _DATE,
        "source": SOURCE,
        "sources": ListOf(SOURCE),
    },
    required=("title", "organisation"),
)
_MEASUREMENT: dict[str, ValueSchema] = {
    **_texts("measure value unit note"),
    "qualifier": Scalar(choices=QUALIFIERS),
    "as_of": _DATE,
    "partner": _TO_PARTNER,
    "source": SOURCE,
}
MEASUREMENT = RecordSchema(_MEASUREMENT, required=("measure", "value", "unit"))

PARTNER = RecordSchema(
    {
        **_texts("name sector activity city relation note"),
        "id": _ID,
        "names": ListOf(NAME),
        "kind": Scalar(choices=PARTNER_KINDS),
        "country": Scalar("country"),
        "founded": _DATE,
        "website": _ADDRESS,
        "identifiers": MapOf(_TEXT),
        "relations": ListOf(RELATION),
        "facts": ListOf(FACT),
        "sources": ListOf(SOURCE),
        "verified": MapOf(FIELD_SOURCE),
        "confidence": _CONFIDENCE,
    },
    required=("id", "name"),
    expected=("kind", "relation"),
)
PERSON = RecordSchema(
    {
        **_texts("name credentials note"),
        "id": _ID,
        "roles": ListOf(ROLE),
        "confidence": _CONFIDENCE,
    },
    required=("id", "name"),
)
EVENT = RecordSchema(
    {
        **_texts("title summary note"),
        "id": _ID,
        "date": _DATE,
        "announced": _DATE,
        "kind": Scalar(choices=EVENT_KINDS),
        "partners": ListOf(_TO_PARTNER),
        "people": ListOf(_TO_PERSON),
        "places": ListOf(_TEXT),
        "figures": ListOf(MEASUREMENT),
        "sources": ListOf(SOURCE),
        "confidence": _CONFIDENCE,
    },
    required=("id", "date", "title"),
    expected=("kind",),
)
FIGURE = RecordSchema(
    {
        **_MEASUREMENT,
        "id": _ID,
        "partners": ListOf(_TO_PARTNER),
        "event": _TO_EVENT,
        "rank": Scalar(choices=RANKS),
        "confidence": _CONFIDENCE,
    },
    required=("id", "measure", "value"),
    expected=("unit",),
)
STATEMENT = RecordSchema(
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
ORIGINAL = RecordSchema(
    {
        **_texts("title publisher sha256"),
        "title_supplied": Scalar(choices=("true", "false")),
        "date": _DATE,
        "language": _LANGUAGE,
        "type": Scalar(choices=DOCUMENT_TYPES),
        "address": _ADDRESS,
        "accessed": _DATE,
        "archived": _ADDRESS,
    },
    required=(),
)
DOCUMENT = RecordSchema(
    {
        **_texts("title creator publisher source rights description file note"),
        "id": _ID,
        "created": _DATE,
        "date": _DATE,
        "language": _LANGUAGE,
        "original_language": _LANGUAGE,
        "original": ORIGINAL,
        "grade": Scalar(choices=GRADES),
        "type": Scalar(choices=DOCUMENT_TYPES),
        "subject": ListOf(_TO_PARTNER),
        "translation_of": _TO_DOCUMENT,
        "version_of": _TO_DOCUMENT,
        "follows": _TO_DOCUMENT,
        "locators": MapOf(_TEXT),
        "confidence": _CONFIDENCE,
    },
    required=("id", "title"),
)
ERA = RecordSchema({"name": _TEXT, "date": _DATE, "names": ListOf(NAME)}, required=("name", "date"))
METADATA = RecordSchema(
    {
        **_texts("title rights contact description"),
        "home": _TO_PARTNER,
        "languages": ListOf(_LANGUAGE),
        "eras": ListOf(ERA),
    },
    required=(),
    expected=("title",),
)
SCHEMAS: dict[Kind, RecordSchema] = {
    "partner": PARTNER,
    "person": PERSON,
    "event": EVENT,
    "figure": FIGURE,
    "statement": STATEMENT,
    "document": DOCUMENT,
}
