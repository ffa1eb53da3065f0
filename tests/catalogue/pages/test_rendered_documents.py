"""A session draws, searches and quotes documents as the index keeps them, without a parser."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from milatui.archive.loader import load_archive
from milatui.archive.serialize import record_to_dict
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.fingerprint import archive_fingerprint
from milatui.catalogue.location import Location
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from milatui.index.index_reader import IndexReader

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.archive.kinds import Kind

BODY = """# The *house* &amp; its lab

It opens in [May](https://example.org/may), says the **minister**.[^1]

<p>With <b>ten</b> people<br>in two rows.</p>

| Year | ~~Old~~ |
|------|--------:|
| 2024 | 10      |

[^1]: In a *letter*.
"""
EVENT = """- id: opening
  date: '2024-05'
  title: It opens
  kind: lab-opening
  sources:
  - {document: lab, exact: 'in [May](https://example.org/may), says the **minister**'}
"""


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """An archive with a document full of signs, and its index."""
    top = tmp_path_factory.mktemp("rendered")
    archive, index = top / "archive", top / "index"
    (archive / "documents").mkdir(parents=True)
    (archive / "events").mkdir()
    (archive / "archive.yaml").write_text("title: T\n")
    (archive / "documents/lab.md").write_text(f"---\ntitle: A lab\n---\n\n{BODY}", "utf-8")
    (archive / "events/all.yaml").write_text(EVENT)
    build(archive, index)
    return archive, index


def test_no_session_imports_the_parser(folders: tuple[Path, Path]) -> None:
    script = f"""
import sys
from pathlib import Path
from milatui.archive.loader import load_archive
from milatui.archive.serialize import record_to_dict
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import Location
from milatui.catalogue.scope import Scope
catalogue = Catalogue.open(Path({str(folders[1])!r}))
assert "10" in catalogue.page(Location("document", "lab")).text
assert catalogue.page(Location("event", "opening")).highlights
assert catalogue.search("minister letter", Scope()).hits[0].snippet.highlights
assert catalogue.citation(Location("event", "opening"))
print(" ".join(sys.modules))
"""
    command = [sys.executable, "-c", script]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert {"markdown_it", "mdit_py_plugins"}.isdisjoint(ended.stdout.split())


def test_the_page_is_drawn_from_the_index(folders: tuple[Path, Path]) -> None:
    with closing(Catalogue.open(folders[1])) as catalogue:
        page = catalogue.page(Location("document", "lab"))
        text = page.text
        assert "With ten people\nin two rows." in text
        assert "Year  Old\n────  ───\n2024   10\n" in text
        roles = {text[s.start : s.end]: s.role for s in page.spans}
        assert (roles["minister"], roles["ten"], roles["Old"]) == ("strong", "strong", "struck")
        assert [link.target for link in page.links if text[link.start : link.end] == "May"] == [
            "https://example.org/may"
        ]
        assert next(entry.title for entry in page.outline) == "The house & its lab"
        event = catalogue.page(Location("event", "opening"))
        lit = [event.text[start:end] for start, end in event.highlights]
        assert lit == ["in May, says the minister"]
        found = catalogue.search('"two rows"', Scope()).hits[0].snippet
        assert [found.text[start:end] for start, end in found.highlights] == ["two", "rows"]
        for signs in ("amp", "href", "example.org"):
            assert catalogue.search(f"body:{signs}", Scope()).total == 0


def test_markdown_and_fingerprint_are_those_of_the_files(folders: tuple[Path, Path]) -> None:
    loaded = load_archive(folders[0])
    digest = hashlib.sha256()
    kinds: tuple[Kind, ...] = ("event", "document")
    for kind in kinds:
        for found in loaded.records[kind]:
            data = json.dumps(record_to_dict(found.record), sort_keys=True, ensure_ascii=False)
            digest.update(f"{data}\n".encode())
    with closing(IndexReader.open(folders[1])) as reader:
        assert archive_fingerprint(reader) == digest.hexdigest()
    with closing(Catalogue.open(folders[1])) as catalogue:
        assert catalogue.document("lab").body == BODY
