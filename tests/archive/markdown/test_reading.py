"""One reading of Markdown: what is shown, searched, quoted and taken for a title."""

from __future__ import annotations

import pytest

from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.markdown.titles import plain_title, split_title
from milatui.archive.quotes.document_text import find_quotes
from milatui.archive.records import Source

REFERENCES = [
    ("Veterans&#39; research &amp; care", "Veterans' research & care"),
    ("caf&eacute;&nbsp;: l&#x2019;&Eacute;t&eacute;", "café\u00a0: l’Été"),
    ("AT&T; R&D, a & b; &nosuch; &copy 2020 &#;", "AT&T; R&D, a & b; &nosuch; &copy 2020 &#;"),
    ("https://x.example/?a=1&copy=2 and", "https://x.example/?a=1&copy=2 and"),
    ("`&amp;` stays in code", "&amp; stays in code"),
    ("&#42;x&#42; is no emphasis", "*x* is no emphasis"),
    ("&lt;b&gt; is no tag", "<b> is no tag"),
    ("&amp;lt; is decoded once", "&lt; is decoded once"),
    ("\\&amp; was escaped", "&amp; was escaped"),
    ("&#0; and &#xD800;", "\ufffd and \ufffd"),
    ("&#27;[31mred&#x202e;", "\ufffd[31mred"),
    ("a&#10;b", "a b"),
    ("&ensp;&hearts;\n\n&nbsp;\n\nb", "♥\n\nb"),
    ("&quot;x&quot; &laquo;y&raquo;", '"x" «y»'),
    ("&ouml;&#8211;&#x2014;", "ö–—"),
    ("&#1234567890;", "&#1234567890;"),
    ("&bull; a point", "• a point"),
    ("&#35; no heading", "# no heading"),
    ("[a&amp;b](https://x.org)", "a&b"),
    ("<p>R&amp;D &lt;3</p>", "R&D <3"),
    ("```\n&amp;\n```", "&amp;"),
]

HTML = [
    ("before <!-- zebra --> after", "before after"),
    ("<!--\nzebra\n\nzebra\n-->\n\ntext", "text"),
    ("<p align='center'>In <b>bold</b><br>second line</p>", "In bold\nsecond line"),
    ("<script>\nvar zebra = 1;\n\nvar okapi;\n</script>\n\ntext", "text"),
    ("<style type='text/css'>\np.zebra { color: red }\n</style>\ntext", "text"),
    ("a <span style='okapi'>word</span> in", "a word in"),
    ("a <script>zebra()</script> b", "a b"),
    ("one<br>two<br />three<BR/>four", "one\ntwo\nthree\nfour"),
    ("<div>one</div><div>two</div>", "one\ntwo"),
    ("<ul><li>one</li><li>two</li></ul>", "• one\n• two"),
    ("<ol start='3'><li>one<li>two</ol>", "3. one\n4. two"),
    (
        "<table><tr><th>Year</th><th>n</th></tr><tr><td>2024</td><td>10</td></tr></table>",
        "Year  n\n────  ──\n2024  10",
    ),
    ("<table>\n<tr>\n<td>a</td>\n\n<td>b</td>\n</tr>\n</table>", "a  b"),
    ("<details><summary>More</summary>\n\nInner **words**\n\n</details>", "More\n\nInner words"),
    ("<h2 id='x'>Head</h2>\n<p>text</p>", "Head\n\ntext"),
    ("see <a href='https://x.org'>here</a>", "see here"),
    ("<img src='a.png' alt='A portrait'>", "A portrait"),
    ("<iframe src='https://x.org'>zebra</iframe>\n\ntext", "text"),
    ("<pre>a  b\n c</pre>", "a  b\n c"),
    ("List<T> and Map<K, V> stay", "List<T> and Map<K, V> stay"),
    ("2 < 3 and 4 > 3", "2 < 3 and 4 > 3"),
    ("<blockquote><p>said</p></blockquote>", "│ said"),
    ("<dl><dt>Term</dt><dd>Meaning</dd></dl>", "Term\nMeaning"),
    ("<p>unclosed <b>bold\n\nnext", "unclosed bold\n\nnext"),
    ("text </div> more", "text more"),
    ("<!-- unclosed", ""),
    ("<svg><text>zebra</text></svg>\n\ntext", "text"),
    ("<center>\n\n**Middle**\n\n</center>", "Middle"),
    ("<?php zebra ?>\n\ntext", "text"),
    ("<Tabs>\n\ntext\n\n</Tabs>", "text"),
    ("<figure><img alt='A'><figcaption>B</figcaption></figure>", "A\nB"),
    ("H<sub>2</sub>O", "H2O"),
    ("<div>\n\n    <p>inner</p>\n\n</div>", "inner"),
    ("<p>a {{ site.title }} b\n{% include c.html title='D' %}</p>", "a b D"),
    ("<p>{{ a {{ b</p>", "{{ a {{ b"),
]

LINKS = [
    ("See the [press kit][kit].\n\n[kit]: https://x.org", "See the press kit."),
    ("[the report][] and [it]\n\n[the report]: /a\n[it]: <b c> 'T'", "the report and it"),
    ('[Kit] [KIT]\n\n[kit]: https://x.org "Title"', "Kit KIT"),
    ("[a][b] without a definition", "[a][b] without a definition"),
    ("A fact.[^1]\n\n[^1]: The note.", "A fact.[1]\n\n[1] The note."),
    ("A[^n] B\n\n[^n]: One\n    more.\n[^m]: Two", "A[n] B\n\n[n] One more.\n[m] Two"),
    ("[^x] without a note", "[^x] without a note"),
    ("![A portrait](a.png)", "A portrait"),
    ("![][img]\n\n[img]: a.png", ""),
    ("[![Badge](b.svg)](https://x.org) text", "Badge text"),
    ("<https://x.org/a_b> and https://y.org/_c_.", "https://x.org/a_b and https://y.org/_c_."),
    ("(https://x.org/a_(b)) and", "(https://x.org/a_(b)) and"),
    ("[a [nested] b](https://x.org)", "a [nested] b"),
    ("[a](<b c> 'title') [d](e \"f\")", "a d"),
    ('[go]({{< ref "page.md" >}}) on', "go on"),
    ("![al]({{ site.baseurl }}/a.png)", "al"),
    ("[x](javascript:alert(1))", "x"),
    ("me@x.org and <me@x.org>", "me@x.org and me@x.org"),
    ("\\[no link\\](x)", "[no link](x)"),
    ("[text]\n\n[text]: https://x.org\n[unused]: https://y.org", "text"),
    ("[a](https://x.org)[b](https://y.org)", "ab"),
]

BLOCKS = [
    ("# A\ntext", "A\n\ntext"),
    ("Title\n=====\n\nSub\n---\ntext", "Title\n\nSub\n\ntext"),
    ("one\ntwo\n\nthree  \nfour\\\nfive", "one two\n\nthree\nfour\nfive"),
    ("1. one\n   more\n2. two", "1. one more\n2. two"),
    ("- a\n  - b\n    - c\n- d", "• a\n  • b\n    • c\n• d"),
    ("- a\n\n  second\n\n- b", "• a\n\n  second\n\n• b"),
    ("- [ ] open\n- [x] done", "☐ open\n☑ done"),
    ("> a\nlazy\n>\n> > b", "│ a lazy\n\n│ │ b"),
    ("> [!NOTE]\n> Mind this.", "│ Note\n│ Mind this."),
    ("a\n\n    code *x*\n\n    more\n\nb", "a\n\ncode *x*\n\nmore\n\nb"),
    ("```py\n*a*\n```\nb", "*a*\n\nb"),
    ("a `` b ` c `` d", "a b ` c d"),
    ("~~old~~ new ~5 km~", "old new ~5 km~"),
    ("\\*a\\* \\_b\\_ 1\\. \\| 5\\*3", "*a* _b_ 1. | 5*3"),
    ("a *b* **c** `d` snake_case_word 2 * 3 * 4", "a b c d snake_case_word 2 * 3 * 4"),
    ("***a** b* **c*d*e**", "a b cde"),
    ("a\n\n***\n\nb", "a\n\n────────────\n\nb"),
    ("• one\n• two", "• one\n• two"),
    ("{{< figure src='a.png' caption=\"A house\" >}}", "A house"),
    ("a {% include x.html %} b {{ site.url }} c", "a b c"),
    ("{% comment %}\nzebra\n{% endcomment %}\ntext", "text"),
    ("{% highlight py %}\n*a*\n{% endhighlight %}", "*a*"),
    ("{{% notice %}}\nMind **this**.\n{{% /notice %}}", "Mind this."),
    ("## Head {#anchor .class}\n\ntext\n{: .lead}", "Head\n\ntext"),
    (":::tip My *title*\n\nText\n\n:::", "My title\n\nText"),
    ("import A from './a'\n\nText", "Text"),
    ('[caption id="a" align="x"]A lion[/caption]\n\nText', "A lion\n\nText"),
    (
        '[gallery ids="1,2"]\n\n[su_note][/su_note][vc_row][vc_column width="1/2"]Text[/vc_column]',
        "Text",
    ),
    (
        "<p>[embed width=3]x[/embed]</p>\n\n[video] and [kit] are words",
        "x\n\n[video] and [kit] are words",
    ),
    ("人工\n知能の\n*研究* and\n研究", "人工知能の研究 and 研究"),
    ("人工\n知能の  \n研究 and\n研究 a\nb", "人工知能の\n研究 and 研究 a b"),
    ("人工\n 知能\n研究 and\n研究", "人工知能研究 and 研究"),
    ("한국의\n연구소", "한국의 연구소"),
    ("    A paragraph that somebody has indented, " + "with many words " * 8, None),
]

TABLES = [
    ("| a | bb |\n|---|----|\n| ccc |\n", "a    bb\n───  ──\nccc"),
    ("a | b\n--|--\nc | d", "a  b\n─  ─\nc  d"),
    ("| a \\| b | c |\n|---|---|\n| `x \\| y` | d |", "a | b  c\n─────  ─\nx | y  d"),
    ("|L|R|\n|:-|-:|\n|a|1|\n|bb|22|", "L    R\n──  ──\na    1\nbb  22"),
    ("|Cent|er|\n|:-:|-|\n|a|b|", "Cent  er\n────  ──\n a    b"),
    ("| 会社 | n |\n|---|---|\n| a | 1 |", "会社  n\n────  ─\na     1"),
    ("| a | n |\n|---|---|\n| e\u0301e\u0301 | 1 |", "a   n\n──  ─\ne\u0301e\u0301  1"),
    ("| 한국어 | n |\n|-|-|\n| ﾊﾝｶｸ | 1 |", "한국어  n\n──────  ─\nﾊﾝｶｸ    1"),
    ("| 🎉 | n |\n|-|-|\n| ab | 1 |", "🎉  n\n──  ─\nab  1"),
    ("| **b** | [l](https://x.org) |\n|-|-|\n| `c` | d |", "b  l\n─  ─\nc  d"),
    ("| a<br>b | c |\n|-|-|\n| d | e |", "a b  c\n───  ─\nd    e"),
    ("| a | b |\n|-|-|\n\nnext", "a  b\n\nnext"),
    ("> | a | b |\n> |-|-|\n> | c | d |", "│ a  b\n│ ─  ─\n│ c  d"),
    ("- | a | b |\n  |-|-|\n  | c | d |", "• a  b\n  ─  ─\n  c  d"),
    ("text | with a bar", "text | with a bar"),
    ("| not | a table |", "| not | a table |"),
    ("| a |\n|---|\n| b |", "a\n─\nb"),
    ("| a | b |\n|---|---|\n|  | c |\n| d |  |", "a  b\n─  ─\n   c\nd"),
    ("| Ａ | ω |\n|-|-|\n| b | c |", "Ａ  ω\n──  ─\nb   c"),
    (
        "|Who|What|\n|-|-|\n|" + "x" * 80 + "|d|\n|e||\n||f|",
        "Who · What\n\n" + "x" * 80 + "\n  What: d\n\ne\n\n  What: f",
    ),
    ("<table><tr><td>" + "x" * 80 + "<td>b</table>", "x" * 80 + "\nb"),
]

TITLES = [
    ("# [A title](https://x.org)\n\ntext", "A title"),
    ("<!-- note -->\n# A title\n\ntext", "A title"),
    ("![banner](b.png)\n\n# A title\n\ntext", "A title"),
    ("# A *new* **title** `here`\n", "A new title here"),
    ("A title\n=======\n\ntext", "A title"),
    ("# A title #\n", "A title"),
    ("# A title {#top}\n", "A title"),
    ("<h1>A title</h1>\n\ntext", "A title"),
    ("# A <b>title</b><br>\n", "A title"),
    ("[![Badge](b.svg)](https://x.org)\n\n# A title\n", "A title"),
    ("# Veterans&#39; &amp; others\n", "Veterans' & others"),
    ("# ![logo](l.svg) A title\n", "A title"),
    ("# A title[^1]\n\n[^1]: note\n", "A title"),
    ("```\n# No title\n```\n\n# A title\n", "A title"),
    ("| x | y |\n|---|---|\n| 1 | 2 |\n\n# A title\n", "A title"),
    ("<table><tr><td>x</td></tr></table>\n\n# A title\n", "A title"),
    ("# A [title][t]\n\n[t]: https://x.org\n", "A title"),
    ("{% include head.html %}\n\n# A title\n", "A title"),
    ("import A from './a'\n\n# A title\n", "A title"),
    ("**A title\nof two lines**\n\ntext", "A title"),
    ("> A title\n\ntext", "A title"),
    ("- A title\n- text", "A title"),
    ("<p align='center'><img src='x.png' alt='Logo'></p>\n\n# A title\n", "A title"),
    ("\n\n\nA title\nand more", "A title"),
    ("---\n\n# A title\n", "A title"),
    ("# \\*A\\* title_with_signs\n", "*A* title_with_signs"),
    ("text first\n\n# A title\n", "text first"),
]

GIVEN_TITLES = [
    ("Veterans&#39; research &amp; care", "Veterans' research & care"),
    ("[A title](https://x.org)", "A title"),
    ("A *new* **title**", "A new title"),
    ("The __init__ of `code`", "The __init__ of code"),
    ("snake_case_ and _more_", "snake_case_ and _more_"),
    ("C* algebras, 2 * 3", "C* algebras, 2 * 3"),
    ("# 1 in the world", "# 1 in the world"),
    ("- a dash first", "- a dash first"),
    ("1. The first", "1. The first"),
    ("A <em>new</em> title<br/>", "A new title"),
    ("Vec<T> explained", "Vec<T> explained"),
    ("A title <!-- draft -->", "A title"),
    ("![logo](x.png) A title", "A title"),
    ("[Update] A title", "[Update] A title"),
    ("  two\n lines ", "two lines"),
    ("A \\#hash", "A #hash"),
    ("5 > 3 & 2 < 4", "5 > 3 & 2 < 4"),
    ("{{< x >}}A title", "A title"),
    ("![only](x.png)", "![only](x.png)"),
    ("L&rsquo;&eacute;t&eacute;", "L’été"),
]

WRITTEN = [
    ("The **bold** and *slanted* words", "The **bold** and *slanted* words"),
    ("The **bold** word", "bold** word"),
    ("[May 2024](https://x.org/a_(b) 'T') it", "[May 2024](https://x.org/a_(b) 'T') it"),
    ("a [kit][k] b\n\n[k]: https://x.org", "a [kit][k] b"),
    ("It costs 5\\*3 dollars", "costs 5\\*3 dollars"),
    ("R&amp;D is here", "R&amp;D is here"),
    ("in `code` here", "in `code` here"),
    ("~~old~~ new", "~~old~~ new"),
    ("a <b>bold</b> word", "a <b>bold</b> word"),
    ("a <!-- c --> b", "a <!-- c --> b"),
    ("one\ntwo", "one\ntwo"),
    ("> one\n> two", "one two"),
    ("- one\n- two", "• one\n• two"),
    ("| a | b |\n|-|-|\n| c | d |", "c  d"),
    ("snake_case_word 2 * 3", "snake_case_word 2 * 3"),
    ("A fact.[^1]\n\n[^1]: N.", "A fact.[1]"),
    ("***both*** words", "***both*** words"),
    ("<https://x.org> it", "<https://x.org> it"),
    ("![alt](a.png) it", "![alt](a.png) it"),
    ("[**bold** link](https://x.org)", "[**bold** link](https://x.org)"),
    ("zero\u200bwidth words", "zero\u200bwidth words"),
]


@pytest.mark.parametrize(
    ("markdown", "expected"), [*REFERENCES, *HTML, *LINKS, *BLOCKS[:-1], *TABLES]
)
def test_markdown_reads_as(markdown: str, expected: str) -> None:
    assert render_markdown(markdown).text.rstrip("\n") == expected


def test_an_indented_paragraph_is_no_code() -> None:
    rendered = render_markdown(BLOCKS[-1][0])
    assert not rendered.spans
    assert rendered.text.startswith("A paragraph that")


@pytest.mark.parametrize(("markdown", "expected"), TITLES)
def test_the_title_of_a_text_is_plain(markdown: str, expected: str) -> None:
    assert split_title(markdown).title == expected


@pytest.mark.parametrize(("given", "expected"), GIVEN_TITLES)
def test_a_given_title_is_plain(given: str, expected: str) -> None:
    assert plain_title(given) == expected


def test_a_heading_is_taken_out_of_the_text() -> None:
    found = split_title("<!-- a -->\n# A *title*\n\ntext **x**\n")
    assert found == ("A title", "<!-- a -->\n\ntext **x**\n", True)
    assert split_title("Intro\n\n# A title") == ("Intro", "Intro\n\n# A title", False)


@pytest.mark.parametrize(("markdown", "quoted"), WRITTEN)
def test_words_quoted_as_they_are_written_stand(markdown: str, quoted: str) -> None:
    assert len(find_quotes(render_markdown(markdown).text, Source("d", quoted))) == 1


def test_roles_links_and_headings_stand_where_they_belong() -> None:
    body = "## A [b](https://x.org)\n\n**c** *d* `e` ~~f~~\n\n- g\n\n> h\n\n| **i** |\n|-|\n| j |\n"
    rendered = render_markdown(body)
    roles = [(rendered.text[s.start : s.end].strip(), s.role) for s in rendered.spans]
    assert roles == [
        ("A b", "heading"),
        ("c", "strong"),
        ("d", "emphasis"),
        ("e", "code"),
        ("f", "struck"),
        ("•", "bullet"),
        ("│ h", "quote"),
        ("i", "strong"),
        ("i\n─\nj", "table"),
    ]
    assert [(rendered.text[k.start : k.end], k.address) for k in rendered.links] == [
        ("b", "https://x.org")
    ]
    assert [(rendered.text[h.start : h.end], h.level) for h in rendered.headings] == [("A b", 2)]
    assert [rendered.text[i.start : i.end] for i in rendered.indents] == ["• g\n", "│ h\n"]


def test_only_web_addresses_are_linked() -> None:
    body = (
        "[a](https://x.org) [b](/b) [c](javascript:x) <me@x.org> https://y.org, [d](HTTP://z.org)"
    )
    rendered = render_markdown(body)
    assert [k.address for k in rendered.links] == ["https://x.org", "https://y.org", "HTTP://z.org"]


def test_paragraphs_are_blocks_after_empty_lines() -> None:
    body = "# A\ntext\n\n- b\n- c\n\n- d\n\n```\ne\n```\nf\n\n> g\n>\n> h\n"
    rendered = render_markdown(body)
    firsts = [rendered.text[start:].split("\n")[0] for start in rendered.paragraphs]
    assert firsts == ["A", "• b", "• d", "e", "f", "│ g"]
