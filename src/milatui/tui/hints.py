"""Chooses the hints of the bottom bar: the keys that matter where one is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.i18n import _
from milatui.tui.actions import HINTS, applies
from milatui.tui.keymap import first_key

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from milatui.tui.actions import Action
    from milatui.tui.keymap import Keymap

_ONLY_IN = {"find.filter": "partners", "open.next-hit": "reader"}
"""These work everywhere but are worth a hint only here."""


def hints(
    known: Mapping[str, Action],
    keymap: Keymap,
    pane: str,
    *,
    typing: bool,
    idle: Collection[str] = (),
) -> list[tuple[str, str, str]]:
    """``(action id, key, word)`` for a pane, the most useful first.

    ``typing``: its text field has the focus; ``idle``: actions that could do nothing now.
    """
    if typing:
        wanted = [("open.this", _("open")), ("move.down", _("choose")), ("pane.leave", _("leave"))]
        if pane == "search":
            wanted.append(("move.up", _("earlier searches")))
    else:
        names = [name for name in HINTS if name not in idle]
        usable = [known[name] for name in names if applies(known[name], pane)]
        wanted = [(a.id, a.hint) for a in usable if _ONLY_IN.get(a.id, pane) == pane]
    return [(name, first_key(known[name], keymap), word) for name, word in wanted]
