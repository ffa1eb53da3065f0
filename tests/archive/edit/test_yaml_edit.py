"""A value of a record is changed in its file, and not a byte beside it."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from milatui.archive.edit.yaml_edit import EditError, append_item, append_records, set_value
from milatui.archive.loader import load_archive
from milatui.archive.syntax.front_matter import split_front_matter

if TYPE_CHECKING:
    from milatui.archive.kinds import Data, Kind

SHIPPED = Path(__file__).parents[3] / "data"
STEP = 25
"""One record of so many is tried."""
PARTNER = """\
# On top.
id: x   # the id

name: "X"   # quoted
names:   # other names
  - value: Ix
    kind: alias
  # between

  - {value: "Y", kind: alias}   # flow
# behind

note: |
  Several
  lines.

sources: []
"""


def test_only_the_lines_of_the_change_differ_in_the_files_of_the_shipped_archive() -> None:
    loaded = load_archive(SHIPPED)
    tried = 0
    items: dict[Kind, tuple[str, Data]] = {
        "partner": ("names", {"value": "À côté: x", "kind": "alias"}),
        "person": ("roles", {"title": "a", "organisation": "b"}),
        "event": ("partners", "mila"),
        "document": ("subject", "mila"),
        "figure": ("partners", "mila"),
    }
    for kind, (key, item) in items.items():
        for located in loaded.records[kind][::STEP]:
            text = (SHIPPED / located.file).read_text("utf-8")
            if kind == "document":
                text = split_front_matter(text).header
            identifier = None if kind == "document" else located.record.id
            changed = append_item(text, identifier, key, item)
            assert _removed(text, changed) in ([], [_flow_line(text, key)]), located.file
            tried += 1
            titled = set_value(text, identifier, "note", "Un mot: d’ici")
            assert len(_removed(text, titled)) <= text.count("\n") - titled.count("\n") + 1
    assert tried > 20


def _removed(before: str, after: str) -> list[str]:
    lines = difflib.ndiff(before.splitlines(), after.splitlines())
    return [line[2:] for line in lines if line.startswith("- ")]


def _flow_line(text: str, key: str) -> str:
    return next((line for line in text.splitlines() if line.startswith(f"{key}: [")), "")


def test_an_item_follows_the_last_one_before_what_belongs_to_no_item() -> None:
    changed = append_item(PARTNER, "x", "names", {"value": "Z"})
    assert changed == PARTNER.replace("# flow\n", "# flow\n  - value: Z\n")


def test_an_empty_list_is_filled_where_it_stands() -> None:
    assert append_item(PARTNER, "x", "sources", "s").endswith("\nsources: [s]\n")
    assert append_item("id: x\nnames:  # none\n", "x", "names", "a") == (
        "id: x\nnames:  # none\n- a\n"
    )


def test_an_item_of_a_list_on_one_line_is_quoted_as_it_needs() -> None:
    text = "id: a\nsubject: [one,\n  two ] # why\n"
    assert append_item(text, "a", "subject", "a, b") == (
        "id: a\nsubject: [one,\n  two, 'a, b' ] # why\n"
    )


def test_a_new_key_stands_where_it_usually_does() -> None:
    order = ("id", "name", "names", "website", "note", "sources")
    changed = set_value(PARTNER, "x", "website", "https://x.example", order)
    assert changed == PARTNER.replace("# flow\n", "# flow\nwebsite: https://x.example\n")
    assert append_item(PARTNER, "x", "facts", "f").endswith("sources: []\nfacts:\n- f\n")


def test_the_right_one_of_several_records_is_changed() -> None:
    text = "- id: a\n  name: A\n\n- id: b\n  name: B"
    assert set_value(text, "a", "name", "no") == text.replace("A", "'no'")
    assert append_item(text, "b", "names", "c") == f"{text}\n  names:\n  - c\n"
    assert append_records(text, [{"id": "c"}]) == f"{text}\n- id: c\n"
    assert append_records("# events\n", [{"id": "c"}]) == "# events\n- id: c\n"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("{id: x, name: X}", "names"),
        ("id: y\nname: Y\n", "names"),
        ("id: x\nname: X\n", "name"),
        ("id: x\nnames: [a]\nnames: [b]\n", "names"),
        ("id: x\nnames: &a [1]\nother: *a\n", "names"),
        ("id: x\nnames: [a,]\n", "names"),
        ("id: x\nnames: [", "names"),
    ],
)
def test_what_cannot_be_changed_in_place_is_refused(text: str, key: str) -> None:
    with pytest.raises(EditError):
        append_item(text, "x", key, "new")


def test_a_value_of_several_lines_is_not_guessed_at() -> None:
    with pytest.raises(EditError):
        set_value(PARTNER, "x", "note", "one")
    with pytest.raises(EditError):
        append_records("id: x\n", [{"id": "y"}])
