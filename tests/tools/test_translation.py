"""The French texts are complete and in step with the source."""

from __future__ import annotations

import re
import string
from gettext import GNUTranslations
from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.labels.dates import date_width, format_date, format_since, format_until
from milatui.catalogue.labels.labels import count_label, format_value
from milatui.cli import registry
from milatui.cli.main import main
from milatui.i18n import set_language
from tools.translation import MO, extracted, forms, translated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages.catalog import Message

_WIDTH = 100
"""Columns a line of help may take: what argparse does not wrap is kept short by hand."""
_PERCENT = re.compile(r"%(?:\(\w+\))?[a-z]")
_UNSPACED = re.compile(r"[^\u00a0][;!?](?=\s|$|\))|[^\u00a0]:(?=\s|$)|« | »")
"""French signs without their no-break space, but where they belong to a format (``key: value``)."""
_FORMATS = ("clé: valeur", "{file}:{line}:")


def test_every_message_is_translated_and_none_is_left_over() -> None:
    wanted = {(message.context, forms(message.id)) for message in extracted() if message.id}
    known = {(message.context, forms(message.id)) for message in translated() if message.id}
    assert known == wanted, "run: python -m tools.translation"
    assert [m.id for m in translated() if m.id and not all(forms(m.string))] == []
    assert [m.id for m in translated() if m.id and m.fuzzy] == []
    assert not translated().obsolete


def test_the_compiled_texts_are_those_of_the_po_file() -> None:
    with MO.open("rb") as file:
        compiled = GNUTranslations(file)
    found = 0
    for message in _messages():
        for number, text in enumerate(forms(message.string)):
            assert _compiled(compiled, message, number) == text, "run: python -m tools.translation"
            found += 1
    held = [key for key in vars(compiled)["_catalog"] if key]
    assert len(held) == found


def _compiled(compiled: GNUTranslations, message: Message, number: int) -> str:
    """The form for 1 (``number`` 0) or for 2 of a compiled message."""
    texts = forms(message.id)
    if len(texts) == 2:
        return compiled.ngettext(texts[0], texts[1], number + 1)
    return compiled.pgettext(message.context, texts[0]) if message.context else compiled.gettext(
        texts[0]
    )  # fmt: skip


def test_translations_fill_the_same_places() -> None:
    for message in _messages():
        wanted = _places(forms(message.id)[-1])
        for text in forms(message.string):
            assert _places(text) == wanted, message.id


def _places(text: str) -> list[str]:
    if _PERCENT.search(text):
        return sorted(_PERCENT.findall(text))
    try:
        return sorted(f"{name}:{spec}" for _t, name, spec, _c in string.Formatter().parse(text)
                      if name is not None)  # fmt: skip
    except ValueError:
        return ["not a format"]


def test_translations_keep_to_french_typography() -> None:
    for message in _messages():
        for text in forms(message.string):
            assert text.replace("\u00a0", " ").replace("\u202f", " ").isprintable(), repr(text)
            assert "'" not in text, text
            assert '"' not in text or '"' in forms(message.id)[0], text
            assert "“" not in text, text
            words = text
            for form in _FORMATS:
                words = words.replace(form, "")
            assert not _UNSPACED.search(words), text
            stops = text.endswith(".") and not text.endswith(" déc.")
            assert stops == forms(message.id)[0].endswith("."), text


@pytest.fixture
def _french() -> Iterator[None]:
    set_language("fr")
    yield
    set_language("en")


@pytest.mark.usefixtures("_french")
@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2023-01-18", "18 janv. 2023"),
        ("2021-05-01", "1er mai 2021"),
        ("2021-08", "août 2021"),
        ("2021-23", "automne 2021"),
        ("2021-33", "1er trimestre 2021"),
        ("2014~", "v. 2014"),
        ("2021?", "2021?"),
        ("2020/..", "2020–"),
        ("202X", "années 2020"),
    ],
)
def test_dates_in_french(date: str, words: str) -> None:
    assert format_date(date) == words
    assert len(format_date("2026-07-01")) <= date_width()


@pytest.mark.usefixtures("_french")
def test_numbers_ranges_and_units_in_french() -> None:
    assert format_value("4500000", "about", "CAD") == "environ 4,5\u00a0M$\u00a0CA"
    assert format_value("-0.5", "", "percent") == "-0,5\u00a0%"
    assert format_value("900", "nearly", "people") == "près de 900 personnes"
    assert count_label("event", 0) == "0 événement"
    assert format_since("2021-03") == "depuis mars 2021"
    assert format_since("2021-03-16") == "depuis le 16 mars 2021"
    assert format_until("2023") == "jusqu’en 2023"
    assert format_until("2023-12-01") == "jusqu’au 1er déc. 2023"


@pytest.mark.parametrize("command", ["", *registry.COMMANDS])
def test_help_in_french_fits(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        assert main(["--lang", "fr", *([command] if command else []), "--help"]) == 0
    finally:
        set_language("en")
    text = capsys.readouterr().out
    assert "Options communes\u00a0:" in text
    assert "arguments:" not in text
    assert max(map(len, text.splitlines())) <= _WIDTH


def _messages() -> list[Message]:
    return [message for message in translated() if message.id]
