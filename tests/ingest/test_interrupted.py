"""An import that is killed at any moment goes on: nothing is lost, doubled or half written."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from milatui.archive.checks import check
from milatui.archive.loader import load_archive
from milatui.archive.records import Document
from tests.fork_server import ForkedProcess, popen
from tests.ingest.near_duplicates.texts import paragraphs


@dataclass(frozen=True, slots=True)
class Import:
    """An import of a file of JSON Lines, run as a program of its own."""

    archive: Path
    source: Path
    accept: tuple[str, ...]

    def start(self) -> ForkedProcess:
        home = str(self.archive.parent)
        folders = ("XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME")
        return popen(
            [
                *(sys.executable, "-m", "milatui", "add", "--archive", str(self.archive)),
                *("--accept", *self.accept, str(self.source)),
            ],
            {**os.environ, **dict.fromkeys(folders, home), "LC_ALL": "C.UTF-8"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def kill_at(self, written: int) -> None:
        """Kills an import when so many files are there, if it has not ended before."""
        process = self.start()
        while process.poll() is None and len(self.files()) < written:
            time.sleep(0.002)
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def finish(self) -> str:
        """Runs an import to its end; returns what it says."""
        process = self.start()
        _out, err = process.communicate()
        assert process.returncode == 0, err
        return err.decode()

    def files(self) -> list[str]:
        return [name for _folder, _folders, names in os.walk(self.archive) for name in names]


def _releases(count: int) -> dict[str, str]:
    """Returns texts by id, some of them nearly the same as others."""
    chosen = random.Random(3)
    texts = paragraphs("en")
    found: dict[str, str] = {}
    for number in range(count):
        parts = chosen.sample(texts, 3)
        if number % 10 == 9:
            parts = [*found[f"Release/{number - 1}"].split("\n\n")[:2], chosen.choice(texts)]
        found[f"Release/{number}"] = "\n\n".join(parts)
    return found


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "archive.yaml").write_text("title: Interrupted\n")
    return folder


def _write(path: Path, texts: dict[str, str]) -> None:
    lines = (
        {"id": name, "title": f"Title of {name}", "text": text, "date": "2024-03-03", "lang": "en"}
        for name, text in texts.items()
    )
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))


def _assert_complete(archive: Path, texts: dict[str, str]) -> None:
    loaded = load_archive(archive)
    documents = [located.record for located in loaded.records["document"]]
    bodies = {each.id: each.body.strip() for each in documents if isinstance(each, Document)}
    assert Counter(each.id for each in documents) == Counter(texts.keys())
    assert bodies == {name: text.strip() for name, text in texts.items()}
    assert not [path for path in archive.rglob("*") if path.name.startswith(".")]
    faults = [*loaded.diagnostics, *check(loaded)]
    assert not [str(fault) for fault in faults if fault.severity == "error"]


def test_a_killed_import_goes_on(archive: Path, tmp_path: Path) -> None:
    texts = _releases(120)
    bulk = Import(archive, tmp_path / "bulk.jsonl", ())
    _write(bulk.source, texts)
    bulk.kill_at(20)
    begun = len(bulk.files()) - 1
    assert begun >= 19
    said = bulk.finish()
    assert re.search(rf"\b{120 - begun} documents? written", said)
    assert f"{begun} are there already" in said
    _assert_complete(archive, texts)


@pytest.mark.long
@pytest.mark.parametrize("accept", [(), ("likely",)])
def test_ten_kills_in_a_row_lose_and_double_nothing(
    archive: Path, tmp_path: Path, accept: tuple[str, ...]
) -> None:
    texts = _releases(1_200)
    bulk = Import(archive, tmp_path / "bulk.jsonl", accept)
    _write(bulk.source, texts)
    chosen = random.Random(11)
    for moment in range(10):
        # From the first file to the last ones; more files are written for records.
        bulk.kill_at(len(bulk.files()) + chosen.randrange(1 + 20 * moment, 2 + 30 * moment))
    bulk.finish()
    _assert_complete(archive, texts)
    names = bulk.files()
    bulk.finish()
    assert sorted(bulk.files()) == sorted(names)
