"""Query parser: the query language as plugins of Whoosh's ``QueryParser``.

Words, ``"phrases"``, ``-not``, ``+must``, ``OR``, ``AND``, ``NOT``, parentheses, ``near/5``,
``field:value``, ``/regular expressions/`` and ``begin*``.  Every text is a query: what cannot be
understood is searched as words, and a :class:`QueryWarning` points at it.

Whoosh tags the text with the plugins' taggers, groups the syntax nodes with their filters, and
asks the nodes for queries.  A node of ours may stand for several clauses: ``Mile-Ex`` is two words.
"""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from operator import itemgetter
from typing import TYPE_CHECKING, Final, TypeVar

from whoosh.qparser import QueryParser
from whoosh.qparser.plugins import OperatorsPlugin, Plugin
from whoosh.qparser.syntax import (
    GroupNode,
    InfixOperator,
    Operator,
    PrefixOperator,
    SyntaxNode,
    Whitespace,
)
from whoosh.qparser.taggers import Tagger
from whoosh.query import Not, Or

from milatui.i18n import _
from milatui.index.analysis.tokenizer import tokenize_query
from milatui.index.field_names import TEXT, TITLE
from milatui.index.query.fields import DATE_FIELDS, FIELD_NAMES, FIELDS, PERIOD
from milatui.index.query.regex_guard import regex_error
from milatui.index.query.syntax import (
    BooleanQuery,
    FieldRestriction,
    Near,
    ParsedQuery,
    QueryWarning,
    Quoted,
    Required,
    Word,
    WordPattern,
    WordPhrase,
    WordPrefix,
    either,
    excluding,
    is_plain,
)
from milatui.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from whoosh.query import Query

    from milatui.index.analysis.tokenizer import QueryToken
    from milatui.index.query.syntax import PlainWord

    Filter = Callable[["LanguageParser", GroupNode], GroupNode]

T = TypeVar("T")

MAX_DISTANCE: Final = 60
"""Maximum distance of ``near``: the gap between the positions of two documents is wider."""
MAX_DEPTH: Final = 20
"""Maximum depth of parentheses within parentheses, and of signs before signs."""
MAX_SIGNS: Final = 200
"""Maximum number of signs, quoted parts, fields and parentheses of a query."""
MAX_WORDS: Final = 1_000
"""Maximum number of words of a query that are looked for, the first ones."""
MAX_PATTERNS: Final = 4
"""Maximum number of regular expressions of a query: each is tried on every term."""
MAX_PREFIXES: Final = 16
"""Maximum number of prefixes of a query."""
MAX_WARNINGS: Final = 20
"""Maximum number of warnings about one query."""
PROSE_LENGTH: Final = 12
"""Number of words from which a query is prose, perhaps pasted: its quotes restrict nothing."""
MAX_RUN: Final = 12
"""Maximum number of words of a run of a script without spaces that is a phrase; longer ones are
sentences."""
MAX_LENGTH: Final = 10_000
"""Maximum number of characters of a query that are parsed."""

_QUOTES: Final = '"＂“”„‟«»‹›「」『』〝〞〟'
_QUOTED: Final = (
    r'"[^"]*"|＂[^＂]*＂|[“‟][^”“]*[”“]|〝[^〞〟]*[〞〟]|„[^“”]*[“”]|”[^”]*”|«[^»]*»|»[^«»]*«|‹[^›]*›|›[^‹›]*‹'
    r"|「[^」]*」|『[^』]*』"
)
"""Quotation marks of typewriters and of the typographers of several countries."""
_APOSTROPHED: Final = (
    r"'[^'\s](?:[^']|'(?![\s)]|$)){0,200}'(?=[\s)]|$)|‘(?:[^’]|’(?![\s)]|$)){1,200}’(?=[\s)]|$)"
)
"""Apostrophes as quotation marks: only a value, which begins at once, can tell them apart."""
_HYPHENATED: Final = re.compile(r"[^\W_][-\u2010\u2011][^\W_]")
_REST: Final = re.compile(".+", re.DOTALL)
_NUMBER: Final = r"[$€£]?[0-9]{1,3}(?:[ \u00a0\u2009\u202f][0-9]{3})+(?![\w.,]?[0-9])"


def parse(text: str, *, typing: bool = False) -> ParsedQuery:
    """Parses a query.

    Args:
        text: As typed; what follows ``MAX_LENGTH`` characters is not read.
        typing: The last word may be unfinished and becomes a prefix.  What is only not closed
            or not followed by anything yet is not pointed at.
    """
    parser = LanguageParser(typing=typing)
    query: BooleanQuery = parser.parse(text, normalize=False)
    return ParsedQuery(query, tuple(sorted(parser.warnings, key=lambda w: (w.start, w.end))))


def words_of(text: str, startchar: int = 0) -> list[PlainWord]:
    """Returns the plain words of a text that starts at an offset of a query."""
    return [
        (WordPrefix if token.prefix else Word)(
            token.word, startchar + token.start, startchar + token.end
        )
        for token in tokenize_query(text)
    ]


def runs_of(words: Sequence[PlainWord], tokens: Sequence[QueryToken]) -> list[Query]:
    """Makes phrases of words that are pairs of characters of one run without spaces.

    Of several phrases one is enough.  A long run is a sentence, which hardly stands anywhere: its
    words are plain.

    Args:
        words: The words of a span of the text.
        tokens: The token of each.
    """
    runs: list[list[PlainWord]] = []
    for word, token in zip(words, tokens, strict=True):
        if token.joined:
            runs[-1].append(word)
        else:
            runs.append([word])
    clauses: list[Query] = []
    phrases: list[Query] = []
    for run in runs:
        if not 1 < len(run) <= MAX_RUN:
            clauses += run
            continue
        if not phrases:
            clauses.append(WordPhrase(run))
        phrases.append(WordPhrase(run))
    if len(phrases) > 1:
        clauses[clauses.index(phrases[0])] = either(phrases)
    return clauses


class LanguageParser(QueryParser):
    """Parser of the query language; one object parses one text.

    Any Whoosh program can use it: ``LanguageParser().parse("mila -amgen")`` returns a query.

    Attributes:
        warnings: What was not understood.
        text: The text being parsed.
        signs: The number of spans so far that are more than words.
        patterns: The regular expressions so far.
        prefixes: The number of prefixes so far.
        words_left: The number of words that are still looked for.
        typing: Whether its last word may be unfinished.
    """

    def __init__(self, *, typing: bool = False) -> None:
        self.text = ""
        self._begin_text()
        self.typing = typing
        super().__init__(TEXT, None, plugins=[], group=ClauseGroup)
        self.plugins += _PLUGINS

    def parse(self, text: str, normalize: bool = True, debug: bool = False) -> Query:
        """Parses a text; see ``whoosh.qparser.QueryParser``.

        Returns:
            A ``BooleanQuery``, or what its normal form is.
        """
        self.text = text[:MAX_LENGTH]
        self._begin_text()
        group: ClauseGroup = self.process(self.text, debug=debug)
        clauses: Sequence[Query] = group.side_by_side(self) or self._as_words()
        if len(clauses) == 1 and isinstance(clauses[0], BooleanQuery):
            clauses = clauses[0].subqueries
        if sum(map(is_plain, clauses)) >= PROSE_LENGTH:
            clauses = [part for clause in clauses for part in _as_prose(clause)]
        query = BooleanQuery(clauses)
        return query.normalize() if normalize else query

    def _begin_text(self) -> None:
        self.signs = self.prefixes = 0
        self.words_left = MAX_WORDS
        self.patterns: set[str] = set()
        self.warnings: list[QueryWarning] = []

    def taggers(self) -> list[Tagger]:
        """Returns the plugins' taggers as one that knows which may match at a character."""
        return [_TAGGER]

    def filters(self) -> list[Filter]:
        """Returns the plugins' filters, put in order once for all texts."""
        return _FILTERS

    def warn(self, node: SyntaxNode, message: str) -> None:
        """Points at a span of the text."""
        if len(self.warnings) < MAX_WARNINGS:
            self.warnings.append(QueryWarning(node.startchar, node.endchar, message))

    def warn_unfinished(self, node: SyntaxNode, message: str) -> None:
        """Points at what something is to follow, unless it is just being typed."""
        if not self.typing:
            self.warn(node, message)

    def words(
        self, startchar: int, endchar: int, *, bare: bool = True, phrase: bool = False
    ) -> list[PlainWord]:
        """Returns the words of a span of the text.

        Args:
            startchar: Where it starts.
            endchar: Where it ends.
            bare: Nothing encloses it: a star, or the end of what is being typed, makes a prefix.
            phrase: All of them stand side by side.
        """
        tokens = tokenize_query(self.text[startchar:endchar], phrase=phrase)
        return self._words(tokens, startchar, bare=bare)

    def clauses(self, startchar: int, endchar: int, *, bare: bool = True) -> list[Query]:
        """Returns the words of a part of the text, and its runs without spaces as phrases."""
        tokens = tokenize_query(self.text[startchar:endchar])
        words = self._words(tokens, startchar, bare=bare)
        # Of too many words the first are looked for.
        return runs_of(words, tokens[: len(words)])

    def _words(
        self, tokens: Sequence[QueryToken], startchar: int, *, bare: bool
    ) -> list[PlainWord]:
        text = self.text
        found: list[PlainWord] = []
        for token in tokens:
            start, end = startchar + token.start, startchar + token.end
            written = text[start:end]
            capitals = len(written) > 1 and written.isupper()
            hyphenated = _HYPHENATED.search(text, max(start - 2, 0), end + 2) is not None
            made = WordPrefix if token.prefix else Word
            found.append(made(token.word, start, end, capitals=capitals, hyphenated=hyphenated))
        if len(found) > self.words_left:
            if self.words_left >= 0:
                first = found[self.words_left]
                message = _("only the first {n} words are looked for").format(n=MAX_WORDS)
                self.warnings.append(QueryWarning(first.startchar, first.endchar, message))
            del found[max(self.words_left, 0) :]
            self.words_left = -1
        else:
            self.words_left -= len(found)
        if bare:
            self._begin(found)
        return found

    def _begin(self, words: list[PlainWord]) -> None:
        """Makes prefixes of words with a star behind them, and of the word being typed."""
        text = self.text
        last = len(words) - 1
        for index, word in enumerate(words):
            end = word.endchar
            starred = text.startswith("*", end) and not text[end + 1 : end + 2].isalnum()
            typed = self.typing and index == last and end == len(text) and text[-1].isalnum()
            # Of words at one position, as those of $180M do, the last one is begun.
            if (starred or typed) and (index == last or words[index + 1].endchar != end):
                self.prefixes += 1
                if self.prefixes > MAX_PREFIXES and starred:
                    message = _("there are too many stars before this one")
                    self.warnings.append(QueryWarning(end, end + 1, message))
                    return
                words[index] = WordPrefix(
                    word.text,
                    word.startchar,
                    end,
                    typed=not starred,
                    capitals=word.capitals,
                    hyphenated=word.hyphenated,
                )

    def _as_words(self) -> list[PlainWord]:
        """Returns the words of a text that has none between its signs: ``OR``, ``near/5``."""
        found = words_of(self.text)
        if not found and self.text.strip() and not self.warnings and not self.typing:
            message = _("this has no words: everything is shown")
            self.warnings.append(QueryWarning(0, len(self.text), message))
        return found


# Syntax nodes: what a span of the text becomes


class ClauseNode(SyntaxNode):
    """A span of the text that becomes clauses."""

    def __init__(self, match: re.Match[str]) -> None:
        self.match = match
        self.startchar, self.endchar = match.span()

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns the clauses that it is read as, in the order of the text."""
        return parser.clauses(self.startchar, self.endchar, bare=False)

    def query(self, parser: LanguageParser) -> Query | None:
        """Returns the same as one query: how Whoosh's own nodes ask."""
        return operand(self, parser)


class TextNode(ClauseNode):
    """What no sign gives a meaning: words up to the next space."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns its words; points at a star within one."""
        self.check_star(parser)
        return parser.clauses(self.startchar, self.endchar)

    def check_star(self, parser: LanguageParser) -> None:
        """Points at a star that does not stand at the end of a word."""
        _before, star, behind = self.match[0].partition("*")
        if star and any(map(str.isalnum, behind)):
            parser.warn(self, _("a star stands at the end of a word; /.*lab/ finds any beginning"))


class RestNode(ClauseNode):
    """The rest of a text with too many signs."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns its words."""
        return parser.clauses(self.startchar, self.endchar)


class PhraseNode(ClauseNode):
    """Quotation marks and what stands between them."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns a quoted word or phrase."""
        words = parser.words(self.startchar + 1, self.endchar - 1, bare=False, phrase=True)
        if not words:
            return []
        return [Quoted(words[0] if len(words) == 1 else WordPhrase(words))]


class StrayQuoteNode(ClauseNode):
    """A quotation mark without another."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns no clause."""
        parser.warn_unfinished(self, _("the other quotation mark is missing"))
        return []


class RegexNode(ClauseNode):
    """A regular expression between slashes."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns a pattern, or its words if it may not be searched for."""
        error = regex_error(self.match["regex"])
        if not error:
            parser.patterns.add(self.match["regex"])
            if len(parser.patterns) > MAX_PATTERNS:
                parser.patterns.remove(self.match["regex"])
                error = _("only the first {n} regular expressions are looked for")
                error = error.format(n=MAX_PATTERNS)
        if error:
            parser.warn(self, error)
            return super().clauses(parser)
        return [WordPattern(self.match["regex"], self.startchar, self.endchar)]


class FieldNode(ClauseNode):
    """A name, a colon and a value."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns a restriction, or its words if the name means nothing or no value follows."""
        written = self.match["field"].lower()
        name = FIELDS.get(written)
        start, value, bare = self._value()
        if name is not None and value:
            words: Sequence[PlainWord] = ()
            if name == TITLE:
                bare = bare or value.endswith("*")
                words = parser.words(start, start + len(value), bare=bare)
            return [
                FieldRestriction(
                    name,
                    value,
                    self.startchar,
                    self.endchar,
                    value_startchar=start,
                    words=words,
                )
            ]
        if name is not None:
            message = _("write the value right after “{name}:”, without a space")
            parser.warn_unfinished(self, message.format(name=written))
        elif value and not value.startswith("//") and len(parser.warnings) < MAX_WARNINGS:
            parser.warn(self, _unknown_field(written))
        return super().clauses(parser)

    def _value(self) -> tuple[int, str, bool]:
        """Returns the start of the value, the value without quotes, and whether it had none."""
        quoted = self.match["quoted"]
        if quoted is None:
            return self.match.start("value"), self.match["value"], True
        value = quoted[1:-1]
        lead = len(value) - len(value.lstrip())
        return self.match.start("quoted") + 1 + lead, value.strip(), False


@lru_cache(maxsize=64)
def _near_names(name: str) -> list[str]:
    return closest(name, FIELDS)


def _unknown_field(name: str) -> str:
    near = _near_names(name)
    message = _("there is no field “{name}”; there are {fields}")
    if near:
        message = _("there is no field “{name}”; similar: {fields}")
    return message.format(name=name, fields=near[0] if near else ", ".join(FIELD_NAMES))


class BracketNode(ClauseNode):
    """A parenthesis; the filter of ``ParenthesesPlugin`` makes groups of them."""


# Groups: syntax nodes of syntax nodes


class ClauseGroup(GroupNode):
    """Nodes side by side: the whole text, or what stands in parentheses."""

    merging = False

    def side_by_side(self, parser: LanguageParser) -> list[Query]:
        """Returns the clauses of its nodes.

        Words that follow one another are tokenized as one span, as in a text: ``R & D``.
        """
        found: list[Query] = []
        index = 0
        while index < len(self.nodes):
            node = self.nodes[index]
            index += 1
            if type(node) is not TextNode:
                found += node.clauses(parser)
                continue
            first = last = node
            first.check_star(parser)
            while index < len(self.nodes) and self._follows(parser, last, self.nodes[index]):
                last = self.nodes[index]
                last.check_star(parser)
                index += 1
            found += parser.clauses(first.startchar, last.endchar)
        return found

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns the group as one clause; words in parentheses are words.

        People write so, and mean nothing by it.
        """
        found = self.side_by_side(parser)
        if len(found) < 2 or all(map(is_plain, found)):
            return found
        return [BooleanQuery(found)]

    def query(self, parser: LanguageParser) -> Query:
        """Returns the group as a query."""
        return BooleanQuery(self.side_by_side(parser))

    @staticmethod
    def _follows(parser: LanguageParser, node: TextNode, other: SyntaxNode) -> bool:
        between = parser.text[node.endchar : other.startchar]
        return type(other) is TextNode and between.isspace()


class OperatorGroup(GroupNode):
    """An operator's operands.

    Attributes:
        operator: The operator.
    """

    operator: Operator

    def operands(self, parser: LanguageParser) -> list[Query]:
        """Returns the queries of the operands that are not empty."""
        found = (operand(node, parser) for node in self.nodes)
        return [query for query in found if query is not None]

    def query(self, parser: LanguageParser) -> Query | None:
        """Returns the group as one query."""
        return operand(self, parser)


class OrGroup(OperatorGroup):
    """``a OR b``: alternatives, one of which is enough."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns one ``Or``."""
        found = self.operands(parser)
        return [either([_unquoted(query) for query in found])] if len(found) > 1 else found


class AndGroup(OperatorGroup):
    """``a AND b``: both are required."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns each operand as a required clause."""
        return [_required(query) for query in self.operands(parser)]


class PrefixGroup(OperatorGroup):
    """A sign before its operand."""

    merging = False

    @property
    def depth(self) -> int:
        """The number of signs before signs."""
        inner = self.nodes[0]
        return 1 + (inner.depth if isinstance(inner, PrefixGroup) else 0)


class NotGroup(PrefixGroup):
    """``-a`` or ``NOT a``: what a document must not have."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns one ``Not``."""
        return [excluding(_unquoted(query)) for query in self.operands(parser)]


class MustGroup(PrefixGroup):
    """``+a``: what a document must have."""

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns one required clause."""
        return [_required(query) for query in self.operands(parser)]


class NearGroup(OperatorGroup):
    """``a near/5 b``: what must stand near each other."""

    merging = False

    def clauses(self, parser: LanguageParser) -> Sequence[Query]:
        """Returns one ``Near``; both sides as they are if they are not words or phrases."""
        found = [_unquoted(query) for query in self.operands(parser)]
        if len(found) < 2:
            return found
        if not all(isinstance(query, Word | WordPrefix | WordPhrase) for query in found):
            parser.warn(self.operator, _("near/N stands between two words or phrases"))
            return found
        distance = int(self.operator.text.partition("/")[2])
        return [Near(found[0], found[1], min(distance, MAX_DISTANCE))]


def operand(node: SyntaxNode, parser: LanguageParser) -> Query | None:
    """Returns what an operator stands beside, as one query; None if it holds no word.

    A written word that is several is their phrase: ``-Mile-Ex`` excludes the phrase.
    """
    if isinstance(node, ClauseGroup):
        found: Sequence[Query] = node.side_by_side(parser)
    else:
        found = node.clauses(parser)
        if len(found) > 1 and all(map(is_plain, found)):
            return WordPhrase(found)
    if len(found) > 1:
        return BooleanQuery(found)
    return found[0] if found else None


def _unquoted(query: Query) -> Query:
    """Returns a quoted part as what it holds: beside ``OR`` and in ``-`` it means what it says."""
    return query.child if isinstance(query, Quoted) else query


def _required(query: Query) -> Query:
    """Returns a clause that must match: wraps words and quoted parts, keeps the others."""
    if isinstance(query, Quoted):
        return Required(query.child)
    return Required(query) if is_plain(query) or isinstance(query, WordPhrase) else query


def _as_prose(clause: Query) -> Iterator[Query]:
    """Yields a clause of prose as words: a quotation, a word in dashes or slashes."""
    match clause:
        case Required():
            yield from _as_prose(clause.child)
        case WordPhrase():
            yield from clause.parts
        case Or() if all(isinstance(part, WordPhrase) for part in clause.subqueries):
            for part in clause.subqueries:
                yield from part.parts
        case WordPattern():
            yield from words_of(clause.text, clause.startchar + 1)
        case Not(query=Word() | WordPhrase()):
            yield from _as_prose(clause.query)
        case _:
            yield clause


# Operators: nodes that make groups of their neighbours


class PrefixSign(PrefixOperator):
    """A sign before what it is about."""

    def replace_self(self, parser: LanguageParser, group: GroupNode, position: int) -> int:
        """Groups the sign with the node behind it; see Whoosh."""
        following = group[position + 1] if position + 1 < len(group) else None
        if following is None or isinstance(following, Operator):
            _warn_missing(parser, self)
        elif isinstance(following, PrefixGroup) and following.depth >= MAX_DEPTH:
            parser.warn(self, _("there are too many parentheses within one another"))
        else:
            index: int = super().replace_self(parser, group, position)
            group[index].operator = self
            return index
        del group[position]
        return position


class InfixSign(InfixOperator):
    """A word between what it joins."""

    def replace_self(self, parser: LanguageParser, group: GroupNode, position: int) -> int:
        """Groups the nodes on both sides; see Whoosh."""
        beside = [*group[max(position - 1, 0) : position], *group[position + 1 : position + 2]]
        if len(beside) < 2 or any(isinstance(node, Operator) for node in beside):
            _warn_missing(parser, self)
            del group[position]
            return position
        if isinstance(beside[0], NearGroup) and self.grouptype is NearGroup:
            parser.warn(self, _("near/N stands between two words or phrases"))
            del group[position]
            return position
        super().replace_self(parser, group, position)
        group[position - 1].operator = self
        return position


def _warn_missing(parser: LanguageParser, operator: Operator) -> None:
    message = _("something is missing beside “{word}”").format(word=operator.text)
    parser.warn_unfinished(operator, message)


# Plugins: which spans of the text become which nodes


class NodeTagger(Tagger):
    """Makes a node of what a regular expression matches.

    Args:
        expr: The expression.
        node: Makes the node.
        first: What the first character must match.
        needs: What the text must hold for the expression to match anywhere.
    """

    def __init__(
        self,
        expr: str,
        node: Callable[[re.Match[str]], SyntaxNode],
        first: str = ".",
        needs: str = "",
    ) -> None:
        self.expr = expr
        self.node = node
        self.first = re.compile(first, re.DOTALL)
        self._needs = needs

    @cached_property
    def match_at(self) -> Callable[[str, int], re.Match[str] | None]:
        """Matches the expression at a position. It is compiled when it is first needed."""
        return re.compile(self.expr).match

    def match(self, parser: LanguageParser, text: str, pos: int) -> SyntaxNode | None:
        """Returns a node if the expression matches at a position."""
        if self._needs not in text:
            return None
        match = self.match_at(text, pos)
        return None if match is None else self.node(match)


class FirstCharacterTagger(Tagger):
    """Asks, of several taggers, those that may match at a character.

    Whoosh asks them all: a dozen regular expressions a word would take most of the time.
    """

    MAX_CHARACTERS: Final = 1000
    """Maximum number of characters whose taggers are remembered."""

    def __init__(self, taggers: Sequence[NodeTagger]) -> None:
        self._taggers = taggers
        self._by_character: dict[str, list[NodeTagger]] = {}

    def match(self, parser: LanguageParser, text: str, pos: int) -> SyntaxNode | None:
        """Returns the node of the first tagger that matches at a position."""
        character = text[pos]
        taggers = self._by_character.get(character)
        if taggers is None:
            taggers = [tagger for tagger in self._taggers if tagger.first.match(character)]
            if len(self._by_character) < self.MAX_CHARACTERS:
                self._by_character[character] = taggers
        for tagger in taggers:
            node = tagger.match(parser, text, pos)
            if node is not None:
                if not isinstance(node, TextNode | RestNode | Whitespace):
                    parser.signs += 1
                    if parser.signs > MAX_SIGNS:
                        return self._rest(parser, text, pos)
                return node
        return None

    @staticmethod
    def _rest(parser: LanguageParser, text: str, pos: int) -> SyntaxNode | None:
        """Returns the rest of a text with too many signs, as words."""
        match = _REST.match(text, pos)
        if match is None:
            return None
        node = RestNode(match)
        parser.warn(node, _("this is read as words: there are too many signs before it"))
        return node


class TaggersPlugin(Plugin):
    """A plugin that has taggers and no filters; those with lower priorities go first."""

    def __init__(self, *taggers: tuple[Tagger, int]) -> None:
        self._taggers = taggers

    def taggers(self, parser: QueryParser) -> Sequence[tuple[Tagger, int]]:
        """Returns its taggers with their priorities.

        Returns:
            (tagger, priority), as Whoosh sorts them: the lowest priority is tried first.
        """
        return self._taggers


class ParenthesesPlugin(TaggersPlugin):
    """Groups what stands in parentheses; those without another are pointed at."""

    def filters(self, parser: QueryParser) -> Sequence[tuple[Filter, int]]:
        """Returns the filter that makes groups of parentheses.

        Returns:
            (filter, priority), as Whoosh sorts them: the lowest priority runs first.
        """
        return [(self.make_groups, 0)]

    def make_groups(self, parser: LanguageParser, group: GroupNode) -> ClauseGroup:
        """Makes a group of each pair of parentheses."""
        groups = [ClauseGroup()]
        opened: list[BracketNode] = []
        for node in group:
            if not isinstance(node, BracketNode):
                if not node.is_ws():
                    groups[-1].append(node)
            elif node.match[0] == "(":
                opened.append(node)
                if len(opened) <= MAX_DEPTH:
                    groups.append(ClauseGroup())
                elif len(opened) == MAX_DEPTH + 1:
                    parser.warn(node, _("there are too many parentheses within one another"))
            elif not opened:
                parser.warn(node, _("this parenthesis was not opened"))
            else:
                opened.pop()
                if len(opened) < MAX_DEPTH:
                    inner = groups.pop()
                    groups[-1].append(inner)
        for node in opened[:MAX_DEPTH]:
            parser.warn_unfinished(node, _("this parenthesis was not closed"))
        while len(groups) > 1:
            inner = groups.pop()
            groups[-1].extend(inner.nodes)
        return groups[0]


class SignsPlugin(OperatorsPlugin):
    """Signs and words between words, those that bind closest first."""

    def __init__(self) -> None:
        before = rf"(?=[{_QUOTES}‘(/\w])"
        signs = [
            SignTagger(rf"[-−]{before}|NOT(?=[\s(])", "[-−N]", NotGroup, PrefixSign),
            SignTagger(rf"\+{before}", r"\+", MustGroup, PrefixSign),
            SignTagger(r"[Nn][Ee][Aa][Rr]/[0-9]{1,9}(?=[\s)]|$)", "[Nn]", NearGroup, InfixSign),
            SignTagger(r"(?:OR|\|\|?)(?=[\s(]|$)", r"[O|]", OrGroup, InfixSign),
            SignTagger(r"(?:AND|&&)(?=[\s(]|$)", "[A&]", AndGroup, InfixSign),
        ]
        super().__init__([(sign, 20) for sign in signs], clean=True)

    def do_operators(self, parser: LanguageParser, group: GroupNode) -> GroupNode:
        """Makes groups of signs and what they stand beside; see Whoosh.

        Whoosh looks through every group once a sign, most of which hold none.
        """
        if any(isinstance(node, Operator | GroupNode) for node in group.nodes):
            return super().do_operators(parser, group)
        return group


class SignTagger(NodeTagger):
    """Makes an operator; the filter of Whoosh's ``OperatorsPlugin`` asks for its attributes."""

    def __init__(
        self, expr: str, first: str, grouptype: type[GroupNode], optype: type[Operator]
    ) -> None:
        self.grouptype, self.optype = grouptype, optype
        self.leftassoc = issubclass(optype, InfixOperator)
        super().__init__(expr, self._operator, first)

    def _operator(self, match: re.Match[str]) -> Operator:
        return self.optype(match[0], self.grouptype, self.leftassoc).set_range(*match.span())


def _field_tagger(names: str, values: str) -> NodeTagger:
    value = rf"(?P<quoted>{_QUOTED}|{_APOSTROPHED})|(?P<value>{values}|[^\s(){_QUOTES}]+|(?=\s|$))"
    return NodeTagger(rf"(?P<field>{names}):(?:{value})", FieldNode, r"[^\W\d_]", ":")


def _in_order(items: Iterable[tuple[T, int]]) -> list[T]:
    """Sorts taggers or filters, those with lower priorities first."""
    return [item for item, _priority in sorted(items, key=itemgetter(1))]


_PLUGINS: Final[list[Plugin]] = [
    TaggersPlugin((NodeTagger(r"\s+", lambda m: Whitespace().set_range(*m.span()), r"\s"), 0)),
    ParenthesesPlugin((NodeTagger("[()]", BracketNode, "[()]"), 0)),
    TaggersPlugin(
        (_field_tagger(f"(?i:{DATE_FIELDS})", PERIOD), 10),
        (_field_tagger(r"[^\W\d_][\w-]*", r"(?!)"), 11),
    ),
    SignsPlugin(),
    TaggersPlugin(
        (NodeTagger(_QUOTED, PhraseNode, f"[{_QUOTES}]"), 30),
        (NodeTagger(f"[{_QUOTES}]", StrayQuoteNode, f"[{_QUOTES}]"), 90),
    ),
    TaggersPlugin((NodeTagger(r"/(?P<regex>(?:[^/\\\s]|\\.)+)/(?=[\s)]|$)", RegexNode, "/"), 40)),
    TaggersPlugin(
        (NodeTagger(rf"{_NUMBER}|[^\s(){_QUOTES}]+", TextNode, rf"[^\s(){_QUOTES}]"), 80)
    ),
]
_TAGGER: Final = FirstCharacterTagger(
    _in_order(tagger for plugin in _PLUGINS for tagger in plugin.taggers(None))
)
_FILTERS: Final = _in_order(item for plugin in _PLUGINS for item in plugin.filters(None))
