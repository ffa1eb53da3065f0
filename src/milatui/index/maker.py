"""Which Whoosh makes an index here; readers ask it without importing Whoosh."""

from __future__ import annotations

from importlib import metadata
from typing import Final

SCHEMA_VERSION: Final = 2


def engine() -> str:
    """Which Whoosh this is, and our schema's version: an index of another is built anew."""
    found = [
        f"{name} {metadata.version(name)}"
        for name in ("whoosh-reloaded", "whoosh3", "whoosh")
        if _is_installed(name)
    ]
    return f"{' '.join(found) or 'whoosh'}; schema {SCHEMA_VERSION}"


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
