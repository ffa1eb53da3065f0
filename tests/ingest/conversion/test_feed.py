"""Feeds and sitemaps: every entry a document, in all dialects."""

from __future__ import annotations

import pytest

from milatui.ingest.conversion.converted import ConversionError
from milatui.ingest.conversion.feed import convert_feed
from milatui.ingest.conversion.sitemap import convert_sitemap

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
<title>Nouvelles</title><link>https://e.org/</link><language>fr-CA</language>
<atom:link rel="self" href="https://e.org/feed"/><image><title>No</title><link>no</link></image>
<item><title>L’été &amp;amp; &lt;i&gt;nous&lt;/i&gt;</title><link>https://e.org/a</link>
<pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate><description>court</description>
<content:encoded><![CDATA[<p>Un <a href="/b">lien</a>.</p>]]></content:encoded></item>
<item><title>B</title><description>Plain summary</description></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title type="text">News</title>
<entry><title>A</title><link rel="edit" href="no"/><link href="https://e.org/a"/>
<published>2024-03-05T00:00:00Z</published><updated>2025-01-01T00:00:00Z</updated>
<author><name>Jane</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>One &amp; <b>two</b></p></div></content></entry>
<entry><title>B</title><content type="html">&lt;p&gt;x&lt;/p&gt;</content></entry>
<entry><title>C</title><content>a &lt; b</content></entry></feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Old</title></channel><item><title>A</title><link>https://e.org/a</link>
<dc:date>2004-03-05</dc:date><description>text</description></item></rdf:RDF>"""


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_entries_of_rss_2_become_documents(encoding: str) -> None:
    first, second = convert_feed(RSS.format(encoding=encoding).encode(encoding))
    values = {key: found.value for key, found in first.values.items()}
    assert values == {
        "title": "L’été & nous",
        "source": "https://e.org/a",
        "date": "Tue, 05 Mar 2024 10:00:00 GMT",
        "publisher": "Nouvelles",
        "language": "fr-CA",
    }
    assert first.body == "Un [lien](https://e.org/b)."
    assert not first.notes
    assert second.body == "Plain summary"
    assert second.notes


def test_entries_of_atom_become_documents() -> None:
    first, second, third = convert_feed(ATOM.encode())
    assert first.values["date"].value == "2024-03-05T00:00:00Z"
    assert first.values["source"].value == "https://e.org/a"
    assert first.values["language"].value == "en"
    assert first.body == "One & **two**"
    assert second.body == "x"
    assert third.body == "a < b"


def test_atom_0_3_with_markup_that_is_not_escaped() -> None:
    first, second, third = convert_feed(
        b"""<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title>
        <entry><title>A <i>b</i> c</title><link rel="alternate" href="https://e.org/a"/>
        <issued>2004-03-05</issued><modified>2005-01-01</modified>
        <summary type="application/xhtml+xml"><div xmlns="http://www.w3.org/1999/xhtml">d
        <b>e</b></div></summary></entry>
        <entry><content mode="base64">WDxiPlk8L2I+</content></entry>
        <entry><title mode="base64">***</title><summary>z</summary><source>
        <link href="https://other.org/"/></source></entry></feed>"""
    )
    values = {key: found.value for key, found in first.values.items()}
    assert values == {
        "title": "A b c",
        "source": "https://e.org/a",
        "date": "2004-03-05",
        "publisher": "Old",
    }
    assert (first.body, second.body, third.body) == ("d **e**", "X**Y**", "z")
    assert "source" not in third.values


def test_what_other_elements_of_rss_say() -> None:
    entries = convert_feed(
        b"""<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>S</title>
        <item><guid>https://e.org/a</guid><description>One <b>two</b> &lt;3</description>
        <dc:created>2024-03-05</dc:created></item>
        <item><guid isPermaLink="false">https://e.org/b</guid><dc:title>T</dc:title>
        <body xmlns="http://www.w3.org/1999/xhtml"><p>x</p></body></item>
        <item><guid>tag:e.org,2024:c</guid><link>https://e.org/c</link></item></channel></rss>"""
    )
    assert [entry.body for entry in entries] == ["One **two** <3", "x", ""]
    found = [{k: v.value for k, v in entry.values.items()} for entry in entries]
    assert found == [
        {"created": "2024-03-05", "source": "https://e.org/a", "publisher": "S"},
        {"title": "T", "publisher": "S"},
        {"source": "https://e.org/c", "publisher": "S"},
    ]


def test_a_feed_without_entries_is_told() -> None:
    with pytest.raises(ConversionError, match="no entries"):
        convert_feed(b"<rss><channel><title>S</title></channel></rss>")


def test_an_entry_of_rss_1_becomes_a_document() -> None:
    (entry,) = convert_feed(RDF.encode())
    assert entry.values["date"].value == "2004-03-05"
    assert entry.values["publisher"].value == "Old"
    assert entry.body == "text"


def test_pages_of_a_sitemap_are_listed() -> None:
    pages = convert_sitemap(
        b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
        xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://e.org/a</loc>
        <lastmod>2025-01-01</lastmod><image:image><image:loc>https://e.org/x.png</image:loc>
        </image:image><news:news><news:publication><news:name>News</news:name></news:publication>
        <news:publication_date>2024-03-05</news:publication_date><news:title>A</news:title></news:news>
        </url><url><loc>https://e.org/b</loc></url><url></url></urlset>"""
    )
    assert [page.values["source"].value for page in pages] == ["https://e.org/a", "https://e.org/b"]
    assert {key: found.value for key, found in pages[0].values.items()} == {
        "source": "https://e.org/a",
        "publisher": "News",
        "date": "2024-03-05",
        "title": "A",
    }
