"""Shell completion: the scripts match the parsers; shells offer commands, values and ids."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from milatui.cli.commands.completion import SCRIPTS, script_path
from milatui.cli.main import main
from milatui.cli.registry import COMMANDS
from tests.sample import write_sample
from tools.completion_scripts import script

needs_bash = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash here")
needs_fish = pytest.mark.skipif(shutil.which("fish") is None, reason="there is no fish here")
needs_zsh = pytest.mark.skipif(shutil.which("zsh") is None, reason="there is no zsh here")


def offered(*words: str, env: dict[str, str] | None = None) -> set[str]:
    """What bash offers for the last of ``words``."""
    quoted = " ".join(f"'{word}'" for word in words)
    ask = f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; "
    ask += f"_shtab_milatui milatui '{words[-1]}' '{words[-2]}'"
    ask += '; printf "%s\\n" "${COMPREPLY[@]}"'
    source = script_path("bash").read_text(encoding="utf-8")
    done = subprocess.run(
        ["bash", "-c", f"{source}\n{ask}"], capture_output=True, text=True, check=True, env=env
    )
    return set(done.stdout.split())


def offered_by_fish(line: str) -> set[str]:
    """What fish offers behind ``line``."""
    ask = f"source {script_path('fish')}; complete -C '{line}'"
    done = subprocess.run(["fish", "-c", ask], capture_output=True, text=True, check=True)
    return {candidate.partition("\t")[0] for candidate in done.stdout.splitlines()}


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The sample archive, and ``milatui`` as a command of the shell."""
    top = tmp_path_factory.mktemp("completion")
    program = top / "milatui"
    program.write_text(f'#!/bin/sh\nexec {sys.executable} -m milatui "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    source = str(Path(__file__).parents[3] / "src")
    return os.environ | {
        "PATH": f"{top}:{os.environ['PATH']}",
        "PYTHONPATH": source,
        "MILATUI_ARCHIVE": str(write_sample(top / "archive")),
        "XDG_CACHE_HOME": str(top / "cache"),
    }


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_shipped_scripts_are_those_of_the_parsers(
    shell: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    shipped = script_path(shell).read_text(encoding="utf-8")
    assert script(shell) == shipped, "run: python -m tools.completion_scripts"


@pytest.mark.parametrize("shell", SCRIPTS)
def test_the_command_prints_the_script(shell: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    printed = capsys.readouterr().out
    assert printed == script_path(shell).read_text(encoding="utf-8")
    assert all(name in printed for name in COMMANDS)


def test_an_unknown_shell_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", "csh"]) == 2
    assert "bash" in capsys.readouterr().err


@needs_bash
def test_bash_completes_commands_kinds_options_and_values() -> None:
    assert offered("milatui", "") >= set(COMMANDS)
    assert offered("milatui", "list", "fi") == {"figures"}
    assert offered("milatui", "--archive", "a", "search", "--st") == {"--stdin"}
    assert offered("milatui", "search", "--sort", "") == {"relevance", "newest", "oldest"}
    assert offered("milatui", "list", "events", "--kind", "d") == {"document"}
    assert offered("milatui", "ssh", "config", "--int") == {"--into"}


@needs_bash
def test_bash_completes_ids_and_locations(environment: dict[str, str]) -> None:
    assert offered("milatui", "search", "--partner", "am", env=environment) == {
        "amgen",
        "amgen-canada",
    }
    assert offered("milatui", "show", "part", env=environment) == {"partner/"}
    assert offered("milatui", "show", "partner/am", env=environment) == {
        "partner/amgen",
        "partner/amgen-canada",
    }


@needs_bash
def test_what_an_archive_says_is_never_run(tmp_path: Path) -> None:
    program = tmp_path / "milatui"
    trap = tmp_path / "trap"
    line = f'{{"id": "a$(touch${{IFS}}{trap})"}}'
    program.write_text(f'#!/bin/sh\ncat <<\'END\'\n{line}\n{{"id": "ab"}}\nEND\n')
    program.chmod(0o755)
    env = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    assert "ab" in offered("milatui", "search", "--partner", "a", env=env)
    assert not trap.exists()


@needs_fish
def test_fish_completes_commands_and_values() -> None:
    assert offered_by_fish("milatui ") >= set(COMMANDS)
    assert offered_by_fish("milatui search --sort ") == {"relevance", "newest", "oldest"}
    assert offered_by_fish("milatui ssh config --int") == {"--into"}


@needs_zsh
def test_zsh_reads_the_script() -> None:
    subprocess.run(["zsh", "-n", str(script_path("zsh"))], check=True)
