"""Twice the input costs twice the CPU, whatever a hostile text is made of."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from milatui.archive.loader import load_file
from milatui.archive.markdown.markdown import render_markdown
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.tui.text.wrap import wrap_page

MOST = 3.0
"""A ratio beyond which work grows faster than its input: 2 is linear, 4 quadratic."""
ENOUGH = 0.05
"""Seconds from which the clock tells a ratio."""
Work = Callable[[int], object]

MARKDOWN = (
    *(
        "a",
        "a ",
        "*",
        "**a *b ",
        "<td>a",
        "<table><tr><td>",
        "<script>",
        "x <script>",
        "<b>",
        "<ul><li>",
        "{{< ",
        "{{< x >}}",
        "{% comment %}\n",
        "::: a\n",
        "• a\n",
        "- [ ] ",
        "[^1]: ",
        "&amp;",
        "http://a ",
        "__a _b ",
        "[",
        "[a](",
        "[](a",
        "<https://",
        "https://",
        "\\",
        "`a",
    ),
    *(
        "- a\n",
        "> a\n",
        "| a ",
        "|x\n",
        "```\n",
        "~~~x\n",
        " ",
        " \n",
        "\t",
        "- ",
        "#",
        "# ",
        "東京 ",
    ),
    *("e\u0301", "a\u200b", "a  \n", "a\n===\n", "1. a\n b\n", "_", "-", "=", "\n"),
)
YAML = (
    "- a\n",
    "k: v\n",
    "[",
    "[a, ",
    "{a: ",
    "'",
    '"\\x41',
    "# c\n",
    "a\n  ",
    "&a ",
    "? ",
    "  b\n",
)


def page(text: str) -> None:
    # The last texts are kept, and each is asked for twice.
    render_markdown.cache_clear()
    writer = PageBuilder()
    writer.write_rendered(render_markdown(f"a\n{text}\nb"))
    wrap_page(writer.build(Location("document", "d"), ""), 80)


def _ratio(work: Work) -> float:
    """How much more CPU twice the input takes, once it takes enough to be told."""
    size = 2_000
    while True:
        costs = []
        for amount in (size, 2 * size):
            began = time.process_time()
            work(amount)
            costs.append(time.process_time() - began)
        if costs[0] >= ENOUGH or size > 4_000_000:
            return costs[1] / max(costs[0], ENOUGH / 5)
        size *= 2


def assert_linear(work: Work) -> None:
    # Others use the machine too: one round of three that is linear is enough.
    assert any(_ratio(work) < MOST for _round in range(3))


@pytest.mark.parametrize("piece", MARKDOWN)
def test_pages_grow_with_their_text(piece: str) -> None:
    assert_linear(lambda amount: page(piece * amount))


@pytest.mark.parametrize("piece", YAML)
def test_loading_grows_with_the_file(piece: str, tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    path = tmp_path / "people" / "a.yaml"

    def load(amount: int) -> None:
        path.write_text(f"id: a\nname: b\nx: {piece * amount}\n", encoding="utf-8")
        load_file(tmp_path, "people/a.yaml")

    assert_linear(load)
