"""Parses HTML of any quality into a plain tree, without scripts and comments."""

# untranslated: names of HTML elements
from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from lxml import etree

from milatui.i18n import _
from milatui.ingest.conversion.converted import ConversionError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH: Final = 200
"""Depth beyond which the elements of a page are opened out into their nearest ancestor."""
MAX_NODES: Final = 400_000
"""Elements of a page beyond which it is refused."""
_WITHOUT_TEXT_LIST: Final = (
    "style template iframe object embed svg canvas map audio video param source track math"
)
_WITHOUT_TEXT: Final = frozenset(_WITHOUT_TEXT_LIST.split())
_DATA_SCRIPT: Final = "application/ld+json"


@dataclass(slots=True, eq=False)
class Element:
    """An element of a page.

    Attributes:
        tag: Name in lower case.
        attributes: Values by name in lower case.
        children: Elements and pieces of text, in order.
    """

    tag: str
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def get(self, name: str) -> str:
        """Returns an attribute, empty if it is missing."""
        return self.attributes.get(name, "")

    def elements(self) -> Iterator[Element]:
        """Yields the element itself and all below it, in document order."""
        pending: list[Element] = [self]
        while pending:
            element = pending.pop()
            yield element
            pending += [child for child in reversed(element.children) if isinstance(child, Element)]

    def text(self) -> str:
        """Returns all text in it, with single spaces."""
        pieces: list[str] = []
        pending: list[Element | str] = [self]
        while pending:
            node = pending.pop()
            if isinstance(node, str):
                pieces.append(node)
            elif node.tag not in ("script", "noscript"):
                if node.tag in BLOCKS or node.tag == "br":
                    pieces.append(" ")
                    pending.append(" ")
                pending += reversed(node.children)
        return " ".join("".join(pieces).split())


_BLOCKS_LIST: Final = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main "
    "menu nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
BLOCKS: Final = frozenset(_BLOCKS_LIST.split())
"""Elements that stand on lines of their own."""


def parse(text: str) -> Element:
    """Parses a page, or a piece of one.

    Raises:
        ConversionError: there is nothing in it, or too much.
    """
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        # What the page says of its encoding does not count: it is decoded already.
        root = etree.fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError as error:
        if error.code == etree.ErrorTypes.ERR_NO_MEMORY:
            raise MemoryError from error
        raise ConversionError(_("the page cannot be parsed")) from error
    if any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
        # The parser has left out what comes after.
        raise ConversionError(_("the page is nested too deep or has parts that are too long"))
    if root is None:
        raise ConversionError(_("there is no text in the page"))
    return _plain_tree(root)


def _plain_tree(root: etree._Element) -> Element:
    """Copies a tree of lxml; elements without text are left out, those too deep opened out."""
    top = Element("", {})
    open_elements = [top]
    depth = count = 0
    walk = etree.iterwalk(root, events=("start", "end"))
    for event, node in walk:
        if event == "end":
            depth -= 1
            if depth < len(open_elements) - 1:
                open_elements.pop()
            if node.tail:
                open_elements[-1].children.append(node.tail)
            continue
        depth += 1
        count += 1
        if count > MAX_NODES:
            message = _("the page has more than {n} elements")
            raise ConversionError(message.format(n=f"{MAX_NODES:,}"))
        attributes = {str(name).lower(): str(value) for name, value in node.attrib.items()}
        element = Element(str(node.tag).lower(), attributes)
        if _is_without_text(element):
            walk.skip_subtree()
        elif node.text:
            element.children.append(node.text)
        open_elements[-1].children.append(element)
        if depth <= MAX_DEPTH:
            open_elements.append(element)
    return top


def _is_without_text(element: Element) -> bool:
    if element.tag == "script":
        return element.get("type").partition(";")[0].strip().lower() != _DATA_SCRIPT
    return element.tag in _WITHOUT_TEXT
