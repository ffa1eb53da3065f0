"""The palette finds what people type, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.i18n import set_language
from milatui.tui.actions import actions, palette_words
from milatui.tui.theme.glyphs import choose_glyphs
from milatui.tui.theme.theme import choose_theme
from milatui.tui.widgets.picker import PickerPane, PickerScreen
from tests.tui.piloting import SIZE, screen_of, settle

if TYPE_CHECKING:
    from tests.tui.conftest import MakeApp

TYPED = {
    "en": {
        "theme": "app.theme",
        "dark": "app.theme",
        "exit": "app.quit",
        "quit": "app.quit",
        "export": "copy.citation",
        "cite": "copy.citation",
        "link": "copy.location",
        "reload": "app.refresh",
        "bookmark": "find.saved",
        "reset": "scope.clear",
        "facet": "scope.choose",
        "full screen": "pane.zoom",
        "contents": "open.outline",
        "histogram": "time.band",
        "statistics": "view.figures",
        "sort": "find.sort",
    },
    "fr": {
        "thème": "app.theme",
        "quitter": "app.quit",
        "exporter": "copy.citation",
        "plein écran": "pane.zoom",
        "favoris": "find.saved",
        "trier": "find.sort",
    },
}


@pytest.mark.parametrize("language", TYPED)
def test_the_palette_finds_what_people_type(language: str) -> None:
    set_language(language)
    known = actions()
    items = [(f"{action.description}  {action.tooltip}", "") for action in known]
    picker = PickerPane(choose_theme("dark", choose_glyphs()), "", items)
    picker.other_words = [palette_words(action.id) for action in known]
    for words, action in TYPED[language].items():
        picker.apply_filter(words)
        assert action in [known[n].id for n in picker.matches], words


async def test_a_command_of_another_pane_says_where(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.press("4", "ctrl+p", *"relevance")
        await settle(pilot)
        assert isinstance(app.screen, PickerScreen)
        await pilot.press("enter")
        await settle(pilot)
        assert screen_of(app).bottom.message == "s works in the lists: press 1."
