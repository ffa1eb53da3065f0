"""Recognises the text of scanned PDF files with an installed ``ocrmypdf``."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path
from typing import Final

from milatui.i18n import _
from milatui.ingest.conversion.converted import ConversionError

PROGRAM: Final = "ocrmypdf"
MAX_SECONDS: Final = 600
"""Seconds that the recognition of a file may take."""
_MAX_MEMORY: Final = 4 * 2**30
_LANGUAGES: Final = "eng+fra"


def recognise_text(data: bytes, reason: str) -> bytes:
    """Returns a scanned PDF file with a layer of text.

    Args:
        data: The file.
        reason: Why its text must be recognised, for the message.

    Raises:
        ConversionError: ``ocrmypdf`` is not installed, or fails.
    """
    program = shutil.which(PROGRAM)
    if program is None:
        message = _("{reason}; to have it recognised, install {program}")
        raise ConversionError(message.format(reason=reason, program=PROGRAM))
    with tempfile.TemporaryDirectory(prefix="milatui-") as folder:
        source, target = Path(folder, "scan.pdf"), Path(folder, "text.pdf")
        source.write_bytes(data)
        options = ("--skip-text", "--output-type", "pdf", "--quiet")
        for languages in (("-l", _LANGUAGES), ()):
            command = [program, *options, *languages, str(source), str(target)]
            if _run(command) and target.exists():
                return target.read_bytes()
    message = _("{reason}, and {program} could not recognise it")
    raise ConversionError(message.format(reason=reason, program=PROGRAM))


def _run(command: list[str]) -> bool:
    """Runs a command within limits of time and memory; returns whether it has succeeded."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        preexec_fn=_limit,
        start_new_session=True,
    )
    try:
        return process.wait(MAX_SECONDS) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.returncode is None:
            # It lets other programs recognise the pages, which would go on.
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _limit() -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    least = _MAX_MEMORY if hard == resource.RLIM_INFINITY else min(hard, _MAX_MEMORY)
    resource.setrlimit(resource.RLIMIT_AS, (least, hard))
