"""Copies text to the clipboard of the user's own terminal (OSC 52)."""

from __future__ import annotations

import base64
import os

LIMIT = 74_000
"""Maximum bytes of text: about 100,000 in base64, the most that xterm and tmux accept."""


def clipboard_sequence(text: str) -> str:
    """Returns the OSC 52 sequence that copies ``text``, "" if the text is too long.

    Inside tmux and screen the sequence is sent twice: plain, which tmux accepts with
    ``set-clipboard on``, and wrapped, which both pass on to the outer terminal
    (``allow-passthrough on``).
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
    """Returns "tmux" or "screen" if the program runs inside one of them, else "".

    Over SSH only TERM is known; ``screen`` may then be a tmux.
    """
    term = os.environ.get("TERM", "")
    if os.environ.get("TMUX") or term.startswith("tmux"):
        return "tmux"
    return "screen" if os.environ.get("STY") or term.startswith("screen") else ""
