"""The query language: what is understood, and what is pointed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.query import Query

from milatui.index.query.parser import (
    MAX_LENGTH,
    MAX_PATTERNS,
    MAX_PREFIXES,
    MAX_SIGNS,
    MAX_WORDS,
    LanguageParser,
    parse,
)
from milatui.index.query.syntax import (
    FieldRestriction,
    Quoted,
    Required,
    Word,
    WordPattern,
    WordPhrase,
    WordPrefix,
    scored_leaves,
)
from tests.index.query.shapes import Shape, shape

UNDERSTOOD: list[tuple[str, Shape]] = [
    ("mila robots", ("mila", "robots")),
    ('"Machine Learning" -amgen', (('"', ["machine", "learning"]), ("-", "amgen"))),
    ("«l’institut québécois»", (('"', ["institut", "quebecois"]),)),
    ('"mila" robots', (('"', "mila"), "robots")),
    ("(samsung OR amgen) lab*", (("or", "samsung", "amgen"), "lab*")),
    ("a OR b OR c", (("or", "a", "b", "c"),)),
    ("a | b || c", (("or", "a", "b", "c"),)),
    ("(a b)", ("a", "b")),
    ("(a b) OR c", (("or", ("a", "b"), "c"),)),
    ("-(a b)", (("-", ("a", "b")),)),
    ("(x (a b -c))", ("x", ("a", "b", ("-", "c")))),
    ("a AND b", (("+", "a"), ("+", "b"))),
    ("a && b", (("+", "a"), ("+", "b"))),
    ("a AND b OR c", (("+", "a"), ("or", "b", "c"))),
    ("a AND NOT b", (("+", "a"), ("-", "b"))),
    ("NOT x +y", (("-", "x"), ("+", "y"))),
    ("a - b", ("a", "b")),
    ("drug near/5 discovery", (("near", 5, "drug", "discovery"),)),
    ('"a b" NEAR/900 c', (("near", 60, ["a", "b"], "c"),)),
    ('"a" near/2 b OR c', (("or", ("near", 2, "a", "b"), "c"),)),
    ("partner:amgen date:2021..2023", (("partner", "amgen"), ("date", "2021..2023"))),
    ("(partner:amgen) drug", (("partner", "amgen"), "drug")),
    ('said-by:"Yoshua Bengio"', (("said-by", "Yoshua Bengio"),)),
    ("date:last year x", (("date", "last year"), "x")),
    ("date:last 3 months x", (("date", "last 3 months"), "x")),
    ("date:l’an dernier x", (("date", "l’an dernier"), "x")),
    ("date:since 2020 x", (("date", "since 2020"), "x")),
    ("date:depuis mai 2020 x", (("date", "depuis mai 2020"), "x")),
    ("date:since 18 May 2020 x", (("date", "since 18 May 2020"), "x")),
    ("date:18 January 2023 x", (("date", "18 January 2023"), "x")),
    ("date:January 18, 2023, x", (("date", "January 18, 2023"), "x")),
    ("date:2021 x", (("date", "2021"), "x")),
    ("date:Q3 2021 x", (("date", "Q3 2021"), "x")),
    ("since:May 2020 x", (("since", "May 2020"), "x")),
    ("depuis:mai 2020 avant:2022-03 x", (("since", "mai 2020"), ("before", "2022-03"), "x")),
    ("title:last supper", (("title", "last"), "supper")),
    ("since:2020 avant:2022", (("since", "2020"), ("before", "2022"))),
    ("Nota: mila", ("nota", "mila")),
    ("/mil[ae]/ /lab(s|os)?/", (("/", "mil[ae]"), ("/", "lab(s|os)?"))),
    ("-Mile-Ex", (("-", ["mile", "ex"]),)),
    ("+Mile-Ex", (("+", ["mile", "ex"]),)),
    ("Mile-Ex OR x", (("or", ["mile", "ex"], "x"),)),
    ("x near/3 Mile-Ex", (("near", 3, "x", ["mile", "ex"]),)),
    ("-mile-ex*", (("-", ["mile", "ex*"]),)),
    ("/mil[ae]/", (("/", "mil[ae]"),)),
    ("1 000 people", ("1000", "people")),
    ("12:30 http://mila.quebec/x", ("12", "30", "http", "mila", "quebec", "x")),
    ("titre:labo langue:fr", (("title", "labo"), ("lang", "fr"))),
    ('+"a b" "c d"', (("+", ["a", "b"]), ('"', ["c", "d"]))),
    ('-"a b" OR "c"', (("or", ("-", ["a", "b"]), "c"),)),
    ("lab*, mil*", ("lab*", "mil*")),
    ("", ()),
]
RANGES = [
    *("May 2021..June 2021", "May 2021 .. June 2021", "May 2021-June 2021", "May 2021 – June 2021"),
    *("May 2021 to June 2021", "from May 2021 to June 2021", "May–June 2021", "May to June 2021"),
    *("between May and June 2021", "entre mai et juin 2021", "de mai 2021 à juin 2021"),
    *("May 2021..", "..May 2021", "18 May 2021..20 May 2021", "18-20 May 2021", "Q1 2021..Q2 2021"),
    *("2021 - 2022", "2021 to 2022", "2021-05 to 2021-06", "mai 2021 jusqu’à juin 2021"),
]
QUOTES = [
    *('"{}"', "“{}”", "„{}“", "„{}”", "”{}”", "«{}»", "« {} »", "«\u202f{}\u202f»", "»{}«"),
    *("‹{}›", "›{}‹", "「{}」", "『{}』", "＂{}＂", "〝{}〟", "〝{}〞", "‟{}”"),
]


@pytest.mark.parametrize(("query", "expected"), UNDERSTOOD)
def test_what_is_understood(query: str, expected: Shape) -> None:
    parsed = parse(query)
    assert shape(parsed.query) == expected
    assert parsed.warnings == ()


@pytest.mark.parametrize("quotes", QUOTES)
def test_every_country_quotes(quotes: str) -> None:
    quoted = quotes.format("green light")
    assert shape(parse(f"{quoted} x").query) == (('"', ["green", "light"]), "x")
    parsed = parse(f"title:{quoted} x")
    assert shape(parsed.query) == (("title", "green light"), "x")
    assert parsed.warnings == ()
    restriction = parsed.query.subqueries[0]
    assert isinstance(restriction, FieldRestriction)
    assert [word.text for word in restriction.words] == ["green", "light"]
    assert restriction.value_startchar == f"title:{quoted} x".index("green")


@pytest.mark.parametrize("value", ["'green light'", "‘green light’", "‘Green’s light’"])
def test_apostrophes_quote_values(value: str) -> None:
    parsed = parse(f"title:{value} x")
    assert shape(parsed.query) == (("title", value[1:-1]), "x")
    assert parsed.warnings == ()


def test_an_apostrophe_within_a_value_quotes_nothing() -> None:
    assert shape(parse("title:l'institut d'été").query) == (("title", "l'institut"), "ete")


@pytest.mark.parametrize("value", RANGES)
@pytest.mark.parametrize(
    "written", ["date:{}", "date:{} mila", "Date:{}, mila", "(x date:{}) mila"]
)
def test_a_range_of_dates_is_one_value(value: str, written: str) -> None:
    parsed = parse(written.format(value))
    fields = [q for q in parsed.query.leaves() if isinstance(q, FieldRestriction)]
    assert [q.value for q in fields] == [value]
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    ("query", "pointed", "words"),
    [
        ("foo:bar mila", "foo:bar", ("foo", "bar", "mila")),
        ("(open mila", "(", ("open", "mila")),
        ("mila close)", ")", ("mila", "close")),
        ('"not closed', '"', ("not", "closed")),
        ("title:“not closed", "“", ("title", "not", "closed")),
        ("/mil[/ x", "/mil[/", ("mil", "x")),
        ("/(a+)+b/", "/(a+)+b/", ("a", "b")),
        ("near/5 mila", "near/5", ("mila",)),
        ("mila OR", "OR", ("mila",)),
        ("mila OR OR robots", "OR", (("or", "mila", "robots"),)),
        ("partner: mila", "partner:", ("partner", "mila")),
        ("partner:", "partner:", ("partner",)),
        ('partner:"" mila', 'partner:""', ("partner", "mila")),
        ("OR", "OR", ("or",)),
        ("near/5", "near/5", ("near", "5")),
        ("pa*t mila", "pa*t", ("pa", "t", "mila")),
        ("a near/2 b near/3 c", "near/3", (("near", 2, "a", "b"), "c")),
        ("/a/ near/2 b", "near/2", (("/", "a"), "b")),
        ("()", "()", ()),
        ("!?", "!?", ()),
    ],
)
def test_what_is_broken_is_searched_as_words_and_pointed_at(
    query: str, pointed: str, words: Shape
) -> None:
    parsed = parse(query)
    assert shape(parsed.query) == words
    assert [query[w.start : w.end] for w in parsed.warnings] == [pointed]


def test_the_last_word_is_a_prefix_while_typing() -> None:
    parsed = parse("new lab", typing=True)
    assert shape(parsed.query) == ("new", "lab*")
    prefix = parsed.query.subqueries[1]
    assert isinstance(prefix, WordPrefix)
    assert prefix.typed
    assert shape(parse("new lab ", typing=True).query) == ("new", "lab")
    assert shape(parse("new lab", typing=False).query) == ("new", "lab")
    assert shape(parse('"new lab"', typing=True).query) == (('"', ["new", "lab"]),)
    starred = parse("new lab*", typing=True).query.subqueries[1]
    assert isinstance(starred, WordPrefix)
    assert not starred.typed


def test_the_last_word_of_a_title_is_a_prefix_while_typing() -> None:
    (restriction,) = parse("title:new-lab", typing=True).query.subqueries
    assert isinstance(restriction, FieldRestriction)
    assert [shape(word) for word in restriction.words] == ["new", "lab*"]


@pytest.mark.parametrize(
    "query", ['"labo', "lab (mi", "lab OR", "lab near/5", "partner:", "title:“", "-", "+"]
)
def test_what_is_still_being_typed_is_not_pointed_at(query: str) -> None:
    assert parse(query, typing=True).warnings == ()
    assert len(parse(query).warnings) == 1


def test_prose_restricts_nothing() -> None:
    text = (
        'What is known "about the effects" of heat on a wing -dash in a /boat-tail/ and slow flow'
        ' "heated" +wing'
    )
    parsed = parse(text)
    assert parsed.query.is_plain
    assert [text[q.startchar : q.endchar] for q in parsed.query.subqueries] == [
        word.strip('-/+"') for word in text.replace("boat-tail", "boat tail").split()
    ]
    assert not parse(f"{text} -lang:fr").query.is_plain


def test_words_side_by_side_are_read_as_in_a_text() -> None:
    # Both sides of the spaces belong to one number, whatever stands beside.
    assert shape(parse("-x 12 345 678 people").query) == (("-", "x"), "12345678", "people")


def test_offsets_are_those_of_the_words() -> None:
    query = 'Mila "deep learning" -Samsung title:“Green light” (a OR b) x near/3 y /la.*/ lab*'
    parsed = parse(query)
    pieces = [query[clause.startchar : clause.endchar] for clause in parsed.query.subqueries]
    assert pieces == [
        *("Mila", "deep learning", "Samsung", "title:“Green light”", "a OR b", "x near/3 y"),
        *("/la.*/", "lab"),
    ]
    words = [query[w.startchar : w.endchar] for w in scored_leaves(parsed.query)]
    assert words == [
        *("Mila", "deep", "learning", "Green", "light", "a", "b", "x", "y", "/la.*/", "lab"),
    ]


def test_capitals_are_noted() -> None:
    clauses = parse("WHO says it A.I. lab").query.subqueries
    assert [word.capitals for word in clauses] == [True, False, False, True, False]


def test_deep_parentheses_end() -> None:
    assert parse("(" * 500 + "mila" + ")" * 500).warnings
    assert shape(parse("(" * 100 + "mila" + ")" * 100 + " x").query) == ("mila", "x")


def test_signs_before_signs_end() -> None:
    assert parse("NOT " * 400 + "mila").warnings
    assert shape(parse("NOT NOT mila").query) == (("-", ("-", "mila")),)


def test_too_many_signs_are_read_as_words() -> None:
    text = "-x " * (MAX_SIGNS + 3)
    parsed = parse(text)
    assert len(parsed.query.prohibited) == MAX_SIGNS
    assert shape(parsed.query)[MAX_SIGNS:] == ("x",) * 3  # type: ignore[index]
    assert [text[w.start : w.end] for w in parsed.warnings] == ["-x -x -x "]


def test_patterns_and_prefixes_are_few() -> None:
    text = "/ab/ /ab/ " + " ".join(f"/{letter}b/" for letter in "cdefg"[:MAX_PATTERNS])
    parsed = parse(text)
    assert [w.start for w in parsed.warnings] == [text.index(f"/{'cdefg'[MAX_PATTERNS - 1]}")]
    assert sum(isinstance(q, WordPattern) for q in parsed.query.subqueries) == MAX_PATTERNS + 1
    text = "ab* " * (MAX_PREFIXES + 2) + "cd"
    parsed = parse(text, typing=True)
    assert shape(parsed.query)[MAX_PREFIXES:] == ("ab", "ab", "cd")  # type: ignore[index]
    assert [text[w.start : w.end] for w in parsed.warnings] == ["*"]


def test_of_many_words_the_first_are_looked_for() -> None:
    text = "a " * (MAX_WORDS + 3) + '"b c"'
    parsed = parse(text)
    assert len(parsed.query.subqueries) == MAX_WORDS
    assert [text[w.start : w.end] for w in parsed.warnings] == ["a"]
    assert parsed.warnings[0].start == 2 * MAX_WORDS


def test_what_follows_the_maximum_length_is_not_read() -> None:
    assert parse("x" * MAX_LENGTH + " y").query == parse("x" * MAX_LENGTH).query


def test_any_whoosh_program_can_use_the_parser() -> None:
    parser = LanguageParser()
    assert parser.parse("mila") == Word("mila")
    assert parser.parse('"mila"') == Quoted(Word("mila"))
    assert parser.parse("mila -robots").subqueries[1].query == Word("robots")


def test_a_wrong_field_is_told_the_nearest() -> None:
    assert parse("partnr:amgen").warnings[0].message.endswith("similar: partner")
    assert parse("foo:bar").warnings[0].message.endswith("date, since, until")


PIECES = st.sampled_from(
    [
        *("mila", "robots", "NOT", "OR", "AND", "near/3", "(", ")", "-", "+", '"', "“", "”", "*"),
        *("partner:", "title:", "date:", "since:", "May 2021", "..", "/a.b/", "/", "'", "’", " "),
        *("1 000", "$180M", "l’", "Mile-Ex", ":", "|", "&", "\u202f", "é", "e\u0301", "日本"),
    ]
)


@given(st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=20).map("".join)), st.booleans())
def test_every_text_is_a_query(text: str, typing: bool) -> None:
    parsed = parse(text, typing=typing)
    for warning in parsed.warnings:
        assert 0 <= warning.start < warning.end <= len(text)
        assert warning.message
    for part in _everything(parsed.query):
        assert 0 <= part.startchar <= part.endchar <= len(text)
        if isinstance(part, Word | WordPrefix | WordPattern | FieldRestriction):
            assert text[part.startchar : part.endchar].strip()
        if isinstance(part, FieldRestriction):
            assert text[part.value_startchar :].startswith(part.value)
        if isinstance(part, Required):
            assert isinstance(part.child, Word | WordPrefix | WordPhrase)
    assert parse(text, typing=typing) == parsed
    assert hash(parsed) == hash(parse(text, typing=typing))
    assert hash(parsed.query.normalize()) == hash(parsed.query.normalize().normalize())


def _everything(query: Query) -> list[Query]:
    return [query, *(part for child in query.children() for part in _everything(child))]
