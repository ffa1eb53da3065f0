"""The registry of actions and the user's own keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.tui.actions import HINTS, actions, group_title
from milatui.tui.commands import COMMANDS
from milatui.tui.keymap import Keymap, check_keymap, is_key, key_label, read_keymap
from milatui.tui.screen.bars import hints

KNOWN = actions()


def test_every_action_does_something_and_every_command_is_an_action() -> None:
    assert {action.id for action in KNOWN} == set(COMMANDS)
    assert len({action.id for action in KNOWN}) == len(KNOWN)


def test_no_key_has_two_meanings() -> None:
    keys = [key for action in KNOWN for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert all(is_key(key) for key in keys)


def test_every_action_is_explained() -> None:
    assert all(action.description and action.tooltip for action in KNOWN)
    assert all(group_title(action.group) for action in KNOWN)
    assert set(HINTS) <= {action.id for action in KNOWN if action.hint}


def test_keys_are_changed_by_a_file(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.write_text('[keys]\n"open.back" = "B, alt+left"\n')
    keymap = read_keymap(path, KNOWN)
    assert keymap == Keymap({"open.back": "B,alt+left"})


def test_without_a_file_nothing_changes(tmp_path: Path) -> None:
    assert read_keymap(tmp_path / "none.toml", KNOWN) == Keymap()


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ({"open.bak": "B"}, "did you mean open.back?"),
        ({"open.back": "ctrl+nothing"}, "not a key: ctrl+nothing"),
        ({"open.back": 3}, "not a key: 3"),
        ({"open.back": "/"}, "/ is the key of both open.back and find.search"),
    ],
)
def test_faults_are_told(table: dict[str, object], words: str) -> None:
    assert any(words in fault for fault in check_keymap(table, KNOWN).errors)


def test_a_broken_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "keymap.toml"
    path.write_text("[keys\n")
    keymap = read_keymap(path, KNOWN)
    assert not keymap.changed
    assert str(path) in keymap.errors[0]


@pytest.mark.parametrize(
    ("key", "label"),
    [("ctrl+f", "^F"), ("slash", "/"), ("pagedown", "PgDn"), ("f1", "F1"), ("G", "G")],
)
def test_keys_are_shown_as_people_write_them(key: str, label: str) -> None:
    assert key_label(key) == label


def test_hints_name_the_keys_that_are_in_force() -> None:
    by_id = {action.id: action for action in KNOWN}
    shown = hints(by_id, Keymap({"find.search": "ctrl+s"}), "timeline", typing=False)
    assert ("find.search", "^S", "search") in shown
    assert "find.filter" not in {name for name, _key, _word in shown}


def test_what_could_do_nothing_now_is_no_hint() -> None:
    by_id = {action.id: action for action in KNOWN}
    shown = hints(by_id, Keymap(), "reader", typing=False, useless=["open.back"])
    names = {name for name, _key, _word in shown}
    assert "open.back" not in names
    assert {"open.next-hit", "app.help"} <= names


def test_arrows_are_words_where_they_would_look_like_letters(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MILATUI_ASCII", "1")
    assert [key_label(key) for key in ("down", "shift+left", "v")] == ["Down", "Shift-Left", "v"]
