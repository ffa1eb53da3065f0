"""Themes: contrast, NO_COLOR, the choice by terminal."""

from __future__ import annotations

import pytest

from milatui.tui.theme.glyphs import ASCII, UNICODE
from milatui.tui.theme.theme import DARK, LIGHT, Palette, choose_theme


def contrast(first: str, second: str) -> float:
    """The contrast of two ``#rrggbb`` colours by WCAG 2.1: 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
def test_every_text_has_enough_contrast(palette: Palette) -> None:
    texts = (palette.text, palette.strong, palette.dim, palette.accent, palette.link)
    backs = (palette.back, palette.cursor_inactive, palette.bar, palette.cursor)
    pairs = [(text, back) for text in texts for back in backs]
    pairs += [
        (palette.highlight_text, palette.highlight_back),
        (palette.current_text, palette.current_back),
    ]
    pairs += [(palette.flag, palette.back), (palette.flag, palette.cursor)]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}


def test_black_on_white_is_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_no_color_means_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    theme = choose_theme("dark", UNICODE)
    roles = list(theme.styles)
    styles = [theme.on(role, line) for role in roles for line in ("", "cursor", "cursor-inactive")]
    assert all(style.color is None and style.bgcolor is None for style in styles)
    assert theme["highlight"].reverse
    assert theme.on("highlight", "cursor") != theme.on("text", "cursor")


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("linux", "ansi"),
        ("xterm", "ansi"),
        ("screen", "ansi"),
        ("xterm-16color", "ansi"),
        ("xterm-256color", "dark"),
        ("tmux-256color", "dark"),
        ("xterm-kitty", "dark"),
    ],
)
def test_the_theme_fits_the_terminal(monkeypatch: pytest.MonkeyPatch, term: str, name: str) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.delenv("COLORTERM", raising=False)
    assert choose_theme("", UNICODE).name == name
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert choose_theme("", UNICODE).name == "dark"


def test_all_themes_have_the_same_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    themes = [choose_theme(name, UNICODE) for name in ("dark", "light", "ansi")]
    monkeypatch.setenv("NO_COLOR", "1")
    themes.append(choose_theme("", UNICODE))
    assert len({frozenset(theme.styles) for theme in themes}) == 1


def test_every_sign_has_an_ascii_twin() -> None:
    for name in ASCII.__slots__:
        assert getattr(ASCII, name).isascii()
        assert len(getattr(ASCII, name)) == len(getattr(UNICODE, name))


@pytest.mark.parametrize("name", ["dark", "light", "ansi", "mono"])
def test_links_are_quiet_until_the_cursor_is_on_them(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    if name == "mono":
        monkeypatch.setenv("NO_COLOR", "1")
    theme = choose_theme(name, UNICODE)
    assert not theme["link"].underline
    assert theme["link"] != theme["text"]
    assert theme["link-current"].underline
