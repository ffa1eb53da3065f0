"""Whatever the user's keymap holds, it is judged and never in the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.tui.actions import actions
from milatui.tui.keymap import is_key, read_keymap


@pytest.mark.parametrize(
    "text",
    [
        b'[keys]\n"open.back" = [' + b"[" * 20_000,
        b"[keys]\nx = " + b"9" * 5_000,
        b"[keys]\nx = 2021-02-30",
        b"[keys]\nx = \xff",
        b"keys = 1",
    ],
)
def test_what_cannot_be_read_is_one_fault(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "keymap.toml"
    path.write_bytes(text)
    keymap = read_keymap(path, actions())
    assert keymap.changed == {}
    assert len(keymap.errors) == 1


@pytest.mark.parametrize("name", ["\x1b", "\u202e", "\x9b", "\u200b", "ctrl+", ""])
def test_what_cannot_be_shown_is_no_key(name: str) -> None:
    assert not is_key(name)
