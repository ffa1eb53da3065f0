"""Hypothesis strategies for valid records of every kind."""

from __future__ import annotations

from typing import TypeVar

from hypothesis import strategies as st

from milatui.archive.kinds import Data
from milatui.archive.records import (
    ArchiveMetadata,
    Document,
    Event,
    Fact,
    FieldSource,
    Figure,
    Measurement,
    Name,
    Original,
    Partner,
    Person,
    Record,
    Relation,
    Role,
    Source,
    Statement,
)
from milatui.archive.serialize import record_from_dict, record_to_dict

T = TypeVar("T")
_AWKWARD = [
    *("no", "Yes", "~", "null", "2018", "2018-01-02", "1e3", "0x1F", "0o17", "1_000", "12:30"),
    *(".inf", "<<", "=", "-", "?", ":", "[", "]", "{", "}", "#", "&", "*", "!", "|", ">", "'"),
    *('"', "%", "@", "`", "a:b", "a: b", "a #b", "#b", "-a", "- a", "a:", "", "été", "\u2028"),
    *("\ufeff", "\x85", "\xa0x", "\U0001f600", "a\x1bb", "---", "...", "\t", " x", "x "),
]
_CHARACTERS = st.characters(exclude_categories=["Cs"])
_LINES = ("a\n b", "a\n\nb", "\n", "a\n", " a\nb ", "a \nb", "# x\n- y", "a\n\tb", "x" * 120)


def texts(minimum: int = 1) -> st.SearchStrategy[str]:
    return st.one_of(
        st.text(_CHARACTERS, min_size=minimum, max_size=40),
        st.sampled_from([text for text in (*_AWKWARD, *_LINES) if len(text) >= minimum]),
        st.lists(st.sampled_from(["word", "l'été", "it's", "a:", "#b", "", "-"]), min_size=30).map(
            "x ".join
        ),
    )


def ids() -> st.SearchStrategy[str]:
    return st.one_of(
        st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,3}", fullmatch=True),
        st.sampled_from(
            ["MED-10", "../../etc/passwd", "a/b", "con", "été", ".hidden", "a b", "x."]
        ),
        st.text(st.characters(exclude_categories=["Cc", "Cs", "Z"]), min_size=1, max_size=120),
    )


OPTIONAL = texts(0)
DATES = st.sampled_from(
    ["2021", "2021-05", "2021-05-03", "202X", "20XX", "2019?", "2018/..", "2021-24", "2021-XX"]
)
OPTIONAL_DATES = st.one_of(st.just(""), DATES)
COUNTRIES = st.sampled_from(["", "CA", "FR"])
LANGUAGES = st.sampled_from(["", "en", "fr-CA"])
ADDRESSES = st.sampled_from(["", "https://example.org/a?b=c#d"])
CONFIDENCES = st.sampled_from(["", "low"])
EXTRAS: st.SearchStrategy[dict[str, Data]] = st.dictionaries(
    texts().map("x_{}".format),
    st.recursive(
        texts(0),
        lambda inner: st.one_of(
            st.lists(inner, max_size=2), st.dictionaries(texts(0), inner, max_size=2)
        ),
        max_leaves=4,
    ),
    max_size=2,
)
SOURCES = st.builds(
    Source,
    document=ids(),
    exact=texts(),
    prefix=OPTIONAL,
    suffix=OPTIONAL,
    locator=OPTIONAL,
    url=ADDRESSES,
    extra=EXTRAS,
)
MAYBE_SOURCES = st.one_of(st.none(), SOURCES)


def tuples(items: st.SearchStrategy[T]) -> st.SearchStrategy[tuple[T, ...]]:
    return st.lists(items, max_size=2).map(tuple)


NAMES = st.builds(
    Name,
    value=texts(),
    language=LANGUAGES,
    kind=st.sampled_from(["alias", "former", "acronym", "official"]),
    source=OPTIONAL,
    extra=EXTRAS,
)
RELATIONS = st.builds(
    Relation,
    to=ids(),
    kind=st.sampled_from(["parent", "funder"]),
    announced=OPTIONAL_DATES,
    start=OPTIONAL_DATES,
    end=OPTIONAL_DATES,
    source=MAYBE_SOURCES,
    extra=EXTRAS,
)
FACTS = st.builds(Fact, text=texts(), source=MAYBE_SOURCES, extra=EXTRAS)
BASES = st.builds(FieldSource, basis=texts(), source=OPTIONAL, exact=OPTIONAL, extra=EXTRAS)
ROLES = st.builds(
    Role,
    title=texts(),
    organisation=texts(),
    partner=st.one_of(st.just(""), ids()),
    as_of=OPTIONAL_DATES,
    start=OPTIONAL_DATES,
    end=OPTIONAL_DATES,
    source=MAYBE_SOURCES,
    sources=tuples(SOURCES),
    extra=EXTRAS,
)
QUALIFIERS = st.sampled_from(["exact", "at-least"])
MEASUREMENTS = st.builds(
    Measurement,
    measure=texts(),
    value=texts(),
    unit=texts(),
    qualifier=QUALIFIERS,
    as_of=OPTIONAL_DATES,
    note=OPTIONAL,
    source=MAYBE_SOURCES,
    extra=EXTRAS,
)
PARTNERS = st.builds(
    Partner,
    id=ids(),
    name=texts(),
    kind=st.sampled_from(["company", "network"]),
    relation=texts(),
    names=tuples(NAMES),
    sector=OPTIONAL,
    activity=OPTIONAL,
    country=COUNTRIES,
    city=OPTIONAL,
    founded=OPTIONAL_DATES,
    website=ADDRESSES,
    identifiers=st.dictionaries(texts(0), texts(), max_size=2),
    relations=tuples(RELATIONS),
    facts=tuples(FACTS),
    sources=tuples(SOURCES),
    verified=st.dictionaries(texts(0), BASES, max_size=2),
    note=OPTIONAL,
    confidence=CONFIDENCES,
    extra=EXTRAS,
)
PEOPLE = st.builds(
    Person,
    id=ids(),
    name=texts(),
    roles=tuples(ROLES),
    credentials=OPTIONAL,
    note=OPTIONAL,
    confidence=CONFIDENCES,
    extra=EXTRAS,
)
EVENTS = st.builds(
    Event,
    id=ids(),
    date=DATES,
    title=texts(),
    kind=st.sampled_from(["grant", "spin-off"]),
    summary=OPTIONAL,
    partners=tuples(ids()),
    people=tuples(ids()),
    places=tuples(texts()),
    figures=tuples(MEASUREMENTS),
    sources=tuples(SOURCES),
    note=OPTIONAL,
    confidence=CONFIDENCES,
    extra=EXTRAS,
)
FIGURES = st.builds(
    Figure,
    id=ids(),
    measure=texts(),
    value=texts(),
    unit=texts(),
    qualifier=QUALIFIERS,
    as_of=OPTIONAL_DATES,
    partner=st.one_of(st.just(""), ids()),
    rank=st.sampled_from(["preferred", "normal"]),
    note=OPTIONAL,
    confidence=CONFIDENCES,
    source=MAYBE_SOURCES,
    extra=EXTRAS,
)
STATEMENTS = st.builds(
    Statement,
    id=ids(),
    speaker=ids(),
    date=DATES,
    text=texts(),
    organisation=st.one_of(st.just(""), ids()),
    about=OPTIONAL,
    event=st.one_of(st.just(""), ids()),
    note=OPTIONAL,
    confidence=CONFIDENCES,
    source=MAYBE_SOURCES,
    extra=EXTRAS,
)
ORIGINALS = st.builds(
    Original,
    title=OPTIONAL,
    title_supplied=st.sampled_from(["", "true"]),
    publisher=OPTIONAL,
    date=OPTIONAL_DATES,
    language=LANGUAGES,
    type=st.sampled_from(["", "news"]),
    address=ADDRESSES,
    accessed=OPTIONAL_DATES,
    archived=ADDRESSES,
    sha256=OPTIONAL,
    extra=EXTRAS,
)


def as_loaded(document: Document) -> Document:
    """The document with what it has from its original."""
    loaded = record_from_dict("document", record_to_dict(document))
    assert isinstance(loaded, Document)
    return loaded


DOCUMENTS = st.builds(
    Document,
    id=ids(),
    title=texts(),
    body=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r")),
    creator=OPTIONAL,
    created=OPTIONAL_DATES,
    grade=st.sampled_from(["", "publisher", "aggregator"]),
    original=st.one_of(st.none(), ORIGINALS),
    date=OPTIONAL_DATES,
    publisher=OPTIONAL,
    language=LANGUAGES,
    type=st.sampled_from(["", "news"]),
    source=OPTIONAL,
    rights=OPTIONAL,
    description=OPTIONAL,
    subject=tuples(ids()),
    translation_of=st.one_of(st.just(""), ids()),
    version_of=st.one_of(st.just(""), ids()),
    follows=st.one_of(st.just(""), ids()),
    original_language=LANGUAGES,
    locators=st.dictionaries(texts(0), texts(), max_size=2),
    note=OPTIONAL,
    confidence=CONFIDENCES,
    extra=EXTRAS,
).map(as_loaded)
YAML_RECORDS: st.SearchStrategy[Record] = st.one_of(PARTNERS, PEOPLE, EVENTS, FIGURES, STATEMENTS)
RECORDS: st.SearchStrategy[Record] = st.one_of(YAML_RECORDS, DOCUMENTS)
HEADS = st.builds(
    ArchiveMetadata,
    title=texts(),
    home=st.one_of(st.just(""), ids()),
    languages=st.sampled_from([("en",), ("fr", "en")]),
    rights=OPTIONAL,
    contact=OPTIONAL,
    description=OPTIONAL,
    extra=EXTRAS,
)
