"""Names the formats of citations; imports nothing, so that the command line can offer them."""

from __future__ import annotations

from typing import Final, Literal, get_args

from milatui.i18n import _, pgettext

CiteStyle = Literal["markdown", "text", "chicago", "mla", "csl-json"]
CITE_STYLES: Final[tuple[CiteStyle, ...]] = get_args(CiteStyle)
"""The formats of citations, the default first."""
RENDERED: Final[tuple[CiteStyle, ...]] = ("chicago", "mla")
"""Those that citeproc-py renders."""


def parse_style(name: str) -> CiteStyle | None:
    """Returns the format with a name, None if there is none."""
    return next((style for style in CITE_STYLES if style == name), None)


def style_label(style: CiteStyle) -> str:
    """Returns what a format is, in a few words that follow its name."""
    return {
        "markdown": _("with a footnote"),
        "text": _("plain, the source below it"),
        "chicago": _("a note, by citeproc-py"),
        "mla": _("an entry of the works cited, by citeproc-py"),
        "csl-json": _("for Zotero, pandoc and others"),
    }[style]


def short_style_label(style: CiteStyle) -> str:
    """Returns the name of a format in one word."""
    return {
        "markdown": "Markdown",
        "text": pgettext("format", "Text"),
        "chicago": "Chicago",
        "mla": "MLA",
        "csl-json": "CSL-JSON",
    }[style]
