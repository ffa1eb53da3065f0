"""Defines ``--accept [CONFIDENCE]``, which may stand before the names of files."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from milatui.ingest.confidence import CONFIDENCE_WORDS, Confidence

if TYPE_CHECKING:
    from collections.abc import Sequence


class AcceptAction(argparse.Action):
    """Takes the word after ``--accept`` if it is a confidence; else it is the first file.

    Sets ``accept`` to True, ``confidence`` to a ``Confidence`` or None, and ``first_files`` to what
    was taken for a value but is a file.
    """

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[str] | None,
        option_string: str | None = None,
    ) -> None:
        namespace.accept = True
        if isinstance(values, str) and values in CONFIDENCE_WORDS:
            namespace.confidence = Confidence.of_word(values)
        elif isinstance(values, str):
            namespace.first_files = [values]
