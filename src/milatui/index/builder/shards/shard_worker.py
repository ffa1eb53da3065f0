"""Builds a shard in a process of its own, for ``shard_process``.

``python -m milatui.index.builder.shards.shard_worker ARCHIVE FOLDER LANGUAGE`` takes the files'
paths as JSON from stdin and writes JSON lines to stdout: ``{"stage", "done"}`` while it works, then
``{"result": shard}``, or ``{"error": [number, text]}``.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

from milatui.index.builder.shards.shard import ShardBuilder

if TYPE_CHECKING:
    from collections.abc import Sequence

INTERVAL: Final = 0.05
"""Minimum time in seconds between two lines of progress."""
WHOLE: Final = 1000
"""What ``done`` is when everything is written."""


def main(arguments: Sequence[str]) -> int:
    """Builds a shard as the arguments say; see the module."""
    archive, folder, language = arguments
    paths: list[str] = json.load(sys.stdin)
    try:
        builder = ShardBuilder(Path(archive), Path(folder), language)
        try:
            _build(builder, paths)
        finally:
            builder.cancel()
    except BrokenPipeError:
        # The builder that started this process has ended.
        return 1
    except OSError as error:
        _send({"error": [error.errno, error.strerror or str(error)]})
        return 1
    return 0


def _build(builder: ShardBuilder, paths: Sequence[str]) -> None:
    last = -INTERVAL

    def tick(stage: str, done: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= INTERVAL:
            last = now
            _send({"stage": stage, "done": done})

    builder.read(paths, lambda done: tick("read", done))
    _send({"stage": "read", "done": len(paths)})
    shard = builder.finish(lambda part: tick("write", int(part * WHOLE)))
    _send({"result": shard.to_json()})


def _send(line: dict[str, object]) -> None:
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
