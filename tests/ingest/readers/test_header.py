"""Headers of outside files: every form is read, none becomes a title."""

from __future__ import annotations

import pytest

from milatui.ingest.readers.header import HeaderError, read_header

_YAML = "title: Lab\ndate: 2024-03-05\n"


@pytest.mark.parametrize(
    "text",
    [
        f"---\n{_YAML}---\n\nBody.\n",
        f"\ufeff---\n{_YAML}---\nBody.\n",
        f"\n  \n---  \n{_YAML}...\nBody.\n",
        f"---yaml\n{_YAML}---\nBody.\n",
        f"<!-- Licence: MIT -->\n---\n{_YAML}---\nBody.\n",
        '+++\ntitle = "Lab"\ndate = 2024-03-05\n+++\n\nBody.\n',
        '---toml\ntitle = "Lab"\ndate = "2024-03-05"\n---\nBody.\n',
        '{\n  "title": "Lab",\n  "date": "2024-03-05"\n}\n\nBody.\n',
        ';;;\n"title": "Lab",\n"date": "2024-03-05"\n;;;\n\nBody.\n',
        '---json\n{"title": "Lab", "date": "2024-03-05"}\n---\nBody.\n',
        f"<!--\n{_YAML}-->\n\nBody.\n",
        "<!--\n.. title: Lab\n.. date: 2024-03-05\n-->\n\nBody.\n",
        "Title: Lab\nDate: 2024-03-05\nTags: a,\n    b\n\nBody.\n",
    ],
)
def test_every_form_of_a_header_is_read(text: str) -> None:
    header = read_header(text)
    given = {key.lower(): value.value for key, value in header.given.items()}
    assert (given["title"], given["date"]) == ("Lab", "2024-03-05")
    assert header.body.removeprefix("<!-- Licence: MIT -->\n") == "Body.\n"
    assert text.splitlines()[header.body_line - 1] == "Body."


def test_odd_values_and_comments_are_kept_as_they_are() -> None:
    header = read_header(
        "---\n# note\ntitle: &t !!str Lab # here\nauthors: [a, {name: b}]\nseo: {title: *t}\n"
        "draft: false\nweight: 1.50\nempty:\ntags: a\ntags: b\n---\nBody.\n"
    )
    values = {key: given.value for key, given in header.given.items()}
    assert values == {
        "title": "Lab",
        "authors": ["a", {"name": "b"}],
        "seo": {"title": "Lab"},
        "draft": "false",
        "weight": "1.50",
        "empty": "",
        "tags": "a",
    }
    assert header.given["draft"].position == (6, 8)
    assert [(place.line, "twice" in message) for place, message in header.notes] == [(10, True)]


def test_types_of_toml_become_text() -> None:
    header = read_header(
        "+++\ndate = 2024-03-05T10:00:00Z\ndraft = true\nweight = 1.50\n[extra]\nday = 2024-01-02\n"
        "[[extra.links]]\nurl = 'x'\n+++\nBody.\n"
    )
    assert {key: given.value for key, given in header.given.items()} == {
        "date": "2024-03-05T10:00:00+00:00",
        "draft": "true",
        "weight": "1.50",
        "extra": {"day": "2024-01-02", "links": [{"url": "x"}]},
    }
    assert header.given["draft"].position == (3, 9)


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("---\n\nA rule, and a text.\n\n---\n\nMore.\n", 1),
        ("---\n\nA rule, and a text.\n", 0),
        ("+++ Big news +++\n\nText.\n", 0),
        ("{curly text}\n\nMore.\n", 0),
        ("{{< figure >}}\n\nMore.\n", 0),
        ("Montreal: a city of labs\nParis: another\n\nText.\n", 0),
        ("Note: this is a text.\n\nMore.\n", 0),
        ("title = x\ndate = y\n\nText.\n", 1),
        ("```yaml\n---\ntitle: x\n---\n```\nText.\n", 1),
        ("~~~\n---\ntitle: x\n---\n~~~\nText.\n", 1),
        ("Note: a setext heading\n---\n\nText.\n", 0),
        ("<!-- a comment: of one line -->\nText.\n", 0),
    ],
)
def test_what_is_no_header_stays_a_text_and_is_told(text: str, notes: int) -> None:
    header = read_header(text)
    assert (header.given, header.body, len(header.notes)) == ({}, text, notes)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("---\ntitle: a\n\nx\n", (1, 1)),
        ("+++\ntitle = 'a'\n\nx\n", (1, 1)),
        ("\n+++\na = 1\ntitle = x y\n+++\nx\n", (4, 9)),
        ("---\ntitle: [a\n---\nx\n", (3, 1)),
        ("---\ntitle: a\ntitle: b\n---\nx\n", (3, 1)),
        ("---\n- a\n---\nx\n", (2, 1)),
        ('\n---js\n{title: "a"}\n---\nx\n', (2, 1)),
        ('{"title": "a" "b"}\nx\n', (1, 15)),
        ('{"title": "a", "title": "b"}\nx\n', (1, 1)),
        (";;;\ntitle\n;;;\nx\n", (2, 2)),
        ("+++\na = " + "[" * 60 + "]" * 60 + "\n+++\n", (2, 1)),
    ],
)
def test_a_broken_header_is_refused_at_its_place(text: str, place: tuple[int, int]) -> None:
    with pytest.raises(HeaderError) as caught:
        read_header(text)
    assert caught.value.position == place
