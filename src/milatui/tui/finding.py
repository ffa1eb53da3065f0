"""Finds words in a page as people type them: whatever their case, accents and line breaks."""

from __future__ import annotations

import re
import unicodedata

_ALIKE = {c: f"[{c}{more}]" for c, more in zip(
    "aceinouy'", ("àâäáãå", "ç", "éèêë", "îïíì", "ñ", "ôöóòõ", "ùûüú", "ÿý", "’"), strict=True
)}  # fmt: skip


def find_words(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Where ``words`` stand in ``text``, whatever their case, accents and line breaks."""
    plain = unicodedata.normalize("NFD", words.casefold().strip().replace("’", "'"))
    letters = [c for c in plain if not unicodedata.combining(c)]
    pattern = "".join(r"\s+" if c.isspace() else _ALIKE.get(c, re.escape(c)) for c in letters)
    if not pattern:
        return ()
    return tuple(m.span() for m in re.finditer(pattern, text, re.IGNORECASE))
