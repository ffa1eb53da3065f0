"""Parses the subset of YAML that front matter usually is, many times faster than PyYAML.

The subset: a block mapping of lower-case keys at column 1 whose values are plain or quoted scalars,
or lists of plain ids. Everything else, valid YAML or not, is left to ``nodes``: ``parse_simple``
then returns None. Property tests prove that both agree on the subset.
"""

from __future__ import annotations

import re
from typing import Final

_PLAIN_CHARS: Final = (
    "\u00a0-\u1fff\u2010-\u2027\u2030-\u2fff\u3001-\ud7ff\uf900-\ufdcf\ufe30-\ufefe"
)
"""Printable characters beyond ASCII that mean nothing special to YAML."""
_VISIBLE: Final = f"[!-~{_PLAIN_CHARS}]"
_FIRST: Final = f"[A-Za-z0-9{_PLAIN_CHARS}]"
# No comment and no mapping; spaces only between other characters. What a scalar has matched is not
# given back, so that no text takes more than linear time: by a lookahead with a backreference, as
# possessive groups match wrongly in Python 3.11.2 (python/cpython#106052).
_REST: Final = rf"(?:[!-\"$-9;-~{_PLAIN_CHARS}]++|:(?={_VISIBLE})|(?<! )#| ++(?={_VISIBLE}))*"
_PLAIN: Final = rf"{_FIRST}{_REST}(?:\n ++{_FIRST}{_REST})*"
_SINGLE: Final = rf"'(?:[ -&(-~{_PLAIN_CHARS}]++|''|(?<! )\n ++(?={_VISIBLE}))+'"
_DOUBLE: Final = rf'"(?:[ !#-\[\]-~{_PLAIN_CHARS}]++|\\["\\])+"'
_ID: Final = "[A-Za-z0-9][A-Za-z0-9_.-]*"
_ENTRY: Final = re.compile(
    rf"(?P<key>[a-z_]+):"
    rf"(?: (?=(?P<plain>{_PLAIN}))(?P=plain)"
    rf"| (?=(?P<single>{_SINGLE}))(?P=single)"
    rf"| (?=(?P<double>{_DOUBLE}))(?P=double)"
    rf"| \[(?P<flow>{_ID}(?:, {_ID})*)\]"
    rf"|(?P<block>\n(?P<indent> *)- {_ID}(?:\n(?P=indent)- {_ID})*))\n"
)
_FOLD: Final = re.compile("\n +")
_ABSENT: Final = "null"


def parse_simple(text: str) -> dict[str, str | list[str]] | None:
    """Parses a mapping of the subset; returns None if ``text`` is not in it.

    Args:
        text: YAML that ends with a newline.

    Returns:
        Text, or a list of texts, by key, as PyYAML's base loader gives them.
    """
    found: dict[str, str | list[str]] = {}
    position, end = 0, len(text)
    while position < end:
        entry = _ENTRY.match(text, position)
        if entry is None or entry["key"] in found:
            return None
        value = _value(entry)
        if value == _ABSENT or (isinstance(value, list) and _ABSENT in value):
            return None
        found[entry["key"]] = value
        position = entry.end()
    return found or None


def _value(entry: re.Match[str]) -> str | list[str]:
    kind = entry.lastgroup or ""
    content = entry[kind]
    match kind:
        case "plain":
            return _FOLD.sub(" ", content) if "\n" in content else content
        case "single":
            content = content[1:-1].replace("''", "'")
            return _FOLD.sub(" ", content) if "\n" in content else content
        case "double":
            content = content[1:-1]
            return content.replace('\\"', '"').replace("\\\\", "\\") if "\\" in content else content
        case "flow":
            return content.split(", ")
    return [line.lstrip(" -") for line in content[1:].split("\n")]
