"""Reads the sockets of the machine: listeners and owners."""

from __future__ import annotations

import contextlib
from pathlib import Path


def is_listening(path: Path) -> bool:
    """Returns whether a process accepts connections at a Unix socket."""
    for line in Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()[1:]:
        words = line.split(maxsplit=7)
        if words[3] == "00010000" and words[-1] == str(path):
            return True
    return False


def owner_of(inode: str) -> str:
    """Returns the command line of a process that has a socket open, "gone" if none has."""
    for process in Path("/proc").glob("[0-9]*"):
        # It may end, or belong to others.
        with contextlib.suppress(OSError):
            for entry in (process / "fd").iterdir():
                if entry.readlink().name == f"socket:[{inode}]":
                    words = (process / "cmdline").read_bytes().split(b"\0")
                    return b" ".join(words).decode(errors="replace").strip()
    return "gone"
