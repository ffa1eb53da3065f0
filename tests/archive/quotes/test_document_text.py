"""The text of a document: one for the check, the reader, the search and what is lit."""

from __future__ import annotations

import json
import unicodedata
from contextlib import closing
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milatui.archive.checks import check
from milatui.archive.loader import load_archive
from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.quotes.document_text import find_quotes
from milatui.archive.records import Document, Source
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import Location
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from milatui.index.record_text import snippet_passages

BODY = """The **corporate laboratory** will open in *Montreal* in [May 2024](https://example.org/a),
said the __minister__ of `research`.

## What *else* was said

- It takes **ten** people
- and [a house](https://example.org/b "House") of stone

> Nobody wrote this down,
> but it was said.

1. One `line` with
   a *second* one

| Year | People |
|------|-------|
| 2024 | **10** |

It costs 5\\*3 dollars, see <https://example.org/c>.
"""

TEXT = render_markdown(BODY).text

COPIED = (
    "The corporate laboratory will open in Montreal in May 2024, said the minister of research.",
    "What else was said",
    "ten people\n• and a house of stone",
    "Nobody wrote this down, but it was said.",
    "One line with a second one",
    "2024  10",
    "5*3 dollars, see https://example.org/c.",
)
"""What the reader shows, and copies, of ``BODY``."""

WRITTEN = (
    "The **corporate laboratory** will open in *Montreal* in [May 2024](https://example.org/a)",
    "laboratory** will open in *Montreal*",
    "said the __minister__ of `research`",
)
"""What somebody copies who has the file open."""

MARKDOWN = st.lists(
    st.sampled_from(
        [
            "a",
            "word",
            "**",
            "*",
            "_",
            "__",
            "`",
            "[",
            "](http://x.y)",
            " ",
            "\n",
            "\n\n",
            "- ",
            "> ",
            "# ",
            "| ",
            "---\n",
            "\\",
            "```\n",
            "é",
            "\u00a0",
            "1. ",
            "  \n",
        ]
    ),
    max_size=40,
).map("".join)


@pytest.mark.parametrize("exact", [*COPIED, *WRITTEN])
def test_words_copied_from_the_reader_or_the_file_stand(exact: str) -> None:
    spans = find_quotes(TEXT, Source("d", exact))
    assert len(spans) == 1


@given(MARKDOWN, st.data())
def test_whatever_is_copied_from_the_text_stands(body: str, data: st.DataObject) -> None:
    text = render_markdown(body).text
    words = text.split()
    if not words:
        return
    start = data.draw(st.integers(0, len(words) - 1))
    stop = data.draw(st.integers(start + 1, len(words)))
    assert find_quotes(text, Source("d", " ".join(words[start:stop])), limit=1)


@pytest.mark.parametrize(("form", "other"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_accents_of_one_character_and_of_two_are_the_same(
    form: Literal["NFC", "NFD"], other: Literal["NFC", "NFD"]
) -> None:
    text = unicodedata.normalize(form, "Le siège est à Montréal, près du métro.")
    exact = unicodedata.normalize(other, "siège est à Montréal")
    ((start, end),) = find_quotes(text, Source("d", exact))
    assert unicodedata.normalize("NFC", text[start:end]) == "siège est à Montréal"


def test_words_that_are_not_in_the_text_do_not_stand() -> None:
    text = TEXT
    assert not find_quotes(text, Source("d", "https://example.org/a"))
    assert not find_quotes(text, Source("d", "corporate **laboratories**"))
    assert not find_quotes(text, Source("d", "laboratory", prefix="the grand"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("archive")
    for name in ("documents", "events", "partners"):
        (folder / name).mkdir()
    (folder / "archive.yaml").write_text("title: T\nhome: home\n")
    (folder / "partners/home.yaml").write_text(
        "- {id: home, name: Home, kind: company, relation: home}\n"
    )
    head = "---\ntitle: An opening\ndate: '2024-03-05'\nlanguage: en\n---\n\n"
    (folder / "documents/opening.md").write_text(head + BODY)
    event = {
        "id": "opening",
        "date": "2024-03-05",
        "title": "It opens",
        "kind": "lab-opening",
        "partners": ["home"],
        "sources": [{"document": "opening", "exact": exact} for exact in (*COPIED, *WRITTEN)],
    }
    (folder / "events/all.yaml").write_text(json.dumps([event]))
    return folder


def test_check_reader_search_and_lighting_agree(archive: Path, tmp_path: Path) -> None:
    loaded = load_archive(archive)
    assert not [fault.message for fault in (*loaded.diagnostics, *check(loaded))]
    build(archive, tmp_path / "index")
    with closing(Catalogue.open(tmp_path / "index")) as catalogue:
        shown = catalogue.page(Location("document", "opening")).text
        assert TEXT in shown
        for words in COPIED:
            assert words in shown
        page = catalogue.page(Location("event", "opening"))
        lit = [page.text[start:end] for start, end in page.highlights]
        assert COPIED[1] in lit
        assert "no longer in the document" not in page.text
        result = catalogue.search('"Montreal in May 2024 said the minister"', Scope())
        assert result.total == 1
        snippet = result.hits[0].snippet
        assert "The corporate laboratory will open in Montreal in May 2024, said" in snippet.text
        found = [snippet.text[start:end] for start, end in snippet.highlights]
        assert {"Montreal", "2024", "said", "minister"} == set(found)
        assert catalogue.search("example.org", Scope(kinds=frozenset({"document"}))).total == 1


def test_a_long_text_is_rendered_in_pieces() -> None:
    body = "The year was long.\n\n" * 10_000 + "At last the needle was found."
    pieces = list(snippet_passages(Document("d", "D", body=body)))
    assert len(pieces) > 3
    assert sum(piece.count("The year was long.") for piece in pieces) == 10_000
    assert "At last the needle was found." in pieces[-1]
