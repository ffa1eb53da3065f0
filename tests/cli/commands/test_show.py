"""The views that are pages, on the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Ended


@pytest.mark.parametrize(
    ("location", "words"),
    [
        ("figures", "researchers (5)"),
        ("people?partner=amgen", "Peter Grandsard"),
        ("compare?a=amgen&b=mila", "Events of both"),
    ],
)
def test_views_are_shown(run: Callable[..., Ended], location: str, words: str) -> None:
    assert words in run("show", location).out
    shown = run("show", location, "--json").json
    assert shown["location"] == location
    assert words in shown["text"]
    link = shown["links"][0]
    assert run("show", link["location"]).code == 0


@pytest.mark.parametrize(
    ("location", "command"),
    [
        ("timeline", "list events"),
        ("timeline?partner=amgen&from=2021", "list events --partner amgen --from 2021"),
        ("partners?sort=name", "list partners --sort name"),
        ("statements", "list statements"),
        ("search?q=corporate%20lab", "search corporate lab"),
        (
            "search?q=laboratory%20-x&kind=event&sort=newest",
            "search --kind event --sort newest -- laboratory -x",
        ),
        ("search?partner=amgen", "search --partner amgen"),
        ("timeline?q=laboratory", "search --kind event laboratory"),
        ("partners?q=amgen&kind=company", "search --kind company amgen"),
    ],
)
def test_every_address_that_is_copied_is_shown(
    run: Callable[..., Ended], location: str, command: str
) -> None:
    wanted = run(*command.split())
    assert wanted.out
    assert run("show", location) == wanted
    if wanted.code == 0:
        name, *words = command.split()
        shown, found = run("show", location, "--json").json, run(name, "--json", *words).json
        assert {**shown, "took_ms": 0} == {**found, "took_ms": 0}


def test_the_address_of_the_help_shows_the_help(run: Callable[..., Ended]) -> None:
    assert run("show", "help").out == run("help").out


def test_a_comparison_with_nobody_names_the_nearest(run: Callable[..., Ended]) -> None:
    ended = run("show", "compare?a=amgen&b=samsun")
    assert ended.code == 1
    assert "partner/samsung" in ended.err
