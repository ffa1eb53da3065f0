"""Makes plain titles: of a given one with signs of Markdown, and of the beginning of a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.archive.markdown.plain_text import has_markup
from milatui.archive.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

    from milatui.archive.markdown.rendered_text import RenderedText

_BEGINNING: Final = 20_000
"""Characters of a text in which its title stands."""
_BEFORE_WORDS: Final = "│•◦▪●‣·☐☑─ "
_NOT_TITLES: Final = frozenset(("fence", "code_block", "table_open"))
"""Blocks that are no title; if there is nothing else, the first line with words is."""
_UNDERSCORE: Final = "\ue000"
"""Stands for an underscore: in a title it is one, and no emphasis (``__init__``)."""


class SplitTitle(NamedTuple):
    """A title and the text without it.

    Attributes:
        title: The title, plain; "" if there are no words.
        body: The Markdown after it; all of it if the title stays in the text.
        is_heading: Whether the title was a heading of the first level.
    """

    title: str
    body: str
    is_heading: bool


def plain_title(given: str) -> str:
    """Returns a title without links, images, comments, tags and signs of emphasis."""
    text = " ".join(sanitize(given).split())
    if not has_markup(text):
        return text
    # Deferred: most titles are plain.
    from milatui.archive.markdown.commonmark import parse_inline
    from milatui.archive.markdown.renderer import render

    tokens = parse_inline(text.replace("_", _UNDERSCORE))
    plain = " ".join(render(tokens, text, with_images=False).text.split())
    return plain.replace(_UNDERSCORE, "_") or text


def split_title(body: str) -> SplitTitle:
    """Finds the title at the beginning of a Markdown text.

    It is the first heading, if it is of the first level and nothing but comments, images, code and
    tables stands before it, and is taken out of the text.  Else it is the first line with words,
    and stays.
    """
    beginning = body[:_BEGINNING]
    if not has_markup(sanitize(beginning)):
        return SplitTitle(_first_line_of_words(beginning), body, is_heading=False)
    from milatui.archive.markdown.commonmark import parse
    from milatui.archive.markdown.renderer import render

    for block in _blocks(parse(beginning) or ()):
        if block[0].type in _NOT_TITLES or block[0].content.startswith(("<table", "<TABLE")):
            continue
        rendered = render(_without_notes(_line_by_line(block)), beginning, with_images=False)
        title = _first_line_of_words(rendered.text)
        if not title:
            continue
        if _is_title(rendered):
            first, after = block[0].map or (0, 0)
            lines = body.split("\n")
            rest = "\n".join((*lines[:first], *lines[after:])).lstrip("\n")
            return SplitTitle(" ".join(rendered.text.split()), rest, is_heading=True)
        return SplitTitle(title, body, is_heading=False)
    return SplitTitle(_first_line_of_words(beginning), body, is_heading=False)


def _is_title(rendered: RenderedText) -> bool:
    """Returns whether a block is a heading of the first level and nothing else."""
    heads = rendered.headings
    return (
        len(heads) == 1
        and heads[0].level == 1
        and not rendered.text[: heads[0].start].strip()
        and not rendered.text[heads[0].end :].strip()
    )


def _first_line_of_words(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return next((line for line in lines if any(map(str.isalnum, line))), "").lstrip(_BEFORE_WORDS)


def _blocks(tokens: Sequence[Token]) -> Iterator[Sequence[Token]]:
    """Yields the tokens of each block of the text."""
    start = 0
    for number, token in enumerate(tokens):
        if token.level == 0 and token.nesting <= 0:
            yield tokens[start : number + 1]
            start = number + 1


def _without_notes(tokens: Sequence[Token]) -> Sequence[Token]:
    """Takes the marks of footnotes out of blocks."""
    for token in tokens:
        token.children = [
            child for child in token.children or () if child.type != "footnote_ref"
        ] or token.children
    return tokens


def _line_by_line(tokens: Sequence[Token]) -> Sequence[Token]:
    """Lets each line of the file stand for itself."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "softbreak":
                child.type = "hardbreak"
    return tokens
