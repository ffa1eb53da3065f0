"""``milatui completion``: prints the completion script of a shell.

The scripts are package data, made from the parsers at release (``tools/completion_scripts.py``).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from milatui.cli import options
from milatui.cli.errors import Exit
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse

    from milatui.cli.argument_parser import CommandParser

SCRIPTS = {"bash": "milatui.bash", "zsh": "_milatui", "fish": "milatui.fish"}
"""File names of the scripts by shell, as the shells look for them."""


def configure(parser: CommandParser) -> None:
    """Declares the arguments of ``completion``."""
    parser.describe(
        _("Print what makes the shell complete commands, options and kinds of milatui."),
        (
            ('eval "$(milatui completion bash)"', _("in ~/.bashrc")),
            ('eval "$(milatui completion zsh)"', _("in ~/.zshrc, after compinit")),
            ("milatui completion fish | source", _("in ~/.config/fish/config.fish")),
        ),
        "milatui completion bash|zsh|fish",
    )
    parser.add_argument("shell", choices=tuple(SCRIPTS), help=_("the shell"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Prints the script of one shell."""
    print(script_path(args.shell).read_text(encoding="utf-8"), end="")
    return Exit.DONE


def script_path(shell: str) -> Path:
    """Returns the path of the completion script of ``shell``, one of ``SCRIPTS``."""
    return Path(__file__).parent.parent / "completion" / SCRIPTS[shell]
