"""For each original: a search, and the keys that lead to the lit words that prove a fact."""

from __future__ import annotations

import pytest

from tests.evidence import FACTS
from tests.program.conftest import Folders
from tests.program.starting import explorer, wait_until_lit
from tests.rounds import some

STORIES = {
    "amgen-2023": "grandsard open-science model",
    "deep-genomics-2021": "deep genomics series c",
    "ai-sweden-2022": "ai sweden offices autumn 2021",
    "hotspot-profile": "turing award 2018",
    "about-mila": "260 scientific articles",
}


@pytest.mark.parametrize("document", some(list(STORIES), 2))
def test_slash_and_enter_lead_to_the_lit_words(indexed: Folders, document: str) -> None:
    """At once, and again after a step to the words before and back."""
    query = STORIES[document]
    words = next(lit for asked, _place, lit in FACTS[document] if asked == query)
    with explorer(indexed, size=(60, 20)) as terminal:
        terminal.wait_for("Inria")
        terminal.send("/")
        terminal.wait_for("Esc leave")
        terminal.send(query)
        terminal.wait_for(r"\d+ found|\d+ of \d+")
        terminal.send("enter")
        terminal.wait_for("4 Reader")
        wait_until_lit(terminal, words)
        terminal.send("N")
        terminal.wait_for(r"4 Reader ━+ \d+ of \d+ ")
        terminal.send("n")
        wait_until_lit(terminal, words)
        terminal.send("q")
        assert terminal.wait_exit() == 0
