"""Frees the apps of tests that have ended, and the files that their indexes have open."""

from __future__ import annotations

import gc


def free_ended_apps() -> None:
    """Collects all garbage, also what is excluded from collections.

    Apps and their indexes refer to each other, and after its first paint an app excludes what
    there is from collections: itself, too.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
