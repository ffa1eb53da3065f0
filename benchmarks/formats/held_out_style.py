"""The style that was written after the readers had been tuned, and that nothing was changed for."""

from __future__ import annotations

from benchmarks.formats.page_styles import Style

HELD_OUT: dict[str, Style] = {}
