"""Sessions of a public login go on with the index that its owner has renewed meanwhile."""

from __future__ import annotations

import os
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pyte
import pytest

from milatui.ssh.audit.attack import ALT_SCREEN_ON
from milatui.ssh.audit.ssh_client import SshSession
from tests.sample import write_sample
from tests.security.testbed.observer import wait_until
from tests.security.testbed.public_login import Login, public_login
from tests.security.testbed.requirements import skip_without_sshd
from tests.terminal import PATIENCE

_COLUMNS, _ROWS = 120, 40
_DOCUMENT = """---
title: {title}
date: 2026-01-02
publisher: Example
language: en
type: news
---

The {word} of the new generation was seen.
"""


@pytest.fixture(
    scope="module",
    params=[
        pytest.param(False, id="fresh", marks=pytest.mark.long),
        pytest.param(True, id="warm"),
    ],
)
def renewable(request: pytest.FixtureRequest) -> Iterator[Login]:
    """A login to an archive that its owner changes."""
    skip_without_sshd()
    # Not below pytest's own folder, which no other account can enter.
    with tempfile.TemporaryDirectory(prefix="milatui-renewed-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        with public_login(write_sample(folder / "archive"), warm=request.param) as running:
            yield running


def seen(session: SshSession) -> str:
    """What the visitor sees."""
    screen = pyte.Screen(_COLUMNS, _ROWS)
    pyte.ByteStream(screen).feed(bytes(session.raw))
    return "\n".join(screen.display)


def wait_to_see(session: SshSession, words: str, seconds: float = PATIENCE) -> None:
    """Wait, without a key, until ``words`` are on the visitor's screen."""
    for _turn in range(int(seconds * 2)):
        if words in seen(session):
            return
        session.settle(0.5, 0.5)
    raise AssertionError(seen(session))


def renew(login: Login, name: str, word: str) -> None:
    """What an owner does: writes a document and runs ``milatui index``."""
    path = login.settings.archive / "documents" / f"{name}.md"
    path.write_text(_DOCUMENT.format(title=f"Seen {name}", word=word), encoding="utf-8")
    words = [str(login.python), "-I", "-m", "milatui", "index"]
    words += ["--archive", str(login.settings.archive), "--index", str(login.settings.index)]
    subprocess.run(words, check=True, capture_output=True, env={"HOME": "/nonexistent"})


def generations(login: Login) -> set[str]:
    return {path.name for path in login.settings.index.glob("gen-*")}


def enter(session: SshSession) -> None:
    assert session.wait_for(ALT_SCREEN_ON, PATIENCE), bytes(session.raw)
    session.settle()


def search(session: SshSession, word: str) -> None:
    session.send(b"/")
    session.settle(0.2)
    session.send(word.encode())


def test_a_renewal_reaches_who_is_there_and_nothing_of_theirs_is_lost(renewable: Login) -> None:
    before = generations(renewable)
    with renewable.target.session(columns=_COLUMNS, rows=_ROWS) as session:
        enter(session)
        search(session, "walrusquartz")
        wait_to_see(session, "walrusquartz")
        wait_to_see(session, "Nothing found")
        renew(renewable, "first-sight", "walrusquartz")
        # A second time: now the files that the session opened are removed.
        renew(renewable, "second-sight", "walrusquartz")
        assert not before & generations(renewable)
        wait_to_see(session, "2 found")
        assert "walrusquartz" in seen(session)
        session.send(b"\r")
        wait_to_see(session, "of the new generation was seen")
        # Pages of records that were there all the time still open.
        for keys in (b"\x1b", b"/", b"\x7f" * 20, b"samsung", b"\r", b"\r"):
            session.send(keys)
            session.settle(0.5, 2)
        wait_to_see(session, "Samsung")
        session.send(b"\x1b")
        session.settle(0.5, 2)
        session.send(b"q")
        assert session.wait_exit(PATIENCE) == 0
        assert b"unexpectedly" not in session.raw


@pytest.mark.long
def test_who_comes_after_a_renewal_finds_it_at_once(renewable: Login) -> None:
    renew(renewable, "third-sight", "narwhalbasalt")
    with renewable.target.session(columns=_COLUMNS, rows=_ROWS) as session:
        enter(session)
        search(session, "narwhalbasalt")
        wait_to_see(session, "1 found")


def test_the_warm_process_opens_a_renewed_index_for_all(renewable: Login) -> None:
    if not renewable.settings.warm:
        pytest.skip("each session opens its own")
    maps = Path(f"/proc/{renewable.processes[0].pid}/maps")
    before = generations(renewable)
    renew(renewable, "fourth-sight", "ocelotgneiss")
    (new,) = generations(renewable) - before
    with renewable.target.session(columns=_COLUMNS, rows=_ROWS) as session:
        enter(session)
        assert wait_until(lambda: new in maps.read_text(encoding="utf-8"))
        assert all(old not in maps.read_text(encoding="utf-8") for old in before - {new})
        with renewable.target.session(columns=_COLUMNS, rows=_ROWS) as second:
            enter(second)
            search(second, "ocelotgneiss")
            wait_to_see(second, "1 found")


@pytest.mark.long
def test_a_session_writes_nothing_into_an_index_it_may_only_read(renewable: Login) -> None:
    index = renewable.settings.index
    paths = [index, index / "CURRENT", *index.glob("gen-*"), *index.glob("gen-*/*")]
    for path in paths:
        status = path.stat()
        wanted = 0o755 if path.is_dir() else 0o644
        assert stat.S_IMODE(status.st_mode) == wanted, path
        if os.getuid() == 0:
            assert status.st_uid != renewable.uid
            words = renewable.as_account(["sh", "-c", '[ -w "$1" ]', "sh", str(path)])
            assert subprocess.run(words, check=False).returncode == 1, path
    with renewable.target.session(columns=_COLUMNS, rows=_ROWS) as session:
        enter(session)
        search(session, "samsung")
        wait_to_see(session, "found")
        session.send(b"\r")
        session.settle()
    assert paths == [index, index / "CURRENT", *index.glob("gen-*"), *index.glob("gen-*/*")]
