"""The sample archive, its index, and an application on it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from milatui.i18n import set_language
from milatui.index.builder.build import build

_snapshots = {name: value for name, value in os.environ.items() if name.startswith("TEXTUAL")}

from milatui.tui.app import MilatuiApp  # noqa: E402
from milatui.tui.app_options import Options  # noqa: E402
from milatui.tui.keymap import Keymap  # noqa: E402
from tests.shared import share  # noqa: E402
from tests.tui.archive import write_archive  # noqa: E402
from tests.tui.forked_builder import create_forked  # noqa: E402
from tests.tui.piloting import wait_for_messages  # noqa: E402

# The application clears the toolkit's settings when it is imported; the snapshots need theirs.
os.environ.update(_snapshots)

MakeApp = Callable[..., MilatuiApp]
TODAY = date(2026, 11, 28)
"""The day on which citations are made."""


def _make_sample(folder: Path) -> None:
    build(write_archive(folder / "archive"), folder / "index")


@pytest.fixture(scope="session")
def archive() -> Path:
    return share("explored", _make_sample) / "archive"


@pytest.fixture(scope="session")
def index(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of ``archive``; of our own: applications may build it again."""
    folder = tmp_path_factory.mktemp("index") / "index"
    return Path(shutil.copytree(archive.parent / "index", folder))


@pytest.fixture(autouse=True)
def _settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the developer's own terminal shall matter, and nothing of theirs change."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    for name in (
        "NO_COLOR",
        "MILATUI_ASCII",
        "TMUX",
        "STY",
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "BROWSER",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    set_language("en")


@pytest.fixture(autouse=True)
def _quick_pilot(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("app", "pilot"):
        monkeypatch.setattr(f"textual.{module}.wait_for_idle", wait_for_messages)
    # Screens are drawn when a test waits for them, never because a clock has ticked meanwhile.
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 3600)
    # Messages stay until they are looked at.
    monkeypatch.setattr("milatui.tui.screen.main_screen.STATUS_SECONDS", 3600)


@pytest.fixture(autouse=True)
def _forked_builder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("asyncio.create_subprocess_exec", create_forked)


@pytest.fixture
def make_app(archive: Path, index: Path) -> MakeApp:
    def make(location: str = "", theme: str = "dark", keymap: Keymap | None = None) -> MilatuiApp:
        options = Options(
            archive, index, theme=theme, location=location, language="en", today=TODAY
        )
        return MilatuiApp(options, keymap or Keymap())

    return make
