"""Entry point of ``milatui`` and ``python -m milatui``."""

from __future__ import annotations

import signal
import sys


def run() -> int:
    """Runs the command line of this process and returns its exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until the imports below have finished, SIGINT exits without a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from milatui.cli.main import run as run_command

    return run_command()


if __name__ == "__main__":
    sys.exit(run())
