"""The user's own folders: where the variables say, in the home, or nowhere."""

from __future__ import annotations

import pwd
from pathlib import Path

import pytest

from milatui.paths import user_folder
from tests import shared


@pytest.mark.parametrize("kind", ["CACHE", "CONFIG", "DATA", "STATE"])
def test_tests_leave_the_folders_of_their_user_alone(kind: str) -> None:
    assert user_folder(f"XDG_{kind}_HOME").is_relative_to(shared.root())


def test_variables_and_home_say_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/h")
    monkeypatch.setenv("XDG_CACHE_HOME", "/c")
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert user_folder("XDG_CACHE_HOME") == Path("/c/milatui")
    assert user_folder("XDG_CONFIG_HOME") == Path("/h/.config/milatui")
    assert user_folder("XDG_DATA_HOME") == Path("/h/.local/share/milatui")


def test_an_account_without_a_home_has_folders_that_are_not_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def nobody(_number: int) -> None:
        raise KeyError

    monkeypatch.delenv("HOME")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    assert user_folder("XDG_CACHE_HOME") == Path("/nonexistent/.cache/milatui")
