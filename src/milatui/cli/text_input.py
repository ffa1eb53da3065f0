"""Reads texts that users have written: Markdown, HTML, plain text, DOCX, or stdin."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from milatui.archive.files import printable_path
from milatui.cli.errors import CommandError
from milatui.i18n import _

if TYPE_CHECKING:
    from milatui.catalogue.citations.find_citations import Paragraphs

MAX_BYTES: Final = 20_000_000
"""Maximum size of a file."""
_STDIN: Final = "-"
_ENCODINGS: Final = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"", "utf-8-sig"))
"""Encodings by the first bytes of a text."""


def read_text_file(file: str) -> tuple[str, Paragraphs]:
    """Returns the text of a file, and what separates its paragraphs.

    Args:
        file: Its path; ``-`` is stdin.

    Raises:
        CommandError: it cannot be read, is too large, or is not a text.
    """
    name = _("stdin") if file == _STDIN else printable_path(file)
    try:
        if file == _STDIN:
            data = sys.stdin.buffer.read(MAX_BYTES + 1)
        else:
            with Path(file).open("rb") as stream:
                data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        message = _("{file} cannot be read: {reason}")
        raise CommandError(message.format(file=name, reason=error.strerror or error)) from None
    if len(data) > MAX_BYTES:
        size = MAX_BYTES // 1_000_000
        message = _("{file} is too large: at most {size} MB are read")
        raise CommandError(message.format(file=name, size=size))
    return _decode(data, name)


def _decode(data: bytes, name: str) -> tuple[str, Paragraphs]:
    from milatui.ingest.docx_package import SIGNATURE, DocxError
    from milatui.ingest.docx_text import read_docx

    if data.startswith(SIGNATURE):
        try:
            return read_docx(io.BytesIO(data)), "line"
        except DocxError as error:
            message = _("{file} cannot be read: {reason}").format(file=name, reason=error)
            raise CommandError(message) from None
    encoding = next(encoding for start, encoding in _ENCODINGS if data.startswith(start))
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise CommandError(_("{file} is neither UTF-8 text nor DOCX").format(file=name))
    return text.replace("\r\n", "\n").replace("\r", "\n"), "blank"
