"""Pages are wrapped by words, with hanging indents, and preformatted text as it is."""

from __future__ import annotations

from milatui.catalogue.location import Location
from milatui.catalogue.pages.model import Indent, Page, Span
from milatui.tui.text.wrap import line_at, wrap_page

HERE = Location("document", "x")


def shown(page: Page, cells: int) -> list[str]:
    return [" " * i + page.text[s:e] for s, e, i in wrap_page(page, cells)]


def test_paragraphs_are_wrapped_at_words() -> None:
    page = Page(HERE, "", "one two three\n\nfour")
    assert shown(page, 8) == ["one two", "three", "", "four"]


def test_list_items_hang() -> None:
    text = "before\n• one two three\nafter"
    page = Page(HERE, "", text, indents=(Indent(7, 22, 2),))
    assert shown(page, 9) == ["before", "• one two", "  three", "after"]


def test_tables_are_not_wrapped() -> None:
    text = "a wide table row\nthen words that wrap"
    page = Page(HERE, "", text, spans=(Span(0, 16, "table"),))
    assert shown(page, 10) == ["a wide table row", "then words", "that wrap"]


def test_code_within_a_line_is_wrapped_like_words() -> None:
    page = Page(HERE, "", "use this code here", spans=(Span(4, 13, "code"),))
    assert shown(page, 9) == ["use this", "code here"]


def test_accented_words_wrap_like_plain_ones() -> None:
    plain, accented = Page(HERE, "", "ete " * 50), Page(HERE, "", "été " * 50)
    assert wrap_page(plain, 20) == wrap_page(accented, 20)


def test_wide_characters_count_twice() -> None:
    assert shown(Page(HERE, "", "한국로봇"), 4) == ["한국", "로봇"]


def test_an_offset_is_found_again() -> None:
    page = Page(HERE, "", "one two three four")
    lines = wrap_page(page, 8)
    assert [line_at(lines, page.text.index(word)) for word in page.text.split()] == [0, 0, 1, 2]


def test_what_a_label_says_hangs_behind_it_in_a_narrow_reader_too() -> None:
    text = "since 2019      " + "Scientific Director, an institute"
    page = Page(HERE, "", text, indents=(Indent(0, len(text), 18),))
    assert shown(page, 35)[1].startswith(" " * 18 + "Director")
