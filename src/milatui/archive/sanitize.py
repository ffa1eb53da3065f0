"""Makes text from an archive safe to send to a terminal.

Whoever writes a document could otherwise move the cursor, recolour the screen,
write to the clipboard or show a name that reads differently from what it is.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
_PIECE = 500
_BREAKS = frozenset(("\t", "\n", "\r", "\r\n", "\x0b", "\x0c", "\u2028", "\u2029"))
_COMMON_FIRST_BYTES = b"\xc2\xe2"
"""First bytes of no-break spaces, quotation marks and dashes, and of unsafe characters, too."""
_RARE_FIRST_BYTES = b"\xd8\xe1\xed\xef\xf0\xf3"
"""Other first bytes of unsafe characters."""
_SAFE_BYTES = bytes(
    byte
    for byte in range(256)
    if byte in b"\t\n"
    or (byte >= 0x20 and byte not in (0x7F, *_COMMON_FIRST_BYTES, *_RARE_FIRST_BYTES))
)
_UNSAFE_BYTES = (
    re.compile(b"\xc2[\x80-\x9f\xad]"),
    re.compile(b"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0-\xaf])"),
)
"""Two patterns are five times faster than one, as each begins with a byte that is looked for."""
_QUOTED = 60
"""Maximum number of characters that a message quotes of a text."""
MAX_COMBINING_MARKS = 8
"""Maximum number of combining marks of a letter. No language needs as many; more hide lines."""
# Ranges of Unicode with combining marks, among much else; European texts have nothing there.
_MARK_RANGES = (
    (0x300, 0x370),
    (0x483, 0x48A),
    (0x591, 0x1E00),
    (0x20D0, 0x2100),
    (0x2CEF, 0x3100),
    (0xA66F, 0xABEE),
    (0xD7B0, 0xD800),
    (0xFB1E, 0xFB1F),
    (0xFE00, 0xFE30),
)
_RARE_MARK_RANGES = ((0x101FD, 0x1E94B), (0xE0100, 0xE01F0))


def _any_of(spans: Iterable[tuple[int, int]]) -> re.Pattern[str]:
    return re.compile(f"[{''.join(f'{chr(start)}-{chr(end - 1)}' for start, end in spans)}]")


@cache
def _unsafe() -> re.Pattern[str]:
    """Returns the pattern of what a block of text may not hold; most texts are passed before."""
    return re.compile(f"[{_CONTROLS}{_INVISIBLE}]")


@cache
def _unsafe_in_line() -> re.Pattern[str]:
    return re.compile(f"\r\n|[\t\n{_CONTROLS}{_INVISIBLE}]")


@cache
def _is_invisible() -> re.Pattern[str]:
    return re.compile(f"[{_INVISIBLE}]")


_MAYBE_MARK = _any_of((*_MARK_RANGES, *_RARE_MARK_RANGES))
_MAYBE_RARE = _any_of(_RARE_MARK_RANGES)
_JAMO = (*range(0x1160, 0x1200), *range(0xD7B0, 0xD7FC))
"""Vowels and ends of Korean syllables, which stand on what is before them as marks do."""


def sanitize(text: str, *, multiline: bool = True) -> str:
    """Replaces or removes everything in a text that a terminal would obey instead of show.

    C0 controls and DEL become their visible pictures (ESC is shown as one character),
    C1 controls, lone surrogates and non-characters the replacement character.
    Bidirectional and zero-width controls are dropped, and the marks beyond the eighth that
    a letter carries, so lengths may change: find offsets after cleaning, not before.  Line
    ends become newlines; unless ``multiline``, these and tabs become spaces.
    """
    if multiline or not text.isprintable():
        text = _printable(text, multiline)
    return _limit_combining_marks(text, lambda _marks: "")


def escape_json(json: str) -> str:
    """Escapes in JSON text everything that a terminal would obey; nothing is lost.

    What ``sanitize`` would take away stands there as escapes, which JSON allows in its strings, and
    nothing of it can stand anywhere else.
    """
    if not json.isprintable():
        json = _unsafe().sub(lambda match: _escape(match[0]), json)
    return _limit_combining_marks(json, _escape)


def _escape(text: str) -> str:
    units = text.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4))


def _limit_combining_marks(text: str, instead: Callable[[str], str]) -> str:
    """Replaces combining marks beyond the maximum of a letter by ``instead(marks)``."""
    # Nine marks in a row reach one of these places: a ninth of the text is looked at.
    if not text.isascii() and _MAYBE_MARK.search(text[:: MAX_COMBINING_MARKS + 1]):
        # A set with rare marks in it is much slower.
        towers = _excess_marks(rare=_MAYBE_RARE.search(text) is not None)
        text = towers.sub(lambda match: match[1] + instead(match[0][MAX_COMBINING_MARKS:]), text)
    return text


def excerpt(text: str) -> str:
    """Returns a text as a message quotes it: sanitized, in one line, cut."""
    text = sanitize(text[: 2 * _QUOTED], multiline=False)
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


@cache
def _excess_marks(*, rare: bool) -> re.Pattern[str]:
    """Finds the marks beyond those that a letter may carry."""
    spans = (*_MARK_RANGES, *_RARE_MARK_RANGES) if rare else _MARK_RANGES
    found = (chr(code) for start, end in spans for code in range(start, end))
    marks = [mark for mark in found if unicodedata.category(mark) in ("Mn", "Me")]
    every = "".join((*marks, *map(chr, _JAMO)))
    return re.compile(f"([{every}]{{{MAX_COMBINING_MARKS}}})[{every}]+")


def _printable(text: str, multiline: bool) -> str:
    if multiline:
        if _is_harmless(text):
            return text
        # Only the pieces that are not are looked through; none may end within a line end.
        text = text.replace("\r\n", "\n")
        pieces = (text[at : at + _PIECE] for at in range(0, len(text), _PIECE))
        return "".join(p if _is_harmless(p) else _unsafe().sub(_in_block, p) for p in pieces)
    return _unsafe_in_line().sub(_in_line, text) if _unsafe_in_line().search(text) else text


def _is_harmless(text: str) -> bool:
    """Returns whether a block of text surely needs no sanitizing.

    The bytes of its UTF-8 say so several times faster than a pattern does: most are of no unsafe
    character.  Behind two common first bytes the next ones tell; where there are other first bytes
    of unsafe characters, Python says what is unprintable, which all that is unsafe is.
    """
    raw = text.encode("utf-8", "surrogatepass")
    rest = raw.translate(None, _SAFE_BYTES)
    if not rest.strip(_COMMON_FIRST_BYTES):
        return not rest or all(unsafe.search(raw) is None for unsafe in _UNSAFE_BYTES)
    return text.replace("\n", "").replace("\N{NO-BREAK SPACE}", "").isprintable()


def _in_block(match: re.Match[str]) -> str:
    found = match[0]
    return "\n" if found in _BREAKS else _visible(found)


def _in_line(match: re.Match[str]) -> str:
    found = match[0]
    return " " if found in _BREAKS else _visible(found)


def _visible(character: str) -> str:
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\N{SYMBOL FOR DELETE}"
    return "" if _is_invisible().match(character) else _REPLACEMENT
