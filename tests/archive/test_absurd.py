"""Files and archives of absurd shapes: work and memory grow with their size, not its square.

Each of these would take hours or all memory if it were otherwise, so no clock is needed.
"""

from __future__ import annotations

import os
import stat
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from milatui.archive import files
from milatui.archive.edtf import DateError, parse_edtf
from milatui.archive.loader import load_file
from milatui.archive.quotes.text_quote import find_spans
from milatui.archive.records import Source
from milatui.archive.validate import MAX_DIAGNOSTICS
from tests.peak_memory import peak_memory

if TYPE_CHECKING:
    from tests.archive.conftest import SmallArchive

MANY = 400_000


def test_an_id_with_a_gap_in_a_broken_file(small: SmallArchive) -> None:
    small.write("people/zz.yaml", "id: a" + " " * MANY + "b\nx: [\n")
    load = load_file(small.root, "people/zz.yaml")
    assert load.rejected == [("person", "a" + " " * MANY + "b")]


def test_a_thousand_faults_within_a_long_key(small: SmallArchive) -> None:
    inner = "{basis: b, " + ", ".join(f"x{n}: 1" for n in range(MAX_DIAGNOSTICS)) + "}"
    text = (
        f"id: zz\nname: Z\nkind: company\nrelation: r\nverified:\n  ? {'k' * MANY}\n  : {inner}\n"
    )
    small.write("partners/zz.yaml", text)
    assert peak_memory(partial(load_file, small.root, "partners/zz.yaml")) < 50 * MANY
    diagnostics = load_file(small.root, "partners/zz.yaml").diagnostics
    assert len(diagnostics) == MAX_DIAGNOSTICS
    assert all(len(diagnostic.path) < 200 for diagnostic in diagnostics)


def test_a_file_that_grows_while_it_is_read(
    small: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = SimpleNamespace(st_mode=stat.S_IFREG, st_size=10)
    monkeypatch.setattr(files, "MAX_FILE_BYTES", 1_000)
    monkeypatch.setattr(os, "fstat", lambda _handle: before)
    small.write("documents/zz.md", "---\ntitle: Z\n---\n" + "x" * 500)
    [located] = load_file(small.root, "documents/zz.md").records
    assert located.record.body == "x" * 500  # type: ignore[union-attr]
    small.write("documents/zz.md", "---\ntitle: Z\n---\n" + "x" * 5_000)
    [diagnostic] = load_file(small.root, "documents/zz.md").diagnostics
    assert "larger than" in diagnostic.message


def test_messages_quote_only_the_beginning_of_a_long_value(small: SmallArchive) -> None:
    long = "9" * MANY
    small.write("people/zz.yaml", f"id: zz\nname: Z\nroles:\n- title: a\n  as_of: {long}\n")
    (diagnostic, _missing) = load_file(small.root, "people/zz.yaml").diagnostics
    assert "is not an EDTF date" in diagnostic.message
    assert len(diagnostic.message) < 200
    with pytest.raises(DateError) as raised:
        parse_edtf(long)
    assert len(raised.value.message) < 200


def test_many_wrong_references_and_ids_given_twice(small: SmallArchive, long: bool) -> None:
    many = 8_000 if long else 2_000
    small.write(
        "people/zz.yaml",
        "".join(
            f"- {{id: twice, name: n{n}, roles: [{{title: t, organisation: o,"
            f" partner: partner-{n}, as_of: '2020'}}]}}\n"
            for n in range(many)
        ),
    )
    diagnostics = [
        diagnostic for diagnostic in small.diagnostics() if diagnostic.file == "people/zz.yaml"
    ]
    assert len(diagnostics) == 3 * many - 1
    assert {diagnostic.line for diagnostic in diagnostics} == set(range(1, many + 1))


WORDS = "a " * MANY
PASSAGES = "p " + "x q " * MANY


@pytest.mark.parametrize(
    ("body", "source"),
    [
        (WORDS, Source("d", "a " * (MANY // 2) + "b")),
        (PASSAGES, Source("d", "x", prefix="y " + "x q " * (MANY // 2))),
        (PASSAGES, Source("d", "x", suffix="q x " * (MANY // 2) + "y")),
        ("a" + " " * MANY + "b", Source("d", "a b c")),
    ],
    ids=["words", "prefix", "suffix", "spaces"],
)
def test_passages_that_nearly_stand_a_million_times(body: str, source: Source) -> None:
    assert find_spans(body, source) == []


def test_passages_that_stand_a_million_times() -> None:
    assert find_spans(WORDS, Source("d", "a", prefix="a a")) == [(4, 5), (6, 7)]
    long = Source("d", "a " * (MANY // 2), suffix="a")
    assert find_spans(WORDS, long, limit=1) == [(0, 2 * (MANY // 2) - 1)]
