"""Defines records as immutable values: partners, people, events and so on.

Every record also exists as plain data (``dict``, ``list``, ``str``), in the shape of
its YAML.  ``serialize`` converts one to the other: loading has typed and checked the data
before, and the index stores it as JSON.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.archive.kinds import Data
    from milatui.archive.markdown.rendered_text import StoredText


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value is written: a W3C TextQuoteSelector on a document of the archive."""

    document: str
    exact: str
    prefix: str = ""
    suffix: str = ""
    locator: str = ""
    url: str = ""
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Name:
    """Another name of a partner; ``kind`` is label, official, alias, former or acronym.

    A label is what the partner is called in a language, as in ROR.
    """

    value: str
    language: str = ""
    kind: str = "alias"
    source: str = ""
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Relation:
    """``kind`` is the role of partner ``to`` towards the record that holds the relation.

    ``announced`` is the day it was made public, where nobody says when it starts.  ``amount`` is
    the money that goes with it, where that is recorded, in ``currency`` (ISO 4217).
    """

    to: str
    kind: str
    announced: str = ""
    start: str = ""
    end: str = ""
    amount: str = ""
    currency: str = ""
    source: Source | None = None
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Fact:
    """A single fact about a partner, with its source."""

    text: str
    source: Source | None = None
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FieldSource:
    """What stands behind a field: ``page`` (a document id or address) or ``general knowledge``."""

    basis: str
    source: str = ""
    exact: str = ""
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Partner:
    """An organisation, in the shape of a ROR record."""

    id: str
    name: str
    kind: str
    relation: str
    names: Sequence[Name] = ()
    sector: str = ""
    activity: str = ""
    country: str = ""
    city: str = ""
    founded: str = ""
    website: str = ""
    identifiers: Mapping[str, str] = field(default_factory=dict)
    relations: Sequence[Relation] = ()
    facts: Sequence[Fact] = ()
    sources: Sequence[Source] = ()
    verified: Mapping[str, FieldSource] = field(default_factory=dict)
    note: str = ""
    confidence: str = ""
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """What a person was, at which organisation; dates are EDTF.

    ``as_of`` is the day, or the span, for which the sources show it; ``start`` and ``end`` are
    given where a source says when it began or ended.
    """

    title: str
    organisation: str
    partner: str = ""
    as_of: str = ""
    start: str = ""
    end: str = ""
    source: Source | None = None
    sources: Sequence[Source] = ()
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom documents name, with the roles that the person held at organisations."""

    id: str
    name: str
    roles: Sequence[Role] = ()
    credentials: str = ""
    note: str = ""
    confidence: str = ""
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number given for a measure within an event; ``value`` keeps its words (``hundreds``).

    ``partner`` is the organisation that it is about, if that is not all who take part.
    """

    measure: str
    value: str
    unit: str
    qualifier: str = "exact"
    as_of: str = ""
    partner: str = ""
    note: str = ""
    source: Source | None = None
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened at ``date``; ``announced`` is the day it was made public, if another one."""

    id: str
    date: str
    title: str
    kind: str
    announced: str = ""
    summary: str = ""
    partners: Sequence[str] = ()
    people: Sequence[str] = ()
    places: Sequence[str] = ()
    figures: Sequence[Measurement] = ()
    sources: Sequence[Source] = ()
    note: str = ""
    confidence: str = ""
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number given for a measure; ``rank`` is preferred, normal or deprecated (Wikidata).

    ``partner`` is the organisation that it is about; ``partners`` are further ones, and ``event``
    is the event that it was given at.
    """

    id: str
    measure: str
    value: str
    unit: str
    qualifier: str = "exact"
    as_of: str = ""
    partner: str = ""
    partners: Sequence[str] = ()
    event: str = ""
    rank: str = "normal"
    note: str = ""
    confidence: str = ""
    source: Source | None = None
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a person said, as a paraphrase in ``text``; ``organisation`` is whom they spoke for."""

    id: str
    speaker: str
    date: str
    text: str
    organisation: str = ""
    about: str = ""
    event: str = ""
    note: str = ""
    confidence: str = ""
    source: Source | None = None
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Original:
    """The published page that a brief is about: Dublin Core terms, apart from the brief's own.

    ``title_supplied`` is ``true`` where the page shows no title and ours stands for it;
    ``accessed`` is the day it was read, ``archived`` the address of a copy, ``sha256`` the
    digest of the text that was read.
    """

    title: str = ""
    title_supplied: str = ""
    publisher: str = ""
    date: str = ""
    language: str = ""
    type: str = ""
    address: str = ""
    accessed: str = ""
    archived: str = ""
    sha256: str = ""
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """One published text, or a brief about it; Dublin Core terms. ``body`` is Markdown.

    ``rendered`` is its text as the index keeps it, None if that is to be made of ``body``.

    A brief has an ``original``.  Then ``date``, ``publisher``, ``type``, ``source`` and
    ``original_language`` are those of the original, and ``title``, ``creator``, ``created``,
    ``language`` and ``rights`` are the brief's own.  ``file`` is the kept file that the text
    was read from, as a path within the archive.
    """

    id: str
    title: str
    body: str = ""
    creator: str = ""
    created: str = ""
    date: str = ""
    publisher: str = ""
    language: str = ""
    type: str = ""
    source: str = ""
    rights: str = ""
    description: str = ""
    subject: Sequence[str] = ()
    translation_of: str = ""
    version_of: str = ""
    follows: str = ""
    original_language: str = ""
    grade: str = ""
    original: Original | None = None
    file: str = ""
    locators: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    confidence: str = ""
    extra: Mapping[str, Data] = field(default_factory=dict)
    rendered: StoredText | None = field(default=None, compare=False, repr=False)


Record: TypeAlias = Partner | Person | Event | Figure | Statement | Document


@dataclass(frozen=True, slots=True)
class Era:
    """A time that the archive distinguishes; ``date`` is its interval, ``names`` translations."""

    name: str
    date: str
    names: Sequence[Name] = ()
    extra: Mapping[str, Data] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ArchiveMetadata:
    """``archive.yaml``: what the archive as a whole is about."""

    title: str
    home: str = ""
    languages: Sequence[str] = ("en",)
    rights: str = ""
    contact: str = ""
    description: str = ""
    eras: Sequence[Era] = ()
    extra: Mapping[str, Data] = field(default_factory=dict)
