"""Colours can be read, and NO_COLOR means none."""

from __future__ import annotations

import pytest

from milatui.tui.glyphs import ASCII, UNICODE
from milatui.tui.look import DARK, LIGHT, Colours, choose_look


def contrast(first: str, second: str) -> float:
    """The contrast of two ``#rrggbb`` colours by WCAG 2.1: 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])
def test_every_text_has_enough_contrast(colours: Colours) -> None:
    texts = (colours.text, colours.strong, colours.dim, colours.accent)
    backs = (colours.back, colours.rest, colours.bar, colours.cursor)
    pairs = [(text, back) for text in texts for back in backs]
    pairs += [(colours.lit_text, colours.lit_back), (colours.now_text, colours.now_back)]
    pairs += [(colours.flag, colours.back), (colours.flag, colours.cursor)]
    assert {pair: contrast(*pair) for pair in pairs if contrast(*pair) < 4.5} == {}


def test_black_on_white_is_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_no_color_means_no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    look = choose_look("dark", UNICODE)
    roles = list(look.styles)
    styles = [look.on(role, line) for role in roles for line in ("", "cursor", "rest")]
    assert all(style.color is None and style.bgcolor is None for style in styles)
    assert look["lit"].reverse
    assert look.on("lit", "cursor") != look.on("text", "cursor")


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
    assert choose_look("", UNICODE).name == name
    monkeypatch.setenv("COLORTERM", "truecolor")
    assert choose_look("", UNICODE).name == "dark"


def test_all_looks_know_the_same_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    looks = [choose_look(theme, UNICODE) for theme in ("dark", "light", "ansi")]
    monkeypatch.setenv("NO_COLOR", "1")
    looks.append(choose_look("", UNICODE))
    assert len({frozenset(look.styles) for look in looks}) == 1


def test_every_sign_has_an_ascii_twin() -> None:
    for name in ASCII.__slots__:
        assert getattr(ASCII, name).isascii()
        assert len(getattr(ASCII, name)) == len(getattr(UNICODE, name))
