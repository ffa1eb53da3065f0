"""Decodes a text line by line as it comes: a file of any length needs the memory of a few lines."""

from __future__ import annotations

import io
from collections import deque
from typing import TYPE_CHECKING, Final

from milatui.ingest.conversion.charset import decode, eight_bit_encoding

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD: Final = 4_096
"""Bytes by which UTF-16 and UTF-32 are recognised."""
_SAMPLE: Final = 200_000
"""Bytes of lines that are not ASCII by which an 8-bit encoding is judged."""
_LOOKAHEAD: Final = 2**20
"""Bytes that are read in advance for such a sample."""
_BYTES: Final = "latin-1"
"""The encoding in which each byte is a character, and lines are the lines of UTF-8."""
_BOM: Final = "\xef\xbb\xbf"
"""The byte order mark of UTF-8 in ``_BYTES``."""


class LineTooLongError(ValueError):
    """A line is longer than allowed: no text, or none that is to be in memory at once."""


class TextLines:
    """The lines of a stream, each with a newline at its end, whatever ends it in the file.

    A line that is not UTF-8 is read in the 8-bit encoding that suits it and what follows it best.
    Bytes that the encoding does not know become U+FFFD.  The stream stays open.

    Args:
        stream: The bytes.
        longest: Bytes of a line beyond which it is refused.

    Attributes:
        encoding: The encoding of the lines so far that are not UTF-8; empty if all are.
    """

    def __init__(self, stream: io.BufferedReader, longest: int) -> None:
        self.encoding = ""
        self._longest = longest
        head = stream.peek(_HEAD)[:_HEAD]
        wide = decode(head[: len(head) & ~3]).encoding
        self._is_wide = wide.startswith(("utf-16", "utf-32"))
        encoding = wide if self._is_wide else _BYTES
        self._text = io.TextIOWrapper(stream, encoding, errors="replace", newline=None)
        self._ahead: deque[str] = deque()

    def __iter__(self) -> Iterator[str]:
        """Yields the lines.

        Raises:
            LineTooLongError: a line is too long.
        """
        try:
            bom = "\ufeff" if self._is_wide else _BOM
            while line := self._next():
                yield self._decoded(line.removeprefix(bom))
                bom = ""
        finally:
            self._text.detach()

    def _decoded(self, line: str) -> str:
        if self._is_wide or line.isascii():
            return line
        data = line.encode(_BYTES)
        try:
            return data.decode()
        except UnicodeDecodeError:
            if not self.encoding:
                self.encoding = eight_bit_encoding(self._sample(line))
            return data.decode(self.encoding, "replace")

    def _next(self) -> str:
        return self._ahead.popleft() if self._ahead else self._read()

    def _read(self) -> str:
        line = self._text.readline(self._longest + 1)
        if len(line) > self._longest:
            raise LineTooLongError
        return line if line.endswith("\n") or not line else f"{line}\n"

    def _sample(self, line: str) -> bytes:
        """Returns a line and those of the next ones that are not ASCII; reads ahead for them."""
        sample = [line]
        read = taken = len(line)
        while read < _LOOKAHEAD and taken < _SAMPLE:
            following = self._read()
            if not following:
                break
            self._ahead.append(following)
            read += len(following)
            if not following.isascii():
                sample.append(following)
                taken += len(following)
        return "".join(sample)[:_SAMPLE].encode(_BYTES)
