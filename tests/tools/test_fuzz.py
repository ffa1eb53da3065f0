"""Variations of typical input, the same ones each time, through every reader of outside text.

``MILATUI_LONG_TESTS=1`` tries a hundred times as many; ``python -m tools.fuzz`` goes on from there.
"""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from tests.rounds import LONG
from tools.fuzz import files, words
from tools.fuzz.mutation import attempt, mutants

TARGETS = {**files.TARGETS, **words.TARGETS}
SLOW = {"search": 8, "keymap": 4, "remembered": 8, "terminal": 2, "snippet": 2}
"""Targets of which an example costs so many times what it costs elsewhere."""
EXAMPLES = 60_000 if LONG else 600


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.filterwarnings("ignore:Possible:FutureWarning")
def test_no_variation_of_what_is_read_does_harm(name: str) -> None:
    target, seeds = TARGETS[name]
    for data in islice(mutants(seeds, Random(1993)), EXAMPLES // SLOW.get(name, 1)):
        attempt(target, data)
