"""Reads the query language; what it cannot read it takes as words and points at.

Words, ``"phrases"``, ``-not``, ``+must``, ``OR``, ``AND``, ``NOT``, parentheses, ``near/5``,
``field:value``, ``/regular expressions/`` and ``begin*``.  Every text is a query.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.index.engine.lexemes import FIELD_NAMES, FIELDS, LEXEME, kind_of
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
from milatui.index.engine.patterns import fault
from milatui.index.engine.splitting import tokens
from milatui.messages import _

if TYPE_CHECKING:
    import re

    from milatui.index.engine.nodes import Node

MOST_APART: Final = 60
"""Words that ``near`` reaches across at most: the gap between two texts is wider."""
DEEPEST: Final = 20
"""Parentheses within parentheses at most."""
PROSE: Final = 12
"""Words from which a query is prose, pasted perhaps: its quotation marks restrict nothing."""
LONGEST: Final = 10_000
"""Characters of a query that are read."""
MOST_WORDS: Final = 1_000
"""Words of a query that are looked for, the first ones."""
MOST_PATTERNS: Final = 4
"""Regular expressions of a query: each is tried on every word of the archive."""

_EXPLAINED: Final = 3
"""Misunderstood fields that the nearest name is looked up for: no more are shown."""


def read(text: str, *, typing: bool = False) -> Reading:
    """Understand a query.

    Args:
        text: As typed; what follows ``LONGEST`` characters or ``MOST_WORDS`` words is not read.
        typing: The last word may be unfinished and stands for all that begin so; what is only
            not closed or not followed by anything yet is not pointed at.
    """
    return _Reader(text[:LONGEST], typing=typing).read()


class _Reader:
    def __init__(self, text: str, *, typing: bool) -> None:
        self._text = text
        self._unfinished = typing
        self._typing = typing and text[-1:].isalnum()
        self._lexemes = [m for m in LEXEME.finditer(text) if not m["space"]]
        self._kinds = [kind_of(match) for match in self._lexemes]
        self._at = 0
        self._misread: list[Misread] = []
        self._words_left = MOST_WORDS
        self._full = False
        self._patterns: set[str] = set()

    def read(self) -> Reading:
        nodes: list[Node] = []
        while self._at < len(self._lexemes):
            nodes += self._side_by_side(0)
            if self._at < len(self._lexemes):
                self._fault(self._lexemes[self._at], _("this parenthesis was not opened"))
                self._at += 1
        if not nodes:
            nodes = self._as_words()
        if sum(isinstance(node, Word) for node in nodes) >= PROSE:
            nodes = [part for node in nodes for part in _as_prose(node)]
        return Reading(All(tuple(nodes)), tuple(self._misread))

    def _as_words(self) -> list[Node]:
        """The words of what has none between its signs: ``OR``, ``near/5``."""
        text = self._text
        found: list[Node] = [Word(t.word, t.start, t.end) for t in tokens(text)[:MOST_WORDS]]
        if not found and text.strip() and not self._misread and not self._unfinished:
            message = _("there is no word in this: everything is shown")
            self._misread.append(Misread(0, len(text), message))
        return found

    def _lacking(self, match: re.Match[str], message: str) -> None:
        """Something is to follow, unless it is just being typed."""
        if not self._unfinished:
            self._fault(match, message)

    def _fault(self, match: re.Match[str], message: str) -> None:
        self._misread.append(Misread(match.start(), match.end(), message))

    def _side_by_side(self, depth: int) -> list[Node]:
        """Items up to a closing parenthesis or the end, with OR, AND and near between them."""
        nodes: list[Node] = []
        while self._at < len(self._lexemes) and self._kinds[self._at] != "close":
            kind, match = self._kinds[self._at], self._lexemes[self._at]
            if kind in ("or", "and", "near"):
                self._at += 1
                self._combine(kind, match, nodes, depth)
            else:
                nodes += self._item(depth)
        return [word for node in nodes for word in _bare(node)]

    def _combine(self, kind: str, match: re.Match[str], nodes: list[Node], depth: int) -> None:
        following = self._item(depth) if self._more() else []
        if not nodes or not following:
            self._lacking(match, _("something is missing beside “{word}”").format(word=match[0]))
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
        kind, match = self._kinds[self._at], self._lexemes[self._at]
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
        self._lacking(match, _("this quotation mark has no other"))
        return []

    def _parenthesis(self, match: re.Match[str], depth: int) -> list[Node]:
        if depth >= DEEPEST:
            self._fault(match, _("there are too many parentheses within one another"))
            return []
        nodes = self._side_by_side(depth + 1)
        if self._at < len(self._lexemes):
            self._at += 1
        else:
            self._lacking(match, _("this parenthesis was not closed"))
            return nodes
        return [All(tuple(nodes))] if nodes else []

    def _signed(self, match: re.Match[str], depth: int) -> list[Node]:
        if not self._more():
            self._lacking(match, _("something is missing beside “{word}”").format(word=match[0]))
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
        written = match["field"].lower()
        name = FIELDS.get(written)
        group = next(group for group in ("fq", "fp", "fv", "fn") if match[group] is not None)
        value = match[group]
        if name is not None and value.strip():
            return [Field(name, value, *match.span(), match.start(group))]
        if name is not None:
            message = _("write what is meant right behind “{name}:…”")
            self._lacking(match, message.format(name=written))
        elif group != "fn" and not value.startswith("//"):
            message = _("there is no field “{name}”; there are {fields}")
            # Deferred: only a wrong name needs it.
            from difflib import get_close_matches

            many = len(self._misread) >= _EXPLAINED
            near = [] if many else get_close_matches(written, FIELDS, 1, 0.7)
            if near:
                message = _("there is no field “{name}”; near it is {fields}")
            known = near[0] if near else ", ".join(FIELD_NAMES)
            self._fault(match, message.format(name=written, fields=known))
        return self._words(match)

    def _phrase(self, match: re.Match[str]) -> list[Node]:
        found = self._words(match)
        words = tuple(node for node in found if isinstance(node, Word))
        return [Phrase(words)] if len(words) > 1 else [Must(word) for word in words]

    def _regex(self, match: re.Match[str]) -> list[Node]:
        source = match["regex"]
        wrong = fault(source)
        if not wrong and len(self._patterns | {source}) > MOST_PATTERNS:
            wrong = _("only the first {n} regular expressions are looked for")
            wrong = wrong.format(n=MOST_PATTERNS)
        if wrong:
            self._fault(match, wrong)
            return self._words(match)
        self._patterns.add(source)
        return [Pattern(source, match.start(), match.end())]

    def _words(self, match: re.Match[str]) -> list[Node]:
        written, start = match[0], match.start()
        starred = written.endswith("*")
        nodes: list[Node] = []
        found = tokens(written)
        if len(found) > self._words_left and not self._full:
            self._full = True
            self._fault(match, _("only the first {n} words are looked for").format(n=MOST_WORDS))
        found = found[: self._words_left]
        self._words_left -= len(found)
        if found and match.lastgroup == "words" and "*" in written[: found[-1].start]:
            self._fault(match, _("a star stands at the end of a word; /.*lab/ finds any beginning"))
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
