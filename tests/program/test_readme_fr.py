"""The French README says what the English one says; what that claims is tested."""

from __future__ import annotations

import re

from tools.generated import README, README_FR

ENGLISH = README.read_text(encoding="utf-8")
FRENCH = README_FR.read_text(encoding="utf-8")
_KEYS = {"Entrée": "Enter", "Échap": "Esc"}
_CODE_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`]+)`")


def _prose(text: str) -> str:
    """The text without code, comments, tables and the targets of links."""
    text = _CODE_BLOCK.sub("", text)
    text = re.sub(r"<!--.*?-->|^\|.*$|\]\([^)]*\)", "", text, flags=re.MULTILINE)
    return _INLINE.sub("", text)


def _code(text: str) -> list[tuple[str, str]]:
    """The blocks of code, without comments."""
    blocks: list[tuple[str, str]] = _CODE_BLOCK.findall(text)
    return [(kind, re.sub(r" +# .*$", "", code, flags=re.MULTILINE)) for kind, code in blocks]


def _inline(text: str) -> list[str]:
    """What stands in code within a line, outside the table of queries; keys by English names."""
    text = re.sub(r"^\|.*$", "", _CODE_BLOCK.sub("", text), flags=re.MULTILINE)
    spans = (" ".join(span.split()) for span in _INLINE.findall(text))
    return sorted(_KEYS.get(span, span) for span in spans)


def test_it_shows_the_same_commands_options_and_keys() -> None:
    assert _code(FRENCH) == _code(ENGLISH)
    assert _inline(FRENCH) == _inline(ENGLISH)


def test_it_has_the_same_sections_links_and_queries() -> None:
    for pattern in (r"^(#+) ", r"\]\(((?!README)[^)]+)\)", r"^\| (`.*?`) \|", r"^(\d\.|-) "):
        there = re.findall(pattern, ENGLISH, re.MULTILINE)
        assert sorted(re.findall(pattern, FRENCH, re.MULTILINE)) == sorted(there)
    assert "](README.fr.md)" in ENGLISH
    assert "](README.md)" in FRENCH


def test_it_keeps_to_french_typography() -> None:
    prose = _prose(FRENCH)
    assert "'" not in prose
    assert '"' not in prose
    assert re.findall(r"\S*(?<![\u00a0\d])[;:?!](?=\s|$)", prose) == []


def test_the_first_look_goes_as_the_english_one() -> None:
    looks = [
        [
            [_KEYS.get(key, key) for key in _INLINE.findall(line)]
            for line in text.splitlines()
            if re.match(r"\d\. ", line)
        ]
        for text in (ENGLISH, FRENCH)
    ]
    assert looks[0] == looks[1]
    assert len(looks[0]) == 6
