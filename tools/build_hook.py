"""Build hook of hatchling: compiles the French texts into the wheel and the editable install."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompileTexts(BuildHookInterface):
    """Runs ``python -m tools.translation --compile`` before the files are collected."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compiles the texts; git ignores the result, so it is named as an artifact."""
        del version
        command = [sys.executable, "-m", "tools.translation", "--compile"]
        subprocess.run(command, cwd=self.root, check=True)
        build_data["artifacts"].append("src/milatui/locale/**/*.mo")
