"""Revisions of the git repository that an archive is in, opened with the real git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from milatui.archive.diagnostics import ArchiveError
from milatui.archive.diff.archive_diff import compare_archives
from milatui.archive.diff.revisions import open_state
from milatui.archive.loader import load_archive
from tests.sample import write_sample

if TYPE_CHECKING:
    from pathlib import Path

AUTHOR = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")


def git(folder: Path, *words: str) -> None:
    environment = os.environ | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_COMMITTER_DATE": "2024-05-06T12:00:00Z",
        "GIT_AUTHOR_DATE": "2024-05-06T12:00:00Z",
    }
    subprocess.run(["git", *AUTHOR, *words], cwd=folder, env=environment, check=True)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """The sample archive in a folder of a repository, committed, with one change since."""
    archive = write_sample(tmp_path / "top" / "an archive é")
    git(tmp_path / "top", "init", "-q", ".")
    git(tmp_path / "top", "add", "-A")
    git(tmp_path / "top", "commit", "-q", "-m", "One")
    (archive / "documents" / "about.md").unlink()
    return archive


def test_a_commit_is_opened_as_it_was(archive: Path) -> None:
    with open_state("HEAD", archive) as state:
        assert state.label.startswith("HEAD (commit ")
        assert state.label.endswith(", 2024-05-06)")
        diff = compare_archives(load_archive(state.root), load_archive(archive))
        folder = state.root
    assert [each.id for each in diff.removed] == ["about"]
    assert not diff.changed
    assert diff.old.errors == diff.new.errors == 0
    assert not folder.exists()


def test_a_folder_is_opened_where_it_is(archive: Path) -> None:
    with open_state(str(archive), archive) as state:
        assert state.root == archive


@pytest.mark.parametrize("revision", ["HEAD~9", "nowhere", "--output=x", "HEAD:archive.yaml", ""])
def test_what_is_neither_folder_nor_revision_is_an_error(archive: Path, revision: str) -> None:
    state = open_state(revision, archive)
    with pytest.raises(ArchiveError, match="neither a folder nor a revision"):
        state.__enter__()


def test_an_archive_outside_of_a_repository_has_no_revisions(tmp_path: Path) -> None:
    archive = write_sample(tmp_path / "archive")
    state = open_state("HEAD", archive)
    with pytest.raises(ArchiveError, match="is not in a git repository"):
        state.__enter__()


def test_links_of_a_commit_lead_nowhere(archive: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Secret\n---\n\nA secret.\n")
    (archive / "documents" / "link.md").symlink_to(secret)
    git(archive, "add", "-A")
    git(archive, "commit", "-q", "-m", "A link")
    with open_state("HEAD", archive) as state:
        loaded = load_archive(state.root)
    assert all(each.record.id != "link" for each in loaded.records["document"])
    assert any(each.file == "documents/link.md" for each in loaded.diagnostics)


def test_no_program_that_a_repository_names_is_run(archive: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    (archive / ".gitattributes").write_text("*.md filter=evil diff=evil\n")
    for key in ("filter.evil.smudge", "filter.evil.process", "diff.evil.textconv"):
        git(archive, "config", key, f"touch {ran}")
    for key in ("core.fsmonitor", "core.pager", "diff.external", "core.sshCommand"):
        git(archive, "config", key, f"touch {ran}; cat")
    with open_state("HEAD", archive) as state:
        assert load_archive(state.root).records["document"]
    assert not ran.exists()
