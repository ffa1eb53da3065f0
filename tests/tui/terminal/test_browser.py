"""Web addresses: which are opened, where, and which never are."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from milatui.tui.terminal import browser

GOOD = ("https://www.amgen.ca/lab", "http://example.org/a?b=c&d=%20#e", "https://exämple.org/é")
BAD = (
    *("file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://example.org/"),
    *("https:", "https://", "-https://example.org", "example.org", "", "mailto:a@example.org"),
    *("https://example.org/a b", "https://example.org/\x1b]0;x\a", "https://example.org/\n-x"),
    *('https://example.org/"x', "https://example.org/`id`", "https://[::1", "HTTPS\t://x.y"),
    "https://example.org/" + "a" * 2000,
)


@pytest.mark.parametrize("address", GOOD)
def test_web_addresses_are_taken(address: str) -> None:
    assert browser.is_web_address(address)


@pytest.mark.parametrize("address", BAD)
def test_nothing_else_is_opened(address: str) -> None:
    assert not browser.is_web_address(address)
    with pytest.raises(ValueError, match=r"^"):
        browser.open_in_browser(address)


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"BROWSER": "firefox"}, True),
        ({}, False),
        ({"BROWSER": "firefox", "SSH_CONNECTION": "1 2 3 4"}, False),
        ({"DISPLAY": "localhost:10", "SSH_CONNECTION": "1 2 3 4"}, True),
    ],
)
def test_a_browser_opens_only_where_the_user_sits(
    environment: dict[str, str], found: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    assert browser.has_browser(environment) is found


def _program(folder: Path, status: int) -> Path:
    path = folder / "browser"
    path.write_text(f'#!/bin/sh\necho noise; echo "$@" > {folder}/opened; exit {status}\n')
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("status", [0, 1])
def test_the_browser_gets_the_address_and_says_whether_it_took_it(
    status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BROWSER", str(_program(tmp_path, status)))
    assert browser.open_in_browser("https://example.org/a") is (status == 0)
    assert (tmp_path / "opened").read_text() == "https://example.org/a\n"
    assert capfd.readouterr() == ("", "")
