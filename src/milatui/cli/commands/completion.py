"""``milatui completion``: the shell's completion of commands and options, made from the parsers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.cli import options, registry
from milatui.cli.errors import Exit
from milatui.cli.parser import CommandParser
from milatui.i18n import _

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

LIST_KINDS = ("partners", "people", "events", "documents", "figures", "statements")


def configure(parser: CommandParser) -> None:
    """Declare the arguments of ``completion``."""
    parser.describe(
        _("Print what makes the shell complete commands, options and kinds of milatui."),
        (
            ('eval "$(milatui completion bash)"', _("in ~/.bashrc")),
            ('eval "$(milatui completion zsh)"', _("in ~/.zshrc, after compinit")),
            ("milatui completion fish | source", _("in ~/.config/fish/config.fish")),
        ),
        "milatui completion bash|zsh|fish",
    )
    parser.add_argument("shell", choices=tuple(_SHELLS), help=_("the shell"))
    options.add_shared(parser)


def run(args: argparse.Namespace) -> int:
    """Print the script for one shell."""
    print(_SHELLS[args.shell](_words()))
    return Exit.DONE


def _words() -> dict[str, tuple[str, ...]]:
    """What may follow ``milatui`` (under "") and each command: its options and fixed words."""
    top = CommandParser("milatui")
    options.add_interface(top)
    options.add_shared(top, version="0")
    words = {"": (*registry.COMMANDS, *top.option_words())}
    for name in registry.COMMANDS:
        parser = CommandParser(f"milatui {name}")
        registry.load(name).configure(parser)
        fixed: Sequence[str] = LIST_KINDS if name == "list" else parser.fixed_words()
        words[name] = (*fixed, *parser.option_words())
    return words


def _bash(words: dict[str, tuple[str, ...]]) -> str:
    cases = "\n".join(
        f'        {name}) words="{" ".join(known)}" ;;' for name, known in words.items() if name
    )
    names = "|".join(name for name in words if name)
    return f"""_milatui() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" word command="" words
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$word" in {names}) command="$word"; break ;; esac
    done
    case "$command" in
{cases}
        *) words="{" ".join(words[""])}" ;;
    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _milatui milatui"""


def _zsh(words: dict[str, tuple[str, ...]]) -> str:
    return f"autoload -U +X bashcompinit && bashcompinit\n{_bash(words)}"


def _fish(words: dict[str, tuple[str, ...]]) -> str:
    names = " ".join(name for name in words if name)
    lines = [f'complete -c milatui -n "not __fish_seen_subcommand_from {names}" -a "{names}"']
    for name, known in words.items():
        seen = f'-n "__fish_seen_subcommand_from {name}" ' if name else ""
        for word in known:
            if word.startswith("--"):
                lines.append(f"complete -c milatui {seen}-l {word[2:]}")
            elif name:
                lines.append(f'complete -c milatui {seen}-a "{word}"')
    return "\n".join(lines)


_SHELLS: dict[str, Callable[[dict[str, tuple[str, ...]]], str]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
