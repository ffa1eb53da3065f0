"""Converts files in a process of its own, for ``converter``: within limits, and shut in.

``python -m milatui.ingest.conversion.child_process LANGUAGE SECONDS MEMORY`` takes requests from
stdin and answers to stdout (see ``messages``).  Memory and processor time are limited by the
system; an audit hook refuses network connections, new processes and writing of files to whatever
runs in here.
"""

from __future__ import annotations

import os
import resource
import sys
from typing import TYPE_CHECKING, Final

from milatui.i18n import _, set_language
from milatui.ingest.conversion.converted import ConversionError
from milatui.ingest.conversion.messages import (
    MissingLibraryError,
    error_bytes,
    parse_request,
    reply_bytes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from milatui.ingest.conversion.converted import ConvertedDocument

_REFUSED: Final = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.spawn",
    "os.posix_spawn",
    "os.system",
    "os.fork",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.mkdir",
    "os.link",
    "os.symlink",
    "os.chmod",
    "os.chown",
    "os.truncate",
    "os.kill",
    "os.putenv",
    "shutil.",
    "ftplib.",
    "urllib.",
    "pty.",
    "smtplib.",
    "http.client.",
)
"""Beginnings of the events of ``sys.audit`` that are refused."""


def main(arguments: Sequence[str]) -> int:
    """Answers requests until stdin ends; see the module."""
    language, seconds, memory = arguments
    set_language(language)
    requests, replies = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints must not stand among the replies.
    os.dup2(2, 1)
    sys.dont_write_bytecode = True
    _set_limits(int(memory))
    sys.addaudithook(_refuse)
    while line := requests.readline(200):
        kind, size = parse_request(line)
        _limit_time(int(seconds))
        try:
            reply = reply_bytes(_convert(kind, requests, size))
        except ConversionError as error:
            reply = error_bytes(error)
        except MemoryError:
            # The memory is free again; the next file gets a new process all the same.
            _send(replies, error_bytes(ConversionError(_("it takes too much memory"))))
            return 1
        except RecursionError:
            reply = error_bytes(ConversionError(_("it is nested too deep")))
        _send(replies, reply)
    return 0


def _send(replies: BinaryIO, reply: bytes) -> None:
    replies.write(reply)
    replies.flush()


def _convert(kind: str, requests: BinaryIO, size: int) -> Sequence[ConvertedDocument]:
    data = requests.read(size)
    try:
        convert = _CONVERTERS[kind]()
    except ModuleNotFoundError as error:
        raise MissingLibraryError("pdf" if kind == "pdf" else "html") from error
    return convert(data)


def _html() -> Callable[[bytes], Sequence[ConvertedDocument]]:
    from milatui.ingest.conversion.charset import decode
    from milatui.ingest.conversion.html.page import convert_page

    return lambda data: (convert_page(decode(data, declares=True).text),)


def _pdf() -> Callable[[bytes], Sequence[ConvertedDocument]]:
    from milatui.ingest.conversion.pdf.lines import read_pdf
    from milatui.ingest.conversion.pdf.page_layout import convert_lines

    return lambda data: (convert_lines(read_pdf(data)),)


def _docx() -> Callable[[bytes], Sequence[ConvertedDocument]]:
    from milatui.ingest.conversion.docx.text import convert_docx

    return lambda data: (convert_docx(data),)


def _feed() -> Callable[[bytes], Sequence[ConvertedDocument]]:
    from milatui.ingest.conversion.feed import convert_feed

    return convert_feed


def _sitemap() -> Callable[[bytes], Sequence[ConvertedDocument]]:
    from milatui.ingest.conversion.sitemap import convert_sitemap

    return convert_sitemap


_CONVERTERS: Final = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
    "feed": _feed,
    "sitemap": _sitemap,
}


def _set_limits(memory: int) -> None:
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for limit, value in limits.items():
        _soft, hard = resource.getrlimit(limit)
        least = value if hard == resource.RLIM_INFINITY else min(value, hard)
        try:
            resource.setrlimit(limit, (least, least))
        except (ValueError, OSError):  # macOS does not limit the address space
            continue


def _limit_time(seconds: int) -> None:
    """Sets the processor time at which the system ends the process, from now on."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime) + 1
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds, hard))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Refuses what no conversion does; see ``sys.addaudithook``."""
    if event.startswith(_REFUSED):
        raise PermissionError(event)
    if event == "open":
        mode = arguments[1]
        flags = arguments[2]
        writing = isinstance(mode, str) and any(letter in mode for letter in "wax+")
        if writing or (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
            raise PermissionError(event)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
