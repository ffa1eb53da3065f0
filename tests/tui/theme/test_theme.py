"""Themes: contrast, NO_COLOR, the choice by terminal."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from milatui.catalogue.labels.labels import kind_symbol, signed_kinds
from milatui.tui.theme.glyphs import ASCII, UNICODE
from milatui.tui.theme.hues import HUES, kind_role
from milatui.tui.theme.theme import DARK, LIGHT, Palette, choose_theme


def contrast(first: str, second: str) -> float:
    """The contrast of two ``#rrggbb`` colours by WCAG 2.1: 1 to 21."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(colour: str) -> list[float]:
    """The parts of a colour as amounts of light."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]


Matrix = tuple[tuple[float, float, float], ...]

EYES: dict[str, Matrix] = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
"""How eyes mix red, green and blue light (Machado, Oliveira and Fernandes 2009, severity 1)."""
TO_CONES: Matrix = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
TO_OKLAB: Matrix = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
"""Oklab (Ottosson 2020)."""
LEAST_DISTANCE = 0.07
"""Distance in Oklab at which two colours of signs are told apart at a glance."""


def _seen(colour: str, eyes: Matrix) -> list[float]:
    """Where a colour is in Oklab, for some eyes."""
    light = [min(1.0, max(0.0, part)) for part in _times(eyes, _linear(colour))]
    return _times(TO_OKLAB, [part ** (1 / 3) for part in _times(TO_CONES, light)])


def _times(matrix: Matrix, vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=["dark", "light"])
@pytest.mark.parametrize("eyes", EYES)
def test_hues_differ_for_all_eyes(palette: Palette, eyes: str) -> None:
    names = (*HUES, "accent")
    seen = {name: _seen(getattr(palette, name), EYES[eyes]) for name in names}
    distances = {
        (one, other): math.dist(seen[one], seen[other]) for one, other in combinations(names, 2)
    }
    assert {pair: d for pair, d in distances.items() if d < LEAST_DISTANCE} == {}


def test_every_kind_with_a_sign_of_its_own_has_a_hue() -> None:
    kinds = ("partner", "grant", "premises", "person", "news")
    assert {kind_role(kind) for kind in kinds} == set(HUES)
    assert kind_role("a kind of one's own") == "dim"


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


def test_every_sign_of_the_legend_stands_for_one_kind() -> None:
    for ascii_only in (False, True):
        signs = [kind_symbol(kind, ascii_only=ascii_only) for kind in signed_kinds()]
        assert sorted(signs) == sorted(set(signs)), ascii_only
