"""The command line as such: where its words go, its help, its errors and its exit codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui import __version__
from milatui.archive.kinds import FOLDERS, KINDS
from milatui.cli import registry
from milatui.cli.options import split_argv

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from milatui.archive.kinds import Kind
    from tests.cli.conftest import Ended


@pytest.mark.parametrize(
    ("argv", "before", "word", "after"),
    [
        ([], (), "", ()),
        (["search", "a"], (), "search", ("a",)),
        (["--archive", "search", "list", "x"], ("--archive", "search"), "list", ("x",)),
        (
            ["--archive=d", "--no-mouse", "partner/a"],
            ("--archive=d", "--no-mouse"),
            "partner/a",
            (),
        ),
        (["--read-only"], ("--read-only",), "", ()),
        (["--", "--odd"], (), "--odd", ()),
        (["add", "-"], (), "add", ("-",)),
        (["--ui-lang", "fr", "check"], ("--ui-lang", "fr"), "check", ()),
    ],
)
def test_the_first_word_is_found_behind_options_and_their_values(
    argv: list[str], before: tuple[str, ...], word: str, after: tuple[str, ...]
) -> None:
    assert split_argv(argv) == (before, word, after)


def test_version_is_told(run: Callable[..., Ended]) -> None:
    assert run("--version").out == f"milatui {__version__}\n"
    assert run("-V") == run("--version")


def test_help_of_a_command_is_shown_by_name(run: Callable[..., Ended]) -> None:
    assert run("help") == run("--help")
    assert run("help", "search") == run("search", "--help")
    assert run("help", "ssh", "config") == run("ssh", "config", "--help")
    assert run("help", "list", "--ui-lang", "fr") == run("--ui-lang", "fr", "list", "--help")
    for place in (("list", "--ui-lang", "fr", "--help"), ("list", "--help", "--ui-lang=fr")):
        assert run(*place) == run("--ui-lang", "fr", "list", "--help")


@pytest.mark.parametrize("kind", KINDS)
def test_kinds_are_listed_by_their_singular_too(run: Callable[..., Ended], kind: Kind) -> None:
    singular = run("list", kind, "--jsonl")
    assert singular.code == 0
    assert singular == run("list", FOLDERS[kind], "--jsonl")


@pytest.mark.parametrize("command", [("search", "mila", "--jsonl"), ("list", "events", "--jsonl")])
def test_n_is_short_for_limit(run: Callable[..., Ended], command: tuple[str, ...]) -> None:
    assert run(*command, "-n", "2") == run(*command, "--limit", "2")
    assert len(run(*command, "-n2").lines) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("--ui-lang", "fr", "search", "--lang", "en", "--partner", "absent"),
        ("--ui-lang=fr", "search", "--lang", "en", "--partner", "absent"),
        ("search", "--ui-lang", "fr", "--lang", "en", "--partner", "absent"),
        ("list", "events", "--ui-lang=fr", "--lang", "en", "--partner", "absent"),
        ("--lang", "fr", "list", "events", "--partner", "absent"),
        ("show", "partner/absent", "--ui-lang", "fr"),
        ("show", "partner/absent", "--lang", "fr"),
        ("partner/absent", "--lang", "fr"),
        ("partner/absent", "--ui-lang", "fr"),
    ],
)
def test_the_language_of_the_interface_has_an_option_of_its_own(
    run: Callable[..., Ended], words: tuple[str, ...]
) -> None:
    ended = run(*words)
    assert "il n’y a" in ended.err or "L’explorateur a besoin" in ended.err


def test_one_option_is_the_language_of_texts_only(run: Callable[..., Ended]) -> None:
    for command in registry.COMMANDS:
        out = run(command, "--help").out
        assert "--ui-lang" in out
        assert ("--lang " in out) == (command in ("search", "list", "export", "report"))
    assert "--lang " not in run("--help").out


@pytest.mark.parametrize("command", ["", *registry.COMMANDS])
def test_help_leads_with_examples_and_ends_with_common_options(
    run: Callable[..., Ended], command: str
) -> None:
    ended = run(*([command] if command else []), "--help")
    assert ended.code == 0
    assert ended.out.splitlines()[2] == "Examples:"
    assert ended.out.index("Examples:") < ended.out.index("Usage: ") < ended.out.index("-h, --help")
    assert "milatui " + command in ended.out
    assert max(map(len, ended.out.splitlines())) <= 100


def test_the_help_lists_every_command(run: Callable[..., Ended]) -> None:
    out = run("--help").out
    assert all(f"\n  {name} " in out for name in registry.COMMANDS)
    assert tuple(registry.summaries()) == registry.COMMANDS


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("serch", "lab"), "did you mean search?"),
        (("partnr/amgen",), "did you mean partner/amgen?"),
        (("search", "lab", "--jsno"), "did you mean --json"),
        (("list", "partnrs"), "did you mean partners"),
        (("list", "persn"), "partners, people, events"),
        (("help", "serch"), "did you mean search?"),
        (("help", "serch"), "search, list, show"),
        (("--ui-lang", "de", "check"), "--ui-lang"),
        (("list", "events", "--sort", "newst"), "did you mean newest?"),
        (("list", "events", "--partner", "amgn"), "did you mean amgen"),
        (("search", "lab", "--from", "21 May"), "--from"),
        (("search", "lab", "--limit", "-1"), "--limit"),
        (("search",), "nothing to look for"),
        (("show", "serch?q=lab"), "search"),
        (("show", "partner"), "partner/ID"),
        (("new",), "DIR"),
        (("--lang", "de", "check"), "--lang"),
        (("check", "surplus"), "surplus"),
    ],
)
def test_a_mistaken_command_line_is_explained_with_exit_code_2(
    run: Callable[..., Ended], words: tuple[str, ...], told: str
) -> None:
    ended = run(*words)
    assert ended.code == 2
    assert told in ended.err
    assert ended.out == ""
    assert "Traceback" not in ended.err


def test_a_refused_argument_says_what_to_write(run: Callable[..., Ended]) -> None:
    assert "-- before words that begin with -" in run("search", "-lab").err
    assert "not a whole number from 0: -3" in run("list", "partners", "-n", "-3").err
    assert "'milatui search'" in run("show", "event/nothing-like-it").err


def test_an_unknown_word_is_offered_as_a_search(run: Callable[..., Ended]) -> None:
    assert "milatui search corporate lab" in run("corporate", "lab").err


def test_the_explorer_refuses_what_is_no_terminal(run: Callable[..., Ended]) -> None:
    ended = run("partner/amgen")
    assert ended.code == 2
    assert "terminal" in ended.err
    assert "search, list, show" in ended.err


@pytest.mark.parametrize("command", [("check",), ("list", "events"), ("search", "a"), ("index",)])
def test_without_an_archive_the_exit_code_is_3(
    run: Callable[..., Ended], tmp_path: Path, command: tuple[str, ...]
) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        ended = run("--archive", str(folder), *command)
        assert (ended.code, ended.out) == (3, "")
        assert str(folder) in ended.err


def test_options_stand_before_or_behind_the_command(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    missing = str(tmp_path / "absent")
    before = run("--archive", missing, "check")
    assert run("check", "--archive", missing) == before
    assert before.code == 3


def test_an_index_that_cannot_be_written_is_exit_code_4(
    run: Callable[..., Ended], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    ended = run("search", "lab", "--index", str(tmp_path / "file" / "index"))
    assert (ended.code, ended.out) == (4, "")
    assert "--index DIR" in ended.err


def test_an_index_others_may_write_to_is_refused(run: Callable[..., Ended], tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert run("index", "--index", str(index)).code == 0
    index.chmod(0o777)
    ended = run("search", "lab", "--index", str(index))
    assert (ended.code, ended.out) == (4, "")
    assert "other accounts" in ended.err


def test_an_interruption_is_exit_code_130(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(_name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(registry, "load", interrupt)
    assert run("check") == run("check")
    assert run("check").code == 130
