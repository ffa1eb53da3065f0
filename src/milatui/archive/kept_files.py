"""Names the files that documents were read from: kept in ``originals/`` by their digest."""

from __future__ import annotations

import re
from typing import Final

FOLDER: Final = "originals"
_PATH: Final = re.compile(rf"{FOLDER}/[0-9a-f]{{64}}(?:\.[a-z0-9]{{1,8}})?")


def is_kept_file(path: str) -> bool:
    """Tells if a path within an archive has the form of those of kept files."""
    return _PATH.fullmatch(path) is not None


def kept_path(digest: str, ending: str) -> str:
    """Returns where in an archive a file is kept.

    Args:
        digest: SHA-256 of its bytes as hexadecimal digits.
        ending: Ending of its name with the dot, in lower case.
    """
    return f"{FOLDER}/{digest}{ending}"
