"""Mutates seeds without end: bytes are changed, doubled, removed, and awkward pieces inserted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from random import Random

Target = Callable[[bytes], object]
"""Takes any bytes and raises only if there is a bug."""

AWKWARD = (
    *(b"\0", b"\x1b", b"\x7f", b"\x85", b"\xff", b"\xc3", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r"),
    *(b"\n", b"\r\n", b"\t", b" ", b"---\n", b"...\n", b"- ", b"? ", b": ", b"&a ", b"*a", b"!!x "),
    *(
        b"[",
        b"]",
        b"{",
        b"}",
        b'"',
        b"'",
        b"|\n",
        b">\n",
        b"#",
        b"%",
        b"@",
        b"`",
        b"\\",
        b"/",
        b"~",
    ),
    *(
        b"1e999999",
        b"9" * 400,
        b"-1",
        b"0x1F",
        b"null",
        b"true",
        b"NaN",
        b"2021-02-30",
        b"XX",
        b"..",
    ),
    *("\u202e\u2066\u200b\u2028\u0301".encode(), b"<<", b"=", b"a" * 300, b"[[[[[[[[", b"\\ud800"),
    *(b"OR ", b"NOT ", b"near/5 ", b"title:", b"**", b"__", b"```\n", b"| ", b"](", b"\x1b[200~"),
)
"""Pieces that are hard for readers."""
_LONGEST = 4096


def attempt(target: Target, data: bytes) -> None:
    """Runs a target; an exception names the input."""
    with ExitStack() as noting:
        noting.push(lambda _kind, error, _traceback: _noted(error, data))
        target(data)


def _noted(error: BaseException | None, data: bytes) -> bool:
    if error is not None:
        error.add_note(f"for {data!r}")
    return False


def mutants(seeds: Sequence[bytes], chance: Random) -> Iterator[bytes]:
    """Yields the seeds, then mutants without end."""
    yield from seeds
    while True:
        data = bytearray(chance.choice(seeds))
        for _step in range(chance.choice((1, 1, 2, 3, 5, 8))):
            _change(data, chance, seeds)
        yield bytes(data[:_LONGEST])


def _change(data: bytearray, chance: Random, seeds: Sequence[bytes]) -> None:
    at = chance.randrange(len(data) + 1)
    stop = min(len(data), at + chance.choice((1, 1, 2, 4, 16, 64)))
    match chance.randrange(6):
        case 0:
            data[at:stop] = b""
        case 1:
            data[at:at] = chance.choice(AWKWARD)
        case 2:
            data[at:stop] = chance.choice(AWKWARD)
        case 3:
            data[at:at] = data[at:stop] * chance.choice((1, 2, 20))
        case 4:
            other = chance.choice(seeds)
            begin = chance.randrange(len(other) + 1)
            data[at:at] = other[begin : begin + 64]
        case _:
            data[at:stop] = bytes(chance.randrange(256) for _ in range(stop - at))
