"""Skips tests whose programs are missing here, or fails them where they must run."""

from __future__ import annotations

import os

import pytest

from tests.security.testbed.public_login import sshd_missing


def skip_or_fail(reason: str, variable: str) -> None:
    """Skips the test if there is a ``reason``; fail it where ``variable`` is set."""
    if reason:
        if os.environ.get(variable):
            pytest.fail(reason)
        pytest.skip(reason)


def skip_without_sshd() -> None:
    """Skips the test where no sshd is installed; fail it where ``MILATUI_NEEDS_SSHD`` is set."""
    skip_or_fail(sshd_missing(), "MILATUI_NEEDS_SSHD")
