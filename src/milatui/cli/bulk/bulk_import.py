"""Reads what ``add`` takes, shows its progress, and lists what cannot be taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from milatui.archive.diagnostics import Diagnostic
from milatui.cli.bulk.import_progress import ImportProgress
from milatui.cli.errors import CommandError
from milatui.i18n import _
from milatui.ingest.document_count import estimate_documents
from milatui.ingest.failures import FailureListError, read_again, read_failures, write_failures
from milatui.ingest.readers.reader import FileReader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from milatui.ingest.importer import Duplicate, Imported
    from milatui.ingest.readers.conversion_cache import ConversionCache
    from milatui.ingest.readers.raw_document import RawDocument

_SHOWN_FIRST: Final = 40
"""Documents that may be printed one by one, before only progress is shown."""


class BulkImport:
    """The input of one import, its progress and its failures.

    Use as a context manager: at its end, however it ends, the failures are listed.

    Args:
        files: The files to be read.
        failures: Where to list what cannot be taken.
        retry: A list of what alone is tried, and where what fails again stays.
        conversions: Remembers what files were converted to.

    Raises:
        CommandError: the list cannot be used.
    """

    def __init__(
        self,
        files: Sequence[str],
        failures: Path | None,
        retry: Path | None,
        conversions: ConversionCache | None,
    ) -> None:
        self._files = files
        self._reader = FileReader(conversions)
        self._list = retry or failures
        self._untried: list[Diagnostic] = []
        self._failed: list[Diagnostic] = []
        self._taken = 0
        self._is_retry = retry is not None
        if self._list is not None and (self._is_retry or self._list.exists()):
            old = _read_list(self._list)
            self._untried = old if self._is_retry else []
        self.progress = ImportProgress(self._estimate)

    def __enter__(self) -> BulkImport:
        return self

    def __exit__(self, *_error: object) -> None:
        self.progress.hide()
        self._reader.close()
        if self._list is not None:
            try:
                write_failures(self._list, [*self._failed, *self._untried])
            except OSError as error:
                raise _not_written(self._list, error) from None

    def items(self) -> Iterator[RawDocument | Diagnostic]:
        """Reads all files, or what is to be tried again."""
        self.progress.begin()
        if not self._is_retry:
            for file in self._files:
                yield from self._reader.read(file)
            return
        again = self._untried
        while again:
            file = again[0].file
            yield from read_again(
                self._reader, [failure for failure in again if failure.file == file]
            )
            again = self._untried = [failure for failure in again if failure.file != file]

    def take(self, outcome: Imported | Duplicate | Diagnostic) -> None:
        """Counts the outcome of a document, before it is printed."""
        self._taken += 1
        self.progress.document_taken()
        if isinstance(outcome, Diagnostic):
            self._failed.append(outcome)
        if isinstance(outcome, Diagnostic) or self._taken <= _SHOWN_FIRST:
            self.progress.hide()

    def _estimate(self) -> int | None:
        return len(self._untried) if self._is_retry else estimate_documents(self._files)


def _read_list(path: Path) -> list[Diagnostic]:
    try:
        return read_failures(path)
    except FailureListError as error:
        raise CommandError(str(error)) from None
    except OSError as error:
        reason = error.strerror or str(error)
        message = _("{file} cannot be read: {reason}").format(file=path, reason=reason)
        raise CommandError(message) from None


def _not_written(path: Path, error: OSError) -> CommandError:
    reason = error.strerror or str(error)
    message = _("the failures cannot be written to {file}: {reason}")
    return CommandError(message.format(file=path, reason=reason))
