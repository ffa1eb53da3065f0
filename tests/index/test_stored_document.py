"""The text of a document of the index is that of its record, without the classes of records."""

from __future__ import annotations

import subprocess
import sys
from itertools import product
from typing import TYPE_CHECKING

import pytest

from milatui.archive.markdown.markdown import render_markdown
from milatui.archive.markdown.rendered_text import StoredText
from milatui.archive.serialize import record_from_dict, with_rendering
from milatui.index.record_text import indexed_text, snippet_passages
from milatui.index.stored_document import document_fields, document_passages

if TYPE_CHECKING:
    from milatui.archive.kinds import Data

_PLAIN = "Two robots\nmeet.\n\nThey part."
_MARKUP = "# Robots\n\nTwo **robots** [meet](https://example.org).\n\n- one\n- two"
_LONG = "A paragraph of robots.\n\n" * 5_000
BODIES: dict[str, Data] = {
    "none": "",
    "plain": _PLAIN,
    "markup": _MARKUP,
    "long": _LONG,
    "long, in one": "robots " * 20_000,
    "long, with markup": f"{_LONG}*end*",
    "rendered": with_rendering(_MARKUP, StoredText.of(render_markdown(_MARKUP))),
}


@pytest.mark.parametrize("body", BODIES)
def test_fields_and_passages_are_those_of_the_record(body: str) -> None:
    originals: tuple[Data, ...] = ("", {}, {"publisher": "Reuters"}, {"date": "2021"})
    for title, publisher, description, original in product(
        ("", "Robots"), ("", "Mila"), ("", "About robots."), originals
    ):
        data: dict[str, Data] = {
            "id": "robots",
            "title": title,
            "publisher": publisher,
            "description": description,
            "original": original,
            "body": BODIES[body],
        }
        given = {key: value for key, value in data.items() if value}
        record = record_from_dict("document", given)
        assert document_fields(given) == indexed_text(record)
        assert list(document_passages(given)) == list(snippet_passages(record))


def test_a_search_for_documents_loads_no_classes_of_records() -> None:
    source = "import sys, milatui.catalogue.search.search_records; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert "milatui.index.stored_document" in done.stdout.split()
    assert "milatui.archive.records" not in done.stdout.split()
