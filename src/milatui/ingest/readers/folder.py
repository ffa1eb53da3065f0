"""Walks a folder or saved site: the files in it in a stable order, and what is passed over."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote, urlsplit

from milatui.archive.diagnostics import Diagnostic
from milatui.archive.files import printable_path
from milatui.i18n import _, ngettext
from milatui.ingest.readers.file_kind import ENDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from milatui.ingest.conversion.converted import ConvertedDocument, FoundValue

MAX_DEPTH: Final = 60
"""Depth of folders beyond which no more are entered."""
_COMPANIONS: Final = ("_files", "_fichiers", ".fld")
"""Ends of the names of folders that browsers save beside a page."""
_MAX_KINDS: Final = 12
"""Endings of files passed over that are named one by one."""


@dataclass(slots=True)
class FolderWalk:
    """Walks a folder; what it passes over is counted.

    Attributes:
        root: The folder.
        passed_over: Number of files passed over, by the ending of their names.
        links: Links that were not followed.
    """

    root: Path
    passed_over: Counter[str] = field(default_factory=Counter)
    links: list[Path] = field(default_factory=list)
    unreadable: list[tuple[Path, str]] = field(default_factory=list)
    _pages: dict[Path, Mapping[str, FoundValue]] = field(default_factory=dict)
    _listed: int = 0

    def files(self) -> Iterator[Path]:
        """Yields the files whose format may be one that is read, sorted within each folder."""
        pending = [(self.root, 0)]
        while pending:
            folder, depth = pending.pop()
            files, folders = self._entries(folder)
            # Sitemaps first: they say where the pages come from.
            files.sort(key=lambda path: (not is_sitemap_name(path), path.name))
            yield from files
            if depth < MAX_DEPTH:
                pending += [(path, depth + 1) for path in sorted(folders, reverse=True)]
            else:
                self.passed_over["/"] += len(folders)

    def take_sitemap(self, path: Path, pages: tuple[ConvertedDocument, ...]) -> None:
        """Notes what a sitemap says of the pages that are saved beside it.

        Args:
            path: The sitemap.
            pages: What it lists, by ``convert_sitemap``.
        """
        for page in pages:
            address = page.values["source"].value
            self._listed += 1
            for candidate in _saved_paths(address):
                target = path.parent / candidate
                if target.is_file():
                    self._pages.setdefault(target, page.values)
                    self._listed -= 1
                    break

    def stated(self, path: Path) -> Mapping[str, FoundValue]:
        """Returns what sitemaps say of a file."""
        return self._pages.get(path, {})

    def pass_over(self, path: Path) -> None:
        """Counts a file that is not read."""
        self.passed_over[path.suffix.lower() or path.name] += 1

    def notes(self, name: str) -> Iterator[Diagnostic]:
        """Yields what is to be said of the folder, called ``name``, after its files."""
        for path in self.links:
            message = _("passed over: this is a link, and links are not followed")
            yield Diagnostic(printable_path(str(path)), 1, 1, "", message, "warning")
        for path, reason in self.unreadable:
            message = _("cannot be read: {reason}").format(reason=reason)
            yield Diagnostic(printable_path(str(path)), 1, 1, "", message)
        if self.passed_over:
            count = sum(self.passed_over.values())
            most = self.passed_over.most_common(_MAX_KINDS)
            kinds = ", ".join(f"{number} {ending}" for ending, number in most)
            if len(self.passed_over) > _MAX_KINDS:
                kinds += ", …"
            message = ngettext(
                "{n} file passed over: {kinds}", "{n} files passed over: {kinds}", count
            )
            yield Diagnostic(name, 1, 1, "", message.format(n=count, kinds=kinds), "warning")
        if self._listed:
            message = ngettext(
                "{n} page of the sitemap is not in the folder",
                "{n} pages of the sitemap are not in the folder",
                self._listed,
            )
            yield Diagnostic(name, 1, 1, "", message.format(n=self._listed), "warning")

    def _entries(self, folder: Path) -> tuple[list[Path], list[Path]]:
        """Returns the files and the folders in a folder; the rest is counted."""
        files: list[Path] = []
        folders: list[Path] = []
        try:
            with os.scandir(folder) as entries:
                listed = list(entries)
        except OSError as error:
            self.unreadable.append((folder, error.strerror or str(error)))
            return files, folders
        for entry in listed:
            path = folder / entry.name
            if entry.is_symlink():
                self.links.append(path)
            elif entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith(".") and not entry.name.endswith(_COMPANIONS):
                    folders.append(path)
            elif entry.name.startswith("."):
                continue
            elif path.suffix.lower() in ENDINGS or not path.suffix:
                files.append(path)
            else:
                self.pass_over(path)
        return files, folders


def is_sitemap_name(path: Path) -> bool:
    """Returns whether a file is called as sitemaps are."""
    return path.suffix.lower() == ".xml" and "sitemap" in path.stem.lower()


def _saved_paths(address: str) -> list[PurePosixPath]:
    """Returns where a page may be saved, by its address, relative to the sitemap's folder."""
    try:
        parts = urlsplit(address)
    except ValueError:  # a bracket out of place
        return []
    steps = [step for step in unquote(parts.path).split("/") if step not in ("", ".")]
    if ".." in steps or any("\0" in step for step in steps):
        return []
    found = []
    for begin in ([], [parts.hostname or ""]):
        path = PurePosixPath(*begin, *steps)
        found += [path, path.with_name(f"{path.name}.html")] if path.name else []
        found.append(path / "index.html")
    return found
