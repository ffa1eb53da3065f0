"""Where a user's own files lie: the XDG base directories, wherever there is a home or none."""

from __future__ import annotations

import os
from pathlib import Path

_DEFAULTS = {
    "XDG_CACHE_HOME": ".cache",
    "XDG_CONFIG_HOME": ".config",
    "XDG_DATA_HOME": ".local/share",
}


def user_folder(variable: str) -> Path:
    """Milatui's folder in the base directory of an XDG ``variable``; it need not exist.

    A relative path in the variable does not count, as the specification says.
    """
    base = os.environ.get(variable, "")
    return (Path(base) if base.startswith("/") else _home() / _DEFAULTS[variable]) / "milatui"


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:
        # An account without an entry and without HOME: nothing can be kept, as the message
        # of the failing write will say.
        return Path("/nonexistent")
