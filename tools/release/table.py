"""Collects the measurements of a release and writes them into SECURITY.md."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

BEGIN = "<!-- release: made by `python -m tools.release --write` -->"
END = "<!-- /release -->"
SECURITY = Path(__file__).resolve().parents[2] / "SECURITY.md"
MODES = ("fresh", "warm")
_HEAD = (
    "| point | what, and what is wanted | a process for each session | warm process | verdict |",
    "|---|---|---|---|---|",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """The value of one line in one mode, and whether it is within its limit."""

    found: str
    kept: bool


@dataclass
class Table:
    """Findings by line, in the order of the points."""

    lines: dict[tuple[int, str], dict[str, Finding]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, mode: str, point: int, what: str, found: str, kept: bool) -> None:
        """Adds a finding and prints it on stderr."""
        with self._lock:
            self.lines.setdefault((point, what), {})[mode] = Finding(found, kept)
            verdict = "kept" if kept else "MISSED"
            print(f"{mode:5} {point} {what}: {found}: {verdict}", file=sys.stderr, flush=True)

    def attempt(self, mode: str, point: int, what: str, measure: Callable[[], None]) -> None:
        """Runs ``measure``, which adds findings; if it fails, the failure is the finding."""
        try:
            measure()
        except (OSError, AssertionError, RuntimeError, ValueError, subprocess.SubprocessError) as e:
            self.note(mode, point, what, f"not measured: {type(e).__name__} {e}"[:200], False)

    @property
    def kept(self) -> bool:
        """Whether every finding is within its limit."""
        return all(one.kept for line in self.lines.values() for one in line.values())

    def markdown(self) -> str:
        """Returns the table as Markdown, below a line on the machine."""
        rows = [_row(*key, line) for key, line in sorted(self.lines.items(), key=lambda i: i[0][0])]
        return "\n".join((_place(), "", *_HEAD, *rows))

    def write(self, path: Path) -> None:
        """Writes the table between the markers of the file."""
        text = path.read_text(encoding="utf-8")
        before, rest = text.split(BEGIN, 1)
        after = rest.split(END, 1)[1]
        path.write_text(f"{before}{BEGIN}\n{self.markdown()}\n{END}{after}", encoding="utf-8")


def _row(point: int, what: str, line: dict[str, Finding]) -> str:
    cells = [line[mode].found.replace("|", "\\|") if mode in line else "–" for mode in MODES]
    missed = [mode for mode, finding in line.items() if not finding.kept]
    verdict = "kept" if not missed else "**missed**"
    if missed and len(missed) < len(line):
        verdict += f" ({missed[0]})"
    return f"| {point} | {what} | {cells[0]} | {cells[1]} | {verdict} |"


def _place() -> str:
    said = subprocess.run(["ssh", "-V"], capture_output=True, text=True, check=False).stderr
    server = said.partition(",")[0].strip()
    version = platform.python_version()
    return (
        f"Measured on {os.cpu_count()} cores, Linux, {server}, Python {version}, 120x40,"
        " the archive that ships if no other is named:"
    )
