"""Writes a release as a web page, in the ways that sites do: each with its own frame around it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from html import escape

from benchmarks.formats.release import Release

Style = Callable[[Release, Sequence[Release]], str]
"""Writes a page for a release; the others are its related news."""

_COOKIES = (
    "We use cookies and similar technologies to run this site, to measure its audience and to"
    " improve your experience. You can accept all of them, refuse them, or choose which ones we"
    " may set. Read our cookie policy to learn more about your choices."
)
_NEWSLETTER = (
    "Subscribe to our newsletter and receive the latest announcements in your inbox every week."
    " You can unsubscribe at any time."
)


def _first_sentence(release: Release) -> str:
    return release.paragraphs()[0][:180]


def newsroom(release: Release, others: Sequence[Release]) -> str:
    """A newsroom built with components: JSON-LD, ``article``, teasers with summaries."""
    data = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#org", "name": "Northwind Newsroom"},
            {
                "@type": "NewsArticle",
                "headline": release.title,
                "datePublished": f"{release.date}T09:30:00-05:00",
                "dateModified": "2026-09-01T10:00:00-05:00",
                "publisher": {"@id": "#org"},
                "inLanguage": "en",
            },
        ],
    }
    described = json.dumps(data).replace("</", "<\\/")
    teasers = "".join(
        f'<li class="card"><a href="/news/{n}"><h3>{escape(o.title)}</h3></a>'
        f'<time datetime="{o.date}">{o.day()}</time><p>{escape(_first_sentence(o))}</p></li>'
        for n, o in enumerate(others)
    )
    body = "".join(f"<p>{escape(p)}</p>" for p in release.paragraphs())
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{escape(release.title)} | Northwind Newsroom</title>
<link rel="canonical" href="https://news.example.org/{release.date}/release">
<script type="application/ld+json">{described}</script>
<style>.card {{ color: red }}</style><script>var tracking = "never shown";</script></head><body>
<a class="skip-link" href="#main">Skip to main content</a>
<div class="cookie-banner" role="dialog"><p>{_COOKIES}</p><button>Accept all</button></div>
<header class="site-header"><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a>
</li><li><a href="/about">About us</a></li></ul></nav></header>
<main id="main"><article class="article"><header class="article__header">
<p class="article__kicker">Press release</p><h1>{escape(release.title)}</h1>
<div class="article__meta"><time datetime="{release.date}">{release.day()}</time></div>
<div class="share-buttons"><a href="#">Share on LinkedIn</a> <a href="#">Share on X</a></div>
</header><div class="article__body">{body}</div>
<div class="article__tags">Tags: <a href="/t/1">Business</a> <a href="/t/2">Partnerships</a></div>
</article><section class="related"><h2>Related articles</h2><ul>{teasers}</ul></section></main>
<aside class="newsletter"><h2>Newsletter</h2><p>{_NEWSLETTER}</p></aside>
<footer><p>© 2026 Northwind Newsroom. All rights reserved. Published in Montreal since 1998 by
people who care about news.</p></footer></body></html>"""


def wire(release: Release, others: Sequence[Release]) -> str:
    """A wire service on a content system: OpenGraph, ``div`` with ids, a side bar."""
    body = "\n\n".join(f"<p>{escape(p)}</p>" for p in release.paragraphs())
    latest = "".join(
        f'<li><a href="/r/{n}">{escape(o.title)}</a> <span class="date">{o.day()}</span></li>'
        for n, o in enumerate(others)
    )
    return f"""<html lang="en-US"><head><meta charset="utf-8">
<title>{escape(release.title)} - Fastwire</title>
<meta property="og:title" content="{escape(release.title)}">
<meta property="og:site_name" content="Fastwire">
<meta property="og:type" content="article">
<meta property="og:url" content="https://fastwire.example.com/r/77">
<meta property="article:published_time" content="{release.date}T12:00:00+00:00">
<meta property="article:modified_time" content="2026-10-02T12:00:00+00:00"></head>
<body class="single single-post"><div id="page"><div id="masthead"><a href="/">Fastwire</a>
<div class="menu-main-menu-container"><ul id="menu"><li><a href="/a">Newsrooms</a></li><li>
<a href="/b">Send a release</a></li><li><a href="/c">Contact</a></li></ul></div></div>
<div id="content"><div id="primary"><div id="post-77" class="post type-post hentry">
<div class="breadcrumbs"><a href="/">Home</a> » <a href="/r">Releases</a></div>
<h1 class="entry-title">{escape(release.title)}</h1>
<div class="entry-meta"><span class="posted-on">Posted on {release.day()}</span> by
<span class="author">Fastwire desk</span></div>
<div class="sharedaddy"><h3>Share this:</h3><ul><li><a href="#">Facebook</a></li><li>
<a href="#">Print</a></li></ul></div>
<div class="entry-content">{body}</div>
<div class="entry-footer">Filed under <a href="/c/1">Technology</a></div>
<div class="comments-area"><h3>Leave a comment</h3><p>Your email address will not be published.
Required fields are marked with a star.</p></div></div></div>
<div id="secondary" class="widget-area"><div class="widget"><h2>Latest releases</h2>
<ul>{latest}</ul></div><div class="widget"><h2>About this site</h2><p>Fastwire sends the releases
of three thousand companies to newsrooms on four continents, every day of the year.</p></div></div>
</div><div id="colophon" class="site-footer"><p>Copyright 2026 Fastwire Inc. Terms of use apply to
everything that is published on this site.</p></div>
<div id="gdpr-consent"><p>{_COOKIES}</p></div></div></body></html>"""


def institution(release: Release, others: Sequence[Release]) -> str:
    """An institution's old site: no metadata, tables for the layout, breaks for paragraphs."""
    body = "<br>\n<br>\n".join(escape(p) for p in release.paragraphs())
    links = "<br>".join(
        f'<a href="n{n}.htm">{escape(o.title)}</a> ({o.day()})' for n, o in enumerate(others)
    )
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{escape(release.title)} | Office of Communications</title></head><body bgcolor="#ffffff">
<table width="780" align="center"><tr><td colspan="2"><img src="logo.gif"> <a href="/">Home</a> |
<a href="/news">News</a> | <a href="/people">People</a> | <a href="/jobs">Jobs</a></td></tr>
<tr><td width="180" valign="top"><b>Related news</b><br>{links}</td>
<td valign="top"><div class="text"><h1>{escape(release.title)}</h1>
<p class="when">Published: {release.day()}</p>
<div class="share">Share this page: <a href="#">Facebook</a> <a href="#">LinkedIn</a></div>
{body}</div></td></tr>
<tr><td colspan="2"><div class="footer">Office of Communications, 100 Main Street. All contents are
copyrighted by the institution. Last changed on October 1, 2026.</div></td></tr></table>
<div id="cookie-notice" class="cookies">{_COOKIES} <a href="#">OK</a></div></body></html>"""


STYLES: dict[str, Style] = {"newsroom": newsroom, "wire": wire, "institution": institution}
"""The styles that the readers were tuned with."""
