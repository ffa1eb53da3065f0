"""Web pages: what they say of themselves, their main content, and the Markdown of it."""

from __future__ import annotations

import json
from html import escape

import pytest

from milatui.ingest.conversion.html.page import convert_fragment, convert_page

FIRST = "The institute and the company open a joint laboratory, which begins its work in spring."
SECOND = "“We are proud of what both teams have done,” said Jane Roy, its scientific director."
BODY = f"<p>{FIRST}</p><p>{SECOND}</p>"


def _page(body: str, head: str = "", attributes: str = "") -> str:
    return f"<!DOCTYPE html><html {attributes}><head>{head}</head><body>{body}</body></html>"


def _json_ld(**article: object) -> str:
    data = {"@context": "https://schema.org", "@type": "NewsArticle", **article}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_json_ld_counts_before_other_metadata() -> None:
    head = _json_ld(
        headline="A laboratory opens",
        datePublished="2024-03-05T23:30:00-05:00",
        publisher={"@type": "Organization", "name": "Mila"},
        inLanguage="fr-CA",
    ) + (
        '<meta property="article:published_time" content="2020-01-01"><meta property="og:site_name"'
        ' content="Site"><link rel="canonical" href="https://example.org/a">'
    )
    values = convert_page(_page(f"<h1>A laboratory opens</h1>{BODY}", head)).values
    assert values["title"] == ("A laboratory opens", "heading")
    assert values["date"] == ("2024-03-05T23:30:00-05:00", "json-ld")
    assert values["publisher"] == ("Mila", "json-ld")
    assert values["language"] == ("fr-CA", "json-ld")
    assert values["source"] == ("https://example.org/a", "canonical")


def test_a_publisher_named_elsewhere_in_the_graph() -> None:
    graph = {
        "@graph": [
            {"@type": "Organization", "@id": "#o", "name": "Mila"},
            {"@type": "WebPage", "name": "Page", "datePublished": "2020-01-01"},
            {"@type": ["Article", "Thing"], "headline": "A &amp; B", "publisher": {"@id": "#o"}},
        ]
    }
    head = f'<script type="application/ld+json; charset=utf-8">{json.dumps(graph)}</script>'
    values = convert_page(_page(BODY, head)).values
    assert values["publisher"].value == "Mila"
    assert values["title"] == ("A & B", "json-ld")
    assert "date" not in values


def test_json_ld_that_is_broken_is_passed_over() -> None:
    head = '<script type="application/ld+json">{"@type": </script>'
    assert "title" not in convert_page(_page(BODY, head)).values


@pytest.mark.parametrize(
    ("head", "field", "value"),
    [
        ('<meta name="DC.date.issued" content="2021-02-03">', "date", "2021-02-03"),
        ('<meta name="publish-date" content="2021-02-03 08:00">', "date", "2021-02-03 08:00"),
        ('<meta itemprop="datePublished" content="2021-02-03">', "date", "2021-02-03"),
        ('<meta property="article:modified_time" content="2021-02-03">', "date", None),
        ('<meta property="og:url" content="https://e.org/x">', "source", "https://e.org/x"),
        ('<link rel="canonical" href="/relative">', "source", None),
        ('<meta property="og:locale" content="fr_CA">', "language", "fr-CA"),
        ('<meta property="og:site_name" content="Wire">', "publisher", "Wire"),
    ],
)
def test_meta_elements_give_the_values_of_a_page(head: str, field: str, value: str | None) -> None:
    found = convert_page(_page(BODY, head)).values.get(field)
    assert (found.value if found else None) == value


@pytest.mark.parametrize(
    ("title", "heading", "expected"),
    [
        ("A new laboratory opens | Mila", "A new laboratory opens", "A new laboratory opens"),
        ("Mila: A new laboratory opens", "A new laboratory opens", "A new laboratory opens"),
        ("A new laboratory with many partne…", "A new laboratory with many partners", None),
        ("A new laboratory opens | Mila", "", "A new laboratory opens"),
        ("Well-known - and loved", "", "Well-known - and loved"),
    ],
)
def test_title_is_the_heading_that_the_metadata_confirm(
    title: str, heading: str, expected: str | None
) -> None:
    h1 = f"<h1>{heading}</h1>" if heading else ""
    head = f"<title>{escape(title)}</title>"
    values = convert_page(_page(f"<h1>Newsroom</h1>{h1}{BODY}", head)).values
    assert values["title"].value == (expected or heading)


def test_a_date_that_only_stands_on_the_page() -> None:
    page = _page(
        "<h1>A title</h1><div class='meta'><span>Posted on <b>March 5, 2024</b></span></div>"
        f"{BODY}<p>It met first on May 1, 2020 in Paris, where the idea was born in a café.</p>"
        "<div>© 2026 Site, last changed on June 1, 2026</div>"
    )
    assert convert_page(page).date_lines == ("Posted on March 5, 2024",)


def test_a_time_element_beside_the_heading_counts_first() -> None:
    page = _page(
        f"<h1>A title</h1><p>2 min</p><time datetime='2024-03-05'>5 days ago</time>{BODY}",
        "<title>A title</title>",
    )
    assert convert_page(page).date_lines[0] == "2024-03-05"


FRAME = (
    "<header><nav><a href='/'>Home</a> <a href='/news'>News</a></nav></header>",
    "<div class='cookie-banner'><p>We use cookies to make this site better. Accept?</p></div>",
    "<div class='share'>Share on <a href='#'>LinkedIn</a></div>",
    "<aside><p>Subscribe to our letter, which comes once a week and is free.</p></aside>",
    "<footer><p>All rights reserved by the owner of this site since long ago.</p></footer>",
    "<section><h2>Related articles</h2><ul><li><a href='/1'>Another laboratory</a><p>It opens in"
    " autumn, with forty researchers from six countries.</p></li></ul></section>",
    "<div style='display: none'><p>Hidden words that a browser never shows to you.</p></div>",
    "<p hidden>Hidden words that a browser never shows to you.</p>",
    "<form><p>Leave your address here and we write to you once, and then never again.</p></form>"
    "<button>Print</button>",
    "<noscript><p>Please switch on JavaScript to read this page as it was made.</p></noscript>",
    "<ul><li><a href='/a'>One</a></li><li><a href='/b'>Two</a></li></ul>",
)


@pytest.mark.parametrize("frame", FRAME)
@pytest.mark.parametrize("wrapper", ["<article>{}</article>", "<main>{}</main>", "<div>{}</div>"])
def test_the_frame_is_left_out_and_nothing_of_the_text(frame: str, wrapper: str) -> None:
    heading = "<h1>A title</h1>"
    expected = f"{FIRST}\n\n{SECOND}"
    for page in (
        frame + wrapper.format(heading + BODY),
        wrapper.format(heading + BODY) + frame,
        wrapper.format(heading + BODY + frame),
    ):
        assert convert_page(_page(page, "<title>A title</title>")).body == expected


def test_a_lead_and_an_end_beside_the_text_are_kept() -> None:
    lead = "A joint laboratory of both institutions begins its work this spring in Montréal."
    end = "About the institute: it brings together more than a thousand researchers."
    page = _page(
        f"<article><header><h1>T</h1><p class='lead'>{lead}</p></header><div class='article-body'>"
        f"{BODY}<p>{FIRST}</p></div><div class='about'><h2>About</h2><p>{end}</p></div></article>"
    )
    body = convert_page(page).body
    assert body.startswith(lead)
    assert body.endswith(f"## About\n\n{end}")


def test_without_a_heading_only_what_is_nearest_to_the_text_belongs_to_it() -> None:
    far = "<div><p>The words on this site are for information only and no offer is made.</p></div>"
    page = f"<div><div><h2>T</h2><div>{BODY * 3}</div></div></div>{far}{far}"
    body = convert_page(_page(page, "<title>T</title>")).body
    assert body.endswith(SECOND)


def test_a_text_in_several_parts_is_kept_whole() -> None:
    part = f"<div class='row'><div class='part'>{BODY}</div></div>"
    page = _page(
        f"<main><h1>T</h1><div>{part}{part}<div class='ad'>Buy this now</div>{part}</div></main>"
    )
    assert convert_page(page).body.count(FIRST) == 3


def test_a_page_without_a_text_gives_none() -> None:
    page = _page("<nav><a href='/'>Home</a> <a href='/news'>News</a></nav>", "<title>Home</title>")
    assert convert_page(page).body == ""


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<h1>A</h1><h2>B</h2><h3>C</h3>", "## A\n\n## B\n\n### C"),
        ("<p>a<br>b<br><br>c</p>", "a\\\nb\n\nc"),
        ("<p>a <b>b </b>c <i>d</i></p>", "a **b** c *d*"),
        ("<p>see <a href='/x y?a=(1)'>here</a></p>", "see [here](https://e.org/x%20y?a=%281%29)"),
        ("<p><a href='javascript:x()'>here</a> <a href='#top'>up</a></p>", "here up"),
        ("<ul><li>a<ul><li>b</li></ul></li><li><p>c</p></li></ul>", "- a\n  - b\n- c"),
        ("<ol><li>a</li><li></li><li>b</li></ol>", "1. a\n2. b"),
        (
            "<table><tr><th>A</th><th>B</th></tr><tr><td>1|2</td></tr></table>",
            "| A | B |\n| --- | --- |\n| 1\\|2 |  |",
        ),
        ("<table><tr><td>only one column</td></tr></table>", "only one column"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>a\nb\n\nc</pre>", "a b\n\nc"),
        ("<pre><code>x = 1\n  y</code></pre>", "```\nx = 1\n  y\n```"),
        (
            "<p>1. a * b_c_ # &amp;amp; &lt;b> [x](y)</p>",
            "1\\. a \\* b_c\\_ # \\&amp; \\<b> [x\\](y)",
        ),
        ("text <div>block</div> tail", "text\n\nblock\n\ntail"),
        ("plain & simple", "plain & simple"),
    ],
)
def test_markdown_of_a_fragment(html: str, markdown: str) -> None:
    assert convert_fragment(html, "https://e.org/") == markdown
