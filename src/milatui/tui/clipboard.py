"""The escape sequence that puts text on the clipboard of the user's own terminal (OSC 52)."""

from __future__ import annotations

import base64
import os

LIMIT = 74_000
"""Bytes of text: with base64 about 100,000, the most that xterm and tmux take."""


def clipboard_sequence(text: str) -> str:
    """What to send to the terminal to copy ``text``; "" if it is too long.

    Inside tmux and screen the sequence is wrapped, so that they hand it to the terminal outside.
    """
    data = text.encode("utf-8", "replace")
    if len(data) > LIMIT:
        return ""
    sequence = f"\x1b]52;c;{base64.b64encode(data).decode('ascii')}\a"
    if os.environ.get("TMUX"):
        return "\x1bPtmux;" + sequence.replace("\x1b", "\x1b\x1b") + "\x1b\\"
    if os.environ.get("STY"):
        return "\x1bP" + sequence + "\x1b\\"
    return sequence
