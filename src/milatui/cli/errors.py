"""Exit codes, and the error that carries a message for the user."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes of all commands; scripts rely on them."""

    DONE = 0
    NO_RESULTS = 1
    USAGE = 2
    ARCHIVE = 3
    INDEX = 4
    INTERRUPTED = 130
    PIPE = 141


class CommandError(Exception):
    """An expected failure.

    Attributes:
        message: The error, in the interface language.
        code: The exit code.
        hint: A second line that says what to do instead, or "".
    """

    def __init__(self, message: str, code: Exit = Exit.USAGE, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.hint = hint
