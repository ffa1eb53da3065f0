"""Detects the title of a document from its text, and its language from names and tags."""

# untranslated: words of texts and queries, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING

from milatui.archive.markdown.titles import split_title
from milatui.index.analysis.folding import fold
from milatui.ingest.confidence import Confidence
from milatui.ingest.dateline import find_dateline

if TYPE_CHECKING:
    from collections.abc import Sequence

_TITLE = 160
_FEW_WORDS = 3
"""Words that a text after a dateline has at least, and a page of a path at most."""
_NOT_A_TITLE = re.compile(
    r"(?:for immediate release|press release|news release|media release|communique de presse"
    r"|communique|pour (?:diffusion|publication) immediate)[\s:.!-]*"
    r"|\[\[?_?toc_?\]?\]|(?:title|date|layout|author|authors|slug|draft|tags|categories|category"
    r"|permalink|lang|description)[ \t]*[:=]\S.*|(?:title|date)[ \t]*[:=].*"
)
"""Marks of press releases and of tables of contents, and lines that only look like a header."""
_AGENCY = re.compile(r"[\s)\].,]*(?:/[^/\n]{2,30}/|\([^()\n]{2,30}\))?[\s\-–—:]*")
"""Stands between the date of a dateline and the text: the wire it came by."""
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
    would show it twice; else the first line with words is the title and stays.  Of a path of
    pages (``News > Title``) only the last is the title; neither a mark of press releases, a key of
    a header nor a dateline is one.
    """
    title, rest, is_heading = split_title(body)
    if is_heading:
        last = _last_of_path(title)
        return (title, rest) if last == title else (last, body)
    while _NOT_A_TITLE.fullmatch(fold(title)):
        rest = rest.lstrip().partition("\n")[2]
        following, _rest, _is_heading = split_title(rest)
        if not following:
            break
        title = following
    title = _without_dateline(_last_of_path(title))
    if len(title) > _TITLE:
        title = title[:_TITLE].rsplit(None, 1)[0] + "…"
    return title, body


def _last_of_path(title: str) -> str:
    """Returns the last part of a path of pages, each of few words; else the title as it is."""
    *pages, last = title.split(" > ")
    is_path = all(0 < len(page.split()) <= _FEW_WORDS for page in pages)
    return last if is_path and any(map(str.isalnum, last)) else title


def _without_dateline(title: str) -> str:
    """Returns the text after a dateline; the whole title if it has none or nothing else."""
    dateline = find_dateline(title)
    if dateline is None or dateline.confidence is not Confidence.CERTAIN:
        return title
    after = title[dateline.end :]
    agency = _AGENCY.match(after)
    text = after[agency.end() :] if agency else after
    return text if len(text.split()) >= _FEW_WORDS else title


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
