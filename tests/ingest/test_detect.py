"""The title of a text that nobody gave one."""

from __future__ import annotations

import pytest

from milatui.ingest.detect import detect_title

SENTENCE = "Amgen and Mila today announced that they will work together on drug discovery."


@pytest.mark.parametrize(
    ("beginning", "title"),
    [
        ("MONTREAL, QC, (January 18, 2023) - ", SENTENCE),
        ("MONTREAL, March 5, 2024 /CNW/ - ", SENTENCE),
        ("Montréal, le 5 mars 2024 – ", SENTENCE),
        ("Mila > News > ", SENTENCE),
        ("FOR IMMEDIATE RELEASE\n\n", SENTENCE),
        ("Communiqué de presse\nPour diffusion immédiate :\n\n", SENTENCE),
        ("More than three words > 2 and ", f"More than three words > 2 and {SENTENCE}"),
        ("[TOC]\n\n", SENTENCE),
        ("title:Lab\ndate=2024-03-05\n\n", SENTENCE),
        ("```\n# not a title\n```\n\n", SENTENCE),
        ("| x | y |\n|---|---|\n| 1 | 2 |\n\n", SENTENCE),
        ("Press release of ", f"Press release of {SENTENCE}"),
    ],
)
def test_a_title_is_what_the_text_says(beginning: str, title: str) -> None:
    body = f"{beginning}{SENTENCE}\n\nMore.\n"
    assert detect_title(body) == (title, body)


@pytest.mark.parametrize(
    "line", ["Press release", "MONTREAL, March 5, 2024 - Mila", "A > B", "5 > 3", "A > →"]
)
def test_a_text_of_one_line_has_a_title(line: str) -> None:
    title, body = detect_title(line)
    assert title
    assert title in body
    assert body == line


def test_a_heading_that_is_a_path_of_pages_stays_in_the_text() -> None:
    body = f"# News > {SENTENCE}\n\nMore.\n"
    assert detect_title(body) == (SENTENCE, body)
