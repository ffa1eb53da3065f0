"""How a command ends: exit codes, and the one error type that carries a message for the user."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """The exit codes scripts rely on."""

    DONE = 0
    NOTHING = 1
    USAGE = 2
    ARCHIVE = 3
    INDEX = 4
    INTERRUPTED = 130
    PIPE = 141


class CommandError(Exception):
    """An expected failure: ``message`` is for the user, in the user's language.

    ``hint`` is a second line that says what to do instead.
    """

    def __init__(self, message: str, code: Exit = Exit.USAGE, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.hint = hint
