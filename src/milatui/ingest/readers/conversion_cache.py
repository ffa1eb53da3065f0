"""Remembers converted files until an import or review has ended, so that each is converted once."""

# untranslated: names of files
from __future__ import annotations

import shutil
import zlib
from contextlib import suppress
from hashlib import sha256
from typing import TYPE_CHECKING, Final

from milatui import __version__
from milatui.atomic_file import temporary_beside
from milatui.i18n import language
from milatui.index.store.layout import default_index_dir
from milatui.ingest.conversion.messages import parse_reply, reply_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from milatui.ingest.conversion.converted import ConvertedDocument, Format

_FASTEST: Final = 1


class ConversionCache:
    """What files of an import were converted to, by the hash of their bytes.

    A file that has changed is another one.  What cannot be read or written here is converted again.

    Args:
        folder: A folder for it alone; it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @classmethod
    def of_import(cls, archive: Path) -> ConversionCache:
        """Returns the cache of an import without review, in the user's cache."""
        index = default_index_dir(archive)
        return cls(index.with_name(f"{index.name}-conversions"))

    def get(self, kind: Format, data: bytes) -> Sequence[ConvertedDocument] | None:
        """Returns what a file was converted to; None if it was not, or not by this version.

        Args:
            kind: Its format.
            data: Its bytes.
        """
        with suppress(OSError, ValueError, zlib.error):
            return parse_reply(zlib.decompress(self._path(kind, data).read_bytes()))
        return None

    def put(self, kind: Format, data: bytes, documents: Sequence[ConvertedDocument]) -> None:
        """Remembers what a file was converted to; arguments as of ``get``."""
        _length, _newline, reply = reply_bytes(documents).partition(b"\n")
        path = self._path(kind, data)
        with suppress(OSError):
            # It holds texts: for the user alone.
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            compressed = zlib.compress(reply, _FASTEST)
            with temporary_beside(path, [compressed], 0o600) as (temporary, _status):
                temporary.replace(path)

    def remove(self) -> None:
        """Forgets all files: the import or review is over."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _path(self, kind: Format, data: bytes) -> Path:
        # Notes on a conversion are in the language of the interface.
        name = f"{sha256(data).hexdigest()}-{kind}-{language()}-{__version__}"
        return self._folder / name
