"""Walks through a hostile archive, and measures the memory of sessions in a large one."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from milatui.ssh.audit.ssh_client import SshSession
from tests.security.testbed.hostile_archive import write_archive
from tests.security.testbed.large_archive import write_large_archive
from tests.security.testbed.payloads import PAYLOADS, successes
from tests.security.testbed.public_login import Login, public_login
from tools.release.measures import Measures
from tools.release.table import Table

HOSTILE, SMALL, LARGE = 1_000, 200, 100_000
PREPARED = "MILATUI_PRESS_ARCHIVE"
_MOMENTS = ("painted", "after a search and a page")
_QUIET = 0.015
_MARKUP = b"[@click=app.quit]PWN8"
_VIEWS = (
    *(b"4", b"\x1b[6~", b"n", b"l", b"\r", b"o", b"\x1b", b"F", b"\x1b[6~", b"P", b"\x1b[6~"),
    *(b"f", b"word", b"\x1b", b"\x10", b"PWN", b"\x1b", b"?", b"y", b"Y", b"c", b"T", b"L", b"z"),
)


def hostile_archive(folder: Path) -> Path:
    """Writes the hostile archive, readable by the account of visitors."""
    root = write_archive(folder / "hostile", HOSTILE)
    for path in (root, *root.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    return root


def walk(mode: str, table: Table, archive: Path) -> None:
    """Measures point 2: every document and event in list and reader, then every other pane."""
    with public_login(archive, warm=mode == "warm") as login:
        raw, lines = _walk(login)
    found = successes(raw)
    shown = _MARKUP in raw
    words = f"{lines:,} lines walked, {len(raw) / 1e6:.1f} MB, {len(found)} controls through"
    words += f" ({found[0]})" if found else ""
    words += ", markup as it stands" if shown else ", markup not seen as it stands"
    what = f"{HOSTILE:,} hostile documents, {len(PAYLOADS)} payloads, all panes: nothing obeyed"
    table.note(mode, 2, what, words, not found and shown and lines >= 2 * HOSTILE)


def _walk(login: Login) -> tuple[bytes, int]:
    """Returns all bytes that the terminal got, and the number of timeline rows visited."""
    with login.target.session(columns=140, rows=45) as session:
        if not session.wait_for(b"zoom", 60):
            raise RuntimeError(f"no session: {bytes(session.raw)[-200:]!r}")
        session.settle(0.5)
        for keys in (b"2", b"d", b"g"):
            _press(session, keys, 0.3)
        lines = 1
        while lines < 3 * HOSTILE and _press(session, b"j", _QUIET):
            lines += 1
        for pane in (b"1", b"3", b"/word\r"):
            _press(session, pane, 0.5)
            for _page in range(HOSTILE // 30):
                _press(session, b"\x1b[6~", _QUIET)
        for keys in _VIEWS:
            _press(session, keys, 0.2)
        if session.process.poll() is not None:
            raise RuntimeError("the session ended by itself")
        return bytes(session.raw), lines


def _press(session: SshSession, keys: bytes, quiet: float) -> bool:
    """Presses keys and waits until all is drawn; returns False if nothing was."""
    before = len(session.raw)
    session.send(keys)
    if session.read(5.0):
        session.settle(quiet, 5)
    return len(session.raw) > before


def weigh(table: Table, folder: Path, modes: Sequence[str]) -> None:
    """Measures point 7: memory of a session in a large archive beside one in a small archive.

    ``MILATUI_PRESS_ARCHIVE`` names a large archive; without it one is made.
    """
    prepared = os.environ.get(PREPARED)
    large = Path(prepared) if prepared else write_large_archive(folder / "large", LARGE)
    number = sum(1 for _path in large.glob("documents/**/*.md"))
    small = _privately(write_large_archive(folder / "small", SMALL), table, modes)
    for mode, memory in _privately(large, table, modes).items():
        for what, much, little in zip(_MOMENTS, memory, small[mode], strict=True):
            found = (
                f"{much - little:+.1f} MB: {much:.1f} with {number:,}, {little:.1f} with {SMALL}"
            )
            line = f"private memory more with 100,000 documents, {what}: 5 MB"
            table.note(mode, 7, line, found, much - little <= 5 and number >= LARGE)


def _privately(archive: Path, table: Table, modes: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Returns the private MB of a session at two moments, by mode; the index is built once."""
    found: dict[str, tuple[float, float]] = {}
    with contextlib.ExitStack() as stack:
        index: Path | None = None
        for mode in modes:
            login = stack.enter_context(public_login(archive, warm=mode == "warm", index=index))
            index = login.settings.index
            found[mode] = Measures(login, mode, table).private()
    return found
