"""Finds where line breaks were lost: words glued together, and titles within running text."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from milatui.ingest.recognise.name_phrases import UPPER
from milatui.ingest.recognise.vocabulary import (
    FIRST_NAMES,
    FUNCTION_WORDS,
    LEGAL_FORMS,
    ORGANISATION_HEADS,
    ROLE_HEADS,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

_GLUED: Final = re.compile(rf"(?<![\w@/.])[{UPPER}]\w*[a-zà-ÿ][{UPPER}]\w*(?![\w@/])")
_INNER: Final = re.compile(rf"[a-zà-ÿ][{UPPER}]")
_JOINT: Final = re.compile(rf"(?<=[a-zà-ÿ])(?=[{UPPER}])|(?<=[{UPPER}])(?=[{UPPER}][a-zà-ÿ])")
_FEED_TITLE: Final = re.compile(
    r"(?<!\w)The post (?P<title>[^\n]{10,300}?) appeared first on "
    r"|(?<!\w)L'article (?P<titre>[^\n]{10,300}?) est apparu en premier sur "
)
"""What WordPress writes at the end of each entry of a feed."""
_HEADINGS: Final = frozenset(
    {"contact", "contacts", "details", "relations", "information", "release", "inquiries", "info"}
)
_MIN_TITLE: Final = 20
_ROLE_PARTS: Final = ROLE_HEADS | {"chief", "senior", "managing", "general"}


def glue_cuts(text: str) -> list[int]:
    """Returns where words are glued together: ``CompanyKaufman``, ``ShapiroChief``.

    Both halves have to be words of the text, or common ends and beginnings of lines; a word that
    the text has more than once is a name that is written so.
    """
    glued = list(_glued_words(text))
    if not glued:
        return []
    words = frozenset(re.findall(r"\w+", text))
    cuts: list[int] = []
    for match in glued:
        word = match[0]
        half = len(word) // 2
        if len(word) > 5 and word[:half] == word[half:]:
            cuts.append(match.start() + half)
            continue
        often = text.count(word) > 1
        for joint in _JOINT.finditer(word):
            left, right = word[: joint.start()], word[joint.start() :]
            if _are_words(left, right, words) and (not often or _ends_line(left, names=False)):
                cuts.append(match.start() + joint.start())
    return cuts


def _glued_words(text: str) -> Iterator[re.Match[str]]:
    """Yields the words that have a capital letter behind a small one."""
    done = 0
    for inner in _INNER.finditer(text):
        if inner.start() < done:
            continue
        begin = inner.start()
        while begin and (text[begin - 1].isalnum() or text[begin - 1] == "_"):
            begin -= 1
        match = _GLUED.match(text, begin)
        if match:
            yield match
            done = match.end()


def _are_words(left: str, right: str, words: Container[str]) -> bool:
    if len(left) < 2 or len(right) < 2:
        return False
    lowered = right.lower()
    if lowered in FUNCTION_WORDS:
        return left in words or left.lower() in words or _ends_line(left)
    if lowered in _ROLE_PARTS and len(right) > 2:
        return left.istitle()
    if left.lower() in _HEADINGS:
        return True
    if left.lower() in FIRST_NAMES:
        return False
    begins = right in words or lowered in FIRST_NAMES
    return begins and (left in words or _ends_line(left))


def _ends_line(word: str, *, names: bool = True) -> bool:
    lowered = word.lower()
    return (
        lowered in LEGAL_FORMS
        or (names and lowered in ORGANISATION_HEADS)
        or lowered in ROLE_HEADS
        or lowered in _HEADINGS
    )


def title_spans(text: str, title: str) -> Iterator[tuple[int, int]]:
    """Yields where the title of the document stands within the text, and titles of a feed."""
    if len(title) >= _MIN_TITLE:
        at = text.find(title)
        while at >= 0:
            yield at, at + len(title)
            at = text.find(title, at + len(title))
    if " appeared first on " not in text and " est apparu en premier sur " not in text:
        return
    for match in _FEED_TITLE.finditer(text):
        yield match.span(match.lastgroup or 0)
