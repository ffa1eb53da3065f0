"""Variations of typical input, the same ones each time, through every reader of outside text.

``.ci/run`` tries three times as many, the long rounds six hundred times; ``python -m tools.fuzz``
continues from there.
"""

from __future__ import annotations

from itertools import islice
from random import Random

import pytest

from tests.rounds import with_ci
from tools.fuzz import files, words
from tools.fuzz.mutation import attempt, mutants

TARGETS = {**files.TARGETS, **words.TARGETS}
SLOW = {"search": 8, "keymap": 4, "saved_searches": 8, "terminal": 2, "snippet": 2}
"""Targets of which an example costs so many times what it costs elsewhere."""


@pytest.mark.parametrize("name", TARGETS)
@pytest.mark.parametrize("examples", with_ci([50], [300], [60_000]))
@pytest.mark.filterwarnings("ignore:Possible:FutureWarning")
def test_no_variation_of_what_is_read_does_harm(name: str, examples: int) -> None:
    target, seeds = TARGETS[name]
    for data in islice(mutants(seeds, Random(1993)), examples // SLOW.get(name, 1)):
        attempt(target, data)
