"""Measures what failing disks and other accounts do to an index and its owner."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

from tests.security.testbed.public_login import Login
from tools.release.table import Table

_PAGE = 4096
_PATIENCE = 300.0
"""Seconds after which a command counts as hanging."""
_QUERY = ("search", "--json", "amgen laboratory")


def tampering(mode: str, table: Table, login: Login) -> None:
    """Point 9."""
    table.attempt(mode, 9, "damage", lambda: _zeros(mode, table, login))
    table.attempt(mode, 9, "a lock", lambda: _held(mode, table, login))


def _zeros(mode: str, table: Table, login: Login) -> None:
    """Zeroes each file of an index in turn, whole and in part, and repeats a search."""
    index = _copy(login, "zeroed")
    sound = _answer(_command(login, index, *_QUERY))
    right = said = 0
    wrong: list[str] = []
    for name in sorted(path.name for path in _generation(index).iterdir()):
        for part in ("whole", "first page", "middle page"):
            shutil.rmtree(index)
            index = _copy(login, "zeroed")
            if not _zero(_generation(index) / name, part):
                continue
            done = _command(login, index, *_QUERY)
            if _answer(done) == sound:
                right += 1
            elif done.returncode == 4 and done.stderr.strip():
                said += 1
            else:
                wrong.append(f"{name}, {part}")
    found = f"{right} right, {said} said, {len(wrong)} wrong"
    found += f" ({'; '.join(wrong)[:100]})" if wrong else ""
    what = "files of an index turned to zeros: answers right, or the damage said"
    table.note(mode, 9, what, found, not wrong and right > 0)


def _held(mode: str, table: Table, login: Login) -> None:
    """Lets the visitors' account hold the lock of an index, and builds."""
    index = _copy(login, "held")
    words = login.as_account(["flock", "-x", str(index / "lock"), "sleep", "600"])
    with subprocess.Popen(words, stderr=subprocess.DEVNULL) as holder:
        try:
            time.sleep(1)
            opened = holder.poll() is None
            began = time.monotonic()
            done = _command(login, index, "index", "--rebuild")
            took = time.monotonic() - began
        finally:
            holder.kill()
    as_root = os.getuid() == 0
    closed = (index / "lock").stat().st_mode & 0o777 == 0o600
    found = f"exit {done.returncode} after {took:.0f} s, lock {'shut' if closed else 'open'}"
    found += "" if as_root else " (the same account: not root)"
    what = "lock held by another account: the owner builds, the lock is the owner's alone"
    table.note(mode, 9, what, found, done.returncode == 0 and closed and opened and as_root)


def _copy(login: Login, name: str) -> Path:
    """Copies the login's index, readable for all."""
    index = login.folder / name
    shutil.copytree(login.settings.index, index)
    index.chmod(0o755)
    (index / "lock").touch()
    (index / "lock").chmod(0o644)
    return index


def _generation(index: Path) -> Path:
    return index / (index / "CURRENT").read_text(encoding="ascii").split()[0]


def _zero(path: Path, part: str) -> bool:
    """Zeroes a file, its size and time unchanged; returns False if that changes nothing."""
    status = path.stat()
    data = bytearray(path.read_bytes())
    before = bytes(data)
    middle = len(data) // 2 // _PAGE * _PAGE
    begin = middle if part == "middle page" else 0
    end = len(data) if part == "whole" else begin + _PAGE
    data[begin:end] = bytes(len(data[begin:end]))
    path.write_bytes(data)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return bytes(data) != before


def _command(login: Login, index: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Runs a command as the owner."""
    program = [str(login.python), "-I", "-m", "milatui"]
    places = ["--archive", str(login.settings.archive), "--index", str(index)]
    return subprocess.run(
        [*program, *places, *words],
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
        env={"HOME": "/nonexistent", "LANG": "C.UTF-8"},
    )


def _answer(done: subprocess.CompletedProcess[str]) -> object:
    """Returns the answer of a search without its duration; None if it found nothing."""
    if done.returncode:
        return None
    answer = dict(json.loads(done.stdout))
    del answer["took_ms"]
    return answer
