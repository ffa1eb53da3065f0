"""Finds in a text the citations that milatui has written, whatever an editor made of them.

They are those of ``citation_formats``, known by their ``milatui:`` address.  What one cites stands
before the mark of its footnote, or before its "Source:", or in the paragraph before it.  Lines may
be wrapped, footnotes renumbered and moved to the end.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from milatui.catalogue.location import Location, LocationError, parse_location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from milatui.archive.quotes.text_quote import Span

_ADDRESS: Final = re.compile(
    r"(?:<|&lt;)milatui:(?P<bracketed>[^<>]{1,1000}?)(?:>|&gt;)"
    r"|(?<![\w:/])milatui:(?P<bare>(?:[^\s<>\"“”«»]|(?<=[-/#&=])\n[ \t>]*(?=[^\s<>])){1,1000})"
)
_DIGEST: Final = re.compile(r"\W{0,10}sha256\s{0,3}:\s{0,3}([0-9a-f]{8,64})", re.IGNORECASE)
_INVISIBLE: Final = re.compile(r"[\u00ad\u200b-\u200d\u2060\ufeff]|\\(?=[!-/:-@\[-`{-~])")
_WRAPPED: Final = re.compile(r"\s+(?:>\s*)*")
_BLANK: Final = re.compile(r"\n[ \t>]*\n[ \t>\n]*")
_SUPERSCRIPT: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DEFINITION: Final = re.compile(
    r"[ \t>]{0,12}(?:\[\^(?P<label>[^\]\s]{1,200})\]:"
    r"|\[(?P<square>[0-9]{1,4})\](?!\()|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})"
    r"|\^(?P<caret>[0-9]{1,4})\^?|(?P<plain>[0-9]{1,4})[.)]?)\s"
)
_NEXT_DEFINITION: Final = re.compile(r"\n(?=[ \t>]{0,12}\[(?:\^[^\]\s]{1,200}\]:|[0-9]{1,4}\]\s))")
_MARK: Final = re.compile(
    r"\[\^(?P<label>[^\]\s]{1,200})\]|\[(?P<square>[0-9]{1,4})\](?!\()"
    r"|(?P<raised>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,4})|\^(?P<caret>[0-9]{1,4})\^"
)
_SOURCE: Final = re.compile(r"\bSource[ \t\u00a0\u202f]*:")
_TRAILING: Final = ".,;:!?)]}'’*_"
_MOST_BEFORE: Final = 40_000
"""Characters before a footnote mark in which its passage is looked for."""


Paragraphs = Literal["blank", "line"]
"""What separates the paragraphs of a text: empty lines, or every line end."""


class Region(NamedTuple):
    """A part of a text in which a passage may stand.

    Attributes:
        start, end: The part.
        ends: Whether the passage ends where the part does; else it stands anywhere in it.
    """

    start: int
    end: int
    ends: bool = True


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation in a text.

    Attributes:
        address: What it cites, as it stands there.
        location: What it cites; None if the address is not a location.
        digest: The first digits of the hash of the document; "" if it is not there.
        text: What the regions are parts of.
        regions: Where the passage may stand, the likeliest first.
        line, column: Where the citation is, from 1.
    """

    address: str
    location: Location | None
    digest: str
    text: str
    regions: tuple[Region, ...]
    line: int
    column: int


class Address(NamedTuple):
    """An address in a text: where it stands, what it says, and the hash behind it."""

    start: int
    end: int
    text: str
    digest: str


class _Note(NamedTuple):
    """A block with an address: where it begins, the label of its footnote, where that ends."""

    block: Span
    label: str
    start: int


def find_citations(text: str, paragraphs: Paragraphs = "blank") -> list[FoundCitation]:
    """Finds the citations of records in a text: Markdown, plain text, or CSL-JSON.

    Args:
        text: The text.
        paragraphs: What separates its paragraphs.
    """
    if "milatui:" not in text:
        return []
    if text.lstrip()[:1] in ("[", "{"):
        items = _csl_items(text)
        if items is not None:
            return list(_in_items(text, items))
    return _Finder(text, paragraphs).citations()


class _Finder:
    """Finds the citations of one text."""

    def __init__(self, text: str, paragraphs: Paragraphs) -> None:
        self._text = text
        self._lines = line_starts(text)
        self._addresses = list(find_addresses(text))
        self._starts = _block_starts(text, paragraphs)
        self._notes = [self._note(address) for address in self._addresses]
        labels = {note.label for note in self._notes if note.label}
        self._references = self._find_references(labels)
        self._stops = sorted(
            {
                *(end for marks in self._references.values() for _start, end in marks),
                *(address.end for address in self._addresses),
            }
        )

    def citations(self) -> list[FoundCitation]:
        """Returns the citations in the order in which what they cite stands."""
        found: list[tuple[int, FoundCitation]] = []
        for address, note in zip(self._addresses, self._notes, strict=True):
            location = _location(address.text)
            if location is not None and _is_of_memo(location):
                continue
            own = self._own_passage(address, note)
            # Of several notes with one label the first one counts, as in Markdown.
            references = self._references.pop(note.label, ()) if note.label and own is None else ()
            spots: list[tuple[tuple[Region, ...], int]]
            spots = [((self._before(start),), start) for start, _end in references]
            spots = spots or [(self._around(address, note), address.start)]
            for regions, offset in spots:
                line, column = position(self._lines, offset)
                citation = FoundCitation(
                    address.text,
                    location,
                    address.digest,
                    self._text,
                    regions,
                    line,
                    column,
                )
                found.append((offset, citation))
        return [citation for _offset, citation in sorted(found, key=lambda pair: pair[0])]

    def _note(self, address: Address) -> _Note:
        number = bisect_right(self._starts, address.start) - 1
        start = self._starts[number]
        later = self._starts[number + 1 : number + 2]
        block = (start, later[0] if later else len(self._text))
        match = _DEFINITION.match(self._text, start)
        if match is None or match.end() > address.start:
            return _Note(block, "", start)
        return _Note(block, _label(match), match.end())

    def _find_references(self, labels: set[str]) -> dict[str, list[Span]]:
        """Returns where the marks of footnotes stand, by their label."""
        definitions = {note.block[0] for note in self._notes if note.label}
        found: dict[str, list[Span]] = {}
        for match in _MARK.finditer(self._text):
            label = _label(match)
            if label in labels and not self._defines(match, definitions):
                found.setdefault(label, []).append(match.span())
        return found

    def _defines(self, reference: re.Match[str], definitions: set[int]) -> bool:
        """Returns whether a mark begins the note itself."""
        start = self._starts[bisect_right(self._starts, reference.start()) - 1]
        return start in definitions and not self._text[start : reference.start()].strip(" \t>")

    def _before(self, start: int) -> Region:
        """Returns the text from the citation before a mark, up to the mark."""
        number = bisect_left(self._stops, start)
        stop = self._stops[number - 1] if number else 0
        return Region(max(stop, start - _MOST_BEFORE), start)

    def _around(self, address: Address, note: _Note) -> tuple[Region, ...]:
        """Returns what is before the "Source:" of a citation, before its block, and in it."""
        own = self._own_passage(address, note)
        if own is not None:
            return (own,)
        start = max(note.start, self._before(address.start).start)
        return (self._before(note.block[0]), Region(start, address.start, ends=False))

    def _own_passage(self, address: Address, note: _Note) -> Region | None:
        """Returns what is before the "Source:" within a note; None if nothing is.

        The notes of a report quote the passage themselves.
        """
        start = max(note.start, self._before(address.start).start)
        inside = [m.start() for m in _SOURCE.finditer(self._text, start, address.start)]
        if inside and self._text[start : inside[-1]].strip():
            return self._before(inside[-1])
        return None


def find_addresses(text: str) -> Iterator[Address]:
    """Yields the ``milatui:`` addresses of a text, mended where an editor has changed them."""
    for match in _ADDRESS.finditer(text):
        bracketed = match["bracketed"]
        found = _WRAPPED.sub("", _INVISIBLE.sub("", bracketed or match["bare"]))
        found = unescape(found).replace("–", "-").replace("—", "--")
        if bracketed is None:
            found = found.rstrip(_TRAILING)
        digest = _DIGEST.match(text, match.end())
        if digest is None and bracketed is None:
            # The sign that ends the address was taken for a part of it.
            digest = _DIGEST.search(text, match.start(), match.end() + 40)
        end = max(match.end(), digest.end()) if digest else match.end()
        yield Address(match.start(), end, found, digest[1].lower() if digest else "")


def _is_of_memo(location: Location) -> bool:
    """Returns whether a location is a step of a research memo, which ``rerun`` reads."""
    return any(location.get(key) for key in ("found", "hit", "opened"))


def _location(address: str) -> Location | None:
    try:
        return parse_location(address)
    except LocationError:
        return None


def _block_starts(text: str, paragraphs: Paragraphs) -> list[int]:
    """Returns where the paragraphs of a text begin, and its footnotes."""
    if paragraphs == "line":
        return line_starts(text)
    ends = {match.end() for match in _BLANK.finditer(text)}
    ends |= {match.end() for match in _NEXT_DEFINITION.finditer(text)}
    return sorted({0, *ends})


def _label(match: re.Match[str]) -> str:
    """Returns the label of a footnote, or its number whatever its form."""
    groups = match.groupdict()
    if groups["label"]:
        return groups["label"].replace("\\", "").lower()
    return next(value for value in groups.values() if value).translate(_SUPERSCRIPT)


def line_starts(text: str) -> list[int]:
    """Returns where the lines of a text begin."""
    return [0, *accumulate(len(line) + 1 for line in text.split("\n")[:-1])]


def position(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Returns line and column, from 1, of an offset; ``starts`` are those of the lines."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1] + 1


# CSL-JSON -----------------------------------------------------------------------------------


def _csl_items(text: str) -> list[Mapping[str, object]] | None:
    """Returns the items of a CSL-JSON text; None if it is not JSON."""
    try:
        found: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = found if isinstance(found, list) else [found]
    return [item for item in items if isinstance(item, dict)]


def _in_items(text: str, items: Sequence[Mapping[str, object]]) -> Iterator[FoundCitation]:
    """Yields the citations that the notes of items hold; their annotations are the passages."""
    lines = line_starts(text)
    at = 0
    for item in items:
        note, passage = str(item.get("note", "")), str(item.get("annote", ""))
        for address in find_addresses(note):
            at = max(at, text.find("milatui:", at))
            line, column = position(lines, at)
            at += len("milatui:")
            regions = (Region(0, len(passage)),) if passage else ()
            yield FoundCitation(
                address.text,
                _location(address.text),
                address.digest,
                passage,
                regions,
                line,
                column,
            )
