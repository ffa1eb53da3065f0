"""Whatever Markdown is read, it takes a time that grows with its length, and harms nothing."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from milatui.archive.markdown.commonmark import parse
from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.markdown.plain_text import has_markup, render_plain, simple_text
from milatui.archive.markdown.rendered_text import RenderedText, StoredText
from milatui.archive.markdown.renderer import render
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.pages.model import Page
from milatui.tui.text.wrap import wrap_page

SIGNS = "ab *_`[]()<>#|-\n\\!1.~=:/{}%&;^$\té"
PIECES = (
    "<div> </div> <p> <td> <tr> <table> </table> <li> <ul> </ul> <b> </b> <br> <pre> </pre> </h1>"
    " <script> </script> <!-- --> <h1> <blockquote> </blockquote> <a_href='http://x.y'> ::: word"
    " [^1] [^1]:_ [a] [a]:_ | |-|-| ``` -_ 1._ >_ #_ * ** {{<_x_>}} {%_raw_%} \u2022_ [x]_ [!NOTE]"
)
WORDS = st.lists(
    st.sampled_from([piece.replace("_", " ") for piece in PIECES.split(" ")])
    | st.sampled_from([" ", "\n", "\n\n", "    "]),
    max_size=40,
).map("".join)


def page_of(rendered: RenderedText, focus: int = 0) -> Page:
    writer = PageBuilder()
    writer.write_rendered(rendered)
    return writer.build(Location("document", "x"), "", focus=focus)


@given(st.text(alphabet=SIGNS, max_size=200) | WORDS)
def test_any_markdown_is_rendered(body: str) -> None:
    rendered = render_markdown(body)
    size = len(rendered.text)
    assert list(rendered.paragraphs) == sorted(rendered.paragraphs)
    marked = [(each.start, each.end) for each in rendered.spans]
    marked += [(each.start, each.end) for each in rendered.links]
    marked += [(each.start, each.end) for each in rendered.headings]
    assert all(0 <= start < end <= size for start, end in marked)
    for indent in rendered.indents:
        assert rendered.text[indent.end - 1] == "\n"
    stored = StoredText.of(rendered).rendered()
    assert stored._replace(is_plain=rendered.is_plain) == rendered
    assert wrap_page(page_of(rendered), 40)


@given(st.text(alphabet="ab .,-\n\n1)&;:/h\u00a0\té", max_size=200))
@example("1 \t\n1")
@example("a\n\n1)")
def test_a_text_without_markup_reads_the_same_without_the_parser(body: str) -> None:
    if not has_markup(body):
        plain, parsed = render_plain(body), render(parse(body) or (), body)
        assert (plain.text, plain.paragraphs) == (parsed.text, parsed.paragraphs)


@given(st.text(alphabet=f"{SIGNS}“—\u00a0\u0301\u200b\u20d0\x1b\ud800я", max_size=20) | st.text())
@example("  a\n\n \tb  \nc\n")
def test_a_simple_text_is_what_rendering_gives(body: str) -> None:
    text = simple_text(body)
    if text is not None:
        rendered = render_markdown(body)
        assert rendered.is_plain
        assert text == rendered.text


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("“Amgen” paid 5 M€.\n", "“Amgen” paid 5 M€.\n\n"),
        ("a\nb\n\nété", "a b\n\nété\n\n"),
        ("", ""),
        ("*a*", None),
        ("a\n- b", None),
        ("a\u200bb", None),
        ("яblоко", None),
    ],
)
def test_latin_texts_without_signs_are_simple(body: str, expected: str | None) -> None:
    assert simple_text(body) == expected


@pytest.mark.parametrize("text", ["```\n\n```", "a\n\n~~~\n~~~\n", "```", "# \n\n```\n"])
def test_nothing_is_marked_beyond_the_end_of_a_page(text: str) -> None:
    rendered = render_markdown(text)
    page = page_of(rendered, (0, *rendered.paragraphs)[-1])
    assert all(0 <= s.start < s.end <= len(page.text) for s in page.spans)
    assert page.focus <= len(page.text)
    assert wrap_page(page, 40)


def test_a_text_of_signs_alone_is_not_parsed() -> None:
    attack = "[" * 200_001
    rendered = render_markdown(attack)
    assert rendered.is_plain
    assert rendered.text == f"{attack}\n\n"


@pytest.mark.parametrize("sign", ["> ", "- ", "1. "])
def test_nothing_is_lost_of_what_is_nested_deeply(sign: str) -> None:
    for depth in (10, 25, 40, 200):
        assert "zebra" in render_markdown(sign * depth + "zebra").text


def test_a_table_is_not_padded_beyond_bounds() -> None:
    row = "|a|" + "b|" * 20 + "\n"
    body = "|a|" + "x" * 30_000 + "|" + "b|" * 19 + "\n|" + "-|" * 21 + "\n" + row * 300
    assert len(render_markdown(body).text) < 3 * len(body)


def test_marks_that_add_up_across_signs_are_limited() -> None:
    marks = "\u0301" * 8
    text = render_markdown(f"e{marks}*{marks}*\n&#x301;").text
    assert text.count("\u0301") <= 9
