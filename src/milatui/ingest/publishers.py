"""Recognises the publisher of a document by the site it was published on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from milatui.archive.files import METADATA_FILE, kind_of_path, scan
from milatui.archive.loader import load_file
from milatui.archive.records import Partner

if TYPE_CHECKING:
    from pathlib import Path


class Publishers:
    """The partners of an archive by their websites."""

    def __init__(self, root: Path) -> None:
        self._names: dict[str, str] = {}
        for relpath in scan(root):
            if relpath != METADATA_FILE and kind_of_path(relpath) == "partner":
                for located in load_file(root, relpath).records:
                    if isinstance(located.record, Partner) and located.record.website:
                        self._names.setdefault(_host(located.record.website), located.record.name)
        self._names.pop("", None)

    def of_address(self, address: str) -> str:
        """The partner whose website ``address`` is on, or on a part of (``news.``), or empty."""
        host = _host(address)
        while "." in host:
            if name := self._names.get(host):
                return name
            host = host.partition(".")[2]
        return ""


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:  # a bracket out of place
        return ""
