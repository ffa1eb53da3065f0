"""Shell completion: the words a shell offers are the ones the commands understand."""

from __future__ import annotations

import shutil
import subprocess

import pytest

from milatui.cli.main import main
from milatui.cli.registry import COMMANDS


def offered(script: str, *words: str) -> set[str]:
    """What bash offers once ``script`` is read and ``words`` are typed."""
    quoted = " ".join(f"'{word}'" for word in words)
    ask = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _milatui"
    ask += '; printf "%s\\n" "${COMPREPLY[@]}"'
    done = subprocess.run(
        ["bash", "-c", f"{script}\n{ask}"], capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
def test_bash_completes_commands_options_and_kinds(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "bash"]) == 0
    script = capsys.readouterr().out
    assert offered(script, "milatui", "") >= set(COMMANDS)
    assert offered(script, "milatui", "list", "fi") == {"figures"}
    assert offered(script, "milatui", "--archive", "a", "search", "--st") == {"--stdin"}


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_get_every_command(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert all(name in script for name in COMMANDS)


def test_an_unknown_shell_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "csh"]) == 2
    assert "bash" in capsys.readouterr().err
