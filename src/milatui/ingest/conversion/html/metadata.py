"""Reads what a page says of itself: JSON-LD, OpenGraph, ``meta`` elements, ``lang``, headings.

https://schema.org/NewsArticle, https://ogp.me, and the names that news sites, Dublin Core and
citation indexes use in ``meta``.
"""

# untranslated: names of HTML elements and types
from __future__ import annotations

import json
import re
from html import unescape
from typing import TYPE_CHECKING, Final, TypeAlias

from milatui.ingest.conversion.converted import FoundValue
from milatui.ingest.conversion.html.tree import BLOCKS, Element

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

_ARTICLES_LIST: Final = (
    "newsarticle article blogposting reportagenewsarticle pressrelease report webpage"
)
_ARTICLES: Final = frozenset(_ARTICLES_LIST.split())
"""Types of schema.org that describe a page; the last one only if there is no other."""
_META: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"),
    "date": (
        "article:published_time",
        "og:article:published_time",
        "datepublished",
        "publish-date",
        "publish_date",
        "publishdate",
        "publication_date",
        "pubdate",
        "parsely-pub-date",
        "sailthru.date",
        "citation_publication_date",
        "citation_date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.date",
        "dc.date",
        "release_date",
        "article.published",
        "cxenseparse:recs:publishtime",
        "date",
    ),
    "publisher": ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher"),
    "language": ("dc.language", "dcterms.language", "content-language", "language"),
}
"""Names and properties of ``meta`` elements by field of a document, the best first."""
_TITLES: Final = ("og:title", "twitter:title")
_SEPARATORS: Final = re.compile(r"\s+[|·•–—»:-]+\s+|\s*[|»]\s*")
_WORDS_OF_TITLE: Final = 3
"""Words from which a page's only heading is its title, not the name of a site or section."""
_WORDS: Final = re.compile(r"\w+")
_MAX_VALUE: Final = 2_000
"""Characters beyond which a value is not one of a document."""
_MAX_DATE_LINE: Final = 100
_HEAD_BEFORE: Final = 4
_HEAD_AFTER: Final = 8
"""Lines before and after the page's heading among which a visible date is looked for."""
_SENTENCE: Final = 60
"""Characters from which a line that ends as a sentence does is one of the text."""
_PARAGRAPH: Final = 140
"""Characters from which a line is a paragraph of the text, after which no date is looked for."""


def metadata(page: Element) -> dict[str, FoundValue]:
    """Returns the values that a page gives for fields of a document."""
    found: dict[str, FoundValue] = {}
    _put(found, _json_ld(page), "json-ld")
    metas = _metas(page)
    for field, names in _META.items():
        for name in names:
            if name in metas:
                origin = "opengraph" if name.startswith(("og:", "article:")) else "meta"
                _put(found, {field: metas[name]}, origin)
    _put(found, _microdata(page), "microdata")
    language = _language(page, metas)
    if language:
        found["language"] = language
    address = _address(page, metas)
    if address:
        found["source"] = FoundValue(address, "canonical")
    title = _title(page, metas, found)
    if title:
        found["title"] = title
    return found


def visible_date_lines(body: Element, title: str) -> tuple[str, ...]:
    """Returns the lines beside a page's heading that may be its date, marked ones first."""
    lines = list(_lines(body))
    heading = next((n for n, (text, _mark) in enumerate(lines) if _same(text, title)), None)
    if heading is None:
        return tuple(text for text, marked in lines if marked)[:3]
    head: list[tuple[str, bool]] = []
    for text, marked in lines[heading + 1 : heading + 1 + _HEAD_AFTER]:
        if len(text) >= _PARAGRAPH or (len(text) >= _SENTENCE and text.endswith((".", "!", "?"))):
            break
        head.append((text, marked))
    head += reversed(lines[max(0, heading - _HEAD_BEFORE) : heading])
    head = [line for line in head if any(map(str.isdigit, line[0]))]
    head = [line for line in head if len(line[0]) <= _MAX_DATE_LINE]
    head.sort(key=lambda line: not line[1])
    return tuple(text for text, _is_date in head)


def _lines(body: Element) -> Iterator[tuple[str, bool]]:
    """Yields the texts of the innermost blocks, and if each is marked as a time or date."""
    for element in body.elements():
        if element.tag == "time":
            yield element.get("datetime") or element.text(), True
            continue
        if element.tag not in BLOCKS:
            continue
        if any(isinstance(c, Element) and _has_block(c) for c in element.children):
            for child in element.children:
                if isinstance(child, str) and child.strip():
                    yield " ".join(child.split()), False
            continue
        text = element.text()
        pieces = [child.text() for child in element.children if isinstance(child, Element)]
        if len(pieces) > 1:
            # Date, author and reading time often stand side by side in one block.
            yield from ((piece, False) for piece in pieces if any(map(str.isdigit, piece)))
        if text:
            yield text, "date" in f"{element.get('class')} {element.get('id')}".lower()


def _has_block(element: Element) -> bool:
    return any(inner.tag in BLOCKS for inner in element.elements())


def _put(found: dict[str, FoundValue], values: Mapping[str, str], origin: str) -> None:
    """Takes values for fields that have none yet."""
    for field, value in values.items():
        text = " ".join(value.split())
        if text and len(text) <= _MAX_VALUE:
            found.setdefault(field, FoundValue(text, origin))


def _metas(page: Element) -> dict[str, str]:
    """Returns the contents of the ``meta`` elements by name or property; the first one counts."""
    metas: dict[str, str] = {}
    for element in page.elements():
        if element.tag == "meta":
            name = element.get("property") or element.get("name") or element.get("http-equiv")
            content = element.get("content")
            if name and content.strip():
                metas.setdefault(name.strip().lower(), content)
    return metas


def _json_ld(page: Element) -> dict[str, str]:
    """Returns the values of the first article that the page describes in JSON-LD."""
    nodes: list[dict[str, Json]] = []
    for element in page.elements():
        if element.tag == "script":
            text = "".join(child for child in element.children if isinstance(child, str))
            try:
                nodes += _nodes(json.loads(text.strip().rstrip(";"), strict=False), 0)
            except (ValueError, RecursionError):
                continue
    articles = [node for node in nodes if _types(node) & _ARTICLES]
    articles.sort(key=lambda node: _types(node) <= {"webpage"})
    if not articles:
        return {}
    article = articles[0]
    values = {
        "title": _string(article.get("headline")) or _string(article.get("name")),
        "date": _string(article.get("datePublished")),
        "language": _name(article.get("inLanguage")),
        "publisher": _name(article.get("publisher")),
        "source": _string(article.get("url")),
    }
    organisation = article.get("publisher")
    if not values["publisher"] and isinstance(organisation, dict):
        identifier = organisation.get("@id")
        named = (_name(dict(n)) for n in nodes if identifier and n.get("@id") == identifier)
        values["publisher"] = next((name for name in named if name), "")
    return values


def _nodes(data: Json, depth: int) -> Iterator[dict[str, Json]]:
    """Yields the objects of JSON-LD: at the top, in lists, and in ``@graph``."""
    if depth > 6:
        return
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _nodes(data.get("@graph"), depth + 1)
        yield from _nodes(data.get("mainEntity"), depth + 1)


def _types(node: Mapping[str, Json]) -> set[str]:
    value = node.get("@type")
    types = value if isinstance(value, list) else [value]
    return {item.rpartition("/")[2].lower() for item in types if isinstance(item, str)}


def _string(value: Json) -> str:
    return unescape(value) if isinstance(value, str) else ""


def _name(value: Json) -> str:
    """Returns a name that is given as text, object or list of these."""
    if isinstance(value, list):
        return ", ".join(filter(None, map(_name, value[:5])))
    if isinstance(value, dict):
        return _string(value.get("name"))
    return _string(value)


def _microdata(page: Element) -> dict[str, str]:
    """Returns the values that elements of the page are marked as with ``itemprop``."""
    values: dict[str, str] = {}
    for element in page.elements():
        if element.get("itemprop").lower() == "datepublished":
            value = element.get("content") or element.get("datetime") or element.text()
            values.setdefault("date", value)
        elif element.tag == "time" and (
            "pubdate" in element.attributes or "published" in element.get("class").lower()
        ):
            values.setdefault("date", element.get("datetime") or element.text())
    return values


def _language(page: Element, metas: Mapping[str, str]) -> FoundValue | None:
    """Returns the language of the page: what the text's elements are marked with counts most."""
    for element in page.elements():
        if element.tag == "html":
            tag = element.get("lang") or element.get("xml:lang")
            if tag.strip():
                return FoundValue(tag.strip(), "lang")
    for name in (*_META["language"], "og:locale"):
        if metas.get(name):
            return FoundValue(metas[name].partition(",")[0].strip().replace("_", "-"), "meta")
    return None


def _address(page: Element, metas: Mapping[str, str]) -> str:
    """Returns the address that the page gives as its own."""
    for element in page.elements():
        if element.tag == "link" and "canonical" in element.get("rel").lower().split():
            href = element.get("href").strip()
            if href.startswith(("http://", "https://")):
                return href
    address = metas.get("og:url", "").strip()
    return address if address.startswith(("http://", "https://")) else ""


def _title(
    page: Element, metas: Mapping[str, str], found: Mapping[str, FoundValue]
) -> FoundValue | None:
    """Returns the title: the heading if the page's metadata confirm it, else the metadata.

    Titles in metadata are cut by some sites and end in the name of the site at others.
    """
    site = found["publisher"].value if "publisher" in found else ""
    stated = [found["title"]] if "title" in found else []
    stated += [FoundValue(" ".join(metas[n].split()), "opengraph") for n in _TITLES if n in metas]
    element = next((e for e in page.elements() if e.tag == "title" and e.text()), None)
    whole = element.text() if element is not None else ""
    headings = [e.text() for e in page.elements() if e.tag == "h1" and e.text()]
    for heading in headings:
        if _same(heading, site):
            continue
        if any(_confirms(heading, value.value) for value in stated) or _confirms(heading, whole):
            return FoundValue(heading, "heading")
    if stated:
        return FoundValue(_without_site(stated[0].value, site), stated[0].origin)
    stripped = _without_site(whole, site)
    if len(headings) == 1 and (
        len(headings[0].split()) >= _WORDS_OF_TITLE or len(headings[0]) >= len(stripped)
    ):
        return FoundValue(headings[0], "heading")
    return FoundValue(stripped, "title") if stripped else None


def _confirms(heading: str, stated: str) -> bool:
    """Returns whether a title says the same as a heading, perhaps cut or with a site's name."""
    one, other = _folded(heading), _folded(stated)
    if not one or not other:
        return False
    if one == other or other.startswith(f"{one} ") or other.endswith(f" {one}"):
        return True
    least = min(len(one), len(other))
    return least >= 20 and one[:least] == other[:least]


def _same(text: str, title: str) -> bool:
    return bool(text) and _folded(text) == _folded(title)


def _folded(text: str) -> str:
    return " ".join(_WORDS.findall(text.casefold()))


def _without_site(title: str, site: str) -> str:
    """Leaves out the name of the site at the end or beginning of a title."""
    parts = list(_SEPARATORS.finditer(title))
    if not parts:
        return title
    first, last = parts[0], parts[-1]
    if site:
        if _same(title[last.end() :], site):
            return title[: last.start()].strip()
        if _same(title[: first.start()], site):
            return title[first.end() :].strip()
    if len(title) - last.end() < last.start() / 2 and "|" in last[0]:
        return title[: last.start()].strip()
    return title
