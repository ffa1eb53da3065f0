"""Help, the palette of all commands, colours, and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.location import Location
from milatui.i18n import LANGUAGES, _, language, set_language
from milatui.tui.actions import applies
from milatui.tui.keymap import first_key
from milatui.tui.theme.theme import THEMES, choose_theme, textual_theme_name

if TYPE_CHECKING:
    from milatui.tui.commands.moving import Command
    from milatui.tui.screen import MainScreen


def _help(screen: MainScreen) -> None:
    """Show the help, or leave it."""
    if screen.reading.helping:
        screen.reading.back()
    else:
        screen.reading.visit(Location("help"))


async def _palette(screen: MainScreen) -> None:
    """Choose a command by its words; the keys that every program has come last."""
    from milatui.tui.widgets.picker import pick

    # Nothing can be saved in a session for others, so it is not offered either.
    hidden = {"app.palette"} | ({"find.saved"} if screen.query_history.store is None else set())
    usable = [a for a in screen.known if applies(a, screen.pane_name) and a.id not in hidden]
    usable.sort(key=lambda action: action.group in ("pane", "move"))
    items = [(f"{a.description}  {a.tooltip}", first_key(a, screen.keymap)) for a in usable]
    pick(
        screen.app,
        screen.theme,
        _("Commands"),
        items,
        lambda index: screen.run_later(usable[index].id),
    )


def _theme(screen: MainScreen) -> None:
    """The next of the themes, for everything on screen; NO_COLOR stays without colours."""
    at = THEMES.index(screen.theme.name) if screen.theme.name in THEMES else -1
    theme = choose_theme(THEMES[(at + 1) % len(THEMES)], screen.theme.glyphs)
    screen.theme = screen.top.theme = screen.bottom.theme = theme
    screen.app.theme = textual_theme_name(theme.name)
    for pane in screen.panes.values():
        pane.theme = theme
    for widget in (screen.top, screen.bottom, *screen.panes.values()):
        widget.refresh()


def _language(screen: MainScreen) -> None:
    """The next of the languages, for everything on screen."""
    at = LANGUAGES.index(language())
    set_language(LANGUAGES[(at + 1) % len(LANGUAGES)])
    screen.translate()


def _refresh(screen: MainScreen) -> None:
    screen.starting.refresh()


def _quit(screen: MainScreen) -> None:
    screen.app.exit(0)


COMMANDS: dict[str, Command] = {
    "app.help": _help,
    "app.palette": _palette,
    "app.theme": _theme,
    "app.language": _language,
    "app.refresh": _refresh,
    "app.quit": _quit,
}
