"""The looks of the interface: every style the panes draw with, for each theme.

Contrast of all text colours on their backgrounds is at least 4.5:1 (proved by a test).
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from rich.style import Style

from milatui.tui.glyphs import UNICODE, Glyphs

THEMES = ("dark", "light", "ansi")
MONO = "mono"
"""The theme under NO_COLOR: not one colour code, only bold, underline and reverse."""


@dataclass(frozen=True, slots=True)
class Colours:
    """The few colours a theme is made of, as Rich names them."""

    back: str
    bar: str
    cursor: str
    rest: str
    text: str
    strong: str
    dim: str
    accent: str
    frame: str
    lit_text: str
    lit_back: str
    now_text: str
    now_back: str
    flag: str


DARK = Colours(
    back="#11151b",
    bar="#1a2029",
    cursor="#2b3645",
    rest="#1c232d",
    text="#ccd3dc",
    strong="#f3f6fa",
    dim="#98a4b2",
    accent="#f2b84b",
    frame="#3d4856",
    lit_text="#1a1408",
    lit_back="#c9952f",
    now_text="#1a1408",
    now_back="#ffd27a",
    flag="#ff9a8a",
)
LIGHT = Colours(
    back="#fbfaf7",
    bar="#efece4",
    cursor="#e3ddcd",
    rest="#f1eee6",
    text="#2c3138",
    strong="#0c0f13",
    dim="#565e6a",
    accent="#8a5000",
    frame="#c3beb2",
    lit_text="#2a1c00",
    lit_back="#ffdf9a",
    now_text="#2a1c00",
    now_back="#f5b335",
    flag="#a8281a",
)


@dataclass(frozen=True, slots=True)
class Look:
    """All styles by role, and the glyphs; ``on`` lays a role over a cursor line."""

    name: str
    styles: dict[str, Style]
    glyphs: Glyphs = UNICODE
    _laid: dict[tuple[str, str], Style] = field(default_factory=dict)

    def __getitem__(self, role: str) -> Style:
        return self.styles[role]

    def on(self, role: str, line: str) -> Style:
        """The style of ``role`` on a ``line`` that is "" (plain), "cursor" or "rest"."""
        key = (role, line)
        style = self._laid.get(key)
        if style is None:
            style = self.styles[role]
            if line:
                style = self._lay(role, style, self.styles[line])
            self._laid[key] = style
        return style

    def _lay(self, role: str, style: Style, line: Style) -> Style:
        if role in ("lit", "lit-now"):
            return style + Style(underline=True, reverse=False) if self.name == MONO else style
        return style + line


def coloured(name: str, colours: Colours, glyphs: Glyphs) -> Look:
    """A look made of 24-bit colours."""
    c = colours

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
        "code": style(c.strong),
        "quote": style(c.text, italic=True),
        "link": style(c.text, underline=True),
        "link-now": style(c.accent, underline=True, bold=True),
        "flag": style(c.flag),
        "frame": style(c.frame),
        "frame-focus": style(c.accent),
        "name": style(c.dim),
        "name-focus": style(c.strong, bold=True),
        "lit": style(c.lit_text, c.lit_back),
        "lit-now": style(c.now_text, c.now_back, bold=True),
        "select": style(c.strong, c.cursor),
        "cursor": Style(bgcolor=c.cursor),
        "rest": Style(bgcolor=c.rest),
        "bar": style(c.dim, c.bar),
        "bar-strong": style(c.strong, c.bar, bold=True),
        "bar-accent": style(c.accent, c.bar),
        "key": style(c.accent, c.bar, bold=True),
        "chip": style(c.strong, c.cursor),
    }
    return Look(name, styles, glyphs)


def terminal_colours(glyphs: Glyphs) -> Look:
    """A look made of the terminal's own sixteen colours, for light and dark alike."""
    plain, dim = Style(color="default", bgcolor="default"), Style(dim=True)
    accent = Style(color="yellow", bold=True)
    styles = _attributes(plain, dim)
    styles |= {
        "accent": plain + accent,
        "heading": plain + accent,
        "frame-focus": plain + Style(color="yellow"),
        "flag": plain + Style(color="red"),
        "link-now": plain + accent + Style(underline=True),
        "lit": Style(color="black", bgcolor="yellow"),
        "lit-now": Style(color="black", bgcolor="yellow", bold=True, underline=True),
        "key": plain + accent,
        "bar-accent": plain + accent,
    }
    return Look("ansi", styles, glyphs)


def without_colours(glyphs: Glyphs) -> Look:
    """The look under NO_COLOR."""
    return Look(MONO, _attributes(Style.null(), Style.null()), glyphs)


def _attributes(plain: Style, dim: Style) -> dict[str, Style]:
    """Styles that need attributes only."""
    bold, underline, reverse = Style(bold=True), Style(underline=True), Style(reverse=True)
    given = {
        "strong": bold,
        "title": bold,
        "heading": bold,
        "accent": bold,
        "emphasis": underline,
        "link": underline,
        "link-now": underline + bold,
        "flag": bold,
        "frame-focus": bold,
        "name-focus": bold,
        "lit": reverse,
        "lit-now": reverse + bold,
        "select": reverse,
        "cursor": reverse,
        "rest": bold,
        "bar-strong": bold,
        "bar-accent": bold,
        "key": bold,
        "chip": reverse,
    }
    roles = ("text", "code", "quote", "dim", "frame", "name", "bar")
    faint = {"dim": dim, "frame": dim, "name": dim, "bar": dim}
    return {role: plain + given.get(role, faint.get(role, plain)) for role in (*roles, *given)}


def choose_look(theme: str, glyphs: Glyphs) -> Look:
    """The look for a theme's name; "" takes what the terminal can show."""
    if "NO_COLOR" in os.environ:
        return without_colours(glyphs)
    if not theme:
        theme = "dark" if _has_many_colours() else "ansi"
    if theme == "ansi":
        return terminal_colours(glyphs)
    return coloured(theme, LIGHT if theme == "light" else DARK, glyphs)


def _has_many_colours() -> bool:
    """Whether the terminal says that it has more than sixteen colours."""
    if os.environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return True
    family = os.environ.get("TERM", "").rpartition("-")[2].lower()
    return family in ("256color", "direct", "kitty")


def theme_name(look: str) -> str:
    """Textual's name of the theme that goes with a look."""
    return f"milatui-{look}" if look in ("dark", "light") else "ansi-dark"
