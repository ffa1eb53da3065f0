"""``milatui export``: what goes out, where to, and what is said about it."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from milatui.export.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_goes_to_stdout_and_counts_to_stderr(
    run: Callable[..., Ended], name: str
) -> None:
    ended = run("export", "--format", name, "--partner", "amgen")
    assert ended.code == 0
    assert "amgen" in ended.out.lower()
    assert re.match(r"(\d+ \w+, )*\d+ (document|event)s?\n", ended.err)
    assert run("export", "--format", name, "--partner", "amgen").out == ended.out


def test_filters_restrict_what_goes_out(run: Callable[..., Ended]) -> None:
    args = ("export", "--format", "csv", "--kind", "statement")
    rows = list(csv.DictReader(io.StringIO(run(*args, "--person", "yoshua-bengio").out)))
    assert [row["location"] for row in rows] == ["statement/st-5", "statement/st-6"]
    rows = list(csv.DictReader(io.StringIO(run(*args, "--query", "Swedish").out)))
    assert [row["location"] for row in rows] == ["statement/st-4"]


def test_a_value_has_its_words_and_where_they_are_written(run: Callable[..., Ended]) -> None:
    ended = run("export", "--format", "csv", "--kind", "figure", "--partner", "mila")
    row = next(
        row
        for row in csv.DictReader(io.StringIO(ended.out))
        if row["location"] == "figure/researchers-2023"
    )
    wanted = {
        "subject": "Mila",
        "field": "researchers",
        "value": "1000",
        "qualifier": "over",
        "date": "2023-01-18",
        "document": "amgen-lab",
        "document_title": "Amgen establishes a corporate lab at Mila",
        "document_date": "2023-01-18",
        "publisher": "Amgen Canada",
        "passage": "over 1,000",
        "passage_wording": "published",
        "address": "https://www.amgen.ca/lab",
        "link": "document/amgen-lab#from=figure/researchers-2023",
    }
    assert {name: row[name] for name in wanted} == wanted


def test_what_a_calendar_cannot_hold_is_counted(run: Callable[..., Ended]) -> None:
    ended = run("export", "--format", "ics")
    assert "8 events have no exact day and are not in the calendar: " in ended.err
    assert ended.out.count("BEGIN:VEVENT") == 7
    assert ended.err.startswith("7 of 15 events\n")


def test_a_file_is_written_whole_and_never_over_another(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    target = tmp_path / "bib.json"
    args = ("export", "--format", "csl-json", "--kind", "document", "--output", str(target))
    assert run(*args).code == 0
    assert len(json.loads(target.read_text("utf-8"))) == 12
    target.write_text("mine", "utf-8")
    refused = run(*args)
    assert refused.code == 2
    assert "exists already" in refused.err
    assert "--force" in refused.err
    assert target.read_text("utf-8") == "mine"
    assert run(*args, "--force").code == 0
    assert target.read_text("utf-8") != "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["bib.json"]


def test_a_table_in_a_file_begins_with_a_byte_order_mark(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    target = tmp_path / "mila.csv"
    run("export", "--format", "csv", "--output", str(target))
    assert target.read_bytes().startswith(b"\xef\xbb\xbflocation,")


def test_a_file_that_cannot_be_written_is_told_by_its_name(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    target = tmp_path / "none" / "out.bib"
    ended = run("export", "--format", "bibtex", "--output", str(target))
    assert ended.code == 2
    assert ended.err == f"milatui: {target} cannot be written: No such file or directory\n"


def test_a_dash_is_stdout(run: Callable[..., Ended]) -> None:
    wanted = run("export", "--format", "ris")
    assert run("export", "--format", "ris", "--output", "-") == wanted


def test_nothing_to_export_writes_no_file(run: Callable[..., Ended], tmp_path: Path) -> None:
    target = tmp_path / "none.csv"
    ended = run("export", "--format", "csv", "--from", "2050", "--output", str(target))
    assert ended.code == 1
    assert ended.err == "nothing to export\n"
    assert not target.exists()


def test_an_unknown_format_or_person_is_told(run: Callable[..., Ended]) -> None:
    ended = run("export", "--format", "bibtax")
    assert ended.code == 2
    assert "bibtex" in ended.err
    ended = run("export", "--format", "csv", "--person", "yoshua-bengo")
    assert ended.code == 2
    assert "yoshua-bengio" in ended.err
    assert run("export").code == 2


def test_remarks_are_told_in_french(run: Callable[..., Ended]) -> None:
    ended = run("export", "--format", "ics", "--ui-lang", "fr")
    assert "8 événements sans jour exact, hors du calendrier" in ended.err
