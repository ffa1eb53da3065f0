"""Themes of the interface: every style the panes draw with, by role.

All text colours have a contrast of at least 4.5:1 on their backgrounds (checked by a test).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from rich.style import Style

from milatui.tui.theme.glyphs import UNICODE, Glyphs
from milatui.tui.theme.hues import HUES

MONO = "mono"
"""The theme under NO_COLOR: no colour codes, only bold, underline and reverse."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colours of a theme, as Rich names them."""

    back: str
    bar: str
    cursor: str
    cursor_inactive: str
    text: str
    strong: str
    dim: str
    accent: str
    frame: str
    highlight_text: str
    highlight_back: str
    current_text: str
    current_back: str
    flag: str
    link: str
    money: str
    place: str
    people: str
    partnership: str
    publication: str


DARK = Palette(
    back="#11151b",
    bar="#1a2029",
    cursor="#2b3645",
    cursor_inactive="#1c232d",
    text="#ccd3dc",
    strong="#f3f6fa",
    dim="#98a4b2",
    accent="#f2b84b",
    frame="#3d4856",
    highlight_text="#1a1408",
    highlight_back="#c9952f",
    current_text="#1a1408",
    current_back="#ffd27a",
    flag="#ff9a8a",
    link="#a9c7ee",
    money="#62e890",
    place="#f57cba",
    people="#cdf6f8",
    partnership="#68aefa",
    publication="#b59f40",
)
LIGHT = Palette(
    back="#fbfaf7",
    bar="#efece4",
    cursor="#e3ddcd",
    cursor_inactive="#f1eee6",
    text="#2c3138",
    strong="#0c0f13",
    dim="#565e6a",
    accent="#8a5000",
    frame="#c3beb2",
    highlight_text="#2a1c00",
    highlight_back="#ffdf9a",
    current_text="#2a1c00",
    current_back="#f5b335",
    flag="#a8281a",
    link="#1f4e86",
    money="#116b5c",
    place="#7d2ad2",
    people="#0e2430",
    partnership="#0c27a8",
    publication="#5c4004",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """Styles by role, and the glyphs that go with them.

    A list row has a row role: "" (plain), "cursor", or "cursor-inactive" (the cursor of a
    pane that does not have the focus).
    """

    name: str
    styles: dict[str, Style]
    glyphs: Glyphs = UNICODE
    _combined: dict[tuple[str, str], Style] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Style:
        return self.styles[role]

    def on(self, role: str, row_role: str) -> Style:
        """Combines the style of ``role`` with that of the list row it is drawn in."""
        key = (role, row_role)
        style = self._combined.get(key)
        if style is None:
            style = self.styles[role]
            if row_role:
                style = self._combine(role, style, self.styles[row_role])
            self._combined[key] = style
        return style

    def _combine(self, role: str, style: Style, row_style: Style) -> Style:
        if role in ("highlight", "highlight-current"):
            return style + Style(underline=True, reverse=False) if self.name == MONO else style
        return style + row_style


def rgb_theme(name: str, palette: Palette, glyphs: Glyphs) -> Theme:
    """Makes a theme of 24-bit colours."""
    c = palette

    def style(
        color: str,
        back: str = c.back,
        bold: bool | None = None,
        italic: bool | None = None,
        underline: bool | None = None,
    ) -> Style:
        return Style(color=color, bgcolor=back, bold=bold, italic=italic, underline=underline)

    styles = {
        "text": style(c.text),
        "strong": style(c.strong, bold=True),
        "dim": style(c.dim),
        "accent": style(c.accent),
        "title": style(c.strong, bold=True),
        "heading": style(c.strong, bold=True),
        "emphasis": style(c.text, italic=True),
        "struck": style(c.dim) + Style(strike=True),
        "code": style(c.strong),
        "quote": style(c.text, italic=True),
        "link": style(c.link),
        "link-current": style(c.accent, underline=True, bold=True),
        "flag": style(c.flag),
        "money": style(c.money),
        "place": style(c.place),
        "people": style(c.people),
        "partnership": style(c.partnership),
        "publication": style(c.publication),
        "frame": style(c.frame),
        "frame-focus": style(c.accent),
        "name": style(c.dim),
        "name-focus": style(c.strong, bold=True),
        "highlight": style(c.highlight_text, c.highlight_back),
        "highlight-current": style(c.current_text, c.current_back, bold=True),
        "select": style(c.strong, c.cursor),
        "cursor": Style(bgcolor=c.cursor),
        "cursor-inactive": Style(bgcolor=c.cursor_inactive),
        "bar": style(c.dim, c.bar),
        "bar-strong": style(c.strong, c.bar, bold=True),
        "bar-accent": style(c.accent, c.bar),
        "key": style(c.accent, c.bar, bold=True),
        "chip": style(c.strong, c.cursor),
    }
    return Theme(name, styles, glyphs)


def ansi_theme(glyphs: Glyphs) -> Theme:
    """Makes a theme of the terminal's own sixteen colours, light or dark."""
    plain, dim = Style(color="default", bgcolor="default"), Style(dim=True)
    accent = Style(color="yellow", bold=True)
    styles = _attributes(plain, dim)
    styles |= {
        "accent": plain + accent,
        "heading": plain + accent,
        "frame-focus": plain + Style(color="yellow"),
        "flag": plain + Style(color="red"),
        "money": plain + Style(color="green"),
        "place": plain + Style(color="magenta"),
        "people": plain + Style(color="cyan"),
        "partnership": plain + Style(color="blue"),
        "link-current": plain + accent + Style(underline=True),
        "highlight": Style(color="black", bgcolor="yellow"),
        "highlight-current": Style(color="black", bgcolor="yellow", bold=True, underline=True),
        "key": plain + accent,
        "bar-accent": plain + accent,
    }
    return Theme("ansi", styles, glyphs)


def mono_theme(glyphs: Glyphs) -> Theme:
    """Makes the theme for NO_COLOR."""
    return Theme(MONO, _attributes(Style.null(), Style.null()), glyphs)


def _attributes(plain: Style, dim: Style) -> dict[str, Style]:
    """Makes the styles that use attributes only."""
    bold, underline, reverse = Style(bold=True), Style(underline=True), Style(reverse=True)
    given = {
        "strong": bold,
        "title": bold,
        "heading": bold,
        "accent": bold,
        "emphasis": underline,
        "struck": Style(strike=True),
        "link": bold,
        "link-current": underline + bold,
        "flag": bold,
        "frame-focus": bold,
        "name-focus": bold,
        "highlight": reverse,
        "highlight-current": reverse + bold,
        "select": reverse,
        "cursor": reverse,
        "cursor-inactive": bold,
        "bar-strong": bold,
        "bar-accent": bold,
        "key": bold,
        "chip": reverse,
    }
    roles = ("text", "code", "quote", "dim", "frame", "name", "bar")
    faint = {"dim": dim, "frame": dim, "name": dim, "bar": dim}
    every = (*roles, *given, *HUES)
    return {role: plain + given.get(role, faint.get(role, plain)) for role in every}


def choose_theme(name: str, glyphs: Glyphs) -> Theme:
    """Returns the theme called ``name``; "" chooses by the colours the terminal reports."""
    if "NO_COLOR" in os.environ:
        return mono_theme(glyphs)
    if not name:
        name = "dark" if _has_many_colours() else "ansi"
    if name == "ansi":
        return ansi_theme(glyphs)
    return rgb_theme(name, LIGHT if name == "light" else DARK, glyphs)


def _has_many_colours() -> bool:
    """Returns whether COLORTERM or TERM report more than sixteen colours."""
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return True
    family = os.environ.get("TERM", "").rpartition("-")[2].lower()
    return family in ("256color", "direct", "kitty")


def textual_theme_name(name: str) -> str:
    """Returns the name of the Textual theme that goes with our theme ``name``."""
    return f"milatui-{name}" if name in ("dark", "light") else "ansi-dark"
