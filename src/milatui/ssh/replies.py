"""Attacks by what only a terminal should say: forged replies, endless and impossible sequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.ssh.attack import Attack
from milatui.ssh.keystrokes import KIND, typed

if TYPE_CHECKING:
    from collections.abc import Iterator

_WITHIN = "answers within 2 s"


def attacks() -> Iterator[Attack]:
    """Replies, numbers, strings without an end."""
    for title, data in _REPLIES:
        yield Attack(KIND, f"forged: {title}", f"typed: {data!r:.40}", _WITHIN, typed(data))
    for title, data in _NUMBERS:
        yield Attack(KIND, title, f"typed: {data[:24]!r} …", _WITHIN, typed(data))
    for title, start in _ENDLESS:
        command = f"typed: {start!r}, then 10 MB"
        yield Attack(KIND, f"{title} without an end", command, _WITHIN, typed(start + _TEN_MB))


_TEN_MB = b"A" * 10_000_000
_REPLIES = (
    ("kind of terminal (DA1)", b"\x1b[?65;1;2;4;6;9;15;22;29c" * 50),
    ("its version (DA2, DA3)", b"\x1b[>99999;99999;99999c\x1bP!|FFFFFFFF\x1b\\"),
    ("its name (XTVERSION)", b"\x1bP>|$(id)\x1b\\"),
    ("the cursor's place (DSR)", b"\x1b[99999;99999R\x1b[0n\x1b[3n"),
    ("the clipboard (OSC 52)", b"\x1b]52;c;aWQKcm0gLXJmIC8K\x07"),
    ("colours (OSC 4, 10, 11)", b"\x1b]10;rgb:ffff/0/0\x1b\\\x1b]11;rgb:0/0/0\x07\x1b]4;1;?\x07"),
    ("a title (OSC l, OSC L)", b"\x1b]l\nid\n\x1b\\\x1b]Lid\r\x1b\\"),
    ("capabilities (XTGETTCAP)", b"\x1bP1+r544e=787465726d;436f=ffff\x1b\\\x1bP0+r\x1b\\"),
    ("settings (DECRQSS)", b'\x1bP1$r99999;99999"p\x1b\\'),
    ("modes (DECRPM)", b"\x1b[?1049;2$y\x1b[?99999999;9$y\x1b[?2026;0$y\x1b[?2048;1$y"),
    ("the keyboard (kitty)", b"\x1b[?31u\x1b[97;1:3u\x1b[57441;1:2u\x1b[97;;1114111u"),
    ("pixels (kitty, xterm)", b"\x1b_Gi=1;OK\x1b\\\x1b[4;0;0t\x1b[6;0;0t\x1b[8;65535;65535t"),
    ("paste within paste", b"/\x1b[200~a\x1b[201~b\x1b[200~c\x1b[200~d\x1b[201~\x1b[201~e"),
)
_NUMBERS = (
    ("a number of 4,000 digits", b"\x1b[" + b"9" * 4_000 + b"A"),
    ("a number of 1,000,000 digits", b"\x1b[" + b"9" * 1_000_000 + b"A"),
    ("100,000 numbers", b"\x1b[" + b"1;" * 100_000 + b"m"),
    ("a click beyond all screens", b"\x1b[<0;99999999999999999999;99999999999999999999M"),
    ("a click left of all screens", b"\x1b[<0;0;0M\x1b[<0;-5;-5M\x1b[M\x20\x00\x00"),
    ("half a mouse, half a key, half a paste", b"\x1b[<0;1\x1b[1;\x1b[20\x1bO\x1b"),
)
_ENDLESS = (
    ("a command of the terminal (OSC)", b"\x1b]52;c;"),
    ("a string for the device (DCS)", b"\x1bP1+r"),
    ("a string for programs (APC)", b"\x1b_G"),
    ("a sequence (CSI)", b"\x1b["),
)
