"""One public login for all tests of a worker, fresh or warm."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.security.deployment import Site, empty_site
from tests.security.installation import Login, public_login, sshd_missing
from tests.security.machine import machine_missing
from tests.security.observing import Observer, files_of

LONG = bool(os.environ.get("MILATUI_LONG_TESTS"))
"""Whether the tests may take their time: all rounds, not a few."""


def skip_or_fail(reason: str, variable: str) -> None:
    """Skip the test if there is a ``reason``; where ``variable`` is set it fails instead."""
    if reason:
        if os.environ.get(variable):
            pytest.fail(reason)
        pytest.skip(reason)


def _skip_without_sshd() -> None:
    skip_or_fail(sshd_missing(), "MILATUI_NEEDS_SSHD")


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


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A machine with systemd on which nothing is set up yet."""
    skip_or_fail(sshd_missing() or machine_missing(), "MILATUI_NEEDS_SYSTEMD")
    with empty_site() as empty:
        yield empty
