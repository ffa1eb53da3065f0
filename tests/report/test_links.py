"""Every link of an HTML report leads somewhere: to an anchor of the page, or to the web."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

import pytest

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.scope import Scope
from milatui.report.html_writer import write_html
from milatui.report.report_builder import ReportBuilder
from tests.rounds import with_ci

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_URI: Final = re.compile(r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
"""What RFC 3986 allows; letters of other scripts are percent-encoded."""


class Links(HTMLParser):
    """Collects ids and links of a page, and whatever else it would load."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Takes the attributes of a tag."""
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name == "href":
                self.links.append(value or "")
            elif name in ("src", "srcset", "action", "data", "poster"):
                self.loaded.append(f"{tag} {value}")


def faults(page: str) -> list[str]:
    """What is wrong with the links of a page."""
    found = Links()
    found.feed(page)
    wrong = [f"twice: {name}" for name, number in found.ids.items() if number > 1]
    wrong += [f"loaded: {what}" for what in found.loaded]
    wrong += [f"no id: {name}" for name in found.ids if not name or re.search(r"\s", name)]
    for link in found.links:
        if link.startswith("#"):
            wrong += [] if link[1:] in found.ids else [f"nowhere: {link}"]
        elif not _URI.fullmatch(link) or not urlsplit(link).hostname:
            wrong.append(f"no address: {link}")
    return wrong


@pytest.fixture(scope="module")
def bundled(shipped_index: Path) -> Iterator[Catalogue]:
    catalogue = Catalogue.open(shipped_index)
    yield catalogue
    catalogue.close()


@pytest.mark.parametrize("scope", with_ci([Scope()], [Scope(partners=frozenset({"amgen"}))]))
def test_every_link_leads_somewhere(bundled: Catalogue, scope: Scope) -> None:
    page = "".join(write_html(ReportBuilder(bundled, scope).build([])))
    assert page.count("href=") > 40
    assert faults(page) == []


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<p id="a">x</p><p id="a">x</p>', "twice: a"),
        ('<a href="#b">x</a>', "nowhere: #b"),
        ('<a href="javascript:x">x</a>', "no address: javascript:x"),
        ('<a href="https:///x">x</a>', "no address: https:///x"),
        ('<a href="https://x/é">x</a>', "no address: https://x/é"),
        ('<a href="https://x/a b">x</a>', "no address: https://x/a b"),
        ('<img src="https://x/y.png">', "loaded: img https://x/y.png"),
    ],
)
def test_the_checker_sees_what_is_wrong(page: str, fault: str) -> None:
    assert faults(page) == [fault]
