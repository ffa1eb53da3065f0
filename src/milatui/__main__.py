"""``python -m milatui``, and what the installed program calls."""

from __future__ import annotations

import signal
import sys


def run() -> int:
    """Run the command line of this process and return its exit code."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until all is loaded there is nobody to answer an interrupt, which ends us in silence.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from milatui.cli.main import run as run_command

    return run_command()


if __name__ == "__main__":
    sys.exit(run())
