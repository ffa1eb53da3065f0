"""Attacks on a reader's terminal, and the search for their effects in its output."""

from __future__ import annotations

import re
import unicodedata

PAYLOADS = (
    "\x1b]52;c;UFdOMQ==\x07PWN1",  # writes to the clipboard
    "\x1b]0;PWN2\x07\x1b]2;PWN2\x1b\\",  # sets the title
    "\x1b[2J\x1b[31;1337mPWN3\x1b[1337;1337H",  # clears, colours, moves
    "\x1b]8;;file:///etc/passwd\x1b\\PWN4\x1b]8;;\x1b\\",  # a link to a file
    "\x9b2JPWN5\x9d0;PWN5\x9c\x90q\x84",  # the same in C1
    "\x07\x08\x08\x0c\x0b\x00\x7f\x0e\x0fPWN6\x05",  # bell, backspace, shift out, enquiry
    "\u202ePWN7\u202d\u2066\u2069\u200b\u200f\ufeff\u061c",  # reads differently from what it is
    "[@click=app.quit]PWN8[/] [link=http://x.example]x[/link] [/nope] [bold",  # markup
    '\x1bP$q"p\x1b\\\x1b_PWN9\x1b\\\x1b^x\x1b\\\x1bXx\x1b\\\x1bc',  # DCS, APC, PM, SOS, reset
    "P" + "\u0336\u0301" * 300 + "WN10 \U000e0041\u2028\u2029\ufff9",  # a tower, tags, separators
)
_FORBIDDEN = re.compile(
    "[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e00ff]"
)
_OURS = re.compile(
    r"\x1b\[[?>=<]?[0-9;]*[A-Za-ln-zA-Z]"  # cursor, modes, erasing, keyboard
    r"|\x1b\[[0-9;]*m"  # colours
    r"|\x1b\[\?[0-9]+\$p"  # questions about modes
    r"|\x1b\]22;[a-z]*\x07"  # shape of the pointer
    r"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"  # what the user has copied
)
_CLEARING = ("\x1b[2J", "\x1b[31;1337m", "\x1b[1337;1337H", "\x1b]52;c;UFdO")


def successes(raw: bytes | bytearray) -> list[str]:
    """Returns the attacks found in the bytes that a terminal got; empty if all failed."""
    text = raw.decode("utf-8", "replace")
    found = [mark for mark in _CLEARING if mark in text]
    rest = _OURS.sub("", text)
    if "\x1b" in rest or "\x07" in rest or "\x08" in rest:
        place = re.search("[\x1b\x07\x08]", rest)
        assert place
        found.append(repr(rest[max(0, place.start() - 20) : place.start() + 40]))
    found += [repr(match[0]) for match in _FORBIDDEN.finditer(rest)][:5]
    if _has_tower(rest):
        found.append("a tower of marks")
    return found


def _has_tower(text: str) -> bool:
    carried = 0
    for character in text:
        carried = carried + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if carried > 8:
            return True
    return False
