"""Detects the title of a document from its text, and its language from names and tags."""

# untranslated: words of texts and queries, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milatui.archive.markdown.titles import split_title
from milatui.index.analysis.folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE = 160
_SLUG = 80
_LANGUAGE_NAMES = {
    name: tag
    for tag, names in (
        ("en", "english anglais eng"),
        ("fr", "french francais fra fre"),
        ("es", "spanish espagnol espanol spa"),
        ("de", "german allemand deutsch deu ger"),
        ("it", "italian italien italiano ita"),
        ("pt", "portuguese portugais portugues por"),
        ("nl", "dutch neerlandais nederlands nld dut"),
        ("zh", "chinese chinois zho chi"),
        ("ja", "japanese japonais jpn"),
        ("ar", "arabic arabe ara"),
    )
    for name in names.split()
}
_MARKED_NAME = re.compile(r"\.(en|fr|es|de|it|pt|nl|sv|pl|ja|zh|ar|ko|ru)$", re.IGNORECASE)
_MARKED_FOLDERS = frozenset(("en", "fr"))
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")


def detect_title(body: str) -> tuple[str, str]:
    """Returns the title at the beginning of a text, and the text after it.

    A first-level heading at the beginning is taken out of the body, where the reader
    would show it twice; else the first line with words is the title and stays.
    """
    title, rest, is_heading = split_title(body)
    if len(title) > _TITLE and not is_heading:
        title = title[:_TITLE].rsplit(None, 1)[0] + "…"
    return title, rest


def language_in_name(stem: str, folders: Sequence[str]) -> str:
    """Returns the language that the name of a file or folder is marked with, or empty text.

    Site generators mark translations so: ``title.fr.md``, ``content/fr/title.md``.
    """
    marked = _MARKED_NAME.search(stem)
    if marked:
        return marked[1].lower()
    named = [folder.lower() for folder in folders if folder.lower() in _MARKED_FOLDERS]
    return named[-1] if len(named) == 1 else ""


def language_tag(text: str) -> str:
    """Returns a language as a BCP 47 tag.

    Raises:
        ValueError: if it is neither a tag nor the name of a known language.
    """
    name = text.strip()
    tag = _LANGUAGE_NAMES.get(fold(name), name.replace("_", "-"))
    if not _TAG.fullmatch(tag):
        raise ValueError(text)
    primary, dash, rest = tag.partition("-")
    return primary.lower() + dash + rest


def slug(text: str) -> str:
    """Makes an id from a title: lower-case ASCII words and hyphens, cut at a word."""
    words = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
    return words if len(words) <= _SLUG else words[:_SLUG].rsplit("-", 1)[0]
