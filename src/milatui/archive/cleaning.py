"""Makes text from an archive safe to send to a terminal.

Whoever writes a document could otherwise move the cursor, recolour the screen,
write to the clipboard or show a name that reads differently from what it is.
"""

from __future__ import annotations

import re

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff"
)
_CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff"
_UNSAFE = re.compile(f"\r\n|[{_CONTROLS}{_INVISIBLE}]")
_UNSAFE_IN_LINE = re.compile(f"\r\n|[\t\n{_CONTROLS}{_INVISIBLE}]")
_BREAKS = frozenset(("\t", "\n", "\r", "\r\n", "\x0b", "\x0c", "\u2028", "\u2029"))
_IS_INVISIBLE = re.compile(f"[{_INVISIBLE}]")
_MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\u3099\u309a\ufe20-\ufe2f"
)
MOST_MARKS = 8
"""Combining marks one letter may carry; no language needs as many, and towers hide lines."""
_MARK = re.compile(f"[{_MARKS}]")
_TOWER = re.compile(f"([{_MARKS}]{{{MOST_MARKS}}})[{_MARKS}]+")


def clean(text: str, *, multiline: bool = True) -> str:
    """``text`` with nothing in it that a terminal would obey instead of show.

    C0 controls and DEL become their visible pictures (ESC is shown as one character),
    C1 controls, lone surrogates and non-characters the replacement character.
    Bidirectional and zero-width controls are dropped, and the marks beyond the eighth that
    a letter carries, so lengths may change: find offsets after cleaning, not before.  Line
    ends become newlines; unless ``multiline``, these and tabs become spaces.
    """
    # A tower too high has a mark at one of these places: a ninth of the text tells.
    if not text.isascii() and _MARK.search(text[:: MOST_MARKS + 1]):
        text = _TOWER.sub(r"\1", text)
    if text.isprintable():
        return text
    if multiline:
        # All that is unsafe is unprintable for Python, which says so ten times faster than a
        # pattern does; what else is unprintable and common leaves first.
        rest = text.replace("\n", "").replace("\N{NO-BREAK SPACE}", "").replace("\u202f", "")
        if rest.isprintable():
            return text
        return _UNSAFE.sub(_in_block, text) if _UNSAFE.search(text) else text
    return _UNSAFE_IN_LINE.sub(_in_line, text) if _UNSAFE_IN_LINE.search(text) else text


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
    return "" if _IS_INVISIBLE.match(character) else _REPLACEMENT
