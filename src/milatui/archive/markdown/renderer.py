"""Renders the tokens of the Markdown parser, and the HTML among them, as text with spans.

Markdown and HTML go the same way: both begin and end elements, with text between them.
"""

# untranslated: names of HTML elements
from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from milatui.archive.markdown.html_tokenizer import DROPPED, Tag, html_pieces
from milatui.archive.markdown.table import TextCell, TextTable
from milatui.archive.markdown.template_tags import without_template_tags
from milatui.archive.markdown.text_builder import LinePrefix, OpenSpan, TextBuilder

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from markdown_it.token import Token

    from milatui.archive.markdown.rendered_text import MarkdownRole, RenderedText

_ROLES: Final[dict[str, MarkdownRole]] = {
    **dict.fromkeys(("strong", "b", "dt", "summary"), "strong"),
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "emphasis"),
    **dict.fromkeys(("s", "del", "strike"), "struck"),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), "code"),
}
_HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_APART: Final = _HEADINGS | {"p", "blockquote", "ul", "ol", "dl", "table", "pre", "hr", "figure"}
"""Elements with empty lines around them."""
_LINE_NAMES: Final = (
    "address article aside caption center dd details div dt fieldset figcaption footer form header"
    " legend li main nav option section summary tr"
)
_LINES: Final = frozenset(_LINE_NAMES.split())
"""Elements that begin and end a line."""
_VOID_NAMES: Final = (
    "area base br col embed hr img input link meta param source track wbr frame basefont"
)
_VOID: Final = frozenset(_VOID_NAMES.split())
"""Elements without an end."""
_INLINE_NAMES: Final = (
    "a abbr acronym audio b bdi bdo big body button canvas cite code colgroup data datalist del dfn"
    " em font html i ins kbd label map mark meter nobr optgroup output picture progress q rp rt"
    " ruby s samp select slot small span strike strong sub sup tbody td textarea tfoot th thead"
    " time tt u var video"
)
_KNOWN: Final = _APART | _LINES | _VOID | DROPPED | frozenset(_INLINE_NAMES.split())
"""The elements of HTML; ``<T>`` is something else."""
_IMPLIED_ENDS: Final = {
    "li": ("li",),
    "p": ("p",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "tr": ("tr",),
}
"""Elements that end without a tag where another one begins, by its name."""
_SCOPES: Final = frozenset(("ul", "ol", "dl", "table", "blockquote", "div", "section", "article"))
"""Elements that no beginning within them ends an element around."""
_RULE: Final = "─" * 12
_SPACES: Final = re.compile(r"[ \t\n\r\f]+")
_TASK: Final = re.compile(r"\[([ xX])\](?=\s|$)")
_ALERT: Final = re.compile(r"\[!([A-Za-z]+)\]\s*")
_BULLETS: Final = ("•", "◦", "▪", "●", "‣", "·")
_BOXES: Final = {" ": "☐", "x": "☑", "X": "☑"}
_LONGEST_INDENTED: Final = 120
"""Characters of a line up to which an indented block is code; with longer ones it is prose."""
_MOST_OPEN: Final = 100
"""Elements within each other; those within more are text of the innermost."""


@dataclass(slots=True)
class _Element:
    """An element that is open.

    Attributes:
        name: Its name.
        is_html: Whether HTML has begun it; else Markdown has, and ends it for certain.
        mark: The span that it marks.
        address: Where a link leads.
        holds: Whether it has put a container around what follows.
        outer: The builder around a cell of a table.
    """

    name: str
    is_html: bool
    mark: OpenSpan | None = None
    address: str = ""
    holds: bool = False
    outer: TextBuilder | None = None
    number: int = 0
    align: str = ""
    lines: list[str] = field(default_factory=list)


def render(tokens: Sequence[Token], body: str, *, with_images: bool = True) -> RenderedText:
    """Renders the tokens of a text; what its images show is said unless it is for a title."""
    renderer = _Renderer(body, with_images=with_images)
    renderer.write_blocks(tokens)
    return renderer.finish()


class _Renderer:
    def __init__(self, body: str, *, with_images: bool) -> None:
        self._with_images = with_images
        self._out = TextBuilder()
        self._open: list[_Element] = []
        self._tables: list[TextTable] = []
        self._source = body.split("\n")
        self._begins_line = True

    def finish(self) -> RenderedText:
        """Ends what is still open and returns the text."""
        while self._open:
            self._close_last()
        return self._out.build()

    def write_blocks(self, tokens: Sequence[Token]) -> None:
        """Writes block tokens."""
        before = ""
        for token in tokens:
            if token.map is not None and token.nesting >= 0 and token.type != "inline":
                self._note_paragraph(token)
            kind = token.type
            if kind == "inline":
                self._write_inline(token.children or [])
            elif kind in ("fence", "code_block"):
                self._write_code(token.content, is_indented=kind == "code_block")
            elif kind == "html_block":
                self._write_html(token.content)
            elif kind == "hr":
                self._start("hr")
            elif kind.startswith("footnote_reference"):
                self._write_footnote(token, before)
            elif token.nesting > 0:
                self._start_block(token)
            elif token.nesting < 0:
                self._end(token.tag, is_html=False)
            before = kind

    def _note_paragraph(self, token: Token) -> None:
        """Makes a block that stands after an empty line a paragraph."""
        line = (token.map or [0])[0]
        before = self._source[line - 1] if 0 < line <= len(self._source) else ""
        if (
            token.type == "fence"
            or not before.strip()
            or before.lstrip().startswith(("```", "~~~"))
        ):
            self._out.begin_paragraph()

    def _start_block(self, token: Token) -> None:
        if token.tag == "p" and (token.hidden or self._is_fresh_note()):
            self._out.end_line()
            self._open.append(_Element("p", is_html=False, address="tight"))
            return
        attributes = {key: str(value) for key, value in token.attrs.items()}
        if token.tag == "li" and token.info:
            attributes["marker"] = token.info + token.markup
        self._start(token.tag, attributes, is_html=False)

    def _is_fresh_note(self) -> bool:
        """Returns whether the first paragraph of a footnote begins."""
        in_note = bool(self._open) and self._open[-1].name == "footnote"
        return in_note and self._out.fresh_container is not None

    def _write_footnote(self, token: Token, before: str) -> None:
        """Begins or ends a note; one follows the other without an empty line."""
        if token.nesting > 0:
            if before != "footnote_reference_close":
                self._out.blank()
            self._put_container(_Element("footnote", is_html=False), f"[{token.meta['label']}]")
        else:
            self._end("footnote", is_html=False)

    def _write_code(self, content: str, *, is_indented: bool) -> None:
        is_html = any(element.is_html for element in self._open)
        if is_indented and is_html and content.lstrip().startswith("<"):
            # Somebody has indented the inner elements.
            self._write_html(content)
            return
        self._out.blank()
        lines = content.strip("\n").split("\n")
        if is_indented and max(map(len, lines)) > _LONGEST_INDENTED:
            for line in lines:
                self._out.write(line.strip())
                self._out.end_line()
        elif content.strip():
            self._out.write_lines(lines, "code")
        self._out.blank()

    def _write_inline(self, children: Sequence[Token]) -> None:
        closes = {
            tag.name: number
            for number, token in enumerate(children)
            if token.type == "html_inline" and token.content.startswith("</")
            for tag in html_pieces(token.content)
            if isinstance(tag, Tag)
        }
        number = 0
        self._begins_line = True
        while number < len(children):
            token = children[number]
            number += 1
            if token.type == "html_inline":
                skipped = self._write_inline_html(token.content, number, closes)
                number = self._after(children, number, skipped) if skipped else number
            else:
                self._write_inline_token(token)
            self._begins_line = token.type in ("softbreak", "hardbreak")

    def _after(self, children: Sequence[Token], number: int, name: str) -> int:
        """Returns the number of the token that ends an element whose content is left out."""
        while not children[number].content.lower().startswith(f"</{name}"):
            number += 1
        return number

    def _write_inline_html(self, html: str, number: int, closes: Mapping[str, int]) -> str:
        """Writes a tag; returns the name of an element whose content is to be left out, or ""."""
        for piece in html_pieces(html):
            if isinstance(piece, str):
                self._write_text(piece)
            elif piece.name not in _KNOWN and piece.is_bare and not piece.is_end:
                if closes.get(piece.name, -1) < number and not html.rstrip(">").endswith("/"):
                    self._write_text(html)  # such as ``List<T>``
            elif piece.name in DROPPED and not piece.is_end:
                if closes.get(piece.name, -1) >= number:
                    return piece.name
            else:
                self._write_tag(piece)
        return ""

    def _write_inline_token(self, token: Token) -> None:
        kind = token.type
        if kind == "text":
            self._write_text(token.content)
        elif kind == "softbreak":
            self._out.join_lines()
        elif kind == "hardbreak":
            self._out.end_line()
        elif kind == "code_inline":
            span = self._out.open()
            self._out.write(token.content)
            self._out.close(span, "code")
        elif kind == "image":
            self._write_image(_alt(token), str(token.attrs.get("src", "")))
        elif kind == "footnote_ref":
            self._out.write(f"[{token.meta['label']}]")
        elif token.nesting > 0:
            attributes = {key: str(value) for key, value in token.attrs.items()}
            self._start(token.tag, attributes, is_html=False)
        elif token.nesting < 0:
            self._end(token.tag, is_html=False)

    def _write_text(self, text: str) -> None:
        fresh = self._out.fresh_container
        if fresh is not None and text.startswith("["):
            text = self._without_sign(text, fresh)
        elif self._begins_line and text.startswith(_BULLETS) and text[1:2] in (" ", "\t", ""):
            if self._open and self._open[-1].name == "sign":
                self._close_last()
            self._out.end_line()
            self._put_container(_Element("sign", is_html=False), text[0])
            text = text[1:].lstrip()
        self._out.write(text)

    def _without_sign(self, text: str, container: LinePrefix) -> str:
        """Returns the beginning of a task or of an alert without the sign of it."""
        task = _TASK.match(text) if container.marker == "•" else None
        alert = _ALERT.match(text) if not container.marker else None
        if task:
            container.marker = _BOXES[task[1]]
            return text[task.end() :].lstrip()
        if alert:
            span = self._out.open()
            self._out.write(alert[1].capitalize())
            self._out.close(span, "strong")
            self._out.end_line()
            return text[alert.end() :]
        return text

    def _write_image(self, words: str, address: str) -> None:
        if not self._with_images:
            return
        span = self._out.open()
        self._out.write(words)
        self._out.close(span, address=_web_address(address))

    def _write_html(self, html: str) -> None:
        for piece in html_pieces(html):
            if isinstance(piece, Tag):
                self._write_tag(piece)
            elif self._open and self._open[-1].name == "pre":
                self._open[-1].lines.append(piece)
            else:
                self._write_text(_SPACES.sub(" ", without_template_tags(piece)))

    def _write_tag(self, tag: Tag) -> None:
        if tag.name == "img":
            self._write_image(tag.attributes.get("alt", ""), tag.attributes.get("src", ""))
        elif tag.name == "br":
            self._out.end_line()
        elif tag.is_end:
            self._end(tag.name, is_html=True)
        elif tag.name not in _VOID or tag.name == "hr":
            self._start(tag.name, tag.attributes)

    def _start(
        self, name: str, attributes: Mapping[str, str] | None = None, *, is_html: bool = True
    ) -> None:
        """Begins an element."""
        if len(self._open) >= _MOST_OPEN and is_html:
            return
        given = attributes or {}
        if name in ("td", "th"):
            self._start_cell(name, given, is_html)
            return
        if is_html:
            self._end_implied(name)
        nested = name in ("ul", "ol") and any(each.name == "li" for each in self._open)
        if name in _APART and not nested:
            self._out.blank()
            if is_html:
                self._out.begin_paragraph()
        elif name in _LINES or nested:
            self._out.end_line()
        element = _Element(name, is_html)
        if name == "hr":
            self._out.write(_RULE)
            self._out.span_from(self._out.at - len(_RULE), "rule")
            self._out.blank()
            return
        if name in _ROLES or name in _HEADINGS or name == "a":
            element.mark = self._out.open()
            element.address = _web_address(given.get("href", ""))
        elif name == "ol":
            start = given.get("start", "1")
            element.number = int(start) if start.isdecimal() and len(start) < 10 else 1
        elif name == "table":
            self._tables.append(TextTable())
        elif name == "tr" and self._tables:
            self._tables[-1].rows.append([])
        if name == "li":
            self._put_container(element, given.get("marker") or self._marker())
        elif name == "blockquote":
            self._put_container(element, "")
        else:
            self._open.append(element)

    def _put_container(self, element: _Element, marker: str) -> None:
        self._out.containers.append(LinePrefix(marker))
        element.holds = True
        self._open.append(element)

    def _marker(self) -> str:
        """Returns the sign of the next item of the innermost list."""
        owner = next((e for e in reversed(self._open) if e.name in ("ol", "ul")), None)
        if owner is None or owner.name == "ul":
            return "•"
        owner.number += 1
        return f"{owner.number - 1}."

    def _start_cell(self, name: str, attributes: Mapping[str, str], is_html: bool) -> None:
        if not self._tables:
            self._out.end_line()
            return
        if is_html:
            self._end_implied(name)
        style = f"{attributes.get('style', '')} {attributes.get('align', '')}"
        align = next((each for each in ("right", "center") if each in style), "")
        self._open.append(_Element(name, is_html, outer=self._out, align=align))
        self._out = TextBuilder()

    def _end_implied(self, name: str) -> None:
        """Ends the element that a new one ends without a tag of its own, such as ``<li>``."""
        ended = _IMPLIED_ENDS.get(name, ())
        for element in reversed(self._open) if ended else ():
            if element.name in ended and element.is_html:
                self._end(element.name, is_html=True)
                return
            if element.name in _SCOPES or not element.is_html:
                return

    def _end(self, name: str, *, is_html: bool) -> None:
        """Ends an element and those within it that were left open."""
        index = len(self._open) - 1
        while index >= 0 and self._open[index].name != name:
            if is_html and not self._open[index].is_html:
                index = -1
                break
            index -= 1
        if index < 0:
            if name in _APART and is_html:
                self._out.blank()
            return
        while len(self._open) > index:
            self._close_last()

    def _close_last(self) -> None:
        element = self._open.pop()
        name = element.name
        if element.outer is not None:
            self._close_cell(element, element.outer)
            return
        if name == "pre" and element.lines:
            self._out.write_lines("".join(element.lines).strip("\n").split("\n"), "code")
        if element.mark is not None and name in _HEADINGS:
            self._out.close_heading(element.mark, int(name[1]))
        elif element.mark is not None:
            self._out.close(element.mark, _ROLES.get(name), element.address)
        if name == "table":
            self._tables.pop().write(self._out)
        elif name == "thead" and self._tables:
            self._tables[-1].heads = len(self._tables[-1].rows)
        if name == "li" and not self._out.containers[-1].written:
            self._out.open_line()
        nested = name in ("ul", "ol") and any(each.name == "li" for each in self._open)
        if name in _APART and not nested and element.address != "tight":
            self._out.blank()
        elif name in _LINES or name in _APART:
            self._out.end_line()
        if element.holds:
            self._out.end_line()
            self._out.containers.pop()

    def _close_cell(self, element: _Element, outer: TextBuilder) -> None:
        content = self._out.build()
        self._out = outer
        if not self._tables:
            return
        table = self._tables[-1]
        if not table.rows:
            table.rows.append([])
        text = content.text.rstrip("\n").replace("\n", " ")
        if element.name == "th" and len(table.rows) == 1:
            table.heads = 1
        table.rows[-1].append(TextCell(content._replace(text=text), element.align))


def _web_address(address: str) -> str:
    """Returns an address that may be opened, "" for any other."""
    address = address.strip()
    is_web = address.lower().startswith(("http://", "https://"))
    return address if is_web and not any(map(str.isspace, address)) else ""


def _alt(token: Token) -> str:
    """Returns what an image shows, in words."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(_alt(child))
    return "".join(parts)
