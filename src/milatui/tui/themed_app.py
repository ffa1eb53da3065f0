"""App base class that draws with one of our themes, and sends the clipboard by the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.theme import Theme as TextualTheme

from milatui.tui.hardened_app import HardenedApp
from milatui.tui.terminal.clipboard import clipboard_sequence
from milatui.tui.theme.theme import DARK, LIGHT, MONO, Palette, textual_theme_name

if TYPE_CHECKING:
    from textual.driver import Driver

    from milatui.tui.state.session_limits import SessionLimits
    from milatui.tui.theme.theme import Theme


def _textual_theme(name: str, palette: Palette, dark: bool) -> TextualTheme:
    """Makes a Textual theme of our colours, for the text fields, which Textual draws."""
    return TextualTheme(
        name=f"milatui-{name}",
        primary=palette.accent,
        accent=palette.accent,
        foreground=palette.text,
        background=palette.back,
        surface=palette.back,
        panel=palette.bar,
        dark=dark,
        variables={
            "input-selection-background": palette.highlight_back,
            "input-selection-foreground": palette.highlight_text,
            "text-disabled": palette.dim,
        },
    )


class ThemedApp(HardenedApp, inherit_bindings=False):
    """App base class with our colours."""

    TITLE = "milatui"
    ENABLE_COMMAND_PALETTE = False
    ALLOW_SELECT = False

    def __init__(
        self,
        driver: type[Driver] | None,
        theme: Theme,
        *,
        read_only: bool,
        limits: SessionLimits,
    ) -> None:
        super().__init__(
            driver,
            read_only=read_only,
            limits=limits,
            ansi=theme.name in (MONO, "ansi") or None,
        )
        self.animation_level = "none"
        self.register_theme(_textual_theme("dark", DARK, True))
        self.register_theme(_textual_theme("light", LIGHT, False))
        self.theme = self._applied_theme = textual_theme_name(theme.name)
        # At the first refresh Textual would parse all style sheets a second time.
        self.stylesheet.set_variables(self.get_css_variables())

    def refresh_css(self, animate: bool = True) -> None:
        """Applies the styles of a new theme; those of the first one are applied already."""
        if self.theme != self._applied_theme:
            self._applied_theme = self.theme
            super().refresh_css(animate)

    def copy_to_clipboard(self, text: str) -> None:
        """Sends ``text`` to the clipboard of the user's terminal (OSC 52)."""
        self._clipboard = text
        sequence = clipboard_sequence(text)
        if self._driver is not None and sequence:
            self._driver.write(sequence)

    def open_url(self, url: str, *, new_tab: bool = True) -> None:
        """Copies the address; over SSH a browser would start on the server."""
        self.copy_to_clipboard(url)
