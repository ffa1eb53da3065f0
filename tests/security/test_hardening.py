"""Full disks, killed builders, two at once, clocks that go back, files of absurd sizes."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milatui.archive.loader import load_file
from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.location import LocationError, parse_location
from milatui.catalogue.scope import Scope
from milatui.index.builder.build import build
from milatui.tui.actions import actions
from milatui.tui.keymap import read_keymap
from tests.fork_server import ForkedProcess, popen, run_text
from tests.fork_server import run as run_forked
from tests.sample import write_sample
from tests.terminal import MILATUI

HOSTILE = st.text(st.characters(), max_size=60) | st.text(
    st.sampled_from("\"'()[]{}*?~^:+-&|!\\/#%=<>.,;@ \t\n\x00\x1bANDORTOxàé0"), max_size=60
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_sample(tmp_path_factory.mktemp("hard") / "archive")


@pytest.fixture(scope="module")
def catalogue(archive: Path) -> Catalogue:
    index = archive.parent / "index"
    build(archive, index)
    return Catalogue.open(index)


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """One command of milatui, its streams as text."""
    return run_text([*MILATUI, *words], os.environ | environment)


def assert_one_line(ended: subprocess.CompletedProcess[str], *codes: int) -> None:
    """It failed politely."""
    assert ended.returncode in codes, ended
    assert "Traceback" not in ended.stderr
    assert "internal error" not in ended.stderr
    assert 1 <= len(ended.stderr.strip().splitlines()) <= 3, ended.stderr


# Any text for a query, a location, a keymap -----------------------------------------------------


@given(query=HOSTILE, typing=st.booleans())
def test_any_text_is_a_query(catalogue: Catalogue, query: str, typing: bool) -> None:
    answer = catalogue.search(query, Scope(), limit=5, typing=typing)
    assert answer.total >= len(answer.hits)


_LONG_QUERIES = (
    *("a" * 100_000, "mila " * 20_000, "a* " * 5_000, "mila OR " * 5_000, "near/5 " * 5_000),
    *("(" * 5_000, '"' * 5_000, "NOT " * 5_000, "-" * 5_000 + "a", "/.*a.*/ " * 1_000),
)


def test_very_long_queries_are_answered(catalogue: Catalogue) -> None:
    for query in _LONG_QUERIES:
        began = time.process_time()
        catalogue.search(query, Scope(), limit=5)
        # Not a measure of speed: only that no query costs without bound.
        assert time.process_time() - began < 10


@given(HOSTILE)
def test_any_text_is_a_location_or_none(text: str) -> None:
    with contextlib.suppress(LocationError):
        location = parse_location(text)
        assert parse_location(str(location)) == location


@given(data=st.binary(max_size=80) | HOSTILE.map(lambda text: text.encode("utf-8", "replace")))
def test_any_file_is_a_keymap_or_has_faults(
    data: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "keymap.toml"
    path.write_bytes(b"[keys]\n" + data)
    keymap = read_keymap(path, actions())
    assert all(isinstance(fault, str) for fault in keymap.errors)


def test_any_stream_of_queries_is_answered_line_by_line(archive: Path, long: bool) -> None:
    @settings(max_examples=100 if long else 12)
    @given(st.lists(st.binary(max_size=60) | HOSTILE.map(lambda text: json.dumps(text).encode())))
    def answered(lines: list[bytes]) -> None:
        _answer_all(archive, lines)

    answered()


def _answer_all(archive: Path, lines: list[bytes]) -> None:
    """Asks a process for ``lines`` and expects an answer to each that is not blank."""
    lines = [line.replace(b"\n", b" ") for line in lines]
    asked = [line for line in lines if line.strip()]
    if not asked:
        return
    # One process for many examples would hide which of them broke it.
    command = [*MILATUI, "--archive", str(archive), "search", "--stdin"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(archive.parent)}
    ended = run_forked(command, environment, b"\n".join(lines))
    assert ended.returncode == 0, ended.stderr
    answers = ended.stdout.splitlines()
    assert len(answers) == len(asked)
    for answer in answers:
        assert "id" in json.loads(answer)


# Files of absurd sizes --------------------------------------------------------------------------


def test_a_document_of_a_gigabyte_is_refused_unread(tmp_path: Path) -> None:
    root = write_sample(tmp_path / "archive")
    path = root / "documents" / "huge.md"
    with path.open("wb") as file:
        file.write(b"---\ntitle: Huge\n---\n")
        file.truncate(1 << 30)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (fault,) = load_file(root, "documents/huge.md").diagnostics
    assert "larger than" in fault.message
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000
    built = build(root, tmp_path / "index")
    assert built.records > 50


@pytest.mark.long
def test_a_line_of_ten_megabytes_is_read_and_found(tmp_path: Path) -> None:
    root = write_sample(tmp_path / "archive")
    text = "---\ntitle: Wide\ndate: '2020'\n---\n" + "word " * 2_000_000 + "needleword\n"
    (root / "documents" / "wide.md").write_text(text, encoding="utf-8")
    build(root, tmp_path / "index")
    found = Catalogue.open(tmp_path / "index").search("needleword", Scope())
    assert [hit.row.id for hit in found.hits] == ["wide"]


# Builders ---------------------------------------------------------------------------------------


def builder(archive: Path, index: Path) -> ForkedProcess:
    """A process that builds the index from nothing."""
    command = [
        sys.executable,
        "-m",
        "milatui.index.builder.worker",
        str(archive),
        str(index),
        "--rebuild",
    ]
    return popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def test_two_builders_at_once_leave_one_whole_index(archive: Path, tmp_path: Path) -> None:
    with builder(archive, tmp_path) as one, builder(archive, tmp_path) as two:
        assert sorted((one.wait(60), two.wait(60))) in ([0, 0], [0, 1])
    assert Catalogue.open(tmp_path).search("mila", Scope()).total > 10


def test_a_builder_killed_at_any_moment_leaves_a_whole_index(
    archive: Path, tmp_path: Path, long: bool
) -> None:
    build(archive, tmp_path)
    chance = random.Random(1993)
    for _round in range(50 if long else 8):
        with builder(archive, tmp_path) as process:
            time.sleep(chance.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
        assert Catalogue.open(tmp_path).search("mila", Scope()).total > 10
    build(archive, tmp_path, rebuild=True)
    assert len(list(tmp_path.glob("gen-*"))) <= 2


def test_a_first_build_killed_at_any_moment_can_be_repeated(
    archive: Path, tmp_path: Path, long: bool
) -> None:
    chance = random.Random(2017)
    for number in range(50 if long else 5):
        index = tmp_path / str(number)
        with builder(archive, index) as process:
            time.sleep(chance.uniform(0, 0.2))
            process.send_signal(signal.SIGKILL)
        build(archive, index)
        assert Catalogue.open(index).size > 50


def test_a_clock_that_goes_back_hides_no_change(tmp_path: Path) -> None:
    root, index = write_sample(tmp_path / "archive"), tmp_path / "index"
    build(root, index)
    path = root / "documents" / "later.md"
    path.write_text("---\ntitle: Later\n---\nzeppelin\n", encoding="utf-8")
    build(root, index)
    path.write_text("---\ntitle: Later\n---\nairplane\n", encoding="utf-8")
    os.utime(path, (1, 1))
    built = build(root, index)
    assert built.changed == 1
    catalogue = Catalogue.open(index)
    assert [hit.row.id for hit in catalogue.search("airplane", Scope()).hits] == ["later"]


# Disks and homes --------------------------------------------------------------------------------


@contextlib.contextmanager
def small_disk(folder: Path, size: str) -> Iterator[Path]:
    """A disk of ``size``; needs root."""
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(words, capture_output=True, check=False).returncode:
        pytest.skip("needs root to make a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_costs_a_line_and_leaves_no_half_index(archive: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "96k") as disk:
        words = ("--archive", str(archive), "--index", str(disk / "index"))
        assert_one_line(run(*words, "index"), 1, 4)
        assert_one_line(run(*words, "search", "mila"), 1, 4)
        grown = ["mount", "-o", "remount,size=64m", str(disk)]
        subprocess.run(grown, check=True)
        ended = run(*words, "search", "mila")
        assert ended.returncode == 0, ended.stderr


def test_a_disk_that_fills_up_keeps_the_old_index(archive: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", "64m") as disk:
        index = disk / "index"
        build(archive, index)
        with (disk / "filler").open("wb") as filler, contextlib.suppress(OSError):
            while True:
                filler.write(b"x" * 65_536)
                filler.flush()
        words = ("--archive", str(archive), "--index", str(index))
        assert_one_line(run(*words, "index", "--rebuild"), 1, 4)
        assert run(*words, "search", "mila").returncode == 0


def test_a_home_that_takes_nothing_costs_a_line(archive: Path) -> None:
    # Not even root can write there.
    places = {"HOME": "/proc/none", "XDG_CACHE_HOME": "/proc/none", "XDG_CONFIG_HOME": "/proc/none"}
    assert_one_line(run("--archive", str(archive), "search", "mila", **places), 1, 4)
    assert run("--archive", str(archive), "check", **places).returncode in (0, 1)
    assert run("--version", **places).returncode == 0


def test_without_rights_to_its_folder_an_index_is_still_read(archive: Path, tmp_path: Path) -> None:
    if not Path("/usr/bin/setpriv").exists() or os.getuid() != 0:
        pytest.skip("needs root to be somebody else")
    index = tmp_path / "index"
    build(archive, index)
    seen = {path: path.stat().st_mtime_ns for path in index.rglob("*")}
    index.chmod(0o555)
    ended = run("--archive", str(archive), "--index", str(index), "search", "mila")
    assert ended.returncode == 0, ended.stderr
    assert {path: path.stat().st_mtime_ns for path in index.rglob("*")} == seen
