"""Argument parser whose help begins with examples and whose errors make suggestions."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from milatui.cli.errors import CommandError
from milatui.i18n import _, ngettext, pgettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from _typeshed import SupportsWrite

_HELP_COLUMN = 24
_HELP_WIDTH = 96


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    """Formats help in a fixed width: the same in a terminal, a pipe and the documentation."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=_HELP_COLUMN, width=_HELP_WIDTH)

    def start_section(self, heading: str | None) -> None:
        # argparse adds a colon; French writes a space before it.
        if heading:
            heading = pgettext("before a colon", "{heading}").format(heading=heading)
        super().start_section(heading)


class CommandParser(argparse.ArgumentParser):
    """A parser that allows no abbreviations and raises ``CommandError`` instead of exiting."""

    def __init__(self, prog: str) -> None:
        super().__init__(
            prog=prog,
            usage=argparse.SUPPRESS,
            add_help=False,
            allow_abbrev=False,
            formatter_class=_HelpFormatter,
        )

    def describe(
        self,
        summary: str,
        examples: Sequence[tuple[str, str]],
        usage: str,
        more: Sequence[str] = (),
    ) -> None:
        """Sets the top of the help.

        Args:
            summary: One sentence that says what the command does.
            examples: (command line, what it gives).
            usage: The command line, with placeholders.
            more: Lines that follow the usage.
        """
        width = max(len(line) for line, _meaning in examples)
        lines = [f"  {line:<{width}}  {meaning}".rstrip() for line, meaning in examples]
        head = [summary, "", _("Examples:"), *lines, "", _("Usage: {usage}").format(usage=usage)]
        self.description = "\n".join((*head, *(["", *more] if more else [])))

    def error(self, message: str, hint: str = "") -> NoReturn:
        raise CommandError(message, hint=hint or _("See '{prog} --help'.").format(prog=self.prog))

    def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
        """Writes help; unlike argparse's own, raises an error of the stream."""
        (file or sys.stdout).write(message)

    def read(self, words: Sequence[str], known: argparse.Namespace) -> argparse.Namespace:
        """Parses ``words`` into the namespace ``known``.

        Raises:
            CommandError: an argument is missing, wrong or unknown.
        """
        args, rest = self.parse_known_args(words, known)
        for word in rest:
            if word.startswith("-") and len(word) > 1:
                self.error(self._unknown_option(word), _("Put -- before words that begin with -."))
            self.error(_("unexpected argument: {word}").format(word=word))
        return args

    def option_words(self) -> tuple[str, ...]:
        """Returns all long options."""
        return tuple(word for word in self._option_string_actions if word.startswith("--"))

    def _unknown_option(self, word: str) -> str:
        near = did_you_mean(word, self.option_words())
        return _("unknown option: {word}").format(word=word) + near


def decode_arg(word: str) -> str:
    """Replaces bytes that are not UTF-8 in an argument; for all arguments but file names."""
    return word if word.isascii() else os.fsencode(word).decode("utf-8", "replace")


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Returns " (did you mean ...?)" with the ``known`` words most like ``word``, or ""."""
    # Deferred: only a wrong command line needs it.
    from milatui.suggest import closest

    near = closest(word, known, limit=3, cutoff=0.6)
    if not near:
        return ""
    return _(" (did you mean {words}?)").format(words=", ".join(near))


def _argparse_texts() -> dict[str, str]:
    """Returns argparse's texts in the interface language; argparse has no French translation."""
    return {
        "positional arguments": _("What"),
        "options": _("Options"),
        "expected one argument": _("expected one argument"),
        "expected at least one argument": _("expected at least one argument"),
        "not allowed with argument %s": _("not allowed with argument %s"),
        "the following arguments are required: %s": _("the following arguments are required: %s"),
        "invalid choice: %(value)r (choose from %(choices)s)": _(
            "invalid choice: %(value)r (choose from %(choices)s)"
        ),
        "invalid %(type)s value: %(value)r": _("invalid %(type)s value: %(value)r"),
        "argument %(argument_name)s: %(message)s": _("argument %(argument_name)s: %(message)s"),
        "ignored explicit argument %r": _("takes no value: %r"),
        "one of the arguments %s is required": _("one of the arguments %s is required"),
    }


def localize_argparse() -> None:
    """Translates the texts of argparse; call it once the language is set."""
    texts = _argparse_texts()
    vars(argparse)["_"] = lambda message: texts.get(message, message)
    vars(argparse)["ngettext"] = ngettext
