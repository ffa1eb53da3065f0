"""Names and paths of the files of an index.

An index directory holds ``CURRENT`` (the name of a generation and the checksum of its manifest),
``gen-XXXXXXXX/`` folders, ``lock`` and perhaps ``checked``. A generation never changes once it is
current; ``CURRENT`` is replaced atomically, so that readers see the old one or the new one.
"""

from __future__ import annotations

import os
import zlib
from typing import TYPE_CHECKING, Final

from milatui.i18n import _
from milatui.index.errors import IndexUnusable
from milatui.paths import user_folder

if TYPE_CHECKING:
    from pathlib import Path

CURRENT: Final = "CURRENT"
MANIFEST: Final = "manifest.json"
LOCK: Final = "lock"
CHECKED: Final = "checked"
"""Names the generation that was found equal to its archive; its time says when."""
GENERATION_PREFIX: Final = "gen-"
COLUMNS: Final = "columns.arr"
"""Columns of all records by record number, see ``columns``."""
FILES: Final = "files.arr"
"""The files of the archive, see ``file_manifest``."""
DELETIONS: Final = "deletions.arr"
"""Document frequencies among deleted documents, see ``deletions``."""
INDEX_NAME: Final = "MAIN"
"""Whoosh's name of the index in a generation."""


def default_index_dir(archive: Path) -> Path:
    """Returns the folder in the user's cache for the index of an archive."""
    real = os.fsencode(archive.resolve())
    # Two checksums: 64 bits keep the archives of one user apart, and cost no import.
    fingerprint = f"{zlib.crc32(real):08x}{zlib.adler32(real[::-1]):08x}"
    return user_folder("XDG_CACHE_HOME") / fingerprint


def damaged(name: str) -> IndexUnusable:
    """Makes the error for a file of the index that is not what was written."""
    return IndexUnusable("damaged", _("the index is damaged: {file}").format(file=name))
