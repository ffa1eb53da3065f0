"""One public login for all tests of a worker, fresh or warm."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.security.installation import Login, public_login, sshd_missing
from tests.security.observing import Observer, files_of

LONG = bool(os.environ.get("MILATUI_LONG_TESTS"))
"""Whether the tests may take their time: all rounds, not a few."""


def _skip_without_sshd() -> None:
    reason = sshd_missing()
    if reason:
        if os.environ.get("MILATUI_NEEDS_SSHD"):
            pytest.fail(reason)
        pytest.skip(reason)


@pytest.fixture(scope="module")
def login() -> Iterator[Login]:
    """A public login, a process for each session; at the end nothing may be left of the attacks."""
    _skip_without_sshd()
    with public_login() as running, Observer(running) as observer:
        yield running
        # What the attacks name would be there now if one of them had come through.
        assert not observer.programs
        assert not observer.connections
        if os.getuid() == 0:
            assert not files_of(running, running.folder / "visitor")


@pytest.fixture(scope="module")
def warm_login() -> Iterator[Login]:
    """A public login with the warm process."""
    _skip_without_sshd()
    with public_login(warm=True) as running:
        yield running
