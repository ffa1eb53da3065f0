"""``milatui verify`` and ``show --cite``: what is cited stands, whatever file it is in."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

from milatui.cli import text_input
from milatui.cli.commands.verify import differing

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Ended


@pytest.fixture
def report(run: Callable[..., Ended], tmp_path: Path) -> Path:
    """A text with two citations, of which one has been changed."""
    texts = [
        run("show", location, "--cite", "markdown").out
        for location in ("statement/st-1", "event/amgen-lab-opens")
    ]
    file = tmp_path / "report.md"
    changed = texts[1].replace("corporate laboratory", "corporate office")
    file.write_text(f"# Report\n\n{texts[0]}\n{changed}", encoding="utf-8")
    return file


def test_each_citation_is_told_with_its_place(run: Callable[..., Ended], report: Path) -> None:
    ended = run("verify", str(report))
    assert ended.code == 1
    assert ended.out == (
        f"{report}:3:73: stands: document/amgen-lab#para=3&words=9-11\n"
        f"{report}:7:42: changed: document/amgen-lab#para=1&words=5-11: the document is the same,"
        " the words in the text differ from it; cited: “a corporate office in the Mila building”;"
        " nearest: “a corporate laboratory in the Mila building”\n"
    )
    assert ended.err == "2 citations: 1 stands, 1 changed\n"


def test_json_has_every_citation(run: Callable[..., Ended], report: Path) -> None:
    found = run("verify", str(report), "--json").json
    assert found["schema"] == "milatui.verify/1"
    assert found["counts"] == {"stands": 1, "moved": 0, "changed": 1, "gone": 0}
    assert found["citations"][1] == {
        "file": str(report),
        "line": 7,
        "column": 42,
        "status": "changed",
        "reason": "the document is the same, the words in the text differ from it",
        "address": "document/amgen-lab#para=1&words=5-11",
        "hash": "7bd69a4ef182",
        "title": "Amgen establishes a corporate lab at Mila",
        "location": "document/amgen-lab#para=1&words=5-11",
        "words": "a corporate office in the Mila building",
        "nearest": "a corporate laboratory in the Mila building",
    }


def test_all_standing_ends_well_in_every_encoding(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    text = run("show", "statement/st-1", "--cite", "text").out.replace("\n", "\r\n")
    for name, encoding in (("a.txt", "utf-8-sig"), ("b.txt", "utf-16")):
        (tmp_path / name).write_bytes(text.encode(encoding))
    ended = run("verify", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"))
    assert (ended.code, ended.err) == (0, "2 citations: 2 stand\n")


def test_stdin_and_a_text_without_citations(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Nothing here.")))
    ended = run("verify", "-")
    assert (ended.code, ended.out, ended.err) == (1, "", "no citation of milatui found\n")


def test_a_docx_file(run: Callable[..., Ended], tmp_path: Path) -> None:
    passage, _gap, note = run("show", "statement/st-1", "--cite", "text").out.partition("\n\n")
    word = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    note = note.strip().removeprefix("Source: ").replace("&", "&amp;")
    note = note.replace("<", "&lt;").replace(">", "&gt;")
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr(
            "word/document.xml",
            f"<w:document {word}><w:p><w:r><w:t>Title</w:t></w:r></w:p><w:p><w:r><w:t>{passage}"
            '</w:t><w:footnoteReference w:id="1"/></w:r></w:p></w:document>',
        )
        archive.writestr(
            "word/footnotes.xml",
            f'<w:footnotes {word}><w:footnote w:id="1"><w:p><w:r><w:t>{note}</w:t></w:r></w:p>'
            "</w:footnote></w:footnotes>",
        )
    ended = run("verify", str(tmp_path / "a.docx"))
    assert ended.code == 0
    assert ended.out.startswith(f"{tmp_path / 'a.docx'}:2:73: stands")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"x" * 3000, "is too large: at most 0 MB are read"),
        (b"\x00\x01\x02", "is neither UTF-8 text nor DOCX"),
        (b"caf\xe9", "is neither UTF-8 text nor DOCX"),
        (b"PK\x03\x04", "cannot be read: the DOCX file is damaged or encrypted"),
        (None, "cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_read_is_told_in_one_line(
    run: Callable[..., Ended],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    data: bytes | None,
    reason: str,
) -> None:
    monkeypatch.setattr(text_input, "MAX_BYTES", 2000)
    file = tmp_path / "a\x1b.md"
    if data is not None:
        file.write_bytes(data)
    ended = run("verify", str(file))
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err == f"milatui: {str(file).replace(chr(27), '␛')} {reason}\n"


def test_hostile_texts_take_no_time_and_reach_no_terminal(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    file = tmp_path / "a.md"
    address = "milatui:document/a\x1b[31m#para=1&words=1-999999999"
    deep = "[" * 100_000
    many = f"<{address}> " * 2000 + "“" * 50_000 + " \n> " * 50_000 + "[^a" * 50_000
    for text in (deep + address, many, "x" * 1_000_000 + address, '"' * 200_000 + f"<{address}>"):
        file.write_text(text, encoding="utf-8")
        ended = run("verify", str(file))
        assert ended.code == 1
        assert "\x1b" not in ended.out


def test_a_style_that_is_unknown_or_missing(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "invalid choice" in run("show", "statement/st-1", "--cite", "apa").err
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: None)
    ended = run("show", "statement/st-1", "--cite", "mla")
    assert ended.code == 2
    assert ended.err == (
        "milatui: Chicago and MLA need citeproc-py, which is not installed.\n"
        "To install it: pip install 'milatui[citations]'\n"
    )
    assert run("show", "statement/st-11", "--cite", "text").code == 1


def test_long_passages_are_cut_around_the_first_difference() -> None:
    one = " ".join(map(str, range(100)))
    cited, nearest = differing(one, one.replace("50", "x"))
    assert cited.startswith("… 47 48 49 50 51")
    assert nearest == f"… 47 48 49 x {' '.join(map(str, range(51, 67)))} …"
    assert differing("a b", "") == ("a b", "")
