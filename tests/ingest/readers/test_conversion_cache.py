"""Files are converted once, also if the import is killed; a changed file is another one."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path

import pytest

from milatui.ingest.conversion.converted import Format
from milatui.ingest.conversion.converter import Converter
from milatui.ingest.readers.conversion_cache import ConversionCache
from milatui.ingest.readers.raw_document import RawDocument
from milatui.ingest.readers.reader import FileReader
from tests.fork_server import run
from tests.terminal import MILATUI

PAGE = (
    "<html lang='en'><title>Title {n}</title><h1>Title {n}</h1><p>March 5, 2024</p><p>The institute"
    " and the company open laboratory {n} that begins its work in spring, both say in a text.</p>"
)
KILLED = """
import os, runpy, signal, sys
written = 0
def look(event, arguments):
    global written
    if event in ("os.link", "os.rename") and str(arguments[1]).endswith(".md"):
        written += 1
        if written > 10:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(look)
sys.argv[0] = "milatui"
runpy.run_module("milatui", run_name="__main__")
"""
"""Runs milatui, and kills it when it is about to write an eleventh document."""


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(60):
        (folder / f"{number:02}.html").write_text(PAGE.format(n=number))
    return folder


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The files that are converted."""
    found: list[bytes] = []
    convert = Converter.convert

    def noting(converter: Converter, kind: Format, data: bytes) -> object:
        found.append(data)
        return convert(converter, kind, data)

    monkeypatch.setattr(Converter, "convert", noting)
    return found


def _titles(pages: Path, cache: ConversionCache) -> list[object]:
    with FileReader(cache) as reader:
        found = list(reader.read(str(pages)))
    return [each.given["title"].value for each in found if isinstance(each, RawDocument)]


def test_a_killed_import_converts_only_what_is_left_and_what_has_changed(
    pages: Path, converted: list[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    archive.mkdir()
    (archive / "archive.yaml").write_text("title: Ours\n")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    words = ["add", "--accept", "--archive", str(archive), str(pages)]
    assert run([sys.executable, "-c", KILLED, *words]).returncode == -signal.SIGKILL
    taken = len(list(archive.rglob("*.md")))
    assert taken == 10
    (pages / "03.html").write_text(PAGE.format(n=103))
    shutil.copy(pages / "05.html", pages / "99.html")
    cache = ConversionCache.of_import(archive)
    assert _titles(pages, cache)[3] == "Title 103"
    assert PAGE.format(n=103).encode() in converted
    # Of the last one that was converted the document may not have been written.
    assert 60 - taken <= len(converted) <= 61 - taken
    del converted[:]
    assert len(_titles(pages, cache)) == 61
    assert converted == []
    assert run([*MILATUI, *words]).returncode == 0
    assert len(list(archive.rglob("*.md"))) == 61
    assert not list((tmp_path / "cache").rglob("*-conversions"))


def test_what_is_damaged_or_cannot_be_kept_is_converted_again(
    pages: Path, converted: list[bytes], tmp_path: Path
) -> None:
    cache = ConversionCache(tmp_path / "kept")
    titles = _titles(pages, cache)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "kept").iterdir()} == {0o600}
    for path in (tmp_path / "kept").iterdir():
        path.write_bytes(path.read_bytes()[:20])
    assert _titles(pages, cache) == titles
    assert len(converted) == 120
    (tmp_path / "file").touch()
    assert _titles(pages, ConversionCache(tmp_path / "file")) == titles
    assert len(converted) == 180
