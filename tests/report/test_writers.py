"""Reports as Markdown and HTML: what is escaped, what leads where, and how charts are drawn."""

from __future__ import annotations

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.pages.chart import ChartPoint
from milatui.report.blocks import (
    Chart,
    Footnote,
    Heading,
    Items,
    NoteReference,
    Paragraph,
    Reference,
    Report,
    Table,
    Text,
    WebLink,
)
from milatui.report.html_writer import write_html
from milatui.report.markdown_writer import write_markdown
from milatui.report.svg_chart import draw_series, draw_years

HOSTILE = '<script>alert(1)</script> [x](javascript:1) *a* | `b` "c" & #1 \\'


def report(words: str) -> Report:
    """A report that has some words in every kind of block."""
    run = Text(words)
    table = Table((words,), [((run,),)])
    return Report(
        title=words,
        language="en",
        blocks=[
            Heading(words, anchor="here"),
            Paragraph((run, NoteReference(1), Reference(words, "here"))),
            Items([(Text(words, "strong"), NoteReference(1))]),
            table,
            Chart(draw_years({2020: 1, 2022: 3}, words), words, table),
        ],
        notes=[
            Footnote(1, (WebLink(words, "https://example.org/?a=1&b=(2)"), Text(words, "quote")))
        ],
        notes_title="Notes",
        colophon=[(run,)],
    )


class Reader(HTMLParser):
    """Collects the text, the tags, the names and the links of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: list[str] = []
        self.links: list[str] = []
        self.words = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            assert not name.startswith("on")
            if name == "id" and value:
                self.names.append(value)
            if name in ("href", "src") and value:
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html_takes_text_for_text() -> None:
    text = "".join(write_html(report(HOSTILE)))
    page = Reader(text)
    assert "script" not in page.tags
    assert page.words.count(HOSTILE) >= 9
    assert "default-src 'none'" in text


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40))
def test_any_words_come_back_from_html(words: str) -> None:
    assert words in Reader("".join(write_html(report(words)))).words


def test_links_within_a_page_lead_somewhere() -> None:
    page = Reader("".join(write_html(report("x"))))
    assert len(set(page.names)) == len(page.names)
    inner = {link[1:] for link in page.links if link.startswith("#")}
    assert inner == {"here", "note-1", "mark-1"}
    assert inner <= set(page.names)
    outer = [link for link in page.links if not link.startswith("#")]
    assert outer == ["https://example.org/?a=1&b=(2)"]


def test_markdown_takes_text_for_text() -> None:
    lines = "".join(write_markdown(report(HOSTILE))).splitlines()
    assert lines[0] == (
        r"# \<script\>alert(1)\</script\> \[x\](javascript:1) \*a\* \| \`b\` "
        r'"c" & \#1 \\'
    )
    note = next(line for line in lines if line.startswith("[^1]: ["))
    assert r"](<https://example.org/?a=1&b=%282%29>)" in note
    assert any(line.startswith("- **") and line.endswith("**[^1]") for line in lines)


@pytest.mark.parametrize("words", ["- no item", "+ no item", "1. no item", "= x", "2) x"])
def test_no_words_begin_a_list(words: str) -> None:
    text = "".join(write_markdown(report(words)))
    sign = words.partition(" ")[0]
    escaped = f"{sign[:-1]}\\{sign[-1]} "
    lines = [line for line in text.splitlines() if line.startswith((f"{sign} ", escaped))]
    # A list of the report itself begins with a sign and emphasis.
    assert [line for line in lines if line.startswith(f"{sign} ") and "**" not in line] == []
    assert len([line for line in lines if line.startswith(escaped)]) == 3


def bars(svg: str) -> list[ET.Element]:
    drawing = ET.fromstring(svg)  # noqa: S314 - our own
    return [each for each in drawing.iter() if each.get("class") == "bar"]


def test_bars_are_as_high_as_their_numbers() -> None:
    svg = draw_years({2019: 10, 2020: 20, 2022: 30}, "Events")
    heights = [float(bar.get("height", "")) for bar in bars(svg)]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert heights[2] == pytest.approx(3 * heights[0], abs=0.2)
    lefts = [float(bar.get("x", "")) for bar in bars(svg)]
    assert lefts[2] - lefts[1] == pytest.approx(2 * (lefts[1] - lefts[0]), abs=0.3)


def test_values_stand_at_their_day_and_height() -> None:
    days = [700_000, 700_365, 700_730]
    points = [
        ChartPoint(day, day, value, "exact") for day, value in zip(days, (0, 5, 10), strict=True)
    ]
    found = [
        (float(b.get("cx", "")), float(b.get("cy", ""))) for b in bars(draw_series(points, "x"))
    ]
    assert found[2][0] - found[1][0] == pytest.approx(found[1][0] - found[0][0], abs=0.3)
    assert found[0][1] - found[1][1] == pytest.approx(found[1][1] - found[2][1], abs=0.3)


def test_a_vague_date_is_drawn_wide_and_a_conflict_ringed() -> None:
    points = [
        ChartPoint(700_000, 700_400, 5, "about", conflict=True),
        ChartPoint(701_000, 701_000, 7, "exact"),
    ]
    drawn = ET.fromstring(draw_series(points, 'a "title"'))  # noqa: S314 - our own
    assert drawn.get("aria-label") == 'a "title"'
    kinds = [each.get("class") for each in drawn.iter()]
    assert kinds.count("span") == kinds.count("conflict") == 1
