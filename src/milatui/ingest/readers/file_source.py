"""Opens outside files: their bytes within limits, and what their name and place say of them."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import Diagnostic
from milatui.i18n import _
from milatui.ingest.conversion.charset import decode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from io import BufferedReader
    from pathlib import Path
    from typing import BinaryIO

    from milatui.ingest.conversion.converted import FoundValue

MAX_BYTES: Final = 128 * 2**20
"""The largest file that is read whole; JSON Lines and CSV are read line by line."""

_REPLACED: Final = "\ufffd"


@dataclass(frozen=True, slots=True)
class FileSource:
    """A file that is read whole.

    Attributes:
        name: Its path as it was given, for messages.
        data: Its bytes.
        stem: Its name without the ending, where the file is one document.
        folders: Names of the folders around it, the innermost last.
        path: Where it is; None for stdin.
        stated: What is said of it elsewhere, in a sitemap say.
    """

    name: str
    data: bytes
    stem: str = ""
    folders: tuple[str, ...] = ()
    path: Path | None = None
    stated: Mapping[str, FoundValue] = field(default_factory=dict)


def decode_source(source: FileSource) -> tuple[str, tuple[Diagnostic, ...]]:
    """Returns the text of a file, with newlines as its only line ends, and what is said of it."""
    decoded = decode(source.data)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    if decoded.encoding.startswith(("utf-8", "utf-16", "utf-32")):
        return text, ()
    message = _("not UTF-8: read as {encoding}").format(encoding=decoded.encoding)
    return text, (Diagnostic(source.name, 1, 1, "", message, "warning"),)


def is_binary(text: str) -> bool:
    """Returns whether what was decoded is not a text."""
    sample = text[:4096]
    strange = sum(char < " " and char not in "\n\t\f\x1b" for char in sample)
    return "\0" in sample or strange + sample.count(_REPLACED) > len(sample) / 20


def open_regular(path: Path) -> BufferedReader:
    """Opens a file for reading, if it is a regular one: a pipe or device may never end.

    Raises:
        OSError: it cannot be opened, or is something else.
    """
    handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(_("this is neither a file nor a folder"))
        return os.fdopen(handle, "rb")
    except BaseException:
        os.close(handle)
        raise


def read_whole(stream: BinaryIO, name: str) -> bytes | Diagnostic:
    """Returns all bytes of a stream, or the diagnostic that it is too large."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        message = _("the file is larger than {n} MB").format(n=MAX_BYTES // 2**20)
        return Diagnostic(name, 1, 1, "", message)
    return data
