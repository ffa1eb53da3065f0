"""Reads a share of an archive's files in a process of its own, for ``sharing``.

``python -m milatui.index.shareworker ARCHIVE FOLDER NUMBER LANGUAGE`` takes the files' paths as
JSON from stdin and writes JSON lines to stdout: ``{"stage", "done"}`` while it works, then
``{"result": SIZE}`` and so many bytes of the pickled ``Result``; or ``{"error": [number, text]}``.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from milatui.index.share import Share
from milatui.index.writing import PartWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERVAL: Final = 0.05
"""Seconds between two lines of progress at least."""
WHOLE: Final = 1000
"""What ``done`` is when everything is written."""


def main(arguments: Sequence[str]) -> int:
    """Read and write a share as the arguments say; see the module."""
    archive, folder, number, language = arguments
    paths: list[str] = json.load(sys.stdin)
    try:
        writer = PartWriter(Path(folder), int(number), language)
        try:
            _work(Share(Path(archive), writer), paths)
        finally:
            writer.cancel()
    except BrokenPipeError:
        # Nobody waits for the index any more.
        return 1
    except OSError as error:
        _say({"error": [error.errno, error.strerror or str(error)]})
        return 1
    return 0


def _work(share: Share, paths: Sequence[str]) -> None:
    last = -INTERVAL

    def tell(stage: str, done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= INTERVAL:
            last = now
            _say({"stage": stage, "done": done})

    share.read(paths, lambda done: tell("read", done))
    _say({"stage": "read", "done": len(paths)})
    result = share.finish(lambda part: tell("write", int(part * WHOLE)))
    data = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
    _say({"result": len(data)})
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def _say(line: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
