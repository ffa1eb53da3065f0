"""Commands of the program: help, palette, theme, language, refresh and quit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui import THEMES
from milatui.i18n import LANGUAGES, _, language, set_language
from milatui.tui.actions import LOCAL_ACTIONS, applies, palette_words
from milatui.tui.builtin_pages import help_page
from milatui.tui.keymap import first_key

if TYPE_CHECKING:
    from milatui.catalogue.pages.model import Page
    from milatui.tui.commands.command import Command, CommandView


def _help(view: CommandView) -> None:
    """Shows the help over the panes."""

    def write(words: str) -> Page:
        own = not view.options.read_only
        signs = view.theme.glyphs
        return help_page(view.actions, view.keymap, signs, own=own, words=words, titled=False)

    view.show_sheet(_("Keys"), write, filtered=True, opened_by="app.help")


def _palette(view: CommandView) -> None:
    """Picks an action by its words; those that move, or work in other panes, are listed last."""
    hidden = {"app.palette"} | (LOCAL_ACTIONS if view.options.read_only else frozenset())
    usable = [action for action in view.actions if action.id not in hidden]
    usable.sort(key=lambda a: (not applies(a, view.pane_name), a.group in ("pane", "move")))
    items = [(f"{a.description}  {a.tooltip}", first_key(a, view.keymap)) for a in usable]
    picker = view.pick(_("Commands"), items, lambda number: view.schedule_action(usable[number].id))
    picker.other_words = [palette_words(action.id) for action in usable]


def _choose_theme(view: CommandView) -> None:
    """Picks the colours, which are shown while the cursor moves; Esc takes them back."""
    before = view.theme.name
    if before not in THEMES:
        view.show_status(_("NO_COLOR is set: nothing is shown in colour."))
        return
    labels = {
        "dark": _("dark"),
        "light": _("light"),
        "ansi": _("the terminal's own colours"),
    }
    picker = view.pick(
        _("Colours"),
        [(labels[name], "") for name in THEMES],
        lambda number: view.show_theme(THEMES[number]),
    )
    picker.show_items(THEMES.index(before))
    picker.preview = lambda number: view.show_theme(THEMES[number])
    picker.left = lambda: view.show_theme(before)


def _next_language(view: CommandView) -> None:
    at = LANGUAGES.index(language())
    set_language(LANGUAGES[(at + 1) % len(LANGUAGES)])
    view.translate()


APP_COMMANDS: dict[str, Command] = {
    "app.help": _help,
    "app.palette": _palette,
    "app.theme": _choose_theme,
    "app.language": _next_language,
    "app.refresh": lambda view: view.index_controller.refresh(),
    "app.quit": lambda view: view.quit(),
}
