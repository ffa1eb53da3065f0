"""Files of many records: an edit parses and changes one record, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from milatui.archive.edit import yaml_edit
from milatui.archive.edit.record_file import RecordFile
from milatui.archive.edit.yaml_edit import EditError
from milatui.archive.syntax import yaml_nodes

BY_HAND = """\
# people
- id: ada   # first
  name: Ada
  roles: [{title: CEO}]

# the second one
-   name: |
      - id: ada
      - id: eve
    id: bob
- id: eve
  name: "Eve
- id: bob
  and others"
- {id: zoe, name: Zoe}
"""


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are parsed."""
    texts: list[str] = []
    compose = yaml_nodes.compose

    def noting(text: str) -> object:
        texts.append(text)
        return compose(text)

    monkeypatch.setattr(yaml_edit, "compose", noting)
    return texts


def _file(root: Path, text: str) -> RecordFile:
    (root / "people").mkdir(exist_ok=True)
    (root / "people" / "all.yaml").write_text(text)
    return RecordFile(root, "people/all.yaml", "person")


@pytest.mark.parametrize(
    ("identifier", "changed"),
    [
        ("ada", BY_HAND.replace("[{title: CEO}]", "[{title: CEO}, {title: X}]")),
        ("bob", BY_HAND.replace("    id: bob\n", "    id: bob\n    roles:\n    - title: X\n")),
        ("eve", BY_HAND.replace('others"\n', 'others"\n  roles:\n  - title: X\n')),
    ],
)
def test_the_record_with_the_id_is_changed(tmp_path: Path, identifier: str, changed: str) -> None:
    file = _file(tmp_path, BY_HAND)
    file.append_item(identifier, "roles", {"title": "X"})
    assert file.text == changed


def test_a_record_that_others_repeat_is_left(tmp_path: Path) -> None:
    file = _file(tmp_path, "- id: a\n  roles: &r [{title: X}]\n- id: b\n  roles: *r\n")
    with pytest.raises(EditError, match="something else"):
        file.append_item("a", "roles", {"title": "Y"})


def test_a_list_that_was_written_is_not_parsed_again(tmp_path: Path, parsed: list[str]) -> None:
    file = RecordFile(tmp_path, "people/all.yaml", "person")
    file.append_records([{"id": f"p-{n}", "name": "- id: p-1"} for n in range(300)], "# top\n")
    file.write()
    again = RecordFile(tmp_path, "people/all.yaml", "person", file.written)
    again.append_item("p-7", "roles", {"title": "X"})
    again.append_records([{"id": "last", "name": "Last"}])
    again.append_item("last", "roles", {"title": "Y"})
    assert max(map(len, parsed)) < 100
    assert "- id: p-7\n  name: '- id: p-1'\n  roles:\n  - title: X\n- id: p-8\n" in again.text
    again.write()
    written = again.written
    assert written is not None
    assert written.records == 301
    # Somebody else has changed it: now it is.
    (tmp_path / "people" / "all.yaml").write_text(again.text.replace("# top", "# upper"))
    other = RecordFile(tmp_path, "people/all.yaml", "person", written)
    other.append_item("p-8", "roles", {"title": "Z"})
    assert max(map(len, parsed)) > 9_000
    assert other.text == again.text.replace("# top", "# upper").replace(
        "- id: p-9\n", "  roles:\n  - title: Z\n- id: p-9\n"
    )
