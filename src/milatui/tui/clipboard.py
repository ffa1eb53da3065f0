"""The escape sequence that puts text on the clipboard of the user's own terminal (OSC 52)."""

from __future__ import annotations

import base64
import os

LIMIT = 74_000
"""Bytes of text: with base64 about 100,000, the most that xterm and tmux take."""


def clipboard_sequence(text: str) -> str:
    """What to send to the terminal to copy ``text``; "" if it is too long.

    Inside tmux and screen it is sent twice: as it is, which tmux obeys if told to (``set-clipboard
    on``), and wrapped, so that they hand it to the terminal outside (``allow-passthrough on``).
    """
    data = text.encode("utf-8", "replace")
    if len(data) > LIMIT:
        return ""
    within = multiplexer()
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\a"
    if within == "tmux":
        return sequence + "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if within == "screen":
        return sequence + "\x1bP" + sequence + "\x1b\\"
    return sequence


def multiplexer() -> str:
    """ "tmux" or "screen" if the program runs within one of them, else ""; over SSH only the name
    of the terminal tells, and ``screen`` may be a tmux."""
    term = os.environ.get("TERM", "")
    if os.environ.get("TMUX") or term.startswith("tmux"):
        return "tmux"
    return "screen" if os.environ.get("STY") or term.startswith("screen") else ""
