"""Values of filters: typos are explained, and what lists print is understood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ended


@pytest.mark.parametrize("command", [("search", "mila"), ("list", "documents")])
@pytest.mark.parametrize(
    ("option", "value", "nearest", "valid"),
    [
        ("--kind", "compny", "did you mean company?", "university"),
        ("--kind", "event,fundng", "did you mean funding", "press-release"),
        ("--lang", "frr", "did you mean fr?", "en, fr"),
        ("--lang", "frnch", "did you mean french", "en, fr"),
        ("--partner", "amgn", "did you mean amgen", "milatui list partners"),
        ("--publisher", "amgen canda", "did you mean Amgen Canada?", "Mila"),
    ],
)
def test_a_typo_in_a_filter_is_exit_code_2_with_the_nearest_and_the_valid_values(
    run: Callable[..., Ended],
    command: tuple[str, ...],
    option: str,
    value: str,
    nearest: str,
    valid: str,
) -> None:
    ended = run(*command, option, value)
    assert (ended.code, ended.out) == (2, "")
    assert nearest in ended.err
    assert valid in ended.err.splitlines()[1]


@pytest.mark.parametrize("form", [("--stdin",), ("--queries", "absent")])
def test_many_queries_check_their_filters_once_and_first(
    run: Callable[..., Ended], form: tuple[str, ...]
) -> None:
    ended = run("search", *form, "--kind", "compny")
    assert (ended.code, ended.out) == (2, "")
    assert "company" in ended.err


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_lists_print_is_what_filters_take(run: Callable[..., Ended], language: str) -> None:
    for what in ("partners", "events", "documents"):
        for item in run("list", what, "--jsonl").lines:
            chosen = ("--lang", language, "list", what)
            asked = run(*chosen, "--kind", item["detail"], "--jsonl")
            shown = {line["location"]: line for line in asked.lines}
            assert item["location"] in shown
    laboratory = {"en": "laboratory", "fr": "laboratoire"}[language]
    by_label = run("--lang", language, "list", "events", "--kind", laboratory, "--jsonl")
    assert by_label.code == 0
    assert by_label.out == run("list", "events", "--kind", "lab-opening", "--jsonl").out
    word = {"en": "press release", "fr": "communiqué"}[language]
    releases = run("--lang", language, "list", "documents", "--kind", word, "--jsonl")
    assert releases.code == 0
    assert releases.out == run("list", "documents", "--kind", "press-release", "--jsonl").out


def test_kinds_and_languages_are_understood_as_words(run: Callable[..., Ended]) -> None:
    assert run("list", "documents", "--lang", "French", "--jsonl").out == (
        run("list", "documents", "--lang", "fr", "--jsonl").out
    )
    assert run("search", "mila", "--kind", "Documents", "--jsonl").out == (
        run("search", "mila", "--kind", "document", "--jsonl").out
    )


@pytest.mark.parametrize(("option", "value"), [("--kind", "acquisition"), ("--lang", "ko")])
def test_a_valid_value_that_no_record_has_is_no_typo(
    run: Callable[..., Ended], option: str, value: str
) -> None:
    ended = run("list", "documents", option, value)
    assert (ended.code, ended.out) == (1, "")


@pytest.mark.parametrize("command", [("search", "mila"), ("list", "events"), ("list", "partners")])
def test_a_range_that_ends_before_it_begins_is_an_error(
    run: Callable[..., Ended], command: tuple[str, ...]
) -> None:
    ended = run(*command, "--from", "2023", "--to", "2021")
    assert (ended.code, ended.out) == (2, "")
    assert "--from 2021 --to 2023" in ended.err
    for begin, end in (("2021", "2021"), ("2021-05", "2021"), ("2021", "2021-05")):
        assert run(*command, "--from", begin, "--to", end).code in (0, 1)


def test_a_saved_range_and_a_given_one_are_checked_together(
    run: Callable[..., Ended], monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    run("search", "mila", "--to", "2021", "--save", "early")
    ended = run("search", "@early", "--from", "2023")
    assert (ended.code, ended.out) == (2, "")
    assert "2023" in ended.err


def test_messages_about_filters_are_in_french(run: Callable[..., Ended]) -> None:
    ended = run("--lang", "fr", "list", "partners", "--kind", "compny")
    assert ended.code == 2
    assert "vouliez-vous dire company" in ended.err
    assert "Il y a" in ended.err
    assert (
        "commence après la fin"
        in run("--lang", "fr", "list", "events", "--from", "2023", "--to", "2021").err
    )


def test_several_languages_and_partners_add_up(run: Callable[..., Ended]) -> None:
    def found(*filters: str) -> set[object]:
        return {item["location"] for item in run("list", "documents", *filters, "--jsonl").lines}

    english, french = found("--lang", "en"), found("--lang", "français")
    assert english
    assert french
    assert found("--lang", "en", "--lang", "fr") == found("--lang", "en,fr") == english | french
    amgen, samsung = found("--partner", "amgen"), found("--partner", "samsung")
    assert found("--partner", "amgen", "--partner", "samsung") == amgen | samsung
    assert not run("list", "events", "--partner", "amgen", "--partner", "nobody").out
