"""The style that was written after the readers had been tuned.

Its first run (30 releases, seed 2026) is what counts as held out: title 1.000, date 0.367, nothing
lost, 1.43 % added. What was wrong was one kind, a date that stands beside the time that reading
takes, and was mended afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from benchmarks.formats.page_styles import Style
from benchmarks.formats.release import Release


def application(release: Release, others: Sequence[Release]) -> str:
    """A page that an application draws: hashed class names, the heading in a hero apart.

    The text stands in several sections, with a box for subscribers between them; the date is
    short, beside the time that reading takes.
    """
    day = date.fromisoformat(release.date)
    paragraphs = [f'<p class="c-9f3a">{escape(p)}</p>' for p in release.paragraphs()]
    half = (len(paragraphs) + 1) // 2
    cards = "".join(
        f'<div class="c-77aa"><a class="c-1b" href="/stories/{n}"><img src="/{n}.webp" alt="">'
        f'<span class="c-t">{escape(o.title)}</span></a><span>{escape(o.paragraphs()[0][:140])}…'
        f"</span><span>{date.fromisoformat(o.date):%b %d, %Y}</span></div>"
        for n, o in enumerate(others)
    )
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{escape(release.title)} — Stories by Meridian</title>
<meta property="og:title" content="{escape(release.title)} — Stories by Meridian">
<meta name="viewport" content="width=device-width"></head><body><div id="__app">
<div class="c-bar"><a href="/">Meridian</a><a href="/stories">Stories</a><a href="/press">Press</a>
<a href="/ir">Investors</a><button>Menu</button></div>
<section class="c-hero"><div class="c-12"><span class="c-k">Company news</span>
<h1 class="c-h">{escape(release.title)}</h1>
<div class="c-row"><span>{day:%b} {day.day}, {day.year}</span><span>·</span><span>4 min read</span>
</div></div></section>
<div class="c-grid"><div class="c-left"><a href="#">Copy link</a><a href="#">LinkedIn</a></div>
<div class="c-col"><section class="c-s1">{"".join(paragraphs[:half])}</section>
<div class="c-box" role="complementary"><p>Never miss a story: once a month we send the best ones
to your inbox, and you may leave whenever you like.</p><input type="email"><button>Join</button>
</div><section class="c-s1">{"".join(paragraphs[half:])}</section></div></div>
<section class="c-more"><h2>You may also like</h2><div class="c-cards">{cards}</div></section>
<footer class="c-foot"><p>Meridian and its mark belong to Meridian Holdings. This page holds
statements about the future that may turn out to be different from what is expected today.</p>
<a href="/privacy">Privacy</a><a href="/terms">Terms</a></footer></div>
<div class="c-veil" role="dialog" aria-label="Privacy"><p>We and our partners store information on
your device in order to show you what may interest you. You can change your mind at any time.</p>
<button>Agree</button><button>Refuse</button></div></body></html>"""


HELD_OUT: dict[str, Style] = {"application": application}
