"""Locates the user's folders (XDG base directories) and the bundled archive."""

from __future__ import annotations

import os
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_DEFAULTS = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
}


def user_folder(variable: str) -> Path:
    """Returns milatui's folder in one of the XDG base directories; it need not exist.

    Args:
        variable: ``XDG_CACHE_HOME``, ``XDG_CONFIG_HOME``, ``XDG_DATA_HOME`` or
            ``XDG_STATE_HOME``. A relative path in the variable is ignored, as the XDG
            specification demands.
    """
    base = os.environ.get(variable, "")
    return (Path(base) if base.startswith("/") else _home() / _DEFAULTS[variable]) / "milatui"


def bundled_archive() -> Path:
    """Returns the folder of the archive that ships with milatui.

    It lies in the installed package, or in ``data/`` of a checkout. A broken installation may lack
    it.
    """
    installed = _PACKAGE / "data"
    if (installed / "archive.yaml").is_file():
        return installed
    return _PACKAGE.parent.parent / "data"


def in_bundled_archive(folder: Path) -> bool:
    """Returns whether a folder, which need not exist, is the bundled archive or inside it."""
    try:
        return folder.resolve().is_relative_to(bundled_archive().resolve())
    except (OSError, RuntimeError):  # a loop of links: what writes there says so
        return False


def archive_template(*, example: bool = False) -> Path:
    """Returns the folder whose files ``milatui new`` copies, or that of the example records."""
    return _PACKAGE / "archive" / ("example_template" if example else "template")


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        # An account without a passwd entry and without HOME. Nothing can be saved there, and the
        # message of the failing write says so.
        return Path("/nonexistent")
