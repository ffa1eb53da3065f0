"""Ids of file names: valid whatever the name holds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from milatui.archive.validate import is_id
from milatui.ingest.file_ids import identifier_of_name, name_of_file


@pytest.mark.parametrize(
    ("name", "identifier"),
    [
        ("labo.md", "labo"),
        ("labo\u00a0.md", "labo"),
        (" \u3000labo  neuf .md", "labo neuf"),
        ("la\tbo\n.md", "la bo"),
        ("cafe\u0301.md", "café"),
        ("\u200blabo\x7f\u202e.md", "labo"),
        ("a\u2028b.md", "a b"),
        ("CON.md", "CON"),
        ("-.md", ""),
        ("….md", ""),
        ("news/lab/index.md", "lab"),
        ("news/lab/_index.md", "lab"),
        ("news/lab/README.md", "lab"),
        ("news/lab/index.fr.md", "lab.fr"),
    ],
)
def test_ids_of_names_are_valid(name: str, identifier: str) -> None:
    found = identifier_of_name(name_of_file(Path(name)).stem)
    assert found == identifier
    assert not found or is_id(found)


def test_a_name_that_is_not_utf8_is_read_as_windows_would() -> None:
    assert name_of_file(Path(os.fsdecode(b"caf\xe9.md"))).stem == "café"


def test_folders_are_those_around_the_document() -> None:
    assert name_of_file(Path("/x/2024/03/05/a.md")) == ("a", ("2024", "03", "05"))
    assert name_of_file(Path("/x/2024/03/a/index.md")) == ("a", ("x", "2024", "03"))
