"""The codes of styles: from one to the next in few bytes, and what a blank shows of them.

A style is the parameters of one "select graphic rendition" sequence as Rich sends it, begun
from nothing, such as ``1;38;5;231;48;5;16``; the empty one is the terminal's own.
"""

from __future__ import annotations

import re
from functools import lru_cache

_FOREGROUND, _BACKGROUND = re.compile(r"(3[0-9]|9[0-7])(;|$)"), re.compile(r"(4[0-9]|10[0-7])(;|$)")
_ENDS = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "9": "29"}
_UNSEEN = frozenset({"1", "2", "3"})
"""Bold, dim and italic, which leave a blank as it is."""


@lru_cache(maxsize=4096)
def change(before: str, after: str) -> str:
    """The sequence that leads from one style to another."""
    if not after:
        return "\x1b[0m"
    if not before:
        return f"\x1b[{after}m"
    old, new = _parsed(before), _parsed(after)
    lost = old[2] - new[2]
    if not lost <= _ENDS.keys():
        return f"\x1b[0;{after}m"
    ends = {_ENDS[code] for code in lost}
    kept = {code for code in old[2] & new[2] if _ENDS.get(code) not in ends}
    wanted = sorted(ends) + sorted(new[2] - kept)
    if old[0] != new[0]:
        wanted.append(new[0] or "39")
    if old[1] != new[1]:
        wanted.append(new[1] or "49")
    return f"\x1b[{';'.join(wanted)}m"


@lru_cache(maxsize=4096)
def looks_blank(style: str) -> str | None:
    """All that a blank shows of ``style``, its background, None if it shows more than that."""
    _text, back, attributes = _parsed(style)
    return f"blank {back}" if attributes <= _UNSEEN else None


def _parsed(style: str) -> tuple[str, str, frozenset[str]]:
    """Text colour, background and attributes of a style."""
    text = back = ""
    attributes: set[str] = set()
    codes = style.split(";") if style else []
    while codes:
        code = codes.pop(0)
        if code in ("38", "48") and codes:
            size = 4 if codes[0] == "2" else 2
            code, codes = ";".join([code, *codes[:size]]), codes[size:]
        if _FOREGROUND.match(code):
            text = code
        elif _BACKGROUND.match(code):
            back = code
        else:
            attributes.add(code)
    return text, back, frozenset(attributes)
