"""The text field: all that is pasted arrives."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.app import App

from milatui.tui.theme.glyphs import ASCII
from milatui.tui.theme.theme import mono_theme
from milatui.tui.widgets.text_field import TextField

if TYPE_CHECKING:
    from textual.app import ComposeResult


class _Form(App[None]):
    def compose(self) -> ComposeResult:
        yield TextField("", "", mono_theme(ASCII))


@pytest.mark.parametrize(
    ("pasted", "value"),
    [
        ("\ncorporate\nlaboratory\n", "corporate laboratory"),
        ("one  two", "one  two"),
        ("a\r\n  b\u2028c", "a b c"),
        ("", ""),
        ("x" * 500, "x" * 400),
    ],
)
async def test_lines_that_are_pasted_become_one(pasted: str, value: str) -> None:
    async with _Form().run_test() as pilot:
        field = pilot.app.query_one(TextField)
        field.post_message(events.Paste(pasted))
        await pilot.pause()
        assert field.value == value
