"""What the preloaded server does so that sessions change few pages of its memory."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

import pytest

from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from milatui.ssh.prefork import preload
from milatui.ssh.prefork.preload import SessionFactory
from milatui.ssh.prefork.server import freeze_objects
from milatui.tui.app_options import Options
from tests.sample import write_sample


@pytest.mark.skipif(
    sys.implementation.name != "cpython", reason="other interpreters have no such cache"
)
def test_no_name_is_referenced_by_the_cache_of_attributes() -> None:
    name = "".join(("a_name_that", "_nothing_has"))
    alone = sys.getrefcount(name)
    assert getattr(1, name, None) is None
    assert sys.getrefcount(name) > alone  # else this test proves nothing
    try:
        freeze_objects()
    finally:
        gc.unfreeze()
    assert sys.getrefcount(name) == alone


def test_sessions_find_the_masks_of_kinds_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(write_sample(tmp_path / "archive"), tmp_path / "index")
    monkeypatch.setattr(preload, "LAZY_MODULES", ())
    factory = SessionFactory(Options(tmp_path / "archive", tmp_path / "index"))
    catalogue = factory._opened
    assert catalogue is not None
    made = list(catalogue._filters._kind_masks)
    catalogue.totals(Scope(query="b"))
    catalogue.partners(Scope(query="b"))
    catalogue.timeline(Scope(query="b"), documents=True)
    assert list(catalogue._filters._kind_masks) == made
