"""Parses Markdown: CommonMark with tables, strikethrough, footnotes, addresses and template tags.

It takes 6 MB and 60 ms to import: only what builds an index, adds or checks documents needs it.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from milatui.archive.markdown.rendered_text import address_at
from milatui.archive.markdown.template_tags import LinkHelpers, add_template_rules

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

_DEEPEST: Final = 60
"""Levels of quotes and lists within each other (an item takes two) that are parsed."""
_SCHEMES: Final = ("https", "http")


class _Parser(MarkdownIt):
    """A parser that leaves addresses as they are written; what is linked is decided later."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the parser's name
        """Takes any address for a link, so that none of its signs is shown."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        """Leaves an address as it is."""
        return url


def parse(body: str) -> list[Token] | None:
    """Returns the tokens of a text, None if it is nested so deeply that some would be lost."""
    tokens = _parser().parse(body)
    is_cut = any(token.level >= _DEEPEST - 1 and token.nesting > 0 for token in tokens)
    return None if is_cut else tokens


def parse_inline(words: str) -> list[Token]:
    """Returns the tokens of words in one line, in which no block begins."""
    return _parser().parseInline(words)


@cache
def _parser() -> MarkdownIt:
    md = _Parser("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])
    # Notes stay where they are defined: those that nothing refers to would be lost at the end.
    md.use(footnote_plugin, inline=False, move_to_end=False)
    md.inline.ruler.before("escape", "bare_address", _bare_address)
    add_template_rules(md)
    md.helpers = LinkHelpers  # type: ignore[assignment]
    return md


def _bare_address(state: StateInline, silent: bool) -> bool:
    """Takes a web address without signs around it, whose own signs are not markup."""
    if state.src[state.pos] != ":" or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    scheme = next((each for each in _SCHEMES if state.pending.endswith(each)), "")
    address = address_at(state.src, state.pos - len(scheme)) if scheme else ""
    if not address:
        return False
    if not silent:
        state.pending = state.pending[: -len(scheme)]
        token = state.push("link_open", "a", 1)
        token.attrs = {"href": address}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos += len(address) - len(scheme)
    return True
