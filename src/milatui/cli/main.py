"""The ``milatui`` program: finds the command, runs it, and returns its exit code."""

from __future__ import annotations

import atexit
import contextlib
import os
import signal
import sys
import warnings
from typing import TYPE_CHECKING

from milatui.cli import options, registry, stdio
from milatui.cli.argument_parser import CommandParser, localize_argparse
from milatui.cli.errors import CommandError, Exit
from milatui.i18n import _, set_language
from milatui.index.errors import IndexUnusable

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence
    from types import TracebackType


def run() -> int:
    """Runs the process's command line; the entry point, once imports are done."""
    sys.excepthook = _one_line
    ended: list[int] = []
    # Registered before anything else, it is called last.
    atexit.register(_end_process, ended)
    code = _run()
    ended.append(code)
    return code


def _end_process(ended: list[int]) -> None:
    """Ends the process with its exit code, once threads have ended and callbacks were called.

    The interpreter would free its memory object by object: a tenth of the time of a short command.
    """
    if ended:
        stdio.flush_quietly()
        os._exit(ended[0])


def _run() -> int:
    if not sys.warnoptions:
        # Python's warnings are for developers (-W shows them).  A regular expression in a query
        # can cause some, with paths in them.
        warnings.simplefilter("ignore")
    stdio.reopen_closed()
    ignored = signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    try:
        if not ignored:
            signal.signal(signal.SIGINT, signal.default_int_handler)
        return main()
    except KeyboardInterrupt:  # outside the try block of ``main``
        return _interrupted()
    except RuntimeError as error:
        # Before 3.12 Python wraps what comes while it names the attributes of a new class.
        if isinstance(error.__cause__, KeyboardInterrupt):
            return _interrupted()
        raise
    finally:
        # Exit is quick and must not be interrupted.
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def main(argv: Sequence[str] | None = None) -> int:
    """Runs a command line (default: the process's) and returns its exit code."""
    words = sys.argv[1:] if argv is None else list(argv)
    stdio.set_utf8()
    set_language(None)
    code: int
    try:
        code = _answer(words)
    except CommandError as error:
        _print_error(error.message, error.hint)
        code = error.code
    except IndexUnusable as problem:  # damage found after opening
        _print_error(str(problem), _("To rebuild it: milatui index --rebuild"))
        code = Exit.INDEX
    except KeyboardInterrupt:
        code = _interrupted()
    except BrokenPipeError:
        code = Exit.PIPE
    except OSError as error:
        _print_error(_system_message(error))
        code = Exit.NO_RESULTS
    stdio.flush_quietly()
    return int(code)


def _interrupted() -> int:
    _print_error(_("interrupted"))
    return Exit.INTERRUPTED


def _answer(words: Sequence[str]) -> int:
    try:
        code = _dispatch(words)
    except SystemExit as stop:  # argparse, after --help and --version
        code = int(stop.code or 0)
    sys.stdout.flush()
    return code


def _dispatch(words: Sequence[str]) -> int:
    line = options.split_argv(words)
    known = _global_options(line)
    if line.word not in registry.COMMANDS:
        from milatui.cli.explore import explore

        return explore(line.word, line.after, known)
    command = registry.load(line.word)
    parser = CommandParser(f"milatui {line.word}")
    command.configure(parser)
    args = parser.read(line.after, known)
    set_language(args.lang)
    return command.run(args)


def _global_options(line: options.SplitArgv) -> argparse.Namespace:
    """Parses the options before the command; ``--ui-lang`` anywhere sets the language."""
    before = _language_among(line.before, "--ui-lang", "--lang")
    set_language(before or _language_among(line.after, "--ui-lang"))
    localize_argparse()
    return options.global_parser().read(line.before, options.defaults())


def _language_among(words: Sequence[str], *options: str) -> str | None:
    """Finds the option: help, and errors in the other options, are in that language."""
    for position, word in enumerate(words):
        option, equals, value = word.partition("=")
        if option in options:
            return value if equals else "".join(words[position + 1 : position + 2])
        if word == "--":
            break
    return None


def _print_error(message: str, hint: str = "") -> None:
    """Prints an error and how to mend it to stderr."""
    from milatui.archive.sanitize import sanitize

    text = f"milatui: {message}\n" + (f"{hint}\n" if hint else "")
    # stderr may be closed.
    with contextlib.suppress(OSError):
        sys.stderr.write(sanitize(text))
        sys.stderr.flush()


def _system_message(error: OSError) -> str:
    path = f"{error.filename}: " if error.filename else ""
    return f"{path}{error.strerror or error}"


def _one_line(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Reports an internal error in one line, without a traceback."""
    text = _("internal error ({kind}: {error})").format(kind=kind.__name__, error=error)
    _print_error(text)
