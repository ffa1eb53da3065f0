"""A page as applications of React or Next.js serve it: hashed class names, no ``article``.

Written before its author had read the extractor or the other styles.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from html import escape

from benchmarks.formats.page_styles import Style
from benchmarks.formats.release import Release


def _card(release: Release) -> str:
    words = " ".join(release.text.split()[:28])
    return (
        '<li class="Card_root__x1TqZ"><a href="/stories/'
        f'{escape(release.identifier.rpartition("/")[2])}"><img alt="" src="/_next/image?w=640">'
        f'<span class="Card_kicker__b77Ul">Insights</span><h3 class="Card_h__0Qa9e">'
        f'{escape(release.title)}</h3><p class="Card_dek__Pp1x0">{escape(words)}…</p>'
        f'<span class="Card_meta__vv3yT">{escape(release.day())} · 3 min read</span></a></li>'
    )


def application(release: Release, others: Sequence[Release]) -> str:
    """Returns the page of a release: ``div`` within ``div``, and a form in its midst."""
    day = date.fromisoformat(release.date)
    paragraphs = release.paragraphs()
    middle = len(paragraphs) // 2
    form = (
        '<div class="Signup_box__9kQmA"><div class="Signup_t__2">Get our stories by email</div>'
        "<div>Join 40,000 readers. We send one email a week and never share your address.</div>"
        '<form><label>Email address<input type="email" placeholder="you@example.com"></label>'
        '<button type="submit">Sign me up</button></form>'
        '<div class="Signup_fine__z">By signing up you agree to our <a href="/terms">Terms of Use'
        '</a> and <a href="/privacy">Privacy Notice</a>.</div></div>'
    )
    blocks = [f"<p>{escape(text)}</p>" for text in paragraphs]
    blocks.insert(middle, form)
    cards = "".join(map(_card, others[:4]))
    trending = "".join(
        f'<li><a href="/s/{n}"><span>{n:02}</span> {escape(other.title)}</a></li>'
        for n, other in enumerate(others, 1)
    )
    data = {"props": {"pageProps": {"locale": "en", "related": [o.title for o in others]}}}
    return f"""<!DOCTYPE html><html lang="en-CA" class="__className_aaf875"><head>
<meta charSet="utf-8"/><meta name="viewport" content="width=device-width"/>
<title>{escape(release.title)} | Stories | Meridian Group</title>
<meta property="og:site_name" content="Meridian Group"/>
<meta property="og:title" content="{escape(release.title)} | Meridian Group"/>
<meta property="og:type" content="website"/>
<meta name="next-head-count" content="12"/><link rel="preload" as="script" href="/_next/a.js"/>
<style>.Card_root__x1TqZ{{display:grid}}</style></head><body><div id="__next">
<a class="Skip_l__1" href="#c">Skip to content</a>
<div class="Notice_bar__Zq"><span>Annual meeting: register now to join the webcast.</span>
<button aria-label="Dismiss">×</button></div>
<header class="Top_root__s8"><a href="/">Meridian Group</a><ul class="Top_menu__Jd">
<li><button>What we do</button><ul><li><a href="/a">Advisory</a></li><li><a href="/b">Capital
markets</a></li><li><a href="/c">Sustainability services</a></li></ul></li>
<li><a href="/stories">Stories</a></li><li><a href="/people">People</a></li><li><a
href="/careers">Careers</a></li></ul><input type="search" placeholder="Search stories"/></header>
<div class="Crumbs_r__4"><a href="/">Home</a> / <a href="/stories">Stories</a> / <a
href="/stories/news">News</a></div>
<div id="c" class="Layout_grid__F0q"><div class="Layout_col__kk"><div class="Hero_root__t1">
<span class="Hero_kicker__l">Company news</span><h1 class="Hero_h__x">{escape(release.title)}</h1>
<div class="Hero_meta__u"><div class="Avatar_a__i"></div><span>By Communications team</span>
<time dateTime="{release.date}T13:00:00.000Z">{day:%d %b %Y}</time><span>•</span>
<span>{max(1, len(release.text) // 1200)} min read</span></div>
<div class="Share_r__m"><button>Copy link</button><a href="https://x.example/i">Post</a><a
href="https://l.example/s">LinkedIn</a><a href="mailto:?s=1">Email</a></div></div>
<div class="Fig_r__c"><img src="/_next/image?url=hero" alt="Two people in a lobby"/>
<div class="Fig_cap__d">Photo: Meridian Group archive</div></div>
<div class="Rich_body__W3s">{"".join(blocks)}</div>
<div class="Tags_r__o"><span>Topics</span><a href="/t/1">Growth</a><a href="/t/2">Innovation</a>
<a href="/t/3">Announcements</a></div>
<div class="Helpful_r__q"><span>Was this story helpful?</span><button>Yes</button><button>No
</button></div></div>
<div class="Layout_side__e"><div class="Trend_h__a">Trending now</div><ol>{trending}</ol>
<div class="Promo_r__b"><div>Download the 2030 outlook</div><div>Our economists look at five
forces that will shape the decade, and what they mean for your business.</div><a
href="/o.pdf">Get the report</a></div></div></div>
<div class="More_r__g"><h2>You may also like</h2><ul>{cards}</ul><button>Load more</button></div>
<footer class="Bottom_r__y"><div><a href="/about">About us</a><a href="/contact">Contact</a><a
href="/legal">Legal notices</a><a href="/access">Accessibility</a></div><div>© {day.year} Meridian
Group. All rights reserved. Meridian is a registered trade name in Canada.</div></footer>
<div role="dialog" class="Consent_r__p"><div>Your privacy</div><div>We and our partners store and
access information on your device to measure audiences and improve the site. You can change your
mind at any time.</div><button>Manage choices</button><button>Reject all</button><button>Accept all
</button></div></div><script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>
</body></html>"""


APPLICATION: dict[str, Style] = {"application": application}
