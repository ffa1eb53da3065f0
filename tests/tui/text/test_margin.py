"""The margin: notes stand beside what they are about, and none is lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import FieldTable, PageBuilder, TextRun
from milatui.catalogue.pages.model import Page
from milatui.tui.text.margin import arrange_notes, share_width
from milatui.tui.text.wrap import line_at, wrap_page


def _page(paragraphs: int, notes: list[int]) -> Page:
    """A page of short paragraphs, and notes beside some of them."""
    page = PageBuilder()
    page.head("Title")
    starts = []
    for number in range(paragraphs):
        page.blank()
        starts.append(page.at)
        page.line(f"Paragraph {number}")
    for number, beside in enumerate(notes):
        page.blank()
        start = page.at
        page.line(f"Note {number} is of some more words than fit")
        page.note(start, starts[beside % paragraphs])
    return page.build(Location("event", "a"), "Title", 0)


@given(st.integers(1, 12), st.lists(st.integers(0, 11), max_size=6))
def test_every_note_stands_at_or_below_its_anchor_and_keeps_its_words(
    paragraphs: int, notes: list[int]
) -> None:
    page = _page(paragraphs, notes)
    lines = wrap_page(page, 60, margin=True)
    margin = arrange_notes(page, lines, 24)
    shown = " ".join(page.text[start:end] for start, end, _indent in margin.lines.values())
    assert shown.count("Note") == len(notes)
    assert "Note" not in " ".join(page.text[start:end] for start, end, _indent in lines)
    for note in page.notes:
        row = margin.row_at(note.start, page.notes)
        assert row is not None
        assert note.anchor is not None
        assert row >= line_at(lines, note.anchor)
    if len(notes) == 1:
        assert margin.row_at(page.notes[0].start, page.notes) == line_at(
            lines, page.notes[0].anchor or 0
        )


def test_a_label_stands_over_what_it_says() -> None:
    page = PageBuilder()
    page.head("Title")
    page.line("Text")
    card = FieldTable(page)
    card.add("First published", TextRun("18 January 2023 in a paper"))
    card.add("By", TextRun("somebody"))
    card.write(page.head_end)
    made = page.build(Location("event", "a"), "Title", 0)
    margin = arrange_notes(made, wrap_page(made, 60, margin=True), 24)
    drawn = [" " * i + made.text[s:e] for s, e, i in margin.lines.values()]
    assert drawn == [
        "First published",
        "  18 January 2023 in a",
        "  paper",
        "By",
        "  somebody",
    ]


def test_a_margin_needs_room_beside_a_readable_text() -> None:
    assert share_width(60).margin == 0
    assert share_width(84).margin == 0
    assert share_width(91) == (62, 24)
    text, margin = share_width(119)
    assert (text, margin) == (80, 34)
    for cells in range(20, 200):
        text, margin = share_width(cells)
        assert text + margin + (3 if margin else 0) <= cells - 2 or cells < 10


def test_sources_stand_beside_their_passages_and_facts_after_the_last_one() -> None:
    page = PageBuilder()
    page.head("Title")
    page.line("Text of several words. " * 12)
    begins = []
    for number in range(3):
        page.blank()
        begins.append(page.at)
        page.passage("A passage of many words. " * 12)
        start = page.at
        page.line(f"Source {number}")
        page.note(start, begins[-1])
    card = FieldTable(page)
    for number in range(9):
        card.add(f"Fact {number}", TextRun("said"))
    card.write(begins[-1])
    made = page.build(Location("event", "a"), "Title", 0)
    lines = wrap_page(made, 60, margin=True)
    margin = arrange_notes(made, lines, 24)
    for number, begin in enumerate(begins):
        row = margin.row_at(made.notes[number].start, made.notes)
        assert row == line_at(lines, begin)
    facts = margin.row_at(made.notes[3].start, made.notes)
    assert facts is not None
    assert facts > line_at(lines, begins[-1])
