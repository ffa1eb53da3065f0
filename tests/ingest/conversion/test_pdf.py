"""PDF files: titles, headings, paragraphs, words divided at ends of lines, edges of pages."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from milatui.ingest.conversion.converted import ConvertedDocument, NoTextError
from milatui.ingest.conversion.pdf.lines import read_pdf
from milatui.ingest.conversion.pdf.page_layout import convert_lines
from tests.ingest.conversion.pdf_builder import Link, Text, pdf

FULL = "The institute and the company open a joint laboratory that begins its work in"
NEXT = "spring with forty researchers from six countries, as both of them announced on"


def _converted(*pages: Sequence[Text], title: str = "") -> ConvertedDocument:
    info = {"Title": title} if title else None
    return convert_lines(read_pdf(pdf(pages, info)))


def _lines(*words: str, top: float = 600) -> list[Text]:
    return [Text(line, bottom=top - 14 * number) for number, line in enumerate(words)]


def _body(*words: str) -> str:
    return _converted([Text("A title", size=20), *_lines(*words)]).body


def test_title_date_and_paragraphs() -> None:
    page = [
        Text("A laboratory opens", size=20, bottom=720),
        Text("in Montreal", size=20, bottom=696),
        Text("March 5, 2024", bottom=660),
        *_lines(FULL, NEXT, "Monday.", top=630),
        *_lines(FULL, NEXT, "Tuesday.", top=570),
    ]
    document = _converted(page)
    assert document.values["title"] == ("A laboratory opens in Montreal", "heading")
    assert document.date_lines == ("March 5, 2024",)
    assert document.body.split("\n\n") == [
        "March 5, 2024",
        f"{FULL} {NEXT} Monday.",
        f"{FULL} {NEXT} Tuesday.",
    ]


def test_a_title_in_the_metadata_counts_if_it_stands_on_the_page() -> None:
    page = [
        Text("MILA", size=30, bottom=740),
        Text("A laboratory opens", size=14),
        *_lines(FULL, NEXT),
    ]
    assert (
        _converted(page, title="A laboratory opens").values["title"].value == "A laboratory opens"
    )
    assert _converted(page, title="Microsoft Word - x.doc").values["title"].value == "MILA"


def test_a_bold_line_is_a_title_or_a_heading() -> None:
    page = [
        Text("A laboratory opens", font="bold"),
        *_lines(FULL, NEXT),
        Text("Aims", bottom=540, font="bold"),
    ]
    document = _converted([*page, *_lines(FULL, NEXT, top=520)])
    assert document.values["title"].value == "A laboratory opens"
    assert document.body.split("\n\n")[1] == "## Aims"


def test_headers_footers_and_page_numbers_are_left_out() -> None:
    pages = [
        [
            Text("Northwind Newsroom", bottom=760, size=11),
            *([Text("A title", size=20)] if number == 1 else []),
            *_lines(f"{FULL} part {number}", NEXT),
            Text(f"Page {number} of 3", bottom=30),
            Text("www.example.org", bottom=44),
        ]
        for number in (1, 2, 3)
    ]
    body = _converted(*pages).body
    assert "Northwind" not in body
    assert "Page" not in body
    assert "example" not in body
    assert body.count(NEXT) == 3


def test_the_edges_of_a_single_page() -> None:
    page = [
        Text("A title", size=20),
        *_lines(FULL, NEXT),
        Text("Northwind Newsroom | Page 1", bottom=30, size=8),
        Text("11/28/26, 12:10 PM A title", bottom=770, size=8),
    ]
    assert _converted(page).body == f"{FULL} {NEXT}"
    note = [*page, Text("1 A note at the foot of the page.", bottom=44, size=8)]
    assert "1 A note at the foot of the page." in _converted(note).body


def test_a_paragraph_goes_on_over_the_page() -> None:
    first = [Text("A title", size=20), *_lines(FULL, NEXT)]
    assert _converted(first, _lines("Monday.")).body == f"{FULL} {NEXT} Monday."


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        (
            "they met in the labora-",
            "tory of the company, and all the others of them too",
            "laboratory",
        ),
        (
            "this is a state-of-the-",
            "art place of the company, and all the others of it",
            "state-of-the-art",
        ),
        (
            "the work is of a high-",
            "quality kind, and all the others of them are of it",
            "high-quality",
        ),
        (
            "it was led by Marie-",
            "Claude Roy of the company, and all the others too",
            "Marie-Claude",
        ),
        (
            "an open source and an open-",
            "source model of the company, and others too",
            "open-source",
        ),
        ("it is in the pages 10-", "12 of the paper of the company, and others of it", "10- 12"),
    ],
)
def test_words_divided_at_the_end_of_a_line(first: str, second: str, joined: str) -> None:
    assert joined in _body(f"Here is a text in which {first}", second)


def test_items_of_a_list_stay_items() -> None:
    body = _body(
        FULL,
        NEXT,
        "\u2022 One thing",
        "\u2022 Another thing that takes more",
        "1. First",
        "2. Second",
    )
    assert body.endswith("- One thing\n- Another thing that takes more\n1. First\n2. Second")


def test_a_sentence_that_ends_a_short_line_ends_its_paragraph() -> None:
    assert _body(FULL, "the spring.", FULL, NEXT) == f"{FULL} the spring.\n\n{FULL} {NEXT}"


def test_pictures_are_no_text() -> None:
    with pytest.raises(NoTextError):
        _converted([Text("3")])


def _row(bottom: float, *cells: tuple[float, str]) -> list[Text]:
    return [Text(words, left, bottom) for left, words in cells]


TABLE = [
    *_row(660, (72, "Partner"), (214, "Kind"), (300, "Amount")),
    # A wide cell: the room behind it is that of a space between words.
    *_row(645, (72, "Institute of all the sciences"), (214, "public"), (312, "1,200")),
    *_row(630, (72, "Acme"), (214, "company"), (320, "35 | 36")),
]


def test_a_table_keeps_its_rows_and_columns() -> None:
    page = [*_lines(FULL, NEXT, "Monday.", top=710), *TABLE, *_lines(FULL, NEXT, top=600)]
    body = _converted(page).body
    rows = [line for line in body.splitlines() if line.startswith("|")]
    assert rows == [
        "| Partner | Kind | Amount |",
        "| --- | --- | --- |",
        "| Institute of all the sciences | public | 1,200 |",
        "| Acme | company | 35 \\| 36 |",
    ]
    assert body.count("\n\n| Partner") == body.count("36 |\n\n") == 1


@pytest.mark.parametrize(
    "rows",
    [
        [((72, "•"), (90, f"The item number {n} of a list")) for n in range(4)],
        [((72, f"{n}."), (90, f"The item number {n} of a list")) for n in range(4)],
        [
            ((72, f"Words of the first column of text, line {n},"), (320, "and of the second one,"))
            for n in range(4)
        ],
        [((72, "Jane Doe"), (300, "John Roe")), ((72, "Acme"), (300, "Institute"))],
    ],
    ids=["bullets", "numbers", "columns", "two rows of two"],
)
def test_lists_and_columns_of_text_are_no_tables(rows: list[tuple[tuple[float, str], ...]]) -> None:
    texts = [text for n, row in enumerate(rows) for text in _row(640 - 14 * n, *row)]
    body = _converted([*_lines(FULL, NEXT, "Monday.", top=710), *texts]).body
    assert "|" not in body
    assert all(words.strip("•.0123456789 ") in body for row in rows for _left, words in row)


def test_links_lead_where_they_did() -> None:
    texts = [
        Text("A title of the page", 72, 740, 18),
        Text("We say more on a page of its own that is wrap-", 72, 700),
        Text("ped at the end of its line, and here, and there.", 72, 686),
    ]
    links = [
        Link("https://example.org/own(1)", 160, 400),
        Link("https://example.org/own(1)", 72, 185, 684, 698),
        Link("javascript:alert(1)", 212, 236, 684, 698),
        Link("https://example.org/there", 265, 400, 684, 698),
    ]
    document = convert_lines(read_pdf(pdf([texts], links=links)))
    assert document.body.startswith("We say more on a [page of its own that is wrapped at the end ")
    assert document.body.endswith(", and here, and [there](https://example.org/there).")
    assert "](https://example.org/own(1))" in document.body.replace("%28", "(").replace("%29", ")")
    assert "javascript" not in document.body
