"""Runs the build of the index as a process of its own, so that the screen stays awake."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from milatui.i18n import _, language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended: why it failed in a sentence ("" if it did not), and faults in files."""

    failure: str
    faults: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a build is: ``done`` of ``total`` pieces of the present ``stage`` (a word)."""

    done: int
    total: int
    stage: str


def command(archive: Path, index: Path, owners: Sequence[str], rebuild: bool) -> list[str]:
    """The command line of the worker; ``rebuild``: nothing of the old index is used."""
    given = [part for owner in owners for part in ("--owner", owner)]
    worker = [sys.executable, "-m", "milatui.index.builder.worker", "--lang", language()]
    given += ["--rebuild"] if rebuild else []
    return [*worker, *given, "--", str(archive), str(index)]


async def build(
    archive: Path,
    index: Path,
    owners: Sequence[str],
    report: Callable[[Progress], None],
    rebuild: bool = False,
) -> Built:
    """Build the index; ``report`` is told how far it is."""
    process = await asyncio.create_subprocess_exec(
        *command(archive, index, owners, rebuild),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    built = Built(_("The index could not be made."))
    try:
        if process.stdout is not None:
            async for line in process.stdout:
                built = _read(line, report) or built
        status = await process.wait()
    except asyncio.CancelledError:
        if process.returncode is None:
            process.kill()
        raise
    return replace(built, failure=built.failure if status else "")


def _read(line: bytes, report: Callable[[Progress], None]) -> Built | None:
    """Take in one line of the worker; how it ended if the line says so."""
    try:
        message = json.loads(line)
    except ValueError:
        return None
    if not isinstance(message, dict):
        return None
    if "total" in message:
        done, total = int(message.get("done", 0)), int(message["total"])
        report(Progress(done, total, str(message.get("stage", ""))))
    error, result = message.get("error"), message.get("result")
    if isinstance(error, dict):
        return Built(str(error.get("message", "")))
    return Built("", int(result.get("faults", 0))) if isinstance(result, dict) else None
