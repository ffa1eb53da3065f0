"""Entry point of ``milatui`` and ``python -m milatui``."""

from __future__ import annotations

import gc
import signal
import sys

_GARBAGE = 100_000
"""Number of new objects after which garbage is looked for. Imports make many objects and hardly
any garbage: looking for it takes a tenth of a command. A search ends with 62,000 objects."""


def run() -> int:
    """Runs the command line of this process and returns its exit code."""
    gc.set_threshold(_GARBAGE)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Until the imports below have finished, SIGINT exits without a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from milatui.cli.main import run as run_command

    return run_command()


if __name__ == "__main__":
    sys.exit(run())
