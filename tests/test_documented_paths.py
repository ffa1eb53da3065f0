"""Paths of modules and folders that the documents for engineers name are there."""

from __future__ import annotations

import re

import pytest

from tools.paths import ROOT

SOURCE = ROOT / "src" / "milatui"
PLACES = (ROOT, SOURCE, SOURCE / "index", SOURCE / "index" / "builder")
"""What paths are relative to: the checkout, the package, in docs/search.md the index."""
PATH = re.compile(r"`((?:[a-z_]+/)+(?:[a-z_]+(?:\.py|\.md)?)?)`")


@pytest.mark.parametrize(
    "document",
    ["CONTRIBUTING.md", "docs/architecture.md", "docs/search.md", "docs/recognition.md"],
)
def test_paths_in_documents_exist(document: str) -> None:
    named = PATH.findall((ROOT / document).read_text(encoding="utf-8"))
    # Other words with a slash are locations (``partner/amgen``) and arrays (``text/stem_offsets``).
    paths = [
        path
        for path in named
        if path.endswith((".py", ".md", "/"))
        or any((top / path.partition("/")[0]).is_dir() for top in PLACES)
    ]
    assert paths
    missing = [
        path
        for path in paths
        if not any((top / path).exists() or (top / f"{path}.py").exists() for top in PLACES)
    ]
    assert missing == []
