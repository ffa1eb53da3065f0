"""Turns a query as understood into groups of words to score and the set of records that match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.index.engine.doubting import doubted
from milatui.index.engine.functionwords import SILENT
from milatui.index.engine.language import MOST_WORDS
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
    Word,
)
from milatui.index.engine.splitting import tokens
from milatui.index.engine.wordbounds import apart, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from milatui.index.engine.groups import Group, Lexicon
    from milatui.index.engine.kernel import Kernel, Mask, Postings, Words
    from milatui.index.engine.nodes import Node, Reading

    Restrict = Callable[[str, str], bytes | str]
    """Takes a field and its value; a byte per record that is 1 where it holds, or what is wrong."""

_CONTENT: Final = (Phrase, Near, Pattern, Must, Either, All)
"""Required parts that say what a text is about; beside them plain words only rank."""
LIFTED: Final = 8
"""Required parts that are left out in turn at most, to see what the others match."""


class Evaluation:
    """One query on one archive.

    Attributes:
        stop: Asked in every loop; once true, words that come later stand for nothing.
        asked: All words that a record is scored by, function words included.
        groups: The words to score, in the order asked; none of them empty.
        unknown: Words that occur nowhere, not even repaired.
        repairs: Offsets in the query of unknown and doubtful words, and the likeliest meant.
        misread: Parts that were not understood.
        plain: Whether the query is nothing but words, of which any will do.
    """

    def __init__(
        self,
        kernel: Kernel,
        lexicon: Lexicon,
        reading: Reading,
        restrict: Restrict,
        stop: Callable[[], bool],
    ) -> None:
        self._kernel = kernel
        self._lexicon = lexicon
        self._restrict = restrict
        self.stop = stop
        self._groups: dict[Node, Group] = {}
        self._alike: dict[tuple[str, bool], Group] = {}
        self.misread: list[Misread] = list(reading.misread)
        self.repairs: list[tuple[int, int, str]] = []
        root = self._checked(reading.root)
        self._root = root if isinstance(root, All) else All((root,))
        self.asked = list(words_in(self._root))
        self._kept = _telling(self.asked)
        self.groups: list[Group] = []
        self.unknown: list[str] = []
        self._groups.update(joined(self._root.nodes, self._group, lexicon, stop))
        self.plain = all(isinstance(node, Word) for node in self._root.nodes)
        for node, group in self._scored():
            if group.repaired:
                self.repairs.append((node.start, node.end, group.repaired[0]))
            if group:
                self.groups.append(group)
            else:
                self.unknown.append(group.asked)

    def _scored(self) -> list[tuple[Word | Pattern, Group]]:
        """The words and patterns that records are scored by, and what they stand for."""
        nodes = [
            node
            for node in _positive(self._root)
            if not isinstance(node, Word) or node in self._kept
        ]
        groups = [self._group(node) for node in nodes]
        if self.plain:
            for place, group in doubted(groups, self._kernel, self._lexicon, self.stop):
                groups[place] = self._groups[nodes[place]] = group
        return list(zip(nodes, groups, strict=True))

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked at all."""
        return not self._root.nodes

    @property
    def name(self) -> list[str]:
        """The words, the unknown ones repaired, as the name that they may be."""
        # What was taken apart stands in ``asked`` as two words already.
        repaired = {start: word for start, _end, word in self.repairs if " " not in word}
        return [repaired.get(word.start, word.text) for word in self.asked]

    @property
    def conditions(self) -> list[Node]:
        """The parts that must hold, whatever the words are worth."""
        return [node for node in self._root.nodes if not isinstance(node, Word)]

    def mask(self) -> Mask:
        """The records that match."""
        return self._all(self._root.nodes)

    def restrictions(self) -> list[tuple[Node, Mask]]:
        """Each part that must hold, of the first ``LIFTED``, and what would match without it."""
        nodes = self._root.nodes
        required = [place for place, node in enumerate(nodes) if not isinstance(node, Word)]
        return [
            (nodes[place], self._all([*nodes[:place], *nodes[place + 1 :]]))
            for place in required[:LIFTED]
            if len(nodes) > 1 and not self.stop()
        ]

    def _checked(self, node: Node) -> Node:
        """The same with fields that cannot be resolved read as words, and pointed at."""
        if isinstance(node, All):
            return All(tuple(part for old in node.nodes for part in self._parts(old)))
        if isinstance(node, Either):
            return Either(tuple(self._one(old) for old in node.nodes))
        if isinstance(node, Not):
            return Not(self._one(node.node))
        return node

    def _parts(self, node: Node) -> tuple[Node, ...]:
        checked = self._one(node)
        if isinstance(node, Field) and isinstance(checked, All):
            return checked.nodes
        if not isinstance(checked, Word) or checked.text in SILENT:
            return (checked,)
        words = apart(checked, self._group(checked), self._kernel, self._lexicon, self.stop)
        if len(words) > 1:
            meant = " ".join(word.text for word in words)
            self.repairs.append((checked.start, checked.end, meant))
        return words

    def _one(self, node: Node) -> Node:
        if not isinstance(node, Field) or node.name == "title":
            return self._checked(node)
        if self.stop():
            return node
        problem = self._restrict(node.name, node.value)
        if isinstance(problem, bytes):
            return node
        self.misread.append(Misread(node.start, node.end, problem))
        at = node.at
        words = [Word(t.word, at + t.start, at + t.end) for t in tokens(node.value)[:MOST_WORDS]]
        return All(tuple(words))

    def _group(self, node: Node) -> Group:
        group = self._groups.get(node)
        if group is None:
            assert isinstance(node, Word | Pattern)  # noqa: S101 - _positive yields nothing else
            group = self._groups[node] = self._found(node)
        return group

    def _found(self, node: Word | Pattern) -> Group:
        """What a word or a pattern stands for; one that is repeated is looked up once."""
        key = (f"/{node.source}/", False) if isinstance(node, Pattern) else (node.text, node.begun)
        group = self._alike.get(key)
        if group is None:
            if self.stop():
                return self._lexicon.nothing(key[0])
            if isinstance(node, Pattern):
                group = self._lexicon.pattern(node.source, self.stop)
            elif node.begun:
                group = self._lexicon.begun(node.text, self.stop)
            else:
                group = self._lexicon.group(node.text, stop=self.stop)
            self._alike[key] = group
        return group

    def _all(self, nodes: Sequence[Node]) -> Mask:
        kernel = self._kernel
        mask, excluded = kernel.everything(), kernel.nothing()
        words: list[Word] = []
        content = False
        for node in nodes:
            if isinstance(node, Word):
                words.append(node)
            elif isinstance(node, Not):
                excluded = excluded | self._of(node.node)
            else:
                mask = mask & self._of(node)
                content = content or isinstance(node, _CONTENT)
        words = [word for word in words if word in self._kept] or words
        if words and not content:
            any_of = kernel.nothing()
            for word in words:
                any_of = any_of | self._of(word)
            mask = mask & any_of
        if not nodes:
            return kernel.nothing()
        return kernel.without(mask, excluded)

    def _of(self, node: Node) -> Mask:
        kernel = self._kernel
        if self.stop():
            return kernel.nothing()
        match node:
            case Word() | Pattern():
                return kernel.holding(self._postings(node))
            case Phrase():
                return kernel.phrase(self._standing(node), self.stop)
            case Near():
                sides = self._standing(node.left), self._standing(node.right)
                return kernel.near(*sides, node.distance, self.stop)
            case Field():
                return self._field(node)
            case Not():
                return kernel.without(kernel.everything(), self._of(node.node))
            case Must():
                return self._of(node.node)
            case Either():
                mask = kernel.nothing()
                for part in node.nodes:
                    mask = mask | self._of(part)
                return mask
            case All():
                return self._all(node.nodes)

    def _postings(self, node: Word | Pattern, name: str = "post") -> Postings:
        return self._kernel.merged(self._group(node).words, name)

    def _standing(self, node: Word | Phrase) -> list[Words]:
        """The words of a phrase; a word alone stands for its kin, too."""
        if isinstance(node, Word):
            return [self._group(node).words]
        return [self._literal(word) for word in node.words]

    def _literal(self, word: Word) -> Words:
        """In quotation marks a word stands for itself, in any language of the text."""
        group = self._group(word)
        return group.words if word.begun else group.exact

    def _field(self, node: Field) -> Mask:
        kernel = self._kernel
        if node.name != "title":
            flags = self._restrict(node.name, node.value)
            assert isinstance(flags, bytes)  # noqa: S101 - checked before
            return kernel.mask(flags)
        mask = kernel.everything()
        for word in _title_words(node):
            if self.stop():
                break
            mask = mask & kernel.holding(self._postings(word, "title"))
        return mask


def _title_words(node: Field) -> list[Word]:
    """The words of ``title:value``."""
    at = node.at
    found = tokens(node.value)[:MOST_WORDS]
    starred = node.value.endswith("*")
    return [Word(t.word, at + t.start, at + t.end, begun=starred and t is found[-1]) for t in found]


def _positive(node: Node) -> Iterator[Word | Pattern]:
    """The words that a record is scored by."""
    match node:
        case Word() | Pattern():
            yield node
        case Phrase():
            yield from node.words
        case Near():
            yield from _positive(node.left)
            yield from _positive(node.right)
        case Must():
            yield from _positive(node.node)
        case Either() | All():
            for part in node.nodes:
                yield from _positive(part)
        case Field():
            if node.name == "title":
                yield from _title_words(node)
        case Not():
            return


def words_in(node: Node) -> Iterator[Word]:
    """The words of a part of a query that records are scored by."""
    for part in _positive(node):
        if isinstance(part, Word):
            yield part


def _telling(asked: Sequence[Word]) -> set[Word]:
    """The words that count: no function words unless nothing else is left.

    A function word in capitals (*IT*, *WHO*) is a name, unless all of the query is in capitals.
    """
    shouted = all(word.capitals for word in asked)
    telling = {
        word
        for word in asked
        if (word.capitals and not shouted)
        or (word.text not in SILENT and (len(word.text) > 1 or word.text.isdigit() or word.begun))
    }
    return telling or set(asked)
