"""``python -m milatui``."""

from __future__ import annotations

import sys

from milatui.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
