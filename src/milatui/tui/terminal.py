"""The terminal's driver: fewer bytes, less mouse traffic and bounded sizes."""

from __future__ import annotations

import re
from functools import lru_cache

from textual.drivers.linux_driver import LinuxDriver

MAX_COLUMNS, MAX_ROWS = 500, 200
_RESET_MOVE = re.compile(r"\x1b\[0m(\x1b\[[0-9]+;[0-9]+H)")
_MOVE = re.compile(r"\x1b\[[0-9]+;[0-9]+H")


class TerminalDriver(LinuxDriver):
    """Textual's driver without what costs much over a slow line."""

    def write(self, data: str) -> None:
        """Send ``data``; "any motion" mouse tracking becomes "motion while a button is down"."""
        if "\x1b[?1003" in data:
            data = data.replace("\x1b[?1003", "\x1b[?1002")
        super().write(shorten(data))

    def _get_terminal_size(self) -> tuple[int, int]:
        columns, rows = super()._get_terminal_size()
        return min(columns, MAX_COLUMNS), min(rows, MAX_ROWS)


def shorten(data: str) -> str:
    """The same picture in fewer bytes: a style that follows another is sent as what changes.

    Rich ends every stretch with a reset and begins the next from nothing, which makes up
    half of what a repaint sends.
    """
    if "\x1b[0m\x1b[" not in data:
        return data
    # A move draws nothing: the style may as well end behind it, and then often goes on.
    data = _RESET_MOVE.sub("\\1\x1b[0m", data)
    pieces = data.split("\x1b[0m\x1b[")
    out = [pieces[0]]
    before = _last_style(pieces[0])
    for piece in pieces[1:]:
        style, letter, rest = piece.partition("m")
        if letter and style.replace(";", "").isdigit():
            out.append(_change(before, style) if before else f"\x1b[0m\x1b[{style}m")
            out.append(rest)
            before = style if "\x1b" not in _MOVE.sub("", rest) else _last_style(rest)
        else:
            out.append("\x1b[0m\x1b[" + piece)
            before = _last_style(piece)
    return "".join(out)


def _last_style(text: str) -> str:
    """The style in force at the end of ``text``, "" if unknown."""
    start = text.rfind("\x1b[")
    if start < 0:
        return ""
    style, letter, _rest = text[start + 2 :].partition("m")
    return style if letter and style.replace(";", "").isdigit() else ""


@lru_cache(maxsize=4096)
def _change(before: str, after: str) -> str:
    """The sequence that leads from one style to another; both are what Rich sends."""
    old, new = _parsed(before), _parsed(after)
    if old[2] != new[2]:
        return f"\x1b[0;{after}m"
    wanted = []
    if old[0] != new[0]:
        wanted.append(new[0] or "39")
    if old[1] != new[1]:
        wanted.append(new[1] or "49")
    return f"\x1b[{';'.join(wanted)}m" if wanted else ""


def _parsed(style: str) -> tuple[str, str, frozenset[str]]:
    """Text colour, background and attributes of a style."""
    text = back = ""
    attributes: set[str] = set()
    codes = style.split(";")
    while codes:
        code = codes.pop(0)
        if code in ("38", "48"):
            size = 4 if codes[0] == "2" else 2
            code, codes = ";".join([code, *codes[:size]]), codes[size:]
        if re.match(r"(3[0-9]|9[0-7])(;|$)", code):
            text = code
        elif re.match(r"(4[0-9]|10[0-7])(;|$)", code):
            back = code
        else:
            attributes.add(code)
    return text, back, frozenset(attributes)
