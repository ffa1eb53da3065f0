"""Gives the text of a document of the index without the classes of records.

Most hits of a search are documents, and making the classes takes a tenth of a one-shot command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.markdown.plain_text import has_markup, render_plain
from milatui.archive.sanitize import sanitize

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milatui.archive.kinds import Data

_PIECE: Final = 50_000
"""Characters of a document's body that are rendered at a time for a snippet."""


def document_fields(data: Mapping[str, Data]) -> tuple[str, str]:
    """Returns the title and the text of a document, see ``record_text.indexed_text``.

    Args:
        data: Values by field name, as the index keeps them.
    """
    body, rendered = _body(data)
    original = data.get("original")
    from_original = original.get("publisher") if isinstance(original, dict) else ""
    publisher = _text(data.get("publisher")) or _text(from_original)
    text = render_markdown(body).text if rendered is None else rendered
    return _text(data.get("title")), join_lines([text, _text(data.get("description")), publisher])


def document_passages(data: Mapping[str, Data]) -> Iterator[str]:
    """Yields the readable parts of a document, see ``record_text.snippet_passages``.

    Args:
        data: Values by field name, as the index keeps them.
    """
    yield from filter(None, body_pieces(*_body(data)))
    if description := _text(data.get("description")):
        yield description


def body_pieces(body: str, rendered: str | None) -> Iterator[str]:
    """Yields the text of a document; that of a long one without markup in pieces of paragraphs.

    Args:
        body: Its Markdown.
        rendered: Its text, if it has been rendered.
    """
    if rendered is not None:
        yield rendered
        return
    if len(body) <= _PIECE or has_markup(sanitize(body)):
        yield render_markdown(body).text
        return
    start = 0
    while len(body) - start > _PIECE:
        gap = body.rfind("\n\n", start + 1, start + _PIECE)
        end = gap if gap > start else start + _PIECE
        yield render_plain(sanitize(body[start:end])).text
        start = end
    yield render_plain(sanitize(body[start:])).text


def join_lines(parts: list[str]) -> str:
    """Joins the parts of a text that are not empty, each on lines of its own."""
    return "\n".join(part for part in parts if part)


def _body(data: Mapping[str, Data]) -> tuple[str, str | None]:
    """Returns Markdown and rendered text of a document, see ``serialize.with_rendering``."""
    body = data.get("body")
    if isinstance(body, dict):
        return _text(body["markdown"]), _text(body["text"])
    return _text(body), None


def _text(value: Data | None) -> str:
    return value if isinstance(value, str) else ""
