"""All files of a public login, by name, and how they are put into a folder."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from milatui.ssh.howto import howto
from milatui.ssh.launcher import launcher_script
from milatui.ssh.server import server_configuration
from milatui.ssh.units import server_unit, warm_unit

if TYPE_CHECKING:
    from pathlib import Path

    from milatui.ssh.settings import Settings

_PROGRAMS = ("launch",)


def files(settings: Settings, *, placed: bool = False) -> dict[str, str]:
    """Names and texts of the files; those of the warm process only where it is wanted.

    ``placed``: they are about to be written where they will lie.
    """
    texts = {
        "sshd_config": server_configuration(settings),
        "launch": launcher_script(settings),
        "milatui-sshd.service": server_unit(settings),
        "HOWTO.md": howto(settings, placed=placed),
    }
    if settings.warm:
        texts["milatui-warm.service"] = warm_unit(settings)
    return texts


def write_files(texts: dict[str, str], folder: Path) -> list[Path]:
    """Write new files into ``folder`` and return their paths.

    Raises ``FileExistsError`` if one of them is there already; nothing is written then.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / name for name in texts]
    for path in paths:
        if path.exists():
            raise FileExistsError(17, os.strerror(17), str(path))
    for path, text in zip(paths, texts.values(), strict=True):
        mode = 0o755 if path.name in _PROGRAMS else 0o644
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        path.chmod(mode)
    return paths


def unreachable(settings: Settings) -> list[Path]:
    """The paths of a session that accounts other than their owner's cannot get at.

    What is not there yet cannot be judged, and is left out.
    """
    paths = (settings.python, settings.python.resolve(), settings.archive)
    return [path for path in paths if path.exists() and not _open_to_all(path)]


def _open_to_all(path: Path) -> bool:
    return all(place.stat().st_mode & 0o001 for place in (path, *path.parents))
