"""Query classes of the query language: Whoosh's own, with offsets in the query text.

What has a counterpart in Whoosh is a subclass of it, so that any Whoosh searcher runs a parsed
query and any Whoosh program walks it (``leaves``, ``all_terms``, ``accept``).  Alternatives and
exclusions are Whoosh's ``Or`` and ``Not`` (:func:`either`, :func:`excluding`).

Every query that the parser makes has ``startchar`` and ``endchar``: offsets in the query text,
without the signs and quotation marks around it.  They take no part in equality and hashing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from whoosh import query as whoosh_query
from whoosh.query.compound import CompoundQuery
from whoosh.query.spans import SpanNear2
from whoosh.query.wrappers import WrappingQuery

from milatui.index.analysis.stopwords import STOPWORDS
from milatui.index.field_names import TEXT
from milatui.index.query.regex_guard import literal_prefix

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from whoosh.matching import Matcher
    from whoosh.searching import SearchContext, Searcher


class Word(whoosh_query.Term):
    """Matches documents whose ``text`` holds a folded word.

    Attributes:
        text: The folded word.
        capitals: Whether it was written in capitals (*WHO*): then it is a name, no stop word.
        hyphenated: Whether it is a part of a written compound (*Mile-Ex*).
    """

    fieldname: str
    text: str
    boost: float
    startchar: int
    endchar: int

    def __init__(
        self,
        text: str,
        startchar: int = 0,
        endchar: int = 0,
        *,
        capitals: bool = False,
        hyphenated: bool = False,
        boost: float = 1.0,
    ) -> None:
        super().__init__(TEXT, text, boost=boost)
        self.startchar, self.endchar = startchar, endchar
        self.capitals, self.hyphenated = capitals, hyphenated


class WordPrefix(whoosh_query.Prefix):
    """Matches documents whose ``text`` holds a word that begins with a folded text.

    Attributes:
        text: The folded prefix, without its star.
        typed: Whether it is the word being typed and was not written with a star.
        capitals: Whether it was written in capitals.
        hyphenated: Whether it is a part of a written compound.
    """

    fieldname: str
    text: str
    boost: float
    startchar: int
    endchar: int

    def __init__(
        self,
        text: str,
        startchar: int = 0,
        endchar: int = 0,
        *,
        typed: bool = False,
        capitals: bool = False,
        hyphenated: bool = False,
        boost: float = 1.0,
    ) -> None:
        super().__init__(TEXT, text, boost=boost)
        self.startchar, self.endchar = startchar, endchar
        self.typed = typed
        self.capitals, self.hyphenated = capitals, hyphenated


class WordPattern(whoosh_query.Regex):
    """Matches documents whose ``text`` holds a word that a regular expression matches as a whole.

    Attributes:
        text: The expression as written, accepted by ``regex_guard``.  Case is ignored.
    """

    fieldname: str
    text: str
    boost: float
    startchar: int
    endchar: int

    def __init__(
        self, text: str, startchar: int = 0, endchar: int = 0, *, boost: float = 1.0
    ) -> None:
        super().__init__(TEXT, text, boost=boost)
        self.startchar, self.endchar = startchar, endchar

    def _get_pattern(self) -> str:
        # Whoosh anchors the beginning only.
        return rf"(?i:{self.text})\Z"

    def _find_prefix(self, text: str) -> str:
        # Whoosh's own is not folded and keeps a letter that ``{0,2}`` may leave out.
        return literal_prefix(text)


Query: TypeAlias = whoosh_query.Query
"""Any query; layers above the index do not import Whoosh."""
PlainWord: TypeAlias = Word | WordPrefix
"""A word that only ranks where nothing marks it: whole, or the beginning of one."""


class WordPhrase(whoosh_query.Phrase):
    """Matches documents in which words stand one after the other.

    Attributes:
        parts: The words with their offsets; the last one may be a prefix (``-mile-ex*``).
        words: Their folded texts, as Whoosh has them.
    """

    fieldname: str
    words: list[str]
    slop: int
    boost: float
    startchar: int
    endchar: int

    def __init__(self, parts: Sequence[PlainWord], *, boost: float = 1.0) -> None:
        super().__init__(
            TEXT,
            [part.text for part in parts],
            boost=boost,
            char_ranges=[(part.startchar, part.endchar) for part in parts],
        )
        self.parts = tuple(parts)
        self.startchar, self.endchar = extent(self.parts)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, WordPhrase)
            and self.parts == other.parts
            and self.boost == other.boost
        )

    def __hash__(self) -> int:
        return hash((WordPhrase, self.parts, self.boost))

    def normalize(self) -> whoosh_query.Query:
        """Returns the phrase itself, or the only word of a phrase of one."""
        return self.parts[0] if len(self.parts) == 1 else self

    def replace(self, fieldname: str, oldtext: str, newtext: str) -> WordPhrase:
        """Returns a copy with a word replaced by another."""
        parts = [part.replace(fieldname, oldtext, newtext) for part in self.parts]
        return WordPhrase(parts, boost=self.boost)

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        """Makes a matcher; Whoosh's phrases know no prefixes, its spans do."""
        if any(isinstance(part, WordPrefix) for part in self.parts):
            spans = SpanNear2(list(self.parts), slop=1, ordered=True, mindist=1)
            return spans.matcher(searcher, context)
        return super().matcher(searcher, context)


class Near(SpanNear2):
    """Matches documents in which two words or phrases stand near each other, in either order.

    Attributes:
        left: What was written first.
        right: What was written second.
        distance: Most positions from the end of one to the start of the other.
    """

    boost = 1.0
    startchar: int
    endchar: int

    def __init__(
        self, left: PlainWord | WordPhrase, right: PlainWord | WordPhrase, distance: int
    ) -> None:
        super().__init__([left, right], slop=distance, ordered=False)
        self.left, self.right, self.distance = left, right, distance
        self.startchar, self.endchar = extent((left, right))

    def _and_query(self) -> whoosh_query.And:
        # That of Whoosh 2.7.4 fails with a NameError.
        return whoosh_query.And([self.left, self.right])

    def apply(self, fn: object) -> Near:
        """Returns a copy with a function applied to both sides."""
        assert callable(fn)  # noqa: S101 - Whoosh's signature
        return Near(fn(self.left), fn(self.right), self.distance)


class FieldRestriction(whoosh_query.Term):
    """Restricts documents by a field of the query language: ``partner:amgen``.

    A Whoosh searcher takes the value as a term where the schema has such a field (``partner``,
    ``kind``, ``lang``, ``publisher``); milatui's searcher asks the catalogue what it means.

    Attributes:
        name: The field's canonical name (``lang`` for ``langue:``).
        value: The value as written, without quotation marks.
        value_startchar: Offset of the value in the query text.
        words: The words of a value of ``title:``; a document is scored by them, too.
    """

    fieldname: str
    text: str
    boost: float
    startchar: int
    endchar: int

    def __init__(
        self,
        name: str,
        value: str,
        startchar: int = 0,
        endchar: int = 0,
        *,
        value_startchar: int = 0,
        words: Sequence[PlainWord] = (),
    ) -> None:
        super().__init__(name, value)
        self.startchar, self.endchar = startchar, endchar
        self.value_startchar = value_startchar
        self.words = tuple(words)

    @property
    def name(self) -> str:
        """The field's canonical name."""
        return self.fieldname

    @property
    def value(self) -> str:
        """The value as written."""
        return self.text


class Required(WrappingQuery):
    """Makes a document have what would otherwise only rank: ``+must``, ``a AND b``.

    Attributes:
        child: The query that must match.
    """

    boost = 1.0
    startchar: int
    endchar: int

    def __init__(self, child: whoosh_query.Query) -> None:
        super().__init__(child)
        self.startchar, self.endchar = extent((child,))

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and bool(self.child == other.child)

    def __hash__(self) -> int:
        return hash((type(self), self.child))

    def normalize(self) -> whoosh_query.Query:
        """Returns the same around a normalized child."""
        child = self.child.normalize()
        return child if child is whoosh_query.NullQuery else self._rewrap(child)


class Quoted(Required):
    """Requires what stands in quotation marks, unless next to nothing has it beside the rest.

    ``quotes.relax_quotes`` decides which quoted parts of a query rank instead of restricting.

    Attributes:
        child: A ``Word`` or a ``WordPhrase``.
    """


class BooleanQuery(CompoundQuery):
    """Combines clauses that stand side by side (Lucene's ``BooleanQuery``).

    Plain words are optional, exclusions prohibited, all other clauses required.  Beside a
    required clause that says what a text is about (anything but fields) plain words only rank;
    without one a document must have one of them at least.

    Clauses repeat as they were written: a word that is asked twice counts twice.

    Attributes:
        subqueries: The clauses in the order written.
    """

    JOINT = " "
    intersect_merge = True
    subqueries: tuple[whoosh_query.Query, ...]
    boost: float
    startchar: int
    endchar: int

    def __init__(self, subqueries: Sequence[whoosh_query.Query], boost: float = 1.0) -> None:
        super().__init__(tuple(subqueries), boost=boost)
        self.startchar, self.endchar = extent(self.subqueries)

    def __eq__(self, other: object) -> bool:
        # Whoosh takes an empty query, which is falsy, for another one.
        return (
            isinstance(other, BooleanQuery)
            and self.subqueries == other.subqueries
            and self.boost == other.boost
        )

    def __hash__(self) -> int:
        return hash((BooleanQuery, self.subqueries, self.boost))

    @property
    def optional(self) -> tuple[PlainWord, ...]:
        """The plain words: of these a document has one at least, or they only rank.

        Returns:
            Clauses in the order of the query.
        """
        return tuple(clause for clause in self.subqueries if is_plain(clause))

    @property
    def prohibited(self) -> tuple[whoosh_query.Query, ...]:
        """What a document must not have, without its ``Not``.

        Returns:
            Queries in the order of the query.
        """
        return tuple(
            clause.query for clause in self.subqueries if isinstance(clause, whoosh_query.Not)
        )

    @property
    def required(self) -> tuple[whoosh_query.Query, ...]:
        """The clauses that all must match.

        Returns:
            Clauses in the order of the query.
        """
        return tuple(
            clause
            for clause in self.subqueries
            if not (is_plain(clause) or isinstance(clause, whoosh_query.Not))
        )

    @property
    def has_required_content(self) -> bool:
        """Whether a required clause says what a text is about, so that plain words only rank."""
        return any(map(_has_content, self.required))

    @property
    def is_plain(self) -> bool:
        """Whether the query is nothing but words, of which any will do."""
        return all(map(is_plain, self.subqueries))

    def normalize(self) -> whoosh_query.Query:
        """Returns the query with normalized clauses, or its only clause.

        Groups within groups stay: their words are alternatives of their own.
        """
        clauses: list[whoosh_query.Query] = []
        for clause in self.subqueries:
            normal = clause.normalize()
            if normal is not whoosh_query.NullQuery:
                # ``(a OR a)`` is required, a plain word would not be.
                lost = is_plain(normal) and not is_plain(clause)
                clauses.append(Required(normal) if lost else normal)
        if not clauses:
            return whoosh_query.NullQuery
        if len(clauses) == 1 and not isinstance(clauses[0], whoosh_query.Not):
            return clauses[0]
        return BooleanQuery(clauses, boost=self.boost)

    def as_stock(self) -> whoosh_query.Query:
        """Returns what matches the same made of Whoosh's queries alone."""
        words, required = significant_words(self.optional), list(self.required)
        matched: whoosh_query.Query
        if words and self.has_required_content:
            matched = whoosh_query.AndMaybe(_all(required), _any(words))
        elif words:
            matched = _all([*required, _any(words)])
        else:
            matched = _all(required) if required else whoosh_query.Every()
        if not self.prohibited:
            return matched
        return _all([matched, *(whoosh_query.Not(clause) for clause in self.prohibited)])

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        """Makes a matcher of Whoosh's for the same documents."""
        if not self.subqueries:
            return whoosh_query.NullQuery.matcher(searcher, context)
        return self.as_stock().matcher(searcher, context)


class QueryWarning(NamedTuple):
    """A part of a query that was not understood and was searched as words.

    Attributes:
        start: Offset of its first character in the query text.
        end: Offset behind its last one.
        message: What is wrong, in the language of the interface.
    """

    start: int
    end: int
    message: str


class ParsedQuery(NamedTuple):
    """A query as parsed.

    Attributes:
        query: The clauses; empty if nothing was asked.
        warnings: What was not understood, in the order of the text.
    """

    query: BooleanQuery
    warnings: tuple[QueryWarning, ...] = ()


def is_plain(clause: whoosh_query.Query) -> bool:
    """Returns whether a clause is a plain word, whole or begun."""
    return isinstance(clause, Word | WordPrefix)


def is_exclusion(clause: whoosh_query.Query) -> bool:
    """Returns whether a clause says what a document must not have."""
    return isinstance(clause, whoosh_query.Not)


def either(alternatives: Sequence[whoosh_query.Query]) -> whoosh_query.Or:
    """Makes Whoosh's ``Or``, with offsets."""
    made = whoosh_query.Or(list(alternatives))
    made.startchar, made.endchar = extent(alternatives)
    return made


def excluding(clause: whoosh_query.Query) -> whoosh_query.Not:
    """Makes Whoosh's ``Not``, with offsets."""
    made = whoosh_query.Not(clause)
    made.startchar, made.endchar = extent((clause,))
    return made


def extent(parts: Sequence[whoosh_query.Query]) -> tuple[int, int]:
    """Returns the offsets from the first to the last of some queries; zeros if none has any.

    Queries that Whoosh makes, in ``normalize`` for example, have none.

    Returns:
        (start, end) in characters of the query, the end exclusive.
    """
    starts = [part.startchar for part in parts if part.startchar is not None]
    ends = [part.endchar for part in parts if part.endchar is not None]
    return min(starts, default=0), max(ends, default=0)


def scored_leaves(query: whoosh_query.Query) -> Iterator[PlainWord | WordPattern]:
    """Yields the words and patterns that a document is scored by: all that are not excluded."""
    match query:
        case Word() | WordPrefix() | WordPattern():
            yield query
        case WordPhrase():
            yield from query.parts
        case FieldRestriction():
            yield from query.words
        case whoosh_query.Not():
            return
        case _:
            for child in query.children():
                yield from scored_leaves(child)


def significant_words(words: Sequence[PlainWord]) -> list[PlainWord]:
    """Returns the words that count: no stop words and letters unless nothing else is left.

    A stop word in capitals (*IT*, *WHO*) is a name, unless all words are in capitals.
    """
    shouted = all(word.capitals for word in words)
    found = [
        word
        for word in words
        if (word.capitals and not shouted)
        or (
            word.text not in STOPWORDS
            and (len(word.text) > 1 or word.text.isdigit() or isinstance(word, WordPrefix))
        )
    ]
    return found or list(words)


def _has_content(clause: whoosh_query.Query) -> bool:
    """Returns whether a clause is more than restrictions by fields and exclusions."""
    if isinstance(clause, FieldRestriction | whoosh_query.Not):
        return False
    if isinstance(clause, BooleanQuery | whoosh_query.Or | Required):
        return any(map(_has_content, clause.children()))
    return True


def _all(clauses: list[whoosh_query.Query]) -> whoosh_query.Query:
    return clauses[0] if len(clauses) == 1 else whoosh_query.And(clauses)


def _any(clauses: Sequence[whoosh_query.Query]) -> whoosh_query.Query:
    return clauses[0] if len(clauses) == 1 else whoosh_query.Or(list(clauses))
