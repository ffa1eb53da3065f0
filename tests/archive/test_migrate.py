"""Briefs of the older layout are rewritten; comments, order and everything they say stay."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from milatui.archive.loader import load_archive, load_file
from milatui.archive.migrate import migrate_text, migrations, write_migration
from milatui.archive.records import Document
from milatui.archive.writer import ConflictError, document_file_text
from tests.archive.strategies import DOCUMENTS
from tests.rounds import quota

if TYPE_CHECKING:
    from milatui.archive.loader import LoadedFile
    from milatui.archive.records import Record

OLD = """\
---
# The brief.
title: 'Titre : exact'
# When the page came out.
date: '2020-01-02'   # a Thursday
publisher: The Paper
language: fr
type: news
source: https://example.org/page
rights: CC BY 4.0
note: kept
---

Text.  # no comment
"""
NEW = """\
---
# The brief.
title: 'Titre : exact'
original:
  title: 'Titre : exact'
  publisher: The Paper
  # When the page came out.
  date: '2020-01-02'   # a Thursday
  language: fr
  type: news
  address: https://example.org/page
language: fr
rights: CC BY 4.0
note: kept
---

Text.  # no comment
"""


def _document(text: str) -> Record:
    loaded = _loaded(text)
    assert [diagnostic.message for diagnostic in loaded.diagnostics] == []
    return loaded.records[0].record


def _loaded(text: str) -> LoadedFile:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "documents").mkdir()
        (Path(folder) / "documents" / "a.md").write_text(text, encoding="utf-8")
        return load_file(Path(folder), "documents/a.md")


def test_what_is_said_of_the_page_goes_to_original_with_its_comments() -> None:
    assert migrate_text(OLD) == NEW


def test_the_new_layout_stays() -> None:
    assert migrate_text(NEW) == NEW


def test_both_layouts_say_the_same() -> None:
    old, new = _document(OLD), _document(NEW)
    assert isinstance(old, Document)
    assert isinstance(new, Document)
    assert new.original is not None
    assert replace(new, original=None, original_language="") == old


def test_a_title_in_parentheses_is_a_supplied_one() -> None:
    text = OLD.replace("'Titre : exact'", "(A page, without title)").replace("fr\n", "en\n")
    text = text.replace("type:", "original_language: ko\ntype:")
    found = _document(migrate_text(text))
    assert isinstance(found, Document)
    assert found.original is not None
    assert (found.title, found.original.title_supplied) == ("A page, without title", "true")
    assert (found.language, found.original.language, found.original_language) == ("en", "ko", "ko")


@pytest.mark.parametrize(
    "text",
    [
        OLD.replace("source: https://example.org/page\n", ""),
        OLD.replace("type: news", "type: [news"),
        OLD.replace("\n---\n\n", "\n\n"),
        "---\n{title: a, source: https://example.org/}\n---\n",
        "no front matter\n",
        "",
    ],
)
def test_what_is_not_understood_stays_as_it_is(text: str) -> None:
    assert migrate_text(text) == text


@settings(max_examples=quota(50), deadline=None, suppress_health_check=list(HealthCheck))
@given(DOCUMENTS)
def test_any_document_says_the_same_after(document: Document) -> None:
    plain = replace(document, id="a", title=document.title.strip("()") or "a", original=None)
    old, new = (
        _loaded(document_file_text(plain, "a")),
        _loaded(migrate_text(document_file_text(plain, "a"))),
    )
    assert [diagnostic.message for diagnostic in new.diagnostics] == [
        diagnostic.message for diagnostic in old.diagnostics
    ]
    before, after = old.records[0].record, new.records[0].record
    assert isinstance(before, Document)
    assert isinstance(after, Document)
    if after.original is not None:
        after = replace(after, original=None, original_language=before.original_language)
    assert after == before


def test_files_are_replaced_at_once_with_their_line_ends(tmp_path: Path) -> None:
    (tmp_path / "archive.yaml").write_text("title: A\n")
    (tmp_path / "documents").mkdir()
    file = tmp_path / "documents" / "a.md"
    file.write_bytes(OLD.replace("\n", "\r\n").encode())
    (found,) = migrations(tmp_path)
    write_migration(tmp_path, found)
    assert file.read_bytes() == NEW.replace("\n", "\r\n").encode()
    assert list(migrations(tmp_path)) == []
    assert load_archive(tmp_path).diagnostics == []


def test_a_file_that_changed_meanwhile_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    file = tmp_path / "documents" / "a.md"
    file.write_text(OLD)
    (found,) = migrations(tmp_path)
    file.write_text(OLD + "More.\n")
    with pytest.raises(ConflictError):
        write_migration(tmp_path, found)
    assert file.read_text() == OLD + "More.\n"
