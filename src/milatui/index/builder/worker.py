"""Builds an index in a process of its own that reports its progress line by line.

``python -m milatui.index.builder.worker ARCHIVE INDEX [--owner NAME]... [--rebuild]
[--lang en|fr]`` writes JSON lines to stdout: ``{"stage", "done", "total"}`` while it works, then
``{"result": {"records", "files", "faults", "incremental", "changed", "seconds"}}`` (exit 0) or
``{"error": {"reason", "message"}}`` (exit 1).  ``reason`` is one of ``IndexUnusable``'s, or
``archive`` (there is none) or ``write`` (the disk is full, say).
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Final

from milatui.archive.diagnostics import ArchiveError
from milatui.i18n import LANGUAGES, _, set_language
from milatui.index.builder.build import build
from milatui.index.errors import IndexUnusable

INTERVAL: Final = 0.05
"""Minimum time in seconds between two lines of progress."""


class ProgressReporter:
    """Writes progress, but not so often that its reader is kept busy."""

    def __init__(self) -> None:
        self._last = -INTERVAL
        self._stage = ""

    def __call__(self, stage: str, done: int, total: int) -> None:
        now = time.monotonic()
        if stage != self._stage or done == total or now - self._last >= INTERVAL:
            self._last, self._stage = now, stage
            _send({"stage": stage, "done": done, "total": total})


def main(arguments: list[str] | None = None) -> int:
    """Builds as the arguments say; see the module."""
    parser = argparse.ArgumentParser(prog="python -m milatui.index.builder.worker")
    parser.add_argument("archive", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--owner", action="append", default=[])
    parser.add_argument("--rebuild", action="store_true")
    parser.add_argument("--lang", choices=LANGUAGES)
    args = parser.parse_args(arguments)
    set_language(args.lang)
    try:
        built = build(
            args.archive,
            args.index,
            owners=args.owner,
            rebuild=args.rebuild,
            progress=ProgressReporter(),
        )
    except IndexUnusable as problem:
        return _fail(problem.reason, str(problem))
    except ArchiveError as error:
        return _fail("archive", str(error))
    except BrokenPipeError:
        # The program that started this process has ended.
        return 1
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("the index cannot be written to {folder}: {reason}")
        hint = _("Choose another folder with --index DIR.")
        return _fail("write", f"{message.format(folder=args.index, reason=reason)}. {hint}")
    _send({"result": asdict(built)})
    return 0


def _fail(reason: str, message: str) -> int:
    _send({"error": {"reason": reason, "message": message}})
    return 1


def _send(line: dict[str, object]) -> None:
    print(json.dumps(line), flush=True)  # noqa: T201 - this is what the process is for


if __name__ == "__main__":
    sys.exit(main())
