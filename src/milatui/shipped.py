"""Where the archive that ships with milatui lies: in the installed package, or in a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_archive() -> Path:
    """The folder of the shipped archive; it may be missing from a broken installation."""
    installed = _PACKAGE / "data"
    if (installed / "archive.yaml").is_file():
        return installed
    return _PACKAGE.parent.parent / "data"
