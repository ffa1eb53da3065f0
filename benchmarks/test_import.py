"""Importing documents costs a few times what reading them costs.

``MILATUI_RELEASES`` names a file of JSON Lines, see ``test_near_duplicates``.
"""

from __future__ import annotations

import json
import os
import time
from itertools import islice
from pathlib import Path

import pytest

from benchmarks.test_near_duplicates import given_documents
from milatui.archive.diagnostics import Diagnostic
from milatui.ingest.complete import propose
from milatui.ingest.importer import DocumentImporter
from milatui.ingest.readers.reader import FileReader

COUNT = int(os.environ.get("MILATUI_BENCH_DOCUMENTS", "2000"))
MOST_READINGS = 5.0
"""Times as long as reading and recognising titles, dates and languages."""


def test_importing_costs_little_beside_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    source, archive = tmp_path / "documents.jsonl", tmp_path / "archive"
    archive.mkdir()
    (archive / "archive.yaml").write_text("title: Measured\n")
    with source.open("w") as lines:
        for document in islice(given_documents(), COUNT):
            values = {"id": document.id, "title": document.title, "text": document.body}
            lines.write(json.dumps({**values, "date": document.date}) + "\n")
    begun, cpu = time.monotonic(), time.process_time()
    with FileReader() as reader:
        read = [item for item in reader.read(str(source)) if not isinstance(item, Diagnostic)]
    proposals = [item for item in map(propose, read) if not isinstance(item, Diagnostic)]
    reading = time.process_time() - cpu
    cpu = time.process_time()
    with DocumentImporter(archive, accept=True) as importer:
        for proposal in proposals:
            importer.add(proposal)
    importing = time.process_time() - cpu
    seconds = time.monotonic() - begun
    cpu = time.process_time()
    with DocumentImporter(archive, accept=True) as importer:
        for proposal in proposals:
            importer.add(proposal)
    again = time.process_time() - cpu
    count = len(proposals)
    print(
        f"\n{count:,} documents: read {count / reading:,.0f}, imported {count / importing:,.0f},"
        f" recognised as known {count / again:,.0f} a second of CPU; {count / seconds:,.0f} a"
        f" second with the disk"
    )
    assert importing / reading < MOST_READINGS
    assert again < importing / 2
