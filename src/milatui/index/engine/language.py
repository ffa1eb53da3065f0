"""Reads the query language; what it cannot read it takes as words and points at.

Words, ``"phrases"``, ``-not``, ``+must``, ``OR``, ``AND``, ``NOT``, parentheses, ``near/5``,
``field:value``, ``/regular expressions/`` and ``begin*``.  Every text is a query.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.index.engine.nodes import (
    All,
    Either,
    Field,
    Misread,
    Must,
    Near,
    Not,
    Pattern,
    Phrase,
    Reading,
    Word,
)
from milatui.index.engine.splitting import tokens
from milatui.messages import _

if TYPE_CHECKING:
    from milatui.index.engine.nodes import Node

_ALSO: Final = (
    "language=lang type=kind by=said-by partenaire=partner personne=person langue=lang titre=title "
    "genre=kind dit-par=said-by mesure=measure éditeur=publisher editeur=publisher"
)
FIELD_NAMES: Final = (
    *("partner", "person", "kind", "lang", "publisher"),
    *("title", "said-by", "measure", "date"),
)
FIELDS: Final = {
    **dict(zip(FIELD_NAMES, FIELD_NAMES, strict=True)),
    **dict(pair.split("=") for pair in _ALSO.split()),
}
"""Names of fields as written, and what they mean."""

MOST_APART: Final = 60
"""Words that ``near`` reaches across at most: the gap between two texts is wider."""
DEEPEST: Final = 20
"""Parentheses within parentheses at most."""
PROSE: Final = 12
"""Words from which a query is prose, pasted perhaps: its quotation marks restrict nothing."""
LONGEST: Final = 10_000
"""Characters of a query that are read."""

_COSTLY: Final = re.compile(r"\([^)]*[+*}][^)]*\)[+*{]|\\[1-9]|\(\?P=")
"""What makes a regular expression take time without end on some words."""

_LEXEME: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<open>\()|(?P<close>\))
    |(?P<field>[^\W\d_][\w-]*):(?:"(?P<fq>[^"]*)"|(?P<fp>(?:last|this|next)\ \w+)|(?P<fv>[^\s()"]+))
    |(?P<sign>[-+−])(?=["«“(/\w])
    |(?P<quoted>"(?P<q1>[^"]*)"|“(?P<q2>[^”]*)”|«(?P<q3>[^»]*)»)
    |/(?P<regex>(?:[^/\\\s]|\\.)+)/(?=[\s)]|$)
    |(?P<near>[Nn][Ee][Aa][Rr]/(?P<far>\d+))(?=\s|$)
    |(?P<or>OR|\|\|?)(?=[\s(]|$)|(?P<and>AND|&&)(?=[\s(]|$)|(?P<not>NOT)(?=[\s(])
    |(?P<words>[$€£]?[0-9]{1,3}(?:[\ \u00a0\u2009\u202f][0-9]{3})+(?![\w.,]?[0-9])|[^\s()"“«»”]+)
    |(?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)


class _Lexeme(NamedTuple):
    kind: str
    match: re.Match[str]


def read(text: str, *, typing: bool = False) -> Reading:
    """Understand a query.

    Args:
        text: As typed; what follows ``LONGEST`` characters is not read.
        typing: The last word may be unfinished and stands for all that begin so.
    """
    return _Reader(text[:LONGEST], typing=typing).read()


class _Reader:
    def __init__(self, text: str, *, typing: bool) -> None:
        self._text = text
        self._typing = typing and text[-1:].isalnum()
        self._lexemes = [
            _Lexeme(m.lastgroup or "", m) for m in _LEXEME.finditer(text) if not m["space"]
        ]
        self._kinds = [_kind(lexeme.match) for lexeme in self._lexemes]
        self._at = 0
        self._misread: list[Misread] = []

    def read(self) -> Reading:
        nodes: list[Node] = []
        while self._at < len(self._lexemes):
            nodes += self._side_by_side(0)
            if self._at < len(self._lexemes):
                self._fault(self._lexemes[self._at].match, _("this parenthesis was not opened"))
                self._at += 1
        if sum(isinstance(node, Word) for node in nodes) >= PROSE:
            nodes = [part for node in nodes for part in _as_prose(node)]
        return Reading(All(tuple(nodes)), tuple(self._misread))

    def _fault(self, match: re.Match[str], message: str) -> None:
        self._misread.append(Misread(match.start(), match.end(), message))

    def _side_by_side(self, depth: int) -> list[Node]:
        """Items up to a closing parenthesis or the end, with OR, AND and near between them."""
        nodes: list[Node] = []
        while self._at < len(self._lexemes) and self._kinds[self._at] != "close":
            kind, match = self._kinds[self._at], self._lexemes[self._at].match
            if kind in ("or", "and", "near"):
                self._at += 1
                self._combine(kind, match, nodes, depth)
            else:
                nodes += self._item(depth)
        return [word for node in nodes for word in _bare(node)]

    def _combine(self, kind: str, match: re.Match[str], nodes: list[Node], depth: int) -> None:
        following = self._item(depth) if self._more() else []
        if not nodes or not following:
            self._fault(match, _("something is missing beside “{word}”").format(word=match[0]))
            nodes += following
            return
        left, right = nodes.pop(), following[0]
        if kind == "or":
            known = left.nodes if isinstance(left, Either) else (left,)
            nodes.append(Either((*known, right)))
        elif kind == "and":
            nodes += [_must(left), _must(right)]
        elif isinstance(left, Word | Phrase) and isinstance(right, Word | Phrase):
            nodes.append(Near(left, right, min(int(match["far"]), MOST_APART)))
        else:
            self._fault(match, _("near/N stands between two words or phrases"))
            nodes += [left, right]
        nodes += following[1:]

    def _more(self) -> bool:
        return self._at < len(self._lexemes) and self._kinds[self._at] not in (
            *("close", "or", "and", "near"),
        )

    def _item(self, depth: int) -> list[Node]:
        """One item; several words where a written word is made of several (``Mile-Ex``)."""
        kind, match = self._kinds[self._at], self._lexemes[self._at].match
        self._at += 1
        if kind == "open":
            return self._parenthesis(match, depth)
        if kind in ("sign", "not"):
            return self._signed(match, depth)
        if kind == "field":
            return self._field(match)
        if kind == "quoted":
            return self._phrase(match)
        if kind == "regex":
            return self._regex(match)
        if kind == "words":
            return self._words(match)
        self._fault(match, _("this quotation mark has no other"))
        return []

    def _parenthesis(self, match: re.Match[str], depth: int) -> list[Node]:
        if depth >= DEEPEST:
            self._fault(match, _("there are too many parentheses within one another"))
            return []
        nodes = self._side_by_side(depth + 1)
        if self._at < len(self._lexemes):
            self._at += 1
        else:
            self._fault(match, _("this parenthesis was not closed"))
            return nodes
        return [All(tuple(nodes))] if nodes else []

    def _signed(self, match: re.Match[str], depth: int) -> list[Node]:
        if not self._more():
            self._fault(match, _("something is missing beside “{word}”").format(word=match[0]))
            return []
        if depth >= DEEPEST:
            self._fault(match, _("there are too many parentheses within one another"))
            return []
        nodes = self._item(depth + 1)
        if not nodes:
            return []
        whole = nodes[0] if len(nodes) == 1 else _standing_together(nodes)
        return [_must(whole) if match[0] == "+" else Not(whole)]

    def _field(self, match: re.Match[str]) -> list[Node]:
        name = FIELDS.get(match["field"].lower())
        value = match["fq"] if match["fq"] is not None else match["fp"] or match["fv"]
        if name is None or not value.strip():
            if match["fv"] is None or not match["fv"].startswith("//"):
                message = _("there is no field “{name}”; there are {fields}")
                known = ", ".join(FIELD_NAMES)
                self._fault(match, message.format(name=match["field"], fields=known))
            return self._words(match)
        return [Field(name, value, match.start(), match.end())]

    def _phrase(self, match: re.Match[str]) -> list[Node]:
        found = self._words(match)
        words = tuple(node for node in found if isinstance(node, Word))
        return [Phrase(words)] if len(words) > 1 else [Must(word) for word in words]

    def _regex(self, match: re.Match[str]) -> list[Node]:
        try:
            re.compile(match["regex"])
        except (re.error, OverflowError, RecursionError) as error:
            message = _("this is no regular expression: {error}")
            self._fault(match, message.format(error=error))
            return self._words(match)
        if _COSTLY.search(match["regex"]):
            self._fault(match, _("a repetition within a repetition takes too long"))
            return self._words(match)
        return [Pattern(match["regex"], match.start(), match.end())]

    def _words(self, match: re.Match[str]) -> list[Node]:
        written, start = match[0], match.start()
        starred = written.endswith("*")
        nodes: list[Node] = []
        found = tokens(written)
        for place, token in enumerate(found):
            last = place == len(found) - 1
            raw = written[token.start : token.end]
            typed = self._typing and match.end() == len(self._text) and last
            nodes.append(
                Word(
                    token.word,
                    start + token.start,
                    start + token.end,
                    begun=(starred and last) or (typed and match.lastgroup == "words"),
                    capitals=len(raw) > 1 and raw.isupper(),
                )
            )
        return nodes


def _kind(match: re.Match[str]) -> str:
    for kind in ("open", "close", "field", "sign", "quoted", "regex", "near", "or", "and", "not"):
        if match[kind] is not None:
            return kind
    return "words" if match["words"] is not None else "stray"


def _bare(node: Node) -> tuple[Node, ...]:
    """Words in parentheses are words: people write so, and mean nothing by it."""
    if isinstance(node, All) and all(isinstance(part, Word) for part in node.nodes):
        return node.nodes
    return (node,)


def _as_prose(node: Node) -> tuple[Node, ...]:
    """The words of a quotation, of a word in dashes or slashes."""
    match node:
        case Phrase():
            return node.words
        case Must() | Not():
            return _as_prose(node.node)
        case Pattern():
            words = tokens(node.source)
            return tuple(Word(t.word, node.start + t.start, node.start + t.end) for t in words)
        case _:
            return (node,)


def _must(node: Node) -> Node:
    return Must(node) if isinstance(node, Word) else node


def _standing_together(nodes: list[Node]) -> Node:
    """What a written word is made of, as one: ``-Mile-Ex`` excludes the phrase."""
    words = tuple(node for node in nodes if isinstance(node, Word))
    return Phrase(words) if len(words) == len(nodes) else All(tuple(nodes))
