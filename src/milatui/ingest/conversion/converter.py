"""Lets a child process convert files: one for many files, replaced when it ends or hangs."""

from __future__ import annotations

import os
import selectors
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Final

from milatui.i18n import _, language
from milatui.ingest.conversion.converted import ConversionError, Limits
from milatui.ingest.conversion.messages import (
    MAX_REPLY_BYTES,
    MissingLibraryError,
    parse_reply,
    request_bytes,
)

if TYPE_CHECKING:
    from types import TracebackType

    from milatui.ingest.conversion.converted import ConvertedDocument, Format

DEFAULT_LIMITS: Final = Limits()
MAX_FILES: Final = 2_000
"""Files after which the process is replaced: libraries do not give all memory back."""
_PIECE: Final = 2**20


class Converter:
    """Converts files in a child process; use as a context manager.

    Args:
        limits: What a file may take.
    """

    def __init__(self, limits: Limits = DEFAULT_LIMITS) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._files = 0

    def __enter__(self) -> Converter:
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def convert(self, kind: Format, data: bytes) -> tuple[ConvertedDocument, ...]:
        """Converts the bytes of a file.

        Args:
            kind: Its format.
            data: The bytes.

        Returns:
            The documents in it: one, or one per entry of a feed.

        Raises:
            ConversionError: it cannot be converted; the message says why.
        """
        reply = self._reply(request_bytes(kind, data))
        try:
            return parse_reply(reply)
        except MissingLibraryError as error:
            raise ConversionError(_missing(error.extra)) from None
        except (ConversionError, RecursionError, ValueError) as error:
            if isinstance(error, ConversionError):
                raise
            self.close()
            raise ConversionError(
                _("the process that reads it has given an invalid answer")
            ) from None

    def _reply(self, request: bytes) -> bytes:
        """Returns the reply to a request; retries if an earlier file may have ended the process."""
        process = self._running()
        used = self._files > 0
        self._files += 1
        try:
            return self._exchange(process, request)
        except TimeoutError:
            self.close()
            message = _("it takes longer than {n} seconds to read")
            raise ConversionError(message.format(n=round(self._limits.wall_seconds))) from None
        except (BrokenPipeError, EOFError):
            ended = self._ended()
            if used and ended != _out_of_time():
                return self._reply(request)
            raise ConversionError(ended) from None

    def close(self) -> None:
        """Ends the child process."""
        process, self._process = self._process, None
        if process is None:
            return
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
        process.kill()
        process.wait()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is not None and self._files >= MAX_FILES:
            self.close()
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._files = 0
            limits = (str(self._limits.cpu_seconds), str(self._limits.memory))
            self._process = subprocess.Popen(
                [
                    sys.executable,
                    "-m",
                    "milatui.ingest.conversion.child_process",
                    language(),
                    *limits,
                ],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            for stream in (self._process.stdin, self._process.stdout):
                assert stream is not None  # noqa: S101 - they were asked for
                os.set_blocking(stream.fileno(), False)
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], request: bytes) -> bytes:
        """Sends a request and returns the reply, both at once: the pipes hold little.

        Raises:
            TimeoutError: it takes too long.
            EOFError: the process has ended.
            BrokenPipeError: the process has ended.
        """
        assert process.stdin is not None  # noqa: S101 - it was asked for
        assert process.stdout is not None  # noqa: S101 - it was asked for
        deadline = time.monotonic() + self._limits.wall_seconds
        left = memoryview(request)
        reply = _Reply()
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdin, selectors.EVENT_WRITE)
            ready.register(process.stdout, selectors.EVENT_READ)
            while not reply.is_whole:
                seconds = deadline - time.monotonic()
                if seconds <= 0:
                    raise TimeoutError
                for key, _events in ready.select(seconds):
                    if key.fileobj is process.stdin:
                        left = left[os.write(process.stdin.fileno(), left[:_PIECE]) :]
                        if not left:
                            ready.unregister(process.stdin)
                    else:
                        reply.add(os.read(process.stdout.fileno(), _PIECE))
        return reply.data

    def _ended(self) -> str:
        """Closes the child process; returns how it has ended, for a message."""
        from signal import SIGXCPU

        process = self._process
        code = 0
        if process is not None:
            try:
                code = process.wait(1)
            except subprocess.TimeoutExpired:
                code = 0
        self.close()
        if code == -SIGXCPU:
            return _out_of_time()
        return _("it has ended the process that reads it; the file is damaged or hostile")


class _Reply:
    """Collects a reply as it comes: a line with its size, then as many bytes."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._size = -1

    @property
    def is_whole(self) -> bool:
        """Whether all of it has come."""
        return 0 <= self._size <= len(self._received)

    @property
    def data(self) -> bytes:
        """What has come of it, without its size."""
        return bytes(self._received)

    def add(self, piece: bytes) -> None:
        """Adds what was read.

        Raises:
            EOFError: it is nothing, or too much: the process has ended, or is out of control.
        """
        if not piece:
            raise EOFError
        self._received += piece
        if self._size < 0 and b"\n" in self._received:
            head, _newline, rest = bytes(self._received).partition(b"\n")
            self._size = int(head) if head.isdigit() and len(head) < 12 else MAX_REPLY_BYTES
            self._received = bytearray(rest)
        if max(self._size, len(self._received)) > MAX_REPLY_BYTES:
            raise EOFError


def _out_of_time() -> str:
    return _("it takes too much time to read")


def _missing(extra: str) -> str:
    message = _("this format needs a library that is not installed: {command}")
    return message.format(command=f"pip install 'milatui[{extra}]'")
