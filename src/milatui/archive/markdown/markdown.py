"""Renders the Markdown of a document: the one reading of it for check, index, reader and quotes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.archive.markdown.plain_text import has_markup, render_plain, simple_text
from milatui.archive.markdown.rendered_text import StoredText
from milatui.archive.sanitize import sanitize

if TYPE_CHECKING:
    from milatui.archive.markdown.rendered_text import RenderedText

_MOST_SIGNS: Final = 200_000
"""Signs of emphasis, links, code and tags up to which a text is parsed; more are an attack, and
a text of nothing else takes the parser 15 s a million."""
_COSTLY_SIGNS: Final = "[<*_`!&\\"


# All the quotes of one document are usually looked for one after the other.
@lru_cache(maxsize=2)
def render_markdown(body: str) -> RenderedText:
    """Returns the rendered text of a document, given its Markdown; the parser may be imported."""
    body = sanitize(body)
    if not has_markup(body) or sum(map(body.count, _COSTLY_SIGNS)) > _MOST_SIGNS:
        return render_plain(body)
    # Deferred: most texts have no markup, and the parser takes 6 MB.
    from milatui.archive.markdown.commonmark import parse
    from milatui.archive.markdown.renderer import render

    tokens = parse(body)
    return render_plain(body) if tokens is None else render(tokens, body)


def stored_text(body: str) -> tuple[str, StoredText | None]:
    """Returns the text of a document, and what the index stores of it, given its Markdown.

    Returns:
        The text, and None if a session can render it without the parser.
    """
    text = simple_text(body)
    if text is not None:
        return text, None
    rendered = render_markdown(body)
    return rendered.text, None if rendered.is_plain else StoredText.of(rendered)
