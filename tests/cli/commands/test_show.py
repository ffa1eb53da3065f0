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


def test_a_list_is_no_page(run: Callable[..., Ended]) -> None:
    ended = run("show", "timeline")
    assert ended.code == 2
    assert "milatui list" in ended.err


def test_a_comparison_with_nobody_names_the_nearest(run: Callable[..., Ended]) -> None:
    ended = run("show", "compare?a=amgen&b=samsun")
    assert ended.code == 1
    assert "partner/samsung" in ended.err
