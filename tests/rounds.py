"""How many rounds the tests run that repeat themselves."""

from __future__ import annotations

import os

LONG = bool(os.environ.get("MILATUI_LONG_TESTS"))
"""Whether the tests may take their time: all rounds, not a few."""
