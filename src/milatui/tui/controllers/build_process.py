"""Builds the index in a separate process, so that the interface stays responsive."""

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
class BuildOutcome:
    """The end of a build: why it failed ("" if it did not), and the number of faults in files."""

    failure: str
    faults: int = 0


@dataclass(frozen=True, slots=True)
class IndexProgress:
    """Progress of a build: ``done`` of ``total`` files in a ``stage`` ("read" or "write")."""

    done: int
    total: int
    stage: str


def command(archive: Path, index: Path, owners: Sequence[str], rebuild: bool) -> list[str]:
    """Returns the command line of the worker; ``rebuild`` ignores the old index."""
    given = [part for owner in owners for part in ("--owner", owner)]
    worker = [sys.executable, "-m", "milatui.index.builder.worker", "--lang", language()]
    given += ["--rebuild"] if rebuild else []
    return [*worker, *given, "--", str(archive), str(index)]


async def run_build(
    archive: Path,
    index: Path,
    owners: Sequence[str],
    report: Callable[[IndexProgress], None],
    rebuild: bool = False,
) -> BuildOutcome:
    """Builds the index in a process, which is killed if the task is cancelled.

    Args:
        archive: The archive directory.
        index: The index directory.
        owners: Accounts whose index may be used.
        report: Called with the progress.
        rebuild: Ignore the old index.
    """
    process = await asyncio.create_subprocess_exec(
        *command(archive, index, owners, rebuild),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    outcome = BuildOutcome(_("The index could not be built."))
    try:
        if process.stdout is not None:
            async for line in process.stdout:
                outcome = _read_message(line, report) or outcome
        status = await process.wait()
    except asyncio.CancelledError:
        if process.returncode is None:
            process.kill()
        raise
    return replace(outcome, failure=outcome.failure if status else "")


def _read_message(line: bytes, report: Callable[[IndexProgress], None]) -> BuildOutcome | None:
    """Reads one line of the worker's output: reports progress, or returns the outcome."""
    try:
        message = json.loads(line)
    except ValueError:
        return None
    if not isinstance(message, dict):
        return None
    if "total" in message:
        done, total = int(message.get("done", 0)), int(message["total"])
        report(IndexProgress(done, total, str(message.get("stage", ""))))
    error, result = message.get("error"), message.get("result")
    if isinstance(error, dict):
        return BuildOutcome(str(error.get("message", "")))
    return BuildOutcome("", int(result.get("faults", 0))) if isinstance(result, dict) else None
