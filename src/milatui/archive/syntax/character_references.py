"""Decodes HTML character references (``&amp;``, ``&#39;``, ``&eacute;``) in plain text.

The loader decodes the values of records with it; those of Markdown are the parser's.
"""

from __future__ import annotations

import re
from typing import Final

_NAME: Final = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_REFERENCE: Final = re.compile(_NAME)
_NESTED: Final = re.compile(r"&(?:amp;){2,}")
"""An ampersand that several programs have encoded, one after the other."""
_ROUNDS: Final = 3
"""Maximum number of times that other characters are decoded."""


def decode_references(text: str) -> str:
    """Decodes the references of plain text, also those that were encoded several times."""
    text = _NESTED.sub("&amp;", text)
    for _round in range(_ROUNDS):
        if "&" not in text or _REFERENCE.search(text) is None:
            break
        text = _REFERENCE.sub(lambda match: _character(match[0]), text)
    return text


def _character(reference: str) -> str:
    """Returns what a reference stands for, itself if there is no such name."""
    # Deferred: few archives have any, and the table of names takes time to load.
    from html import unescape
    from html.entities import html5

    named = reference[1] != "#"
    return html5.get(reference[1:], reference) if named else unescape(reference)
