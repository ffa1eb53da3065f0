"""README, docs and man page say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from milatui.archive.published.json_schema import json_schemas
from milatui.i18n import set_language
from tools import archive_format, finding_aid, generated, json_reference, manual
from tools.paths import ROOT


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MILATUI_ASCII", raising=False)
    set_language("en")


@pytest.mark.parametrize(
    "page", [generated.README, generated.README_FR, generated.KEYS], ids=lambda page: page.name
)
def test_the_tables_are_those_of_the_program(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert generated.with_tables(text) == text, "run: python -m tools.generated"


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_manual_is_what_help_says(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    written = manual.PAGES[language].read_text(encoding="utf-8")
    assert manual.manual(language) == written, "run: python -m tools.generated"
    assert (".SH NOM\n" in written) is (language == "fr")


def test_the_format_of_an_archive_is_that_of_the_schemas() -> None:
    text = archive_format.PAGE.read_text(encoding="utf-8")
    assert archive_format.page(text) == text, "run: python -m tools.generated"
    assert text.count("<!-- table: ") == len(archive_format.tables())
    for folder in archive_format.folders().values():
        assert f"\n{folder}" in text


def test_the_json_schemas_are_those_of_the_schemas() -> None:
    written = {
        path.name: path.read_text(encoding="utf-8") for path in archive_format.SCHEMAS.iterdir()
    }
    assert written == json_schemas(), "run: python -m tools.generated"


def test_the_json_is_what_the_commands_print() -> None:
    text = json_reference.PAGE.read_text(encoding="utf-8")
    assert json_reference.page(text) == text, "run: python -m tools.generated"


def test_the_finding_aid_counts_what_is_in_the_archive() -> None:
    text = finding_aid.PAGE.read_text(encoding="utf-8")
    assert "events on two documents or more" in text
    assert finding_aid.page(text) == text, "run: python -m tools.generated"


def test_the_pictures_of_the_readme_are_there() -> None:
    text = generated.README.read_text(encoding="utf-8")
    names = re.findall(r"\]\((docs/[^)]+\.svg)\)", text)
    assert len(names) >= 2
    for name in names:
        assert (ROOT / name).read_text(encoding="utf-8").startswith("<svg")
