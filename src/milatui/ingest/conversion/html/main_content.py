"""Finds the main content of a page and leaves out what frames it.

The weight of an element is the text of the paragraphs in it that is not linked.  From the page's
body the search goes down as long as one child holds most of the weight; what stands beside the
element found, after the page's heading, is taken as well.  Navigation, share buttons, cookie bars
and teasers are left out by tag, role, the words of their class names, and the share of their text
that is linked (Kohlschütter et al. 2010, "Boilerplate detection using shallow text features").
"""

# untranslated: names of HTML elements and classes
from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from milatui.ingest.conversion.html.tree import BLOCKS, Element

_FRAME_TAGS_LIST: Final = (
    "nav aside footer form button select textarea input label dialog menu option datalist"
)
_FRAME_TAGS: Final = frozenset(_FRAME_TAGS_LIST.split())
_FRAME_ROLES_LIST: Final = (
    "navigation banner contentinfo complementary search dialog alertdialog alert menu menubar "
    "toolbar tablist button form"
)
_FRAME_ROLES: Final = frozenset(_FRAME_ROLES_LIST.split())
_FRAME_WORDS_LIST: Final = (
    "ad ads advert advertisement advertising adslot banner breadcrumb breadcrumbs byline "
    "comment comments consent cookie cookies copyright disqus footer gdpr login masthead menu "
    "meta modal nav navbar navigation newsletter noprint outbrain overlay pager pagination "
    "paging popup popular privacy print promo promotion rating recirc recommended "
    "recommendations related rss search share sharebar sharing sidebar signup skip social "
    "sociable sponsor sponsored subnav subscribe subscription taboola tag tags toolbar "
    "toolbox tooltip trending visually widget addthis sharethis buttons topics partage "
    "partager connexes similaires suivez infolettre temoins"
)
_FRAME_WORDS: Final = frozenset(_FRAME_WORDS_LIST.split())
"""Words of class names and ids that name parts of the frame, English and French."""
_BODY_PROPERTY: Final = "articlebody"
_BODY_NAMES: Final = (
    {"article", "body"},
    {"article", "content"},
    {"article", "text"},
    {"entry", "content"},
    {"post", "content"},
    {"post", "body"},
    {"story", "body"},
    {"story", "content"},
    {"news", "body"},
    {"release", "body"},
    {"press", "release"},
)
"""Words that together name the element of the text."""
_FRAME_LINE: Final = re.compile(
    r"(?:advert(?:isement)?|loading\W*|close(?: window)?|print|tweet"
    r"|share(?: (?:this|on)\b.{0,40})?|e-?mail|comments?|publicité|fermer|imprimer"
    r"|partager(?: .{0,30})?|read more\W*|lire la suite\W*"
    r"|(?:more|related|latest) (?:\w+ )?(?:articles?|stories|news|releases|posts).{0,20})",
    re.IGNORECASE,
)
"""Short lines that belong to the frame wherever they stand."""
_PICTURES: Final = frozenset(("img", "picture"))
_FRAME_HEADING: Final = re.compile(
    r"(?:related|recommended|popular|trending|latest|more)\b.{0,40}"
    r"|(?:you (?:may|might)|share\b|comments?\b|leave a|read (?:next|more|also)|see also|tags?\b"
    r"|follow us|most (?:read|viewed|popular)|newsletter|subscribe|sign up|advertisement"
    r"|articles? (?:connexes|similaires|liés)|à lire|lire aussi|voir aussi|partager|commentaires"
    r"|sur le même sujet|autres (?:articles|nouvelles|communiqués)|nouvelles (?:connexes|récentes))"
    r".{0,40}",
    re.IGNORECASE,
)
"""Headings under which the frame goes on."""
_WORDS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_SENTENCE_END: Final = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

_HEADINGS: Final = ("h1", "h2", "h3", "h4", "h5", "h6")
_LEAVES: Final = frozenset(
    (*_HEADINGS, "p", "li", "td", "th", "pre", "blockquote", "dd", "dt", "tr")
)
_NEVER_FRAME: Final = frozenset(("html", "body", "main", "p", "td", "tr", "tbody", *_HEADINGS))
_TEXT_TAGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table"))
_LINK_LISTS_LIST: Final = "div section article ul ol dl li table header p"
_LINK_LISTS: Final = frozenset(_LINK_LISTS_LIST.split())

_FULL_PARAGRAPH: Final = 80
"""Characters from which a text counts as a paragraph even without the end of a sentence."""
_SHORT: Final = 25
"""Characters below which a text has no weight."""
_DESCENT: Final = 0.6
"""Share of the weight that a child must hold for the search to go down to it."""
_FRAME_SHARE: Final = 0.4
"""Share of the weight of the page from which an element is main content whatever its name."""
_NAMED_SHARE: Final = 0.25
"""Share of the weight of the page below which an element with a frame's name is frame."""
_LINKED: Final = 0.55
"""Share of linked text from which a block is a list of links."""
_NAMED_LEAST: Final = 0.15
"""Share of the weight of the page that an element that is named as the text must have."""
_BODY_WEIGHT: Final = 140
"""Weight from which an element that is named as the text is taken for it."""


@dataclass(slots=True)
class _Measure:
    """Characters of an element: all text, linked text, and the weight of its paragraphs."""

    text: int = 0
    linked: int = 0
    weight: float = 0.0


def main_content(page: Element) -> Element:
    """Returns the main content of a page, without the frame; the page itself is not changed."""
    body = next((e for e in page.elements() if e.tag == "body"), page)
    visible = without_hidden(body)
    measures = _Measures(visible)
    cleaned = _FrameRemover(measures).copy(visible)
    found = _after_heading(_find(cleaned))
    if measures.total and not _Measures(found).total:
        # What is left without its frame says nothing: better too much than nothing.
        return _find(visible)
    return found


def _after_heading(element: Element) -> Element:
    """Leaves out what stands before the page's heading, if the text follows it."""
    headings = [e for e in element.elements() if e.tag == "h1" and e.text()]
    if len(headings) != 1 or headings[0] is element:
        return element
    copy = Element(element.tag, element.attributes, list(element.children))
    inner = copy
    for parent, child in pairwise(_path_to(element, headings[0])):
        number = next(n for n, other in enumerate(parent.children) if other is child)
        following = Element(child.tag, child.attributes, list(child.children))
        inner.children = [following, *parent.children[number + 1 :]]
        inner = following
    before, after = _Measures(element).total, _Measures(copy).total
    return copy if after >= before / 2 else element


class _Measures:
    """The measures of an element and of all in it."""

    def __init__(self, root: Element) -> None:
        self._measures: dict[int, _Measure] = {}
        self.total = self._measure(root).weight

    def of(self, element: Element) -> _Measure:
        """Returns the measure of an element."""
        return self._measures[id(element)]

    def share(self, element: Element) -> float:
        """Returns the share of the whole weight that an element has."""
        return self.of(element).weight / self.total if self.total else 0.0

    def _measure(self, element: Element) -> _Measure:
        measure = _Measure()
        run = linked = 0
        last = ""
        for child in element.children:
            if isinstance(child, str):
                words = child.strip()
                run += len(words)
                measure.text += len(words)
                last = words or last
                continue
            inner = self._measure(child)
            inner_linked = inner.text if child.tag == "a" else inner.linked
            measure.text += inner.text
            measure.linked += inner_linked
            if child.tag in BLOCKS:
                measure.weight += inner.weight + _paragraph_weight(run, linked, last)
                run = linked = 0
                last = ""
            elif child.tag != "a" and inner.weight:
                measure.weight += inner.weight
            else:
                run += inner.text
                linked += inner_linked
                last = child.text()[-3:] or last
        if element.tag in BLOCKS:
            measure.weight += _paragraph_weight(run, linked, last)
        self._measures[id(element)] = measure
        return measure


class _FrameRemover:
    """Copies a page without what its names and links show to be frame."""

    def __init__(self, measures: _Measures) -> None:
        self._measures = measures

    def copy(self, element: Element) -> Element:
        """Copies an element without the frame in it."""
        children: list[Element | str] = []
        dropping = ""
        for child in element.children:
            if isinstance(child, str):
                if not dropping:
                    children.append(child)
                continue
            if dropping and self._ends_frame(child, dropping):
                dropping = ""
            if self._starts_frame(child):
                dropping = child.tag
            if dropping and self._measures.share(child) < _FRAME_SHARE:
                continue
            dropping = ""
            if not self._is_frame(child):
                children.append(self.copy(child))
        return Element(element.tag, element.attributes, children)

    def _starts_frame(self, element: Element) -> bool:
        if element.tag not in _HEADINGS or element.tag == "h1":
            return False
        return _FRAME_HEADING.fullmatch(element.text()) is not None

    def _ends_frame(self, element: Element, heading: str) -> bool:
        if element.tag in _HEADINGS:
            return element.tag <= heading
        return element.tag == "p" and self._measures.of(element).weight >= _FULL_PARAGRAPH

    def _is_frame(self, element: Element) -> bool:
        measure = self._measures.of(element)
        share = self._measures.share(element)
        if not measure.text or share >= _FRAME_SHARE:
            return False
        if element.tag == "figure" and any(e.tag in _PICTURES for e in element.elements()):
            return True
        if measure.text < _FULL_PARAGRAPH and _FRAME_LINE.fullmatch(element.text()):
            return True
        if element.tag in _FRAME_TAGS or element.get("role").lower() in _FRAME_ROLES:
            return True
        linked = measure.linked > _LINKED * measure.text
        if element.tag not in _NEVER_FRAME and _has_frame_name(element):
            return share < _NAMED_SHARE or linked
        if element.tag == "p":
            return linked and not measure.weight and measure.text < _FULL_PARAGRAPH
        if element.tag not in _LINK_LISTS:
            return False
        return (linked and not measure.weight) or self._holds_teasers(element)

    def _holds_teasers(self, element: Element) -> bool:
        """Returns whether at least two headings in it are links to other pages."""
        if element.tag == "p":
            return False
        count = 0
        for inner in element.elements():
            if inner.tag in _HEADINGS:
                measure = self._measures.of(inner)
                count += bool(measure.text) and measure.linked > _LINKED * measure.text
        return count >= 2


def _find(root: Element) -> Element:
    """Returns the element of the text, with what stands beside it after the heading."""
    measures = _Measures(root)
    start = _named_body(root, measures) or root
    path = _path_to(root, start)
    while (child := _heaviest_child(path[-1], measures)) is not None:
        path.append(child)
    return _with_neighbours(path, measures)


def _named_body(root: Element, measures: _Measures) -> Element | None:
    """Returns the element that says of itself that it is the text."""
    named = [
        element
        for element in root.elements()
        if element.tag in BLOCKS
        and measures.of(element).weight >= _BODY_WEIGHT
        and _is_named_body(element)
    ]
    most = max((measures.of(element).weight for element in named), default=0.0)
    if not named or most < _NAMED_LEAST * measures.total:
        return None
    return next(e for e in named if measures.of(e).weight >= most / 2)


def _is_named_body(element: Element) -> bool:
    if element.get("itemprop").lower() == _BODY_PROPERTY:
        return True
    words = _name_words(element)
    return any(names <= words for names in _BODY_NAMES)


def _path_to(root: Element, element: Element) -> list[Element]:
    """Returns the elements from the root to an element, both included."""
    path = [root]
    while path[-1] is not element:
        path.append(
            next(
                child
                for child in path[-1].children
                if isinstance(child, Element) and any(e is element for e in child.elements())
            )
        )
    return path


def _heaviest_child(element: Element, measures: _Measures) -> Element | None:
    """Returns the child that holds most of the weight, if one does."""
    weight = measures.of(element).weight
    children = [c for c in element.children if isinstance(c, Element) and c.tag in BLOCKS]
    if not children or not weight:
        return None
    best = max(children, key=lambda child: measures.of(child).weight)
    if best.tag in _LEAVES or measures.of(best).weight / weight < _DESCENT:
        return None
    return best


def _with_neighbours(path: list[Element], measures: _Measures) -> Element:
    """Joins to the last element of a path the texts beside it, up to the page's heading.

    The text before it must come after the heading; the text after it, within the same article.
    """
    main = path[-1]
    before: list[Element | str] = []
    after: list[Element | str] = []
    bounds = [n for n, e in enumerate(path) if e.tag in ("article", "main")]
    if not bounds and _holds_heading(main):
        return main
    for depth in range(len(path) - 2, min(bounds, default=0) - 1, -1):
        parent, child = path[depth], path[depth + 1]
        number = next(n for n, other in enumerate(parent.children) if other is child)
        preceding = parent.children[:number]
        headings = [n for n, e in enumerate(preceding) if _holds_heading(e)]
        start = headings[-1] if headings else 0
        before = [e for e in preceding[start:] if _is_text(e, measures)] + before
        after += [e for e in parent.children[number + 1 :] if _is_text(e, measures)]
        if headings:
            break
    else:
        if not bounds:
            # Without a heading nothing shows where the text begins, or how far it goes.
            before = []
            after = [e for e in after if any(e is other for other in path[-2].children)]
    if not before and not after:
        return main
    return Element("div", {}, [*before, main, *after])


def _holds_heading(node: Element | str) -> bool:
    return isinstance(node, Element) and any(e.tag == "h1" for e in node.elements())


def _is_text(node: Element | str, measures: _Measures) -> bool:
    if isinstance(node, str):
        return False
    measure = measures.of(node)
    if measure.linked > _LINKED * measure.text:
        return False
    return bool(measure.weight) or (node.tag in _TEXT_TAGS and bool(measure.text))


def _paragraph_weight(text: int, linked: int, last: str) -> float:
    if text < _SHORT or linked > text / 2:
        return 0.0
    own = text - linked
    return float(own) if own >= _FULL_PARAGRAPH or _SENTENCE_END.search(last) else own * 0.3


def without_hidden(element: Element) -> Element:
    """Copies an element without what a browser does not show."""
    children: list[Element | str] = []
    for child in element.children:
        if isinstance(child, str):
            children.append(child)
        elif not _is_hidden(child):
            children.append(without_hidden(child))
    return Element(element.tag, element.attributes, children)


def _is_hidden(element: Element) -> bool:
    return (
        element.tag in ("script", "noscript", "head")
        or "hidden" in element.attributes
        or bool(_HIDDEN.search(element.get("style")))
    )


def _has_frame_name(element: Element) -> bool:
    """Returns whether the class or the id names a part of the frame."""
    return not _name_words(element).isdisjoint(_FRAME_WORDS)


def _name_words(element: Element) -> set[str]:
    names = f"{element.get('class')} {element.get('id')}"
    return {word.lower() for word in _WORDS.findall(names)} if names.strip() else set()
