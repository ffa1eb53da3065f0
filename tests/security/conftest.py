"""One public login for all tests of a worker, and one for a module, fresh or warm."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.security.testbed.machine import machine_missing
from tests.security.testbed.observer import Observer
from tests.security.testbed.public_login import (
    Login,
    public_login,
    restart_warm,
    sshd_missing,
    stop,
)
from tests.security.testbed.requirements import skip_or_fail, skip_without_sshd
from tests.security.testbed.site import Site, empty_site


@pytest.fixture(scope="session")
def _fresh_login() -> Iterator[Login]:
    skip_without_sshd()
    with public_login() as running:
        yield running


@pytest.fixture
def login(_fresh_login: Login) -> Iterator[Login]:
    """A public login, a process for each session; no visitor starts or reaches anything."""
    with Observer(_fresh_login) as observer:
        yield _fresh_login
    assert not observer.programs
    assert not observer.connections


@pytest.fixture(scope="module")
def _any_warm_login() -> Iterator[Login]:
    skip_without_sshd()
    with public_login(warm=True) as running:
        yield running


@pytest.fixture
def warm_login(_any_warm_login: Login) -> Login:
    """A public login with the warm process, which is started again if a test has ended it."""
    if _any_warm_login.processes[0].poll() is not None:
        restart_warm(_any_warm_login)
    return _any_warm_login


@pytest.fixture
def stopped_login(_any_warm_login: Login) -> Login:
    """The same, while the warm process does not run."""
    stop(_any_warm_login.processes[0])
    return _any_warm_login


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    """A machine with systemd on which nothing is set up yet."""
    skip_or_fail(sshd_missing() or machine_missing(), "MILATUI_NEEDS_SYSTEMD")
    with empty_site() as empty:
        yield empty
