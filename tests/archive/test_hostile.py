"""Hostile and broken files: each becomes a fault within moments; none stops the rest."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from milatui.archive import files
from milatui.archive.diagnostics import ArchiveError
from milatui.archive.files import scan
from milatui.archive.loader import load_archive, load_file, load_metadata
from milatui.archive.sanitize import sanitize
from milatui.archive.validate import MAX_DIAGNOSTICS
from tests.rounds import quota

if TYPE_CHECKING:
    from tests.archive.conftest import SmallArchive

BOMB = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12)
)
LONG_BOMB = f"note: &a {'x' * 1000}\nx: [{', '.join(['*a'] * 1000)}]\n"

CONTENTS: dict[str, tuple[str | bytes, str]] = {
    "nothing": ("", "1:1: the file is empty"),
    "white space": ("\n \n", "1:1: the file is empty"),
    "a comment": ("# none yet\n", "1:1: there is no record"),
    "a text": ("hello\n", "1:1: a record or a list of records is expected here"),
    "alias bomb": (BOMB, "1:1: aliases make this file grow out of bounds"),
    "bomb of long text": (LONG_BOMB, "1:1: aliases make this file grow out of bounds"),
    "an alias to itself": ("x: &a [*a]\n", "1:1: nested deeper than 32 levels"),
    "deep lists": ("x: " + "[" * 500, "1:35: nested deeper than 32 levels"),
    # From 6.0.4 on, PyYAML reads no deeper than 1,000 levels and says so itself.
    "endless lists": ("x: " + "[" * 100_000, "1:"),
    "deep mappings": ("{a: " * 100_000, "1:129: nested deeper than 32 levels"),
    "deep compact lists": ("- " * 100_000, "1:65: nested deeper than 32 levels"),
    "deep keys": ("? " * 100_000, "1:65: nested deeper than 32 levels"),
    "deep blocks": (
        "".join(" " * n + f"k{n}:\n" for n in range(500)),
        "33:33: nested deeper than 32 levels",
    ),
    "latin-1": (b"id: a\nname: Qu\xe9bec\n", "2:9: not UTF-8: byte 0xE9"),
    "utf-16": ("id: a\n".encode("utf-16"), "1:1: not UTF-8: byte 0xFF"),
    "surrogate bytes": (b"id: \xed\xa0\x80\n", "1:5: not UTF-8: byte 0xED"),
    "a control character": ("id: é\nname: a\x1b[31m\n", "2:8: character U+001B is not allowed"),
    "a zero byte": (b"id: a\x00b\n", "1:6: character U+0000 is not allowed"),
    "an undefined alias": ("id: *no\n", "1:5: not valid YAML: found undefined alias"),
    "two documents": (
        "id: a\n---\nid: b\n",
        "2:1: not valid YAML: but found another document",
    ),
    "a tab": ("id: a\n\tname: b\n", "2:1: not valid YAML: "),
    "an open quote": ("id: a\nname: 'b\n", "2:7: not valid YAML: found unexpected end of stream"),
}


@pytest.mark.parametrize("name", CONTENTS)
def test_content_that_is_no_record_is_one_fault(small: SmallArchive, name: str) -> None:
    content, told = CONTENTS[name]
    small.write("figures/zz.yaml", content)
    load = load_file(small.root, "figures/zz.yaml")
    assert load.records == []
    errors = [str(diagnostic) for diagnostic in load.diagnostics if diagnostic.severity == "error"]
    assert len(errors) == 1
    assert errors[0].startswith(f"figures/zz.yaml:{told}")
    assert len(load_archive(small.root).records["figure"]) == 1


@pytest.mark.parametrize("name", CONTENTS)
def test_the_same_as_front_matter_never_stops_the_rest(small: SmallArchive, name: str) -> None:
    content = CONTENTS[name][0]
    raw = content if isinstance(content, bytes) else content.encode()
    small.write("documents/zz.md", b"---\n" + raw + b"\n---\n\nBody.\n")
    load = load_file(small.root, "documents/zz.md")
    assert load.records == []
    assert any(diagnostic.severity == "error" for diagnostic in load.diagnostics)
    assert len(load_archive(small.root).records["document"]) == 2


def test_tags_run_nothing(small: SmallArchive, tmp_path: Path) -> None:
    made = tmp_path / "made"
    small.write(
        "people/zz.yaml",
        f"id: zz\nname: !!python/object/apply:os.mkdir ['{made}']\n"
        f"note: !!python/object/apply:os.mkdir {made}\n",
    )
    load = load_file(small.root, "people/zz.yaml")
    assert [str(diagnostic) for diagnostic in load.diagnostics] == [
        "people/zz.yaml:2:7: a single value is expected here"
    ]
    assert not made.exists()


def test_values_stay_text_whatever_they_look_like(small: SmallArchive) -> None:
    small.write("people/zz.yaml", "id: no\nname: 2018\ncredentials: yes\nnote: 0x1F\n")
    [located] = load_file(small.root, "people/zz.yaml").records
    record = located.record
    assert (record.id, record.name, record.note) == (  # type: ignore[union-attr]
        "no",
        "2018",
        "0x1F",
    )


def test_messages_carry_no_control_characters(small: SmallArchive) -> None:
    small.write(
        "people/zz.yaml",
        'id: zz\nname: Z\n"\\e[31m\\u202e": 1\nroles: [{title: a, organisation: b,'
        ' partner: "x\\u202ey\\u009b", as_of: "\\u202e\\e2021"}]\n',
    )
    told = small.told()
    assert len(told) >= 4
    for line in told:
        assert sanitize(line, multiline=False) == line
    assert all(sanitize(diagnostic.path) == diagnostic.path for diagnostic in small.diagnostics())


def test_no_more_than_a_thousand_faults_of_a_file_are_told(small: SmallArchive) -> None:
    small.write("people/zz.yaml", "- x\n" * 5000)
    assert len(load_file(small.root, "people/zz.yaml").diagnostics) == MAX_DIAGNOSTICS


def test_windows_line_ends_and_a_byte_order_mark_are_fine(small: SmallArchive) -> None:
    small.write("documents/zz.md", b"\xef\xbb\xbf---\r\ntitle: Z\r\n---\r\n\r\nOne.\r\nTwo.\r\n")
    load = load_file(small.root, "documents/zz.md")
    assert load.diagnostics == []
    assert load.records[0].record.body == "One.\nTwo.\n"  # type: ignore[union-attr]


def test_a_file_too_large_is_not_read(small: SmallArchive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 100)
    small.write("documents/zz.md", "---\ntitle: Z\n---\n" + "x" * 100)
    [diagnostic] = load_file(small.root, "documents/zz.md").diagnostics
    assert str(diagnostic) == "documents/zz.md:1:1: cannot be read: larger than 100 bytes"


def test_a_named_pipe_does_not_hold_up_loading(small: SmallArchive) -> None:
    os.mkfifo(small.root / "people" / "pipe.yaml")
    assert small.told() == ["people/pipe.yaml:1:1: cannot be read: not a regular file"]


def test_a_file_one_may_not_read_is_a_fault(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def denied(path: str, flags: int) -> int:
        if path.endswith("people.yaml"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, flags)

    # The superuser, as whom tests may run, could read it whatever its mode.
    real_open = os.open
    monkeypatch.setattr(os, "open", denied)
    load = load_file(small.root, "people/people.yaml")
    assert [str(diagnostic) for diagnostic in load.diagnostics] == [
        "people/people.yaml:1:1: cannot be read: Permission denied"
    ]
    assert load_file(small.root, "partners/mila.yaml").diagnostics == []


def test_a_file_gone_since_the_scan_is_a_fault(small: SmallArchive) -> None:
    [diagnostic] = load_file(small.root, "people/gone.yaml").diagnostics
    assert str(diagnostic) == "people/gone.yaml:1:1: cannot be read: No such file or directory"


def test_links_that_leave_the_archive_are_faults(
    small: SmallArchive, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.yaml").write_text("id: secret\nname: Secret\n")
    (small.root / "people/link.yaml").symlink_to(outside / "secret.yaml")
    (small.root / "people/folder").symlink_to(outside)
    (small.root / "people/loop.yaml").symlink_to("loop.yaml")
    (small.root / "people/nothing.yaml").symlink_to("nothing-there.yaml")
    told = small.told()
    assert told[:2] == [
        "people/folder:1:1: cannot be read: the link leaves the archive",
        "people/link.yaml:1:1: cannot be read: the link leaves the archive",
    ]
    assert [line.partition(": cannot be read")[0] for line in told[2:]] == [
        "people/loop.yaml:1:1",
        "people/nothing.yaml:1:1",
    ]


def test_links_within_the_archive_are_followed_to_files_but_not_to_folders(
    small: SmallArchive,
) -> None:
    (small.root / "shelf").mkdir()
    (small.root / "shelf/zoe.yaml").write_text("id: zoe\nname: Zoe\n")
    (small.root / "people/zoe.yaml").symlink_to("../shelf/zoe.yaml")
    (small.root / "people/shelf").symlink_to("../shelf")
    (small.root / "documents/self").symlink_to(".")
    assert small.told() == [
        "documents/self:1:1: cannot be read: linked folders are not followed",
        "people/shelf:1:1: cannot be read: linked folders are not followed",
    ]
    assert "zoe" in [item.record.id for item in load_archive(small.root).records["person"]]


def test_a_folder_of_records_that_is_a_link_is_a_fault(
    small: SmallArchive, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = small.root / "figures"
    outside = tmp_path_factory.mktemp("outside")
    folder.rename(outside / "figures")
    folder.symlink_to(outside / "figures")
    assert small.told() == ["figures:1:1: cannot be read: the link leaves the archive"]


def test_a_file_name_that_is_not_utf_8_is_a_fault_unless_the_id_is_given(
    small: SmallArchive,
) -> None:
    folder = os.fsencode(small.root / "documents")
    Path(os.fsdecode(folder + b"/a\xff.md")).write_text("---\ntitle: A\n---\n")
    Path(os.fsdecode(folder + b"/b\xff.md")).write_text("---\nid: b\ntitle: B\n---\n")
    told = "the file's name is not an id; give one in the front matter"
    assert small.told() == [f"documents/a\\xff.md:1:1: {told}"]


def test_accented_file_names_are_the_same_id_however_the_letters_are_stored(
    small: SmallArchive,
) -> None:
    small.write("documents/e\u0301te\u0301.md", "---\ntitle: A\n---\n")
    ids = [item.record.id for item in load_archive(small.root).records["document"]]
    assert "\u00e9t\u00e9" in ids


def test_without_folder_or_head_there_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="no such folder"):
        load_archive(tmp_path / "none")
    with pytest.raises(ArchiveError, match=r"it has no archive\.yaml"):
        load_metadata(tmp_path)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("title: [A\n", "2:1: not valid YAML"),
        ("- a\n", "1:1: a mapping (key: value) is expected here"),
        ("home: mila\n", "1:1: “title” is missing"),
        ("", "1:1: the file is empty"),
        (b"title: \xff\n", "1:8: not UTF-8: byte 0xFF"),
        ("title: T\nx: &a [*a]\n", "1:1: nested deeper than 32 levels"),
    ],
)
def test_a_bad_head_is_a_fault_and_the_folder_gives_the_title(
    tmp_path: Path, content: str | bytes, told: str
) -> None:
    (tmp_path / "archive.yaml").write_bytes(
        content if isinstance(content, bytes) else content.encode()
    )
    head, diagnostics = load_metadata(tmp_path)
    assert head.title == tmp_path.name
    assert any(str(diagnostic).startswith(f"archive.yaml:{told}") for diagnostic in diagnostics)
    assert load_file(tmp_path, "archive.yaml").diagnostics == diagnostics


def test_scanning_lists_only_what_holds_records(small: SmallArchive) -> None:
    for relpath in ("README.md", "people/README.md", "documents/a.yaml", "other/a.yaml"):
        small.write(relpath, "x")
    small.write("people/more/b.yml", "id: b\nname: B\n")
    found = scan(small.root)
    assert list(found) == sorted(found)
    assert not {"README.md", "people/README.md", "documents/a.yaml", "other/a.yaml"} & set(found)
    assert "people/more/b.yml" in found
    assert found["archive.yaml"].size == (small.root / "archive.yaml").stat().st_size
    assert found["archive.yaml"].changed_ns == (small.root / "archive.yaml").stat().st_ctime_ns


@settings(max_examples=quota(200), deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text(alphabet="ab:-?[]{},&*!|>'\"%@`#~ \n\t", max_size=80).map(str.encode),
        st.lists(
            st.sampled_from(
                ["id: a", "name: b", "- id: c", "  name: d", "roles:", "- title: x", "  as_of: 2"]
            ),
            max_size=8,
        ).map(lambda lines: "\n".join(lines).encode()),
    ),
    st.sampled_from(["people/a.yaml", "events/a.yaml", "partners/a.yaml", "documents/a.md"]),
)
@example(b"? - a\n: b", "people/a.yaml")
@example(b"---\n? [a]\n: b\n---\n", "documents/a.md")
@example(b"<<: [a]\n", "partners/a.yaml")
def test_any_content_gives_records_and_faults_but_never_an_exception(
    content: bytes, relpath: str
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / relpath
        path.parent.mkdir()
        path.write_bytes(content)
        load = load_file(Path(folder), relpath)
        assert load.records or load.diagnostics or b"".join(content.split()) in (b"[]", b"-[]")
        assert all(
            diagnostic.line >= 1 and diagnostic.column >= 1 for diagnostic in load.diagnostics
        )
