"""The user's keymap: reads and checks ``keymap.toml``; errors are reported, never fatal.

The file has one table, ``[keys]``, of action ids and keys::

    [keys]
    "open.back" = "b,alt+left"
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from milatui.i18n import _, pgettext
from milatui.paths import user_folder
from milatui.suggest import closest
from milatui.tui.actions import BAND, LISTS, SEARCH, TIMELINE
from milatui.tui.theme.glyphs import ASCII, choose_glyphs

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from milatui.tui.actions import Action

_NAMED = frozenset(
    {"up", "down", "left", "right", "home", "end", "pageup", "pagedown", "insert", "delete"}
    | {"backspace", "tab", "enter", "escape", "space"}
)
_SIGNS = {
    "slash": "/",
    "asterisk": "*",
    "number_sign": "#",
    "question_mark": "?",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "colon": ":",
    "plus": "+",
    "minus": "-",
    "less_than_sign": "<",
    "greater_than_sign": ">",
    "comma": ",",
    "left_parenthesis": "(",
    "right_parenthesis": ")",
}
_MODIFIED = re.compile(r"(?:(?:ctrl|alt|shift|super)\+)+(?P<key>.+)")
_ARROWS = {"up": "↑", "down": "↓", "left": "←", "right": "→"}


@dataclass(frozen=True, slots=True)
class Keymap:
    """``changed`` maps action ids to keys (comma separated); ``errors`` are messages."""

    changed: Mapping[str, str] = field(default_factory=dict)
    errors: Sequence[str] = ()


def keymap_path() -> Path:
    """Returns the path of the user's keymap file."""
    return user_folder("XDG_CONFIG_HOME") / "keymap.toml"


def is_key(name: str) -> bool:
    """Returns whether ``name`` is a Textual key name."""
    modified = _MODIFIED.fullmatch(name)
    key = modified["key"] if modified else name
    return (
        (len(key) == 1 and key.isprintable())
        or key in _NAMED
        or key in _SIGNS
        or bool(re.fullmatch(r"f([1-9]|1\d|2[0-4])", key))
    )


def key_label(key: str) -> str:
    """Returns the label of ``key`` in the bottom bar and the help."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    shown = (
        _arrows().get(last)
        or _named().get(last)
        or _SIGNS.get(last)
        or (last.upper() if re.fullmatch(r"f\d+", last) else last)
    )
    if modifiers == ["ctrl"]:
        return "^" + shown.upper() if len(shown) == 1 else "Ctrl-" + shown
    return "-".join([*(_named().get(m) or m.capitalize() for m in modifiers), shown])


def _arrows() -> dict[str, str]:
    """Returns labels of the arrow keys: words where an arrow would look like a letter."""
    if choose_glyphs() is not ASCII:
        return _ARROWS
    return {
        "up": pgettext("key", "Up"),
        "down": pgettext("key", "Down"),
        "left": pgettext("key", "Left"),
        "right": pgettext("key", "Right"),
    }


def _named() -> dict[str, str]:
    """Returns labels of the named keys, as on keyboards of the interface language."""
    return {
        "pagedown": pgettext("key", "PgDn"),
        "pageup": pgettext("key", "PgUp"),
        "enter": pgettext("key", "Enter"),
        "escape": pgettext("key", "Esc"),
        "space": pgettext("key", "Space"),
        "tab": pgettext("key", "Tab"),
        "home": pgettext("key", "Home"),
        "end": pgettext("key", "End"),
        "shift": pgettext("key", "Shift"),
    }


def first_key(action: Action, keymap: Keymap) -> str:
    """Returns the label of the first key of ``action``."""
    return key_label(keymap.changed.get(action.id, action.keys).split(",")[0])


def where_it_works(action: Action, known: Mapping[str, Action], keymap: Keymap) -> str:
    """Says in which pane ``action`` works, and which key goes there.

    Args:
        known: All actions by id.
    """
    sentences = {
        LISTS: _("{key} works in the lists: press {pane}."),
        TIMELINE: _("{key} works in the timeline: press {pane}."),
        SEARCH: _("{key} works in the search results: press {pane}."),
        BAND: _("{key} works on the time band: press {pane}."),
    }
    goes_there = {BAND: "time.band", LISTS: "pane.partners"}.get(
        action.where, f"pane.{action.where}"
    )
    return sentences[action.where].format(
        key=first_key(action, keymap), pane=first_key(known[goes_there], keymap)
    )


def read_keymap(path: Path, known: Sequence[Action]) -> Keymap:
    """Reads the keymap file; a missing file changes nothing."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Keymap()
    except (OSError, ValueError) as error:
        return _unreadable(path, error)
    import tomllib  # most users have no such file

    try:
        data = tomllib.loads(text)
    # Not TOML, an integer of thousands of digits, or nested too deep.
    except (ValueError, RecursionError) as error:
        return _unreadable(path, error)
    table = data.get("keys", {})
    if not isinstance(table, dict):
        return Keymap(errors=(_("{path}: [keys] is not a table").format(path=path),))
    return check_keymap(table, known)


def _unreadable(path: Path, error: Exception) -> Keymap:
    return Keymap(errors=(_("{path}: {error}").format(path=path, error=error),))


def check_keymap(table: Mapping[str, object], known: Sequence[Action]) -> Keymap:
    """Takes the valid entries of ``table``, and reports the others as errors.

    Args:
        table: Keys by action id, as the configuration file has them: unchecked.
        known: All actions.
    """
    ids = {action.id: action for action in known}
    changed: dict[str, str] = {}
    errors: list[str] = []
    for name, value in table.items():
        if name not in ids:
            near = closest(name, ids, cutoff=0.5)
            hint = _("; did you mean {id}?").format(id=near[0]) if near else ""
            errors.append(_("keymap: no action is called {id}").format(id=name) + hint)
            continue
        keys = [key.strip() for key in value.split(",")] if isinstance(value, str) else []
        bad = [key for key in keys if not is_key(key)]
        if bad or not keys:
            shown = ", ".join(bad) or repr(value)
            errors.append(_("keymap: {id}: not a key: {keys}").format(id=name, keys=shown))
            continue
        changed[name] = ",".join(keys)
    errors.extend(_clashes(changed, known))
    return Keymap(changed, tuple(errors))


def _clashes(changed: Mapping[str, str], known: Sequence[Action]) -> list[str]:
    """Returns one message for each key that two actions of a screen have after the changes."""
    errors: list[str] = []
    owners: dict[tuple[bool, str], str] = {}
    names = {sign: name for name, sign in _SIGNS.items()}
    for action in known:
        for key in changed.get(action.id, action.keys).split(","):
            key = names.get(key, key)
            other = owners.setdefault((action.group == "review", key), action.id)
            if other != action.id and (other in changed or action.id in changed):
                message = _("keymap: {key} is the key of both {first} and {second}")
                errors.append(message.format(key=key_label(key), first=other, second=action.id))
    return errors
