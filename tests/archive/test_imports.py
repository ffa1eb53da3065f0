"""What the catalogue takes from the archive layer costs it neither a YAML parser nor more."""

from __future__ import annotations

import subprocess
import sys

import pytest

FREE_OF_YAML = ("records", "conversion", "dates", "quotes", "cleaning", "faults")
ALL = (*FREE_OF_YAML, "loading", "checking", "writing")


@pytest.mark.parametrize(
    ("modules", "unwanted"),
    [
        (FREE_OF_YAML, ("yaml", "whoosh", "textual", "rich", "difflib")),
        (ALL, ("whoosh", "textual", "rich", "difflib")),
    ],
)
def test_modules_load_no_more_than_they_need(
    modules: tuple[str, ...], unwanted: tuple[str, ...]
) -> None:
    imports = "".join(f"import milatui.archive.{module}\n" for module in modules)
    script = f"import sys\n{imports}print([name for name in {unwanted!r} if name in sys.modules])"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert result.stdout == "[]\n"
